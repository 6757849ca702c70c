"""A secured, logged-in conversation with a mail server: no credential leaves before the line is safe as configured."""

import ssl
from collections.abc import Callable
from contextlib import suppress
from imaplib import IMAP4

from imapclient.exceptions import LoginError

from intake.edges import tls
from intake.edges.mailbox.faults import WHAT, Refused, mapped
from intake.edges.mailbox.wire import Client
from intake.errors import ConfigFault, Misconfigured, Unavailable
from intake.settings.connections import is_loopback
from intake.settings.program import Mailbox, Security

Secret = Callable[[], str | None]
"""Gives the password, or with ``oauth`` the access token, at each login; nothing keeps it."""

PASSING = ("[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]", "not connected")
"""Answers to a login that say nothing about the credential (RFC 5530; Exchange's "authenticated but not connected")."""


def connect(mailbox: Mailbox, secret: Secret) -> Client:
    """Connect, secure and log in.

    Raises Unavailable("imap", code); ``login-refused`` is the code of a credential that the server does not take, which
    time alone will not heal. Raises Misconfigured for plain text to anywhere but this machine.
    """
    if mailbox.security is Security.INSECURE and not is_loopback(mailbox.host):
        raise Misconfigured([ConfigFault("intake.toml", f"mailbox {mailbox.name}", "insecure is for loopback only")])
    context = None if mailbox.security is Security.INSECURE else tls.context(mailbox.ca_file)
    client = _dialled(mailbox, context)
    try:
        _secure(client, mailbox, context)
        _log_in(client, mailbox, secret)
    except BaseException:
        hang_up(client)
        raise
    return client


def hang_up(client: Client) -> None:
    """Close the line without a word."""
    with suppress(OSError):
        client.wire.shutdown()


def said_bye(client: Client) -> bool:
    """Tell whether the server has taken its leave."""
    return "BYE" in client.wire.untagged_responses


def _dialled(mailbox: Mailbox, context: ssl.SSLContext | None) -> Client:
    implicit = context if mailbox.security is Security.TLS else None
    try:
        with mapped():
            return Client(mailbox.host, mailbox.port, mailbox.timeout_seconds, implicit)
    except Refused:
        raise Unavailable(WHAT, "protocol") from None


def _secure(client: Client, mailbox: Mailbox, context: ssl.SSLContext | None) -> None:
    if client.wire.state != "NONAUTH":
        raise Unavailable(WHAT, "preauth")  # somebody in between would like us to skip STARTTLS and the login
    if mailbox.security is not Security.STARTTLS:
        return
    if "STARTTLS" not in client.wire.capabilities:
        raise Unavailable(WHAT, "no-starttls")
    try:
        with mapped(lambda: said_bye(client)):
            client.starttls(context)
    except Refused:
        raise Unavailable(WHAT, "no-starttls") from None


def _log_in(client: Client, mailbox: Mailbox, secret: Secret) -> None:
    given = secret()
    if given is None or any(ord(c) < 32 or ord(c) == 127 for c in given + mailbox.username):
        raise Unavailable("secret", "unusable")
    try:
        with mapped(lambda: said_bye(client)):
            _refusal_told_apart(client, mailbox, given)
    except Refused:
        raise Unavailable(WHAT, "login-not-offered") from None


def _refusal_told_apart(client: Client, mailbox: Mailbox, given: str) -> None:
    refused = None
    try:
        _give(client, mailbox, given)
    except LoginError as fault:
        refused = fault
    if refused is None:
        return
    if isinstance(refused.__context__, IMAP4.abort):
        raise refused.__context__  # the line broke: imapclient calls that a refusal too
    passing = any(sign in str(refused) for sign in PASSING)
    raise Unavailable(WHAT, "login-not-now" if passing else "login-refused")


def _give(client: Client, mailbox: Mailbox, given: str) -> None:
    if mailbox.oauth is not None:
        words = iter((f"user={mailbox.username}\x01auth=Bearer {given}\x01\x01",))
        client.sasl_login("XOAUTH2", lambda _challenge: next(words, ""))
    elif client.has_capability("AUTH=PLAIN"):
        client.plain_login(mailbox.username, given)
    elif client.has_capability("LOGINDISABLED"):
        raise Unavailable(WHAT, "login-not-offered")
    elif not (given + mailbox.username).isascii():
        raise Unavailable(WHAT, "login-not-ascii")
    else:
        client.login(mailbox.username, given)

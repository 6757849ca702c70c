"""What the configuration names outside: mail servers (their secrets read anew at each login), scanner, reader."""

import os
import time
from collections.abc import Callable
from pathlib import Path

from intake.edges.access_tokens import access_token
from intake.edges.doors import ChildDoor, SocketDoor
from intake.edges.mailbox.connection import connect, hang_up
from intake.edges.post_office import SmtpPostOffice
from intake.edges.reader import WalledReader
from intake.edges.scanner import ClamdScanner, NoScanner
from intake.edges.secrets import read_password
from intake.edges.sender_keys import DnsSenderKeys
from intake.edges.sent_folder import ImapSentFolder
from intake.edges.single_sign_on import Provider
from intake.errors import Unavailable
from intake.settings import Settings
from intake.settings.program import Mailbox, MailServer, Post


def secret_of(server: MailServer) -> Callable[[], str | None]:
    """Return what gives a server's password, or with ``oauth`` an access token, each time it is asked.

    Unavailable("secret", ...) when it has gone, Unavailable("token", ...) when none is given.
    """
    oauth = server.oauth
    return (lambda: read_password(server, os.environ)) if oauth is None else lambda: access_token(oauth)


def post_office(post: Post) -> SmtpPostOffice:
    """Return the way out; nothing is connected before there is a letter."""
    secret = secret_of(post)
    return SmtpPostOffice(post, lambda: secret() or "")


def sent_folder(settings: Settings) -> ImapSentFolder | None:
    """Return where a letter in doubt is looked for; None where nothing is configured."""
    folder, mailboxes = settings.program.post.sent_folder, settings.program.mailbox
    return ImapSentFolder(mailboxes[0], folder, secret_of(mailboxes[0])) if folder and mailboxes else None


def sender_keys_of(settings: Settings) -> DnsSenderKeys | None:
    """Return where senders' keys are asked for; None where DKIM is left to the border."""
    resolver = settings.program.authentication.dkim_resolver
    return DnsSenderKeys(resolver) if resolver else None


def scanner_of(settings: Settings) -> ClamdScanner | NoScanner:
    """Return the malware scanner; nothing is connected before there is a mail."""
    rules = settings.program.scanner
    return ClamdScanner(rules) if rules.clamd else NoScanner()


def try_scanner(settings: Settings) -> None:
    """Ask whether the scanner is there; Unavailable("scanner", code) says why not."""
    scanner = scanner_of(settings)
    if isinstance(scanner, ClamdScanner):
        scanner.ping()


def reader_of(settings: Settings) -> WalledReader:
    """Return the reader behind the wall, a child of ours or a unit of its own; nothing is started or connected yet."""
    rules = settings.program.reader
    return WalledReader(
        settings.library,
        seconds=rules.seconds,
        slow_seconds=rules.slow_seconds,
        workshop=rules.workshop,
        refuse_unconfined=rules.refuse_unconfined,
        door=SocketDoor(Path(rules.socket)) if rules.socket else ChildDoor(),
    )


def try_reader(settings: Settings) -> None:
    """Ask whether the reader would serve us; Unavailable("reader", code) says why not."""
    with reader_of(settings) as reader:
        reader.holds()


def try_mailbox(mailbox: Mailbox) -> None:
    """Log in to a mailbox's server and leave; Unavailable("imap", code) says why not."""
    hang_up(connect(mailbox, secret_of(mailbox)))


def try_sent_folder(settings: Settings) -> None:
    """Look into the folder for what was sent; Unavailable("imap", code) says why that cannot be."""
    sent = sent_folder(settings)
    if sent is not None:
        sent.holds("nothing@sscp-intake.invalid")


def try_post(post: Post) -> None:
    """Log in to the post's server and leave; Unavailable("smtp", code) says why not."""
    office = post_office(post)
    try:
        office.connect()
    finally:
        office.close()


def sign_on_of(settings: Settings) -> Provider | None:
    """Return who knows the staff; None where they have local accounts alone. Nothing is asked before somebody comes."""
    web = settings.program.web
    if web.oidc is None:
        return None
    file = web.oidc.client_secret_file
    base = f"https://{web.public_name}" if web.public_name else f"http://{web.listen}"
    return Provider(web.oidc, lambda: _secret_in(file), f"{base}/sign-in/organisation/back", lambda: int(time.time()))


def _secret_in(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeError):
        raise Unavailable("secret", "cannot-be-read") from None

"""Reaching the mail server: as safe as configured before any credential leaves, and every failure a code."""

import base64
import logging
import socket
import ssl
import threading
from pathlib import Path
from typing import Any

import pytest

from intake.edges.mailbox.connection import connect, hang_up
from intake.edges.mailbox.session import Session
from intake.errors import Misconfigured, Unavailable
from intake.settings.program import Mailbox
from tests.servers import dovecot as real
from tests.servers import imap_script, proxy
from tests.servers.imap_script import Talk, saying

SECRET = real.PASSWORD


def box(port: int, **changes: Any) -> Mailbox:
    """Return the settings of a mailbox at a loopback port."""
    fields = {"name": "sscp", "host": "127.0.0.1", "port": port, "security": "insecure", "username": "someone"}
    return Mailbox.model_validate({**fields, "timeout_seconds": 5, **changes})


def refusal(mailbox: Mailbox, secret: str | None = SECRET) -> str:
    """Return why there is no conversation."""
    with pytest.raises(Unavailable) as told:
        hang_up(connect(mailbox, lambda: secret))
    assert told.value.__cause__ is None
    return f"{told.value.what}:{told.value.detail}"


@pytest.mark.parametrize("security", ["tls", "starttls", "insecure"])
def test_each_way_of_securing_the_line_leads_in(dovecot: real.Dovecot, user: str, security: str) -> None:
    """Implicit TLS, STARTTLS and, on loopback alone, plain text."""
    port = dovecot.tls if security == "tls" else dovecot.plain
    with Session(box(port, security=security, ca_file=dovecot.ca_file, username=user), lambda: SECRET) as session:
        assert session.look().uids == ()
        assert isinstance(session.client.wire.sock, ssl.SSLSocket) is (security != "insecure")


def test_plain_text_to_anywhere_else_is_refused() -> None:
    """Passwords and referrals never travel in the clear, whatever a configuration says."""
    with pytest.raises(Misconfigured):
        connect(box(143, host="mail.example"), lambda: SECRET)


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_nobody_known_vouches_for_is_refused(dovecot: real.Dovecot, security: str) -> None:
    """Self-signed or of an unknown authority: not one byte of a credential is said."""
    with proxy.before(dovecot.tls if security == "tls" else dovecot.plain) as seen:
        assert refusal(box(seen.port, security=security)) == "imap:certificate-refused"
    assert no_credential_in(bytes(seen.said))


def test_a_certificate_for_another_host_is_refused() -> None:
    """A known authority's word for somebody else is no word for this server."""
    with real.running(name="elsewhere.example") as server:
        assert refusal(box(server.tls, security="tls", ca_file=server.ca_file)) == "imap:certificate-refused"


def test_tls_older_than_1_2_is_refused(tmp_path: Path) -> None:
    """A server that stops at TLS 1.1 gets no credential."""
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    real.authority().issue_cert("127.0.0.1").configure_cert(old)
    old.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        old.maximum_version = ssl.TLSVersion.TLSv1_1
    real.authority().cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    with imap_script.running() as script:
        script.tls = old
        assert refusal(box(script.port, security="tls", ca_file=tmp_path / "ca.pem")) == "imap:tls"
    assert script.heard == []


def test_starttls_that_is_not_offered_is_never_done_without() -> None:
    """Somebody in between can strike STARTTLS from the list; then nothing more is said."""
    with real.running(starttls=False) as server, proxy.before(server.plain) as seen:
        assert refusal(box(seen.port, security="starttls", ca_file=server.ca_file)) == "imap:no-starttls"
    assert no_credential_in(bytes(seen.said))


def test_starttls_that_is_refused_is_never_done_without() -> None:
    """A server that offers STARTTLS and then says no gets no credential."""
    with imap_script.running() as script:
        script.capabilities = b"IMAP4rev1 STARTTLS AUTH=PLAIN"
        script.answers["STARTTLS"] = saying(end=b"NO not now")
        assert refusal(box(script.port, security="starttls")) == "imap:no-starttls"
    assert no_credential_in(b"\n".join(script.heard))


def test_words_slipped_in_before_tls_are_refused() -> None:
    """What stands behind the server's consent to STARTTLS was said by somebody else: it is not believed."""

    def tampered(talk: Talk, tag: bytes, words: bytes) -> bool:
        talk.say(tag + b" OK begin", b"* CAPABILITY IMAP4rev1 AUTH=PLAIN", b"* OK welcome")
        return True

    with imap_script.running() as script:
        script.capabilities = b"IMAP4rev1 STARTTLS"
        script.answers["STARTTLS"] = tampered
        assert refusal(box(script.port, security="starttls")) == "imap:protocol"
    assert no_credential_in(b"\n".join(script.heard))


def test_what_was_said_in_the_clear_is_forgotten_once_there_is_tls(tmp_path: Path) -> None:
    """Somebody in between may have said it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    real.authority().issue_cert("127.0.0.1").configure_cert(context)
    real.authority().cert_pem.write_to_path(str(tmp_path / "ca.pem"))

    def starttls(talk: Talk, tag: bytes, words: bytes) -> bool:
        talk.say(b"* OK [ALERT] slipped in", b"* 77 EXISTS", tag + b" OK begin")
        talk.secure(context)
        return True

    with imap_script.running() as script:
        script.capabilities = b"IMAP4rev1 STARTTLS AUTH=PLAIN"
        script.answers["STARTTLS"] = starttls
        client = connect(box(script.port, security="starttls", ca_file=tmp_path / "ca.pem"), lambda: SECRET)
        assert "EXISTS" not in client.wire.untagged_responses
        hang_up(client)


@pytest.mark.parametrize("security", ["starttls", "insecure"])
def test_a_server_that_says_we_are_logged_in_already_is_refused(security: str) -> None:
    """PREAUTH in the clear is how somebody in between would talk us out of STARTTLS."""
    with imap_script.running() as script:
        script.greeting = b"* PREAUTH welcome back"
        assert refusal(box(script.port, security=security)) == "imap:preauth"
    assert no_credential_in(b"\n".join(script.heard))


def test_a_refused_credential_is_told_apart_from_all_else(dovecot: real.Dovecot, user: str) -> None:
    """Time alone does not heal it, and asking on can lock the account."""
    assert refusal(box(dovecot.plain, username=user), "wrong") == "imap:login-refused"


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"NO [AUTHENTICATIONFAILED] no", "login-refused"),
        (b"NO [UNAVAILABLE] the directory is away", "login-not-now"),
        (b"NO [INUSE] too many", "login-not-now"),
        (b"BAD User is authenticated but not connected.", "login-not-now"),
        (b"NO no", "login-refused"),
    ],
)
def test_a_login_the_server_cannot_judge_now_is_no_refused_credential(answer: bytes, code: str) -> None:
    """Exchange's passing troubles must not be taken for a wrong password, nor the other way."""
    with imap_script.running() as script:
        script.answers["AUTHENTICATE"] = saying(end=answer)
        assert refusal(box(script.port)) == f"imap:{code}"


def test_a_line_that_breaks_at_the_login_is_no_refused_credential() -> None:
    """The alarm for a wrong password rings for a wrong password alone."""
    with imap_script.running() as script:
        script.answers["AUTHENTICATE"] = saying(end=None)
        assert refusal(box(script.port)) == "imap:connection-lost"
    with imap_script.running() as script:
        script.answers["AUTHENTICATE"] = saying(b"* BYE closing", end=None)
        assert refusal(box(script.port)) == "imap:bye"


def test_a_password_of_any_letters_is_given_as_it_is() -> None:
    """Umlauts, quotes and backslashes reach the server unchanged."""
    with imap_script.running() as script:
        hang_up(connect(box(script.port), lambda: 'grün "\\ gelb'))
    assert base64.b64decode(script.heard[-1]).decode() == '\0someone\0grün "\\ gelb'


@pytest.mark.parametrize("secret", [None, "two\r\nlines"])
def test_a_secret_that_could_be_a_command_is_not_given(dovecot: real.Dovecot, secret: str | None) -> None:
    """No secret, or one with a line end in it, is a fault of the secret's."""
    assert refusal(box(dovecot.plain), secret) == "secret:unusable"


@pytest.mark.parametrize(
    ("capabilities", "secret", "code"),
    [(b"IMAP4rev1 LOGINDISABLED", "x", "login-not-offered"), (b"IMAP4rev1", "grün", "login-not-ascii")],
)
def test_a_login_that_cannot_be_is_not_tried(capabilities: bytes, secret: str, code: str) -> None:
    """Where LOGIN is the only way and is forbidden, or cannot say this password, nothing is said."""
    with imap_script.running() as script:
        script.capabilities = capabilities
        assert refusal(box(script.port), secret) == f"imap:{code}"
    assert no_credential_in(b"\n".join(script.heard))


def test_an_access_token_is_given_by_xoauth2_and_once() -> None:
    """With ``oauth`` the secret is a token; to a refusal's details we say an empty line, not the token again."""
    given = []

    def refused(talk: Talk, tag: bytes, words: bytes) -> bool:
        assert words == b"XOAUTH2"
        for challenge in (b"+ ", b"+ eyJzdGF0dXMiOiI0MDAifQ=="):
            talk.say(challenge)
            given.append(talk.hear().strip())
        talk.say(tag + b" NO failed")
        return True

    with imap_script.running() as script:
        script.answers["AUTHENTICATE"] = refused
        oauth = {"tenant": "t", "client_id": "c"}
        assert refusal(box(script.port, oauth=oauth), "token") == "imap:login-refused"
    assert [base64.b64decode(one) for one in given] == [b"user=someone\x01auth=Bearer token\x01\x01", b""]


def test_every_way_a_server_can_be_away_has_its_code() -> None:
    """Nobody there, silence, a goodbye for a greeting, no mail server at all."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        free = door.getsockname()[1]
        assert refusal(box(free, timeout_seconds=0.2)) == "imap:timeout"
        assert refusal(box(free, timeout_seconds=0.2, security="tls")) == "imap:timeout"
    assert refusal(box(free)) == "imap:connection-refused"
    assert refusal(box(143, host="no-such-host.invalid", security="tls")) == "imap:name-not-found"
    for greeting, code in [(b"* BYE busy", "bye"), (b"HTTP/1.1 400 No", "protocol"), (b"\xff\x00", "protocol")]:
        with imap_script.running() as script:
            script.greeting = greeting
            assert refusal(box(script.port)) == f"imap:{code}"


def test_one_byte_at_a_time_does_not_hold_us_for_ever() -> None:
    """A whole answer has its time, however lively the line is."""
    over = threading.Event()

    def drips(talk: Talk, tag: bytes, words: bytes) -> bool:
        while not over.wait(0.02):
            talk.raw(b"x")
        return True

    with imap_script.running() as script:
        script.answers["CAPABILITY"] = drips
        try:
            assert refusal(box(script.port, timeout_seconds=0.1)) == "imap:timeout"
        finally:
            over.set()


def test_the_libraries_log_nothing_even_at_debug(
    dovecot: real.Dovecot, user: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    """The libraries would write whole mails, and passwords, to their logs."""
    caplog.set_level(logging.DEBUG)
    dovecot.append(user, b"Subject: zyxwnonsense\r\n\r\nzyxwnonsense\r\n")
    with Session(box(dovecot.plain, username=user), lambda: SECRET) as session:
        (uid,) = session.look().uids
        assert b"zyxw" in b"".join(session.chunks(uid, 10))
        assert session.client.wire.debug == 0  # nor are lines made that nobody would keep
    told = capfd.readouterr()
    assert [part for part in (caplog.text, told.out, told.err) if "zyxw" in part or SECRET in part] == []


def no_credential_in(said: bytes) -> bool:
    """Tell whether a client said nothing that is part of a login."""
    return not any(word in said for word in (b"LOGIN", b"AUTHENTICATE", b"someone", SECRET.encode()))

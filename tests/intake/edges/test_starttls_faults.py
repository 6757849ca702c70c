"""STARTTLS in the hands of a line that cannot be trusted: whatever goes wrong before TLS, no credential is said."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from intake.edges.mailbox.connection import connect as connected
from intake.edges.mailbox.connection import hang_up
from intake.edges.post_office import SmtpPostOffice
from intake.errors import Unavailable
from intake.settings.program import Mailbox, Post
from tests.servers import dovecot as imap
from tests.servers import fault_imap, fault_smtp, smtp
from tests.servers.faulty_line import Fault, FaultProxy, before

SECONDS = 0.5
HARMLESS = {"delay"}
LOGIN = ("sscp@salford.gov.uk", imap.PASSWORD)


@contextmanager
def mailbox(dovecot: imap.Dovecot) -> Iterator[tuple[FaultProxy, Callable[[], None]]]:
    """Give a proxy before the mailbox, and what logs in through it."""
    with before(dovecot.plain, fault_imap.ImapTalk) as proxy:
        settings = Mailbox.model_validate(
            {"name": "sscp", "host": "127.0.0.1", "port": proxy.port, "security": "starttls", "username": LOGIN[0],
             "ca_file": dovecot.ca_file, "timeout_seconds": SECONDS}
        )  # fmt: skip
        yield proxy, lambda: hang_up(connected(settings, lambda: LOGIN[1]))


@contextmanager
def way_out(folder: Path) -> Iterator[tuple[FaultProxy, Callable[[], None]]]:
    """Give a proxy before the mail server, and what logs in through it."""
    file = folder / "ca.pem"
    smtp.authority().cert_pem.write_to_path(str(file))
    with smtp.running("starttls", LOGIN) as server, before(server.port, fault_smtp.SmtpTalk) as proxy:
        settings = Post.model_validate(
            {"host": "127.0.0.1", "port": proxy.port, "security": "starttls", "username": LOGIN[0], "ca_file": file,
             "timeout_seconds": SECONDS, "from": f"SSCP <{LOGIN[0]}>"}
        )  # fmt: skip
        office = SmtpPostOffice(settings, lambda: LOGIN[1])
        yield proxy, office.connect
        office.close()


def must_end_well(proxy: FaultProxy, log_in: Callable[[], None], at: str, what: str) -> None:
    """Log in with a fault: soon Unavailable, or in; in the clear no more than the way to TLS was ever said."""
    proxy.begin(Fault(at, what))
    began = time.monotonic()
    away = None
    try:
        log_in()
    except Unavailable as fault:
        away = fault
    assert away is None or (what not in HARMLESS and away.what in {"imap", "smtp"})
    assert time.monotonic() - began < 10 * SECONDS
    assert proxy.done == 1
    assert set(proxy.said) <= {"GREETING", "CAPABILITY", "EHLO", "HELO", "STARTTLS", "HANDSHAKE"}


@pytest.mark.parametrize("what", fault_imap.EVERYWHERE)
def test_no_fault_before_tls_gets_the_mailboxs_password(dovecot: imap.Dovecot, what: str) -> None:
    """A STARTTLS that goes wrong in any way ends the conversation, or the login is inside TLS."""
    with mailbox(dovecot) as (proxy, log_in):
        must_end_well(proxy, log_in, "STARTTLS", what)


@pytest.mark.parametrize("what", fault_smtp.EVERYWHERE)
@pytest.mark.parametrize("at", ["EHLO", "STARTTLS"])
def test_no_fault_before_tls_gets_the_posts_password(tmp_path: Path, at: str, what: str) -> None:
    """Neither a wrong answer to EHLO nor to STARTTLS makes the post say its password or a letter in the clear."""
    with way_out(tmp_path) as (proxy, log_in):
        must_end_well(proxy, log_in, at, what)

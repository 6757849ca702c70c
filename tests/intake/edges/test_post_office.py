"""The post office against a real SMTP server: TLS never stripped, only 250 is sent, silence has an end."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from intake.domain.case import Letter, LetterKind
from intake.domain.delivery import Refused, Sent
from intake.domain.private import Private
from intake.edges.post_office import SmtpPostOffice, is_loopback
from intake.errors import Misconfigured, Unavailable
from intake.letters.envelope import Envelope, sealed
from intake.letters.parts import Body
from intake.settings.program import Post
from tests.servers import smtp
from tests.servers.fault_smtp import SmtpTalk
from tests.servers.faulty_line import Fault, before
from tests.servers.smtp import LOOPBACK, Server

LOGIN = ("sscp@salford.gov.uk", "invented secret")
ORLA = "orla@agency.example"
CODES_AT_COMMANDS = [("RCPT", "550 5.1.1 nobody", True, "550-5.1.1"), ("RCPT", "450 4.2.1 later", False, "450-4.2.1"),
                     ("DATA", "554 no", True, "554"), ("DATA", "451 4.3.0 no", False, "451-4.3.0"),
                     ("END", "554 5.7.1 content", True, "554-5.7.1"), ("END", "452 4.3.1 full", False, "452-4.3.1"),
                     ("END", "299 what", False, "299")]  # fmt: skip


def letter(*to: str, message_id: str = "one@salford.gov.uk") -> Letter:
    """Return a small letter with a line of a single dot."""
    envelope = Envelope(
        kind=LetterKind.RECEIPT,
        sender="SSCP Business Unit <sscp@salford.gov.uk>",
        to=tuple(Private(address) for address in to or (ORLA,)),
        subject="SSCP: we have received your email",
        message_id=message_id,
        now=datetime(2026, 11, 24, 9, tzinfo=UTC),
    )
    return sealed(envelope, Body(text="Words.\n.\n..dots\n", html="<p>Words.</p>\n"))


def post(server: Server | int, security: str = "insecure", **more: object) -> Post:
    """Return the settings for a server."""
    port = server if isinstance(server, int) else server.port
    settings = {"host": LOOPBACK, "port": port, "security": security, "from": "SSCP <sscp@salford.gov.uk>"}
    return Post.model_validate({**settings, "timeout_seconds": 5.0, **more})


@contextmanager
def opened(settings: Post) -> Iterator[SmtpPostOffice]:
    """Open a post office and close it."""
    office = SmtpPostOffice(settings, lambda: LOGIN[1])
    try:
        yield office
    finally:
        office.close()


@pytest.fixture
def ca_file(tmp_path: Path) -> Path:
    """Return the file of the test authority's certificate."""
    file = tmp_path / "ca.pem"
    smtp.authority().cert_pem.write_to_path(str(file))
    return file


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_letter_goes_out_over_tls_after_login(security: str, ca_file: Path) -> None:
    """A letter reaches the server byte for byte, after a login inside TLS, from our own address."""
    with (
        smtp.running(security, LOGIN) as server,
        opened(post(server, security, username=LOGIN[0], ca_file=ca_file)) as office,
    ):
        sent = letter()
        assert office.send(sent) == Sent("T0001")
    assert server.logins == [LOGIN]
    assert [(mail.sender, mail.recipients) for mail in server.taken] == [("sscp@salford.gov.uk", (ORLA,))]
    assert server.taken[0].content == sent.content


def test_a_batch_uses_one_connection() -> None:
    """Several letters go over one kept connection, a refused one among them."""
    with smtp.running() as server, opened(post(server)) as office:
        server.refused_recipients["gone@agency.example"] = "550 5.1.1 gone"
        told = [office.send(letter(ORLA)), office.send(letter("gone@agency.example")), office.send(letter(ORLA))]
    assert [type(delivery) for delivery in told] == [Sent, Refused, Sent]
    assert (server.connections, len(server.taken)) == (1, 2)


@pytest.mark.parametrize(("command", "reply", "permanent", "code"), CODES_AT_COMMANDS)
def test_a_refusal_keeps_only_its_numbers(command: str, reply: str, permanent: bool, code: str) -> None:
    """A 5xx about the letter is for good and a 4xx for now; nothing is sent, and no word of the server is kept."""
    with smtp.running() as server, opened(post(server)) as office:
        server.answers[command] = reply
        assert office.send(letter()) == Refused(permanent, code)
        assert server.taken == []
        del server.answers[command]
        assert isinstance(office.send(letter()), Sent)


@pytest.mark.parametrize("reply", ["550 5.7.60 not allowed to send as", "451 4.7.1 slow down"])
def test_a_refused_sender_is_not_held_against_the_letter(reply: str) -> None:
    """A refusal of our own address is a fault of the account: the letter stays to be tried again."""
    with smtp.running() as server, opened(post(server)) as office:
        server.answers["MAIL"] = reply
        with pytest.raises(Unavailable, match="sender-refused-"):
            office.send(letter())


@pytest.mark.parametrize("command", ["RCPT", "DATA", "END"])
def test_a_server_going_away_is_not_a_refusal(command: str) -> None:
    """421 says that the server closes, nothing about the letter."""
    with smtp.running() as server, opened(post(server)) as office:
        server.answers[command] = "421 4.3.2 going down"
        with pytest.raises(Unavailable, match="421"):
            office.send(letter())


@pytest.mark.parametrize("what", ["cut-before", "lost-answer", "garbage", "4xx", "no-code"])
def test_a_server_that_hangs_up_after_its_no_has_said_no(what: str) -> None:
    """The refusal stands though RSET gets no good answer, and the next letter goes over a new connection."""
    with smtp.running() as server, before(server.port, SmtpTalk) as proxy, opened(post(proxy.port)) as office:
        server.refused_recipients[ORLA] = "550 5.1.1 nobody"
        proxy.begin(Fault("RSET", what))
        assert office.send(letter()) == Refused(permanent=True, code="550-5.1.1")
        assert isinstance(office.send(letter("sam@agency.example")), Sent)
        assert proxy.done == 1
        assert server.connections == 2


@pytest.mark.parametrize("what", ["garbage", "no-code", "long-line", "silence"])
def test_an_answer_to_the_letter_that_is_none_leaves_it_in_doubt(what: str) -> None:
    """What is neither yes nor no in SMTP's numbers is no refusal: the server may well have the letter."""
    with smtp.running() as server, before(server.port, SmtpTalk) as proxy:
        proxy.begin(Fault("DOT", what))
        with opened(post(proxy.port, timeout_seconds=0.5)) as office, pytest.raises(Unavailable, match="in-doubt"):
            office.send(letter())
        assert len(server.taken) == 1


def test_a_cut_after_the_final_dot_is_in_doubt_and_the_second_try_is_the_same_letter() -> None:
    """When nobody can know, the letter is not called sent; tried again it bears the same Message-ID."""
    with smtp.running() as server, opened(post(server)) as office:
        server.cut_after_data = True
        with pytest.raises(Unavailable, match="in-doubt"):
            office.send(letter())
        server.cut_after_data = False
        assert isinstance(office.send(letter()), Sent)
    assert {mail.mail["Message-ID"] for mail in server.taken} == {"<one@salford.gov.uk>"}
    assert len(server.taken) == 2


@pytest.mark.parametrize("command", ["BANNER", "EHLO", "MAIL", "RCPT", "DATA", "END"])
def test_silence_is_never_waited_for_for_ever(command: str) -> None:
    """A server that falls silent anywhere is away after the configured time."""
    with smtp.running() as server, opened(post(server, timeout_seconds=0.3)) as office:
        server.silent_at = command
        with pytest.raises(Unavailable):
            office.send(letter())


def test_a_starttls_that_is_not_offered_gets_no_credential_and_no_letter() -> None:
    """STARTTLS cannot be stripped: without it neither login nor letter leaves."""
    with (
        smtp.running("insecure", LOGIN) as server,
        opened(post(server, "starttls", username=LOGIN[0])) as office,
        pytest.raises(Unavailable, match="starttls-not-offered"),
    ):
        office.connect()
    assert (server.logins, server.taken) == ([], [])
    assert "AUTH" not in server.commands
    assert "MAIL" not in server.commands


def test_a_refused_starttls_ends_the_connection() -> None:
    """A server that offers STARTTLS and then refuses it gets nothing either."""
    with smtp.running("starttls", LOGIN) as server, opened(post(server, "starttls", username=LOGIN[0])) as office:
        server.answers["STARTTLS"] = "454 4.7.0 not now"
        with pytest.raises(Unavailable, match="answered-454"):
            office.connect()
    assert "AUTH" not in server.commands


@pytest.mark.parametrize("security", ["tls", "starttls"])
@pytest.mark.parametrize("certificate", ["smtp.elsewhere.example", LOOPBACK])
def test_a_certificate_must_be_the_servers_and_from_a_known_authority(
    security: str, certificate: str, ca_file: Path
) -> None:
    """Another host's certificate, or one of an unknown authority, gets no credential."""
    known = {"ca_file": ca_file} if certificate != LOOPBACK else {}
    with (
        smtp.running(security, LOGIN, certificate=certificate) as server,
        opened(post(server, security, username=LOGIN[0], **known)) as office,
        pytest.raises(Unavailable, match="certificate-refused"),
    ):
        office.connect()
    assert server.logins == []


def test_a_wrong_password_is_told_as_such(ca_file: Path) -> None:
    """A refused login is the server being away to us, with its own code, and no letter."""
    with smtp.running("tls", (LOGIN[0], "another")) as server:
        settings = post(server, "tls", username=LOGIN[0], ca_file=ca_file)
        with opened(settings) as office, pytest.raises(Unavailable, match="login-refused-535"):
            office.send(letter())
    assert server.taken == []


def test_nobody_listening_is_unavailable() -> None:
    """A closed port is the server being away."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port = probe.getsockname()[1]
    with opened(post(port)) as office, pytest.raises(Unavailable, match="connection-refused"):
        office.connect()


def test_a_connection_that_died_is_replaced() -> None:
    """When the kept connection broke between two batches, the next letter goes over a new one."""
    with smtp.running() as server, opened(post(server)) as office:
        assert isinstance(office.send(letter()), Sent)
        kept = office._connected().sock
        assert kept is not None
        kept.shutdown(socket.SHUT_RDWR)
        assert isinstance(office.send(letter()), Sent)
        assert server.connections == 2


def test_some_refused_recipients_are_counted() -> None:
    """An alert reaches those it can reach, and the refusals are counted."""
    with smtp.running() as server, opened(post(server)) as office:
        server.refused_recipients["gone@salford.example"] = "550 5.1.1 gone"
        assert office.send(letter("duty@salford.example", "gone@salford.example")) == Sent("T0001", refused=1)


def test_one_temporary_refusal_among_permanent_ones_is_temporary() -> None:
    """With nobody reached, the letter is given up only when every recipient is refused for good."""
    with smtp.running() as server, opened(post(server)) as office:
        server.refused_recipients |= {"a@salford.example": "550 5.1.1 gone", "b@salford.example": "451 4.2.1 later"}
        refused = office.send(letter("a@salford.example", "b@salford.example"))
    assert isinstance(refused, Refused)
    assert not refused.permanent


@pytest.mark.parametrize("offered", [True, False])
def test_an_address_outside_ascii_needs_smtputf8(offered: bool) -> None:
    """Such an address is written as RFC 6531 asks, or refused where the server cannot."""
    with smtp.running(smtputf8=offered) as server, opened(post(server)) as office:
        told = office.send(letter("órla@agency.example"))
        assert isinstance(office.send(letter()), Sent)
    assert told == (Sent("T0001") if offered else Refused(True, "smtputf8-not-offered"))


def test_an_address_that_would_break_the_line_is_refused() -> None:
    """An address with a line break writes nothing to the server."""
    with smtp.running() as server, opened(post(server)) as office:
        bad = Letter(LetterKind.RECEIPT, (Private("a@b.example>\r\nRCPT TO:<c@d.example"),), "one@x.example", b"x\r\n")
        assert office.send(bad) == Refused(True, "address-unusable")
    assert server.taken == []


def test_insecure_is_for_loopback_only() -> None:
    """Plain text to another machine is refused before anything is sent."""
    settings = Post.model_validate(
        {"host": "smtp.agency.example", "port": 25, "security": "insecure", "from": "sscp@salford.gov.uk"}
    )
    with pytest.raises(Misconfigured):
        SmtpPostOffice(settings, lambda: "")


@pytest.mark.parametrize(
    ("host", "loopback"),
    [("127.0.0.1", True), ("::1", True), ("localhost", True), ("127.9.9.9", True), ("10.0.0.1", False),
     ("localhost.example", False), ("127.0.0.1.example", False)],
)  # fmt: skip
def test_loopback_is_told_by_address(host: str, loopback: bool) -> None:
    """Only addresses that cannot leave the machine count as loopback."""
    assert is_loopback(host) is loopback

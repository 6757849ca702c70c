"""Waiting for news: IDLE where the server has it, and never longer, or more often, than it should be."""

import threading

import pytest

from intake.errors import Unavailable
from tests.builders.mailbox import RAW, opened
from tests.servers import dovecot as real
from tests.servers import imap_script
from tests.servers.imap_script import Talk, saying


def never() -> bool:
    """Wait on."""
    return False


def test_a_new_mail_ends_the_wait(dovecot: real.Dovecot, user: str) -> None:
    """IDLE: the server says so, and nobody has to wait for the poll."""
    with opened(dovecot.plain, user) as session:
        session.look()
        timer = threading.Timer(0.1, dovecot.append, (user, RAW))
        timer.start()
        session.wait(600, never)  # longer than any test may take
        timer.join()
        assert session.look().uids == (1,)


@pytest.mark.parametrize("capabilities", [b"IMAP4rev1 IDLE AUTH=PLAIN", b"IMAP4rev1 AUTH=PLAIN"])
def test_the_wait_ends_by_itself_and_when_it_is_over(capabilities: bytes) -> None:
    """With IDLE or without, the poll is due after its time, and whoever wants to stop need not wait for it."""
    with imap_script.running() as script:
        script.capabilities = capabilities
        with opened(script.port) as session:
            session.look()
            session.wait(0.05, never)
            session.wait(600, lambda: True)
            assert session.look().uids == ()


@pytest.mark.parametrize(
    "lines",
    [
        (b"* 1 EXISTS", b"+ idling"),
        (b"* FLAGS (\\Seen)", b"+ idling"),
        (b"+ idling", b"* 1 EXISTS"),
        (b"+ idling", b"* OK Still here", b"* 1 EXPUNGE"),
    ],
)
def test_news_is_heard_wherever_it_stands(lines: tuple[bytes, ...]) -> None:
    """Before the server's ``+``, in the same packet with it, or after its "still here"."""

    def idle(talk: Talk, tag: bytes, words: bytes) -> bool:
        talk.say(*lines)
        assert talk.hear() == b"DONE\r\n"
        talk.say(tag + b" OK done")
        return True

    with imap_script.running() as script:
        script.answers["IDLE"] = idle
        with opened(script.port) as session:
            session.look()
            session.wait(600, never)
            assert session.look().uids == ()


def test_still_here_is_no_news() -> None:
    """A server that only says it is alive wakes nobody."""

    def idle(talk: Talk, tag: bytes, words: bytes) -> bool:
        talk.say(b"+ idling", b"* OK Still here", b"* OK Still here")
        talk.hear()
        talk.say(tag + b" OK done")
        return True

    asked = []
    with imap_script.running() as script:
        script.answers["IDLE"] = idle
        with opened(script.port) as session:
            session.look()
            session.wait(600, lambda: asked.append(1) or len(asked) > 3)
    assert len(asked) == 4


@pytest.mark.parametrize(
    ("lines", "code"),
    [((), "connection-lost"), ((b"+ idling",), "connection-lost"), ((b"+ idling", b"* BYE bye"), "bye")],
)
def test_a_line_that_is_closed_while_waiting_is_noticed_at_once(lines: tuple[bytes, ...], code: str) -> None:
    """It does not spin, and it does not wait for the poll."""
    with imap_script.running() as script:
        script.answers["IDLE"] = saying(*lines, end=None)
        with opened(script.port) as session:
            session.look()
            with pytest.raises(Unavailable) as told:
                session.wait(600, never)
    assert told.value.detail == code


@pytest.mark.parametrize("said", [b"* 1 EXI", b""])
def test_a_server_that_falls_silent_while_waiting_is_left(said: bytes) -> None:
    """Half a line, or no answer to DONE: after a time-out the line is given up."""

    def idle(talk: Talk, tag: bytes, words: bytes) -> bool:
        talk.raw(b"+ idling\r\n" + said)
        while talk.hear():
            pass
        return True

    with imap_script.running() as script:
        script.answers["IDLE"] = idle
        with opened(script.port, timeout_seconds=0.2) as session:
            session.look()
            with pytest.raises(Unavailable) as told:
                session.wait(0.1, never)
    assert told.value.detail == "timeout"


def test_a_server_that_refuses_idle_is_polled() -> None:
    """A no to IDLE is no reason to stop, nor to ask again at once."""
    asked = []
    with imap_script.running() as script:
        script.answers["IDLE"] = saying(end=b"NO not here")
        with opened(script.port) as session:
            session.look()
            session.wait(600, lambda: asked.append(1) or len(asked) > 2)
            assert session.look().uids == ()
    assert len(asked) == 3

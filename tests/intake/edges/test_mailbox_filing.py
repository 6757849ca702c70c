"""Filing: a recorded message, and no other, goes to its folder by the safest way the server has; nothing is deleted."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from intake.domain.message import Arrival, Message, MessageId, Place
from intake.domain.stages import Stage
from intake.edges.mailbox.filing import CannotFile, Opened, find, is_the_recorded, move
from intake.edges.mailbox.session import Session
from intake.errors import Unavailable
from intake.settings.program import Mailbox
from tests.servers import dovecot as real
from tests.servers import imap_script
from tests.servers.imap_script import saying

FOLDER = "Intake/Set aside"
ONE, TWO, THREE = (b"Subject: invented %d\r\n\r\nNothing of it.\r\n" % n for n in (1, 2, 3))


@contextmanager
def opened(port: int, user: str = "u") -> Iterator[Session]:
    """Log in to a mailbox at a loopback port."""
    box = {"name": "sscp", "host": "127.0.0.1", "port": port, "security": "insecure", "username": user}
    with Session(Mailbox.model_validate(box), lambda: real.PASSWORD) as session:
        yield session


def moved(session: Session, messages: list[Message], folder: str) -> frozenset[int]:
    """Move messages from the inbox they were recorded in."""
    places = {message.arrival.place.uid: message for message in messages}
    return move(session, places, Opened("INBOX", messages[0].arrival.place.uidvalidity), folder)


def recorded(session: Session, uid: int, raw: bytes, *, oversize: bool = False) -> Message:
    """Return the row of a mail that stands at ``uid``."""
    place = Place("sscp", "INBOX", session.look().uidvalidity, uid)
    digest = sha256(raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if oversize else raw).hexdigest()
    arrival = Arrival(place, datetime.now(UTC), len(raw), digest)
    return Message(MessageId(f"m-{uid:012}"), arrival, Stage.SET_ASIDE, "bulk", 1, oversize=oversize)


SERVERS = {
    "as-installed": {},
    "another-delimiter": {"separator": "."},
    "a-prefix": {"separator": ".", "prefix": "INBOX."},
    "without-move": {"without": "MOVE"},
    "without-namespace": {"without": "NAMESPACE", "separator": "."},
}


@pytest.mark.parametrize("how", SERVERS.values(), ids=SERVERS.keys())
def test_messages_go_to_a_nested_folder_that_was_not_there(how: dict[str, str]) -> None:
    """Whatever the server's delimiter, prefix and ways of moving; those not named stay, and nothing is lost."""
    with real.running(**how) as server:  # type: ignore[arg-type]  # all of them are texts
        server.append_all("u", [ONE, TWO, THREE])
        with opened(server.plain) as session:
            messages = [recorded(session, 1, ONE), recorded(session, 3, THREE)]
            assert moved(session, messages, FOLDER) == {1, 3}
            name = session.names.of(FOLDER)
            assert find(session, FOLDER, messages[0]) is not None
        assert server.mails("u") == [TWO]
        assert server.mails("u", name) == [ONE, THREE]


def test_a_server_without_a_safe_way_keeps_everything() -> None:
    """Neither MOVE nor UID EXPUNGE: expunging would take along what others have marked deleted."""
    with real.running(without="MOVE UIDPLUS") as server:
        server.append("u", ONE)
        with opened(server.plain) as session, pytest.raises(CannotFile) as told:
            moved(session, [recorded(session, 1, ONE)], FOLDER)
        assert told.value.code == "no-move"
        assert server.mails("u") == [ONE]
        assert "Deleted" not in server.flags("u")[0]


def test_a_copy_left_by_a_crash_is_not_made_again() -> None:
    """Without MOVE a crash can come between copy and removal; the next try only removes."""
    with real.running(without="MOVE") as server:
        server.append("u", ONE)
        with server.client("u") as other:
            other.create("Intake")
        server.append("u", ONE, folder="Intake")
        with opened(server.plain) as session:
            assert moved(session, [recorded(session, 1, ONE)], "Intake") == {1}
        assert server.mails("u") == []
        assert server.mails("u", "Intake") == [ONE]


def test_what_others_marked_deleted_is_not_removed_with_ours() -> None:
    """Only the message that was filed goes."""
    with real.running(without="MOVE") as server:
        server.append("u", ONE, flags="(\\Deleted)")
        server.append("u", TWO)
        with opened(server.plain) as session:
            assert moved(session, [recorded(session, 2, TWO)], FOLDER) == {2}
        assert server.mails("u") == [ONE]


def test_what_stands_at_the_place_is_compared_with_the_record(dovecot: real.Dovecot, user: str) -> None:
    """Same length, other bytes: not ours. Gone: not ours. Of an oversize one the header is compared."""
    dovecot.append(user, ONE)
    with opened(dovecot.plain, user) as session:
        ours = recorded(session, 1, ONE)
        assert is_the_recorded(session, ours)
        assert is_the_recorded(session, recorded(session, 1, ONE, oversize=True))
        assert not is_the_recorded(session, recorded(session, 1, TWO))
        assert not is_the_recorded(session, recorded(session, 1, ONE[:-1]))
        assert not is_the_recorded(session, recorded(session, 1, TWO, oversize=True))
        assert not is_the_recorded(session, recorded(session, 2, ONE))


def test_one_that_vanished_meanwhile_counts_as_gone_and_the_others_go(dovecot: real.Dovecot, user: str) -> None:
    """MOVE of a vanished UID succeeds silently; whoever notes it must look whether the target has it."""
    dovecot.append_all(user, [ONE, TWO])
    with opened(dovecot.plain, user) as session:
        messages = [recorded(session, 1, ONE), recorded(session, 2, TWO)]
        with dovecot.client(user) as other:
            other.create("Elsewhere")
            other.select("INBOX")
            other.uid("MOVE", "1", "Elsewhere")
        assert moved(session, messages, FOLDER) == {1, 2}
        assert find(session, FOLDER, messages[0]) is None
        assert find(session, "No such folder", messages[0]) is None
        assert find(session, FOLDER, messages[1]) is not None


@pytest.mark.parametrize(
    ("command", "code"),
    [("CREATE", "create-refused"), ("UID MOVE", "move-refused"), ("SELECT", None)],
)
def test_a_server_that_refuses_keeps_everything(command: str, code: str | None) -> None:
    """A no is told as a code; nothing else is tried instead."""
    with imap_script.running({1: ONE}) as script:
        script.answers[command] = saying(end=b"NO not you")
        with opened(script.port) as session, pytest.raises(CannotFile if code else Unavailable) as told:
            moved(session, [recorded(session, 1, ONE)], FOLDER)
    assert getattr(told.value, "code", None) == code
    heard = b"\n".join(script.heard)
    assert b"COPY" not in heard
    assert b"STORE" not in heard


def test_a_folder_that_is_read_only_keeps_everything() -> None:
    """The server lets us look, and not move."""
    with imap_script.running({1: ONE}) as script:
        script.answers["SELECT"] = saying(b"* 1 EXISTS", b"* OK [UIDVALIDITY 7] -", b"* OK [READ-ONLY] -")
        with opened(script.port) as session, pytest.raises(CannotFile) as told:
            moved(session, [recorded(session, 1, ONE)], FOLDER)
    assert told.value.code == "read-only"


def test_nothing_is_moved_when_uids_have_changed_their_meaning() -> None:
    """The folder's UIDVALIDITY is looked at again when it is opened for moving."""
    with imap_script.running({1: ONE}) as script, opened(script.port) as session:
        message = recorded(session, 1, ONE)
        script.uidvalidity = 8
        with pytest.raises(Unavailable) as told:
            moved(session, [message], FOLDER)
    assert told.value.detail == "uidvalidity-changed"
    assert not any(b"MOVE" in line for line in script.heard)

"""Reading a mailbox: whole listings, bytes in chunks, and not a flag changed."""

from datetime import UTC, datetime
from hashlib import sha256

import pytest

from intake.edges.mailbox import session as module
from intake.edges.mailbox.session import CHUNK, HEADER_BYTES, Facts, Unfetchable
from intake.errors import Unavailable
from tests.builders.mailbox import RAW, opened
from tests.servers import dovecot as real
from tests.servers import imap_script
from tests.servers.imap_script import Answer, Talk, saying


def test_a_listing_has_every_mail_whatever_its_flags_and_dates(dovecot: real.Dovecot, user: str) -> None:
    """What a person has read, or dragged in with an old date, is listed like any other."""
    dovecot.append(user, RAW, flags="(\\Seen)")
    dovecot.append(user, RAW, at=datetime(2019, 1, 2, 3, 4, 5, tzinfo=UTC))
    dovecot.append(user, RAW, flags="(\\Flagged \\Answered)")
    with opened(dovecot.plain, user) as session:
        listing = session.look()
        assert listing.uids == (1, 2, 3)
        assert session.facts(2) == Facts(len(RAW), datetime(2019, 1, 2, 3, 4, 5, tzinfo=UTC))
        assert session.facts(9) is None


def test_reading_changes_nothing_at_the_server(dovecot: real.Dovecot, user: str) -> None:
    """Not even a flag: the folder is open read-only and bodies are asked for with PEEK."""
    dovecot.append(user, RAW)
    with opened(dovecot.plain, user) as session:
        session.look()
        assert b"".join(session.chunks(1, len(RAW))) == RAW
        assert session.header(1) == RAW[: -len(b"Nothing.\r\n")]
    assert dovecot.flags(user) == ["(\\Recent)"]


@pytest.mark.parametrize("size", [1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 7])
def test_a_mail_comes_in_chunks_and_whole(dovecot: real.Dovecot, user: str, size: int) -> None:
    """Byte for byte, whatever its length is to the chunk's."""
    raw = (b"%063d\n" % 7).replace(b"\n", b"\r\n") * (size // 65 + 1)
    raw = raw[: size - 1] + b"x"
    dovecot.append(user, raw)
    with opened(dovecot.plain, user) as session:
        session.look()
        chunks = list(session.chunks(1, size))
        assert b"".join(chunks) == raw
        assert max(map(len, chunks)) <= CHUNK
        assert session.digest(1, size) == (size, sha256(raw).hexdigest())
        assert session.digest(1, size - 1) is None


def test_a_large_folder_is_listed_window_by_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """No answer grows past what can be read, and every UID is in one of them."""
    monkeypatch.setattr(module, "MANY", 3)
    asked = []

    def window(talk: Talk, tag: bytes, words: bytes) -> bool:
        asked.append(words)
        low, high = (int(n) for n in words.partition(b" ")[2].split(b":"))
        talk.say(b"* SEARCH " + b" ".join(b"%d" % n for n in (9, 2, 3, 7, 1) if low <= n <= high), tag + b" OK done")
        return True

    with imap_script.running(dict.fromkeys((1, 2, 3, 7, 9), RAW)) as script:
        script.answers["UID SEARCH"] = window
        with opened(script.port) as session:
            assert session.look().uids == (1, 2, 3, 7, 9)
    assert asked == [b"UID 1:3", b"UID 4:6", b"UID 7:9"]


def test_an_empty_window_is_no_fault() -> None:
    """A folder with nothing in it lists nothing."""
    with imap_script.running() as script:
        script.answers["UID SEARCH"] = saying(b"* SEARCH")
        with opened(script.port) as session:
            assert session.look().uids == ()
        script.answers["UID SEARCH"] = saying()
        with opened(script.port) as session:
            assert session.look().uids == ()


@pytest.mark.parametrize(
    ("command", "answer", "code"),
    [
        ("EXAMINE", saying(end=b"NO no such folder"), "folder-refused"),
        ("EXAMINE", saying(b"* 1 EXISTS"), "no-uidvalidity"),
        ("EXAMINE", saying(b"* 1 EXISTS", b"* OK [UIDVALIDITY x] -"), "protocol"),
        ("UID SEARCH", saying(b"* SEARCH one two"), "protocol"),
        ("UID SEARCH", saying(end=b"BAD what"), "folder-refused"),
    ],
)
def test_a_folder_that_cannot_be_listed_is_a_code(command: str, answer: Answer, code: str) -> None:
    """Absence from a listing that failed proves nothing, so there is no listing then."""
    with imap_script.running({1: RAW}) as script:
        script.answers[command] = answer
        with opened(script.port) as session, pytest.raises(Unavailable) as told:
            session.look()
    assert told.value.detail == code


@pytest.mark.parametrize(
    ("date", "received"),
    [
        (b'"17-Jul-2026 02:44:25 +0100"', datetime(2026, 7, 17, 1, 44, 25, tzinfo=UTC)),
        (b'"17-Jul-2026 02:44:25 -0000"', datetime(2026, 7, 17, 2, 44, 25, tzinfo=UTC)),
        (b'"yesterday"', None),
        (b"NIL", None),
    ],
)
def test_the_date_is_the_servers_or_none(date: bytes, received: datetime | None) -> None:
    """INTERNALDATE in UTC; what cannot be read is not guessed at."""
    with imap_script.running({1: RAW}) as script, opened(script.port) as session:
        session.look()
        script.answers["UID FETCH"] = saying(b"* 1 FETCH (UID 1 RFC822.SIZE 5 INTERNALDATE %s)" % date)
        assert session.facts(1) == Facts(5, received)


@pytest.mark.parametrize("answer", [b"INTERNALDATE NIL", b"RFC822.SIZE NIL", b"RFC822.SIZE -1", b"RFC822.SIZE (1)"])
def test_a_message_without_a_size_is_not_fetched(answer: bytes) -> None:
    """Nothing could be verified."""
    with imap_script.running({1: RAW}) as script, opened(script.port) as session:
        session.look()
        script.answers["UID FETCH"] = saying(b"* 1 FETCH (UID 1 %s)" % answer)
        with pytest.raises(Unfetchable):
            session.facts(1)


def test_no_more_of_a_header_is_asked_for_than_its_limit() -> None:
    """A header of half a megabyte is kept as far as 256 kB."""
    with imap_script.running({1: b"X: " + b"x" * 500_000 + b"\r\n\r\nbody"}) as script, opened(script.port) as session:
        session.look()
        assert len(session.header(1)) == HEADER_BYTES

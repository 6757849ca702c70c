"""A server that does not give what it says: one message that will not come stands in nobody's way."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import structlog

from intake.programs.watch import WatchSummary, watch_once
from tests.builders.gate import kept
from tests.builders.watching import mail, originals
from tests.servers import imap_script
from tests.servers.imap_script import Talk, saying


def spoiling(script: imap_script.Script, uid: int, answer: imap_script.Answer) -> None:
    """Answer like this when a body of ``uid`` is asked for, honestly for the others."""

    def fetch(talk: Talk, tag: bytes, words: bytes) -> bool:
        if words.startswith(b"%d " % uid) and b"BODY" in words:
            return bool(answer(talk, tag, words))
        return False

    script.answers["UID FETCH"] = fetch


def long_literal(talk: Talk, tag: bytes, words: bytes) -> bool:
    """Announce far more than any answer may hold."""
    talk.raw(b"* 1 FETCH (UID 2 BODY[]<0> {900000000}\r\n")
    return True


BAD = {
    "no-literal": saying(b"* 1 FETCH (UID 2 FLAGS ())"),
    "nil": saying(b"* 1 FETCH (UID 2 BODY[]<0> NIL)"),
    "refused": saying(end=b"NO cannot"),
    "garbage": saying(b"}{", end=None),
    "cut": saying(end=None),
    "bye": saying(b"* BYE", end=None),
    "gigabyte": long_literal,
}


@pytest.mark.parametrize("answer", BAD.values(), ids=BAD.keys())
def test_one_message_that_will_not_come_stands_in_nobodys_way(
    tmp_path: Path, script: imap_script.Script, answer: imap_script.Answer
) -> None:
    """The others are taken in, it stays at the server and is visible, and it is taken in when it can be."""
    house = kept(tmp_path, port=script.port)
    spoiling(script, 2, answer)
    assert watch_once(house.gate) == WatchSummary(taken=2, unfetchable=1)
    assert house.records.uids == [1, 3]
    assert house.records.health == {"poll:sscp": "ok", "unfetchable:sscp": "1"}
    assert len(house.vault.kept) == 2
    script.answers.clear()
    assert watch_once(house.gate).taken == 1
    assert house.records.uids == [1, 3, 2]
    assert house.records.health["unfetchable:sscp"] == "0"


@pytest.mark.parametrize("cut", [0, 1, 20])
def test_a_mail_cut_short_is_not_taken_for_whole(tmp_path: Path, script: imap_script.Script, cut: int) -> None:
    """Bytes that differ from try to try and do not make up the size are no mail."""
    house, tries = kept(tmp_path, port=script.port), iter(range(100))

    def short(talk: Talk, tag: bytes, words: bytes) -> bool:
        if b"<0." not in words:
            return False
        script.literal(talk, 2, mail(2)[: cut + next(tries)])
        talk.say(tag + b" OK done")
        return True

    script.sizes[2] = len(mail(2))
    spoiling(script, 2, short)
    script.mails[2] = b""  # past the cut there is nothing
    assert watch_once(house.gate) == WatchSummary(taken=2, unfetchable=1)
    assert house.records.uids == [1, 3]


@pytest.mark.parametrize("said", [7, 5000])
def test_a_size_that_was_an_estimate_is_not_held_against_a_mail(
    tmp_path: Path, script: imap_script.Script, said: int
) -> None:
    """Exchange, by default, estimates RFC822.SIZE: the same bytes three times, to an end it confirms, are the mail."""
    house = kept(tmp_path, port=script.port)
    script.sizes[2] = said
    asked = []

    def listens(_talk: Talk, _tag: bytes, words: bytes) -> bool:
        asked.append(words)
        return False

    spoiling(script, 2, listens)
    assert watch_once(house.gate) == WatchSummary(taken=3)
    assert house.records.uids == [1, 3, 2]
    assert originals(house)[2] == mail(2)
    assert list(house.records.rows.values())[2].arrival.bytes == len(mail(2))
    assert sum(b"<0." in words for words in asked) == 3


def test_a_mail_larger_than_it_was_said_to_be_is_kept_as_oversize(tmp_path: Path, script: imap_script.Script) -> None:
    """The limit holds for what comes, not for what was announced."""
    house = kept(tmp_path, port=script.port, max_bytes=10_000)
    script.mails[2], script.sizes[2] = mail(2, 50_000), 100
    assert watch_once(house.gate) == WatchSummary(taken=2, oversize=1)
    assert house.records.rows[list(house.records.rows)[1]].oversize


def test_without_a_date_of_the_servers_a_mail_is_still_taken_in(tmp_path: Path, script: imap_script.Script) -> None:
    """The time we first saw it stands in, and the operations log says so."""
    now = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
    house = kept(tmp_path, port=script.port, clock=lambda: now)
    script.answers["UID FETCH"] = lambda talk, tag, words: (
        saying(b"* 1 FETCH (UID 1 RFC822.SIZE %d INTERNALDATE NIL)" % len(mail(1)))(talk, tag, words)
        if words.startswith(b"1 ") and b"SIZE" in words
        else False
    )
    with structlog.testing.capture_logs() as told:
        assert watch_once(house.gate).taken == 3
    assert next(iter(house.records.rows.values())).arrival.received_at == now
    assert "no-internaldate" in {line["event"] for line in told}


def test_a_message_moved_away_before_it_is_fetched_is_no_fault(tmp_path: Path, script: imap_script.Script) -> None:
    """Somebody was faster; if it comes back it has a new UID."""
    house = kept(tmp_path, port=script.port)
    script.answers["UID FETCH"] = lambda talk, tag, words: (
        saying()(talk, tag, words) if words.startswith(b"2 ") else False
    )
    assert watch_once(house.gate) == WatchSummary(taken=2)
    assert house.records.health["unfetchable:sscp"] == "0"

"""Screening: what the wall refuses to read is judged by all that can be known without reading it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from intake.domain.verdict import ScanResult
from intake.programs.advance import advance_once
from parsers.limits import MAX_HEADER_BLOCK_BYTES, MAX_HEADER_LINES, MAX_MAIL_BYTES, MAX_PARTS
from tests.builders.house import TestHouse, house
from tests.builders.mails import Attachment
from tests.builders.posted import STRANGER, kinds, sent
from tests.builders.settings import OWN_ADDRESS

TOO_MANY = tuple(Attachment(f"{number}.txt", b"x") for number in range(MAX_PARTS + 1))
"""More parts than the wall takes apart."""


@pytest.fixture
def at_home(tmp_path: Path) -> Iterator[TestHouse]:
    """Give a house of the test's own."""
    with house(tmp_path) as opened:
        yield opened


def failing(raw: bytes) -> bytes:
    """Return a mail of which the border says that DMARC failed."""
    return raw.replace(b"dmarc=pass", b"dmarc=fail", 1)


def words_of(at_home: TestHouse) -> str:
    """Return what the one letter says, its lines made one."""
    (letter,) = at_home.letters().values()
    body = letter.get_body(("plain",))
    assert body is not None
    return " ".join(body.get_content().split())


class FindsMalware:
    """A scanner that has found something."""

    def scan(self, raw: bytes) -> ScanResult:
        """Return INFECTED."""
        return ScanResult.INFECTED


def test_an_infected_mail_is_quarantined_though_it_cannot_be_taken_apart(at_home: TestHouse) -> None:
    """Malware in a mail of too many parts is malware, and nobody is written to."""
    message = at_home.arrive(sent(*TOO_MANY))
    advance_once(replace(at_home.world, scanner=FindsMalware()), at_home.rules, lambda: at_home.now)
    row = at_home.row(message)
    assert (row["stage"], row["why"], row["letters"]) == ("quarantined", "malware", [])
    assert [item["code"] for item in at_home.records.exception_rows()] == ["quarantined-malware"]


def test_a_spoof_is_quarantined_though_it_cannot_be_taken_apart(at_home: TestHouse) -> None:
    """An agency's address that fails is a spoof, however many parts its mail has."""
    row = at_home.take(failing(sent(*TOO_MANY)))
    assert (row["stage"], row["why"], row["letters"]) == ("quarantined", "spoof", [])


def test_who_sent_too_many_parts_is_told_the_limit(at_home: TestHouse) -> None:
    """An authenticated agency's mail is held for a person, and its sender learns how many parts one mail may have."""
    row = at_home.take(sent(*TOO_MANY))
    assert (row["stage"], row["why"]) == ("held", "unreadable-mail-over-limit")
    assert (row["sender_trust"], kinds(row)) == ("authenticated", [("receipt", "queued")])
    assert f"at most {MAX_PARTS} in one email" in words_of(at_home)


def test_a_mail_without_anything_is_held_and_answered_by_nobody(at_home: TestHouse) -> None:
    """Where no sender can be told, nobody is written to."""
    row = at_home.take(b"\r\n")
    assert (row["stage"], row["why"], row["letters"]) == ("held", "unreadable-mail-unreadable", [])


@pytest.mark.parametrize(
    "marks",
    [("Auto-Submitted", "auto-replied"), ("List-Id", "<x.example>"), ("Precedence", "bulk"), ("Return-Path", "<>")],
)
def test_what_a_machine_sent_in_too_many_parts_is_held_unanswered(at_home: TestHouse, marks: tuple[str, str]) -> None:
    """A form may lie in it unseen, so a person looks; no loop can begin."""
    row = at_home.take(sent(*TOO_MANY, headers=[marks]))
    assert (row["stage"], row["letters"]) == ("held", [])


def test_our_own_mail_in_too_many_parts_is_set_aside(at_home: TestHouse) -> None:
    """What we sent ourselves is nobody's referral."""
    row = at_home.take(sent(*TOO_MANY, sender=OWN_ADDRESS))
    assert (row["stage"], row["why"], row["letters"]) == ("set-aside", "own-mail", [])


def test_a_strangers_letter_waits_though_his_mail_was_not_read(at_home: TestHouse) -> None:
    """An unknown sender of too many parts gets his receipt when a person lets it go."""
    assert kinds(at_home.take(sent(*TOO_MANY, sender=STRANGER))) == [("receipt", "waiting")]


@pytest.mark.parametrize(
    "more", [[("X", "y")] * (MAX_HEADER_LINES + 1), [("X", "y" * 990)] * (MAX_HEADER_BLOCK_BYTES // 990 + 1)]
)
def test_where_not_all_headers_were_looked_at_nobody_is_answered(
    at_home: TestHouse, more: list[tuple[str, str]]
) -> None:
    """A spoof is still one; an authenticated mail is held, and what forbids an answer may stand further down."""
    head, _, body = sent().partition(b"\r\n\r\n")
    many = head + b"\r\n" + b"".join(f"{name}: {value}\r\n".encode() for name, value in more) + b"\r\n" + body
    genuine, spoof = at_home.take(many), at_home.take(failing(many))
    assert (genuine["stage"], genuine["letters"]) == ("held", [])
    assert (spoof["stage"], spoof["why"]) == ("quarantined", "spoof")


def test_a_mail_too_large_to_take_apart_is_answered_with_its_size(at_home: TestHouse) -> None:
    """The limit is that of the mailbox, or of the wall where that is smaller."""
    assert at_home.rules.program.mailbox[0].max_bytes == MAX_MAIL_BYTES
    row = at_home.take(sent(text="x" * 76 + "\r\n") + b"\r\n" * (MAX_MAIL_BYTES // 2))
    assert (row["stage"], row["why"]) == ("held", "unreadable-mail-over-limit")
    assert "Largest email we can take 62 MB" in words_of(at_home).replace(":", "")

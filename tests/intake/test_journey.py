"""The way of one message, and every way it may not go."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from intake import journey
from intake.domain.message import MessageId
from intake.domain.outcome import Outcome
from intake.domain.stages import PEOPLES_WAYS, WORKABLE, WORKERS_WAYS, Stage
from intake.domain.verdict import ScanResult
from intake.errors import BrokenPromise, Overtaken, Unavailable
from intake.records.verification import verify
from tests.builders.house import TestHouse, house
from tests.builders.mails import mail


@pytest.fixture
def at_home(tmp_path: Path) -> Iterator[TestHouse]:
    """Give a house of the test's own."""
    with house(tmp_path) as opened:
        yield opened


class Reading:
    """A wall that does what a test wants."""

    def __init__(self, fault: Exception) -> None:
        self.fault, self.asked = fault, 0

    def survey(self, raw: bytes) -> None:
        """Count, and raise."""
        self.asked += 1
        raise self.fault

    read = read_file = survey


def test_every_stage_is_reachable_and_registered_from_each_workable() -> None:
    """From the first stage every other can be reached; from each stage the worker takes up, REGISTERED can."""
    assert _reachable(Stage.RECEIVED, people=True) == set(Stage)
    assert all(Stage.REGISTERED in _reachable(stage, people=False) for stage in WORKABLE)


def test_the_machine_alone_never_cycles() -> None:
    """By the worker's ways alone no stage is ever met twice."""
    assert all(stage not in _reachable(stage, people=False, start=False) for stage in Stage)


def test_each_workable_stage_has_its_leg() -> None:
    """There is one leg for each stage the worker takes up, and none for a stage that waits for a person."""
    assert set(journey.LEGS) == WORKABLE


def test_what_is_away_never_counts_against_a_message(at_home: TestHouse) -> None:
    """While something outside is away the message waits, its attempts untouched, and goes on when it is back."""
    message = at_home.arrive(mail())
    away = replace(at_home.world, reader=Reading(Unavailable("reader", "cannot-start")))
    for _ in range(10):
        row = journey.travel(message, away, at_home.rules, lambda: at_home.now)
        assert (row.stage, row.attempts) == (Stage.RECEIVED, 0)
    assert at_home.records.workable(10, now=at_home.now) == []
    assert list(at_home.records.workable(10, now=at_home.now + timedelta(hours=1))) == [message]
    assert at_home.walk(message).stage not in WORKABLE


class Scanning:
    """A scanner that is away, or takes no file so large."""

    def __init__(self, detail: str) -> None:
        self.detail = detail

    def scan(self, raw: bytes) -> ScanResult:
        """Raise."""
        raise Unavailable("scanner", self.detail)


def walked_past(at_home: TestHouse, detail: str) -> tuple[list[str], str]:
    """Try a mail three times while the scanner says this; return the exceptions opened, and what the mail waits for."""
    message = at_home.arrive(mail())
    world = replace(at_home.world, scanner=Scanning(detail))
    for _ in range(3):
        row = journey.travel(message, world, at_home.rules, lambda: at_home.now)
        assert (row.stage, row.attempts) == (Stage.RECEIVED, 0)
    items = [item["code"] for item in at_home.records.exception_rows() if item["message"] == message]
    return items, at_home.records.health_notes()["waits-for"][0]


def test_a_mail_too_large_for_the_scanner_is_told_once_and_never_passes(at_home: TestHouse) -> None:
    """It waits unread as long as the scanner will not take it, and a person sees it."""
    assert walked_past(at_home, journey.TOO_LARGE_TO_SCAN) == (["scanner-too-large"], "scanner")
    assert [line["why"] for line in at_home.records.story("m-000000000001")] == ["received", "scanner-too-large"]
    assert list(verify(at_home.records.store, at_home.vault)) == []


def test_a_scanner_that_is_away_is_told_by_how_long_mail_waits(at_home: TestHouse) -> None:
    """No message is flagged for an outage; that mail waits, since when and for what, is on record."""
    assert walked_past(at_home, "away") == ([], "scanner")
    assert at_home.records.unread_since() == at_home.now
    at_home.walk(MessageId("m-000000000001"))
    assert at_home.records.unread_since() is None


def test_a_broken_promise_holds_this_message_alone(at_home: TestHouse) -> None:
    """A promise of our own that does not hold puts the one message before a person, with the promise's code."""
    message, other = at_home.arrive(mail()), at_home.arrive(mail(message_id="<two@agency.example>", text="Hello"))
    broken = replace(at_home.world, reader=Reading(BrokenPromise("original-altered")))
    row = journey.travel(message, broken, at_home.rules, lambda: at_home.now)
    assert (row.stage, row.why) == (Stage.HELD, "original-altered")
    assert at_home.walk(other).stage is not Stage.RECEIVED


def test_a_message_that_ends_its_worker_is_given_up_after_its_attempts(at_home: TestHouse) -> None:
    """An attempt is counted before its leg: after as many as configured the message is held, its leg not begun."""
    message = at_home.arrive(mail())
    deadly = Reading(KeyError("not one of our families"))
    world = replace(at_home.world, reader=deadly)
    attempts = at_home.rules.program.work.attempts
    for _ in range(attempts):
        with pytest.raises(KeyError):
            journey.travel(message, world, at_home.rules, lambda: at_home.now)
    row = journey.travel(message, world, at_home.rules, lambda: at_home.now)
    assert (row.stage, row.why, deadly.asked) == (Stage.HELD, "gave-up-at-screen", attempts)


def test_a_way_that_is_not_on_the_map_is_refused(at_home: TestHouse, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a leg decides, a message goes no way but those on the map: it is held instead."""
    leg = journey.LEGS[Stage.RECEIVED]
    wild = replace(leg, decide=lambda *_: Outcome(Stage.REGISTERED, "registered"))
    monkeypatch.setitem(journey.LEGS, Stage.RECEIVED, wild)
    row = at_home.walk(at_home.arrive(mail()))
    assert (row.stage, row.why) == (Stage.HELD, "way-not-on-the-map")


def test_a_message_another_worker_moved_first_is_left_alone(at_home: TestHouse) -> None:
    """Of two workers with the same row, the second writes nothing."""
    message = at_home.arrive(mail())
    row = at_home.records.message(message)
    journey.advance(row, at_home.world, at_home.rules, at_home.now)
    before = at_home.row(message)
    with pytest.raises(Overtaken):
        journey.advance(row, at_home.world, at_home.rules, at_home.now)
    assert at_home.row(message) == before


def _reachable(here: Stage, *, people: bool, start: bool = True) -> set[Stage]:
    found, open_ends = ({here} if start else set()), [here]
    while open_ends:
        stage = open_ends.pop()
        ways = WORKERS_WAYS[stage] | (PEOPLES_WAYS.get(stage, frozenset()) if people else frozenset())
        new = ways - found
        found |= new
        open_ends += sorted(new)
    return found

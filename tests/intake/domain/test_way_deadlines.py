"""What of a case's way is due when, with the working behind each day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.case import Reference
from intake.domain.case_way import Decision, Entry, Step
from intake.domain.private import Private
from intake.domain.review_clocks import NotificationClock, RapidReviewClock
from intake.domain.way_deadlines import OPEN, Clock, ClockState, Deadline, deadlines, due, open_way
from intake.domain.working_days import SATURDAY, WorkingCalendar
from intake.settings.neighbours import WayClocks
from tests.builders.vectors import timing_vectors

CALENDAR = WorkingCalendar(known_until=date(2028, 12, 31))
LIMITS = WayClocks()
AT = datetime(2026, 6, 30, 12, tzinfo=UTC)
WORDS = Private("as the panel's note says")
DAYS = st.dates(date(2026, 1, 1), date(2028, 10, 31))
VECTORS = timing_vectors()


def taken(step: Step, day: date, decision: Decision | None = None) -> Entry:
    """Return an entry."""
    return Entry(step, day, "orla", AT, decision, WORDS)


def counted(clock: Clock, history: list[Entry], began: date, today: date) -> Deadline:
    """Return one clock of a case."""
    return next(each for each in deadlines(history, began, today, CALENDAR, LIMITS) if each.clock is clock)


@pytest.mark.parametrize("row", VECTORS, ids=[row["incident_date"] for row in VECTORS])
def test_the_rapid_review_is_due_as_the_vectors_say(row: dict[str, str]) -> None:
    """Fifteen working days from the day the notification was sent, to the day."""
    sent = date.fromisoformat(row["incident_date"])
    found = counted(Clock.RAPID_REVIEW, [taken(Step.NOTIFIED, sent)], sent, sent)
    assert found.due == date.fromisoformat(row["last_day_15_working_from_that_date"])
    assert (found.since, found.day_0, found.working_days) == (Step.NOTIFIED, sent, 15)


@given(DAYS, st.integers(0, 40))
def test_a_day_can_be_worked_out_again_from_its_facts(began: date, later: int) -> None:
    """Weekdays after day 0 up to the last day, without the holidays named, are as many as the clock has."""
    today = began + timedelta(days=later)
    found = counted(Clock.TO_PANEL, [], began, today)
    between = [found.day_0 + timedelta(days=number) for number in range(1, (found.due - found.day_0).days + 1)]
    weekdays = [day for day in between if day.weekday() < SATURDAY]
    assert set(found.holidays) <= set(weekdays)
    assert len(weekdays) - len(found.holidays) == found.working_days
    assert (found.used > found.working_days) == (found.state is ClockState.OVERDUE)


@given(DAYS, st.integers(0, 30), st.integers(0, 30))
def test_done_in_time_is_done_by_the_last_day(began: date, after: int, later: int) -> None:
    """The same by day and by count, whenever somebody looks."""
    done = began + timedelta(days=after)
    found = counted(Clock.TO_PANEL, [taken(Step.SENT_TO_PANEL, done)], began, done + timedelta(days=later))
    assert found.done == done
    assert (found.state is ClockState.DONE_IN_TIME) == (done <= found.due) == (found.used <= found.working_days)
    assert found.state in {ClockState.DONE_IN_TIME, ClockState.DONE_LATE}


@given(DAYS, st.integers(0, 30))
def test_two_working_days_before_its_end_a_clock_is_due(began: date, later: int) -> None:
    """Running, due soon, overdue: one after the other, and on the last day itself not yet overdue."""
    today = began + timedelta(days=later)
    found = counted(Clock.TO_PANEL, [], began, today)
    if today > found.due:
        expected = ClockState.OVERDUE
    else:
        expected = ClockState.DUE_SOON if CALENDAR.count(today, found.due) <= 2 else ClockState.RUNNING
    assert found.state is expected
    assert bool(due([found])) == (expected is not ClockState.RUNNING)


def test_each_step_begins_its_clocks() -> None:
    """Receipt, panel, decision and notification each set going what follows from them, in the order of the way."""
    began = date(2026, 3, 2)
    history = [taken(Step.SENT_TO_PANEL, date(2026, 3, 4))]
    assert [each.clock for each in deadlines(history, began, began, CALENDAR, LIMITS)] == [
        Clock.TO_PANEL,
        Clock.DECISION,
    ]
    decided = date(2026, 3, 9)
    history += [taken(Step.DECIDED, decided, Decision.CRITERIA_MET), taken(Step.NOTIFIED, date(2026, 3, 10))]
    found = deadlines(history, began, date(2026, 3, 10), CALENDAR, LIMITS)
    assert [each.clock for each in found] == list(Clock)
    days = {each.clock: each.due for each in found}
    assert days[Clock.NOTIFICATION] == NotificationClock(decided).last_day(CALENDAR)
    assert days[Clock.RAPID_REVIEW] == RapidReviewClock(date(2026, 3, 10)).last_day(CALENDAR)
    assert {each.clock for each in found if each.state in OPEN} == {Clock.RAPID_REVIEW, Clock.REFERRER_TOLD}


def test_no_notification_is_waited_for_where_the_criteria_are_not_met() -> None:
    """Another decision sets no law's clock going."""
    began = date(2026, 3, 2)
    history = [taken(Step.SENT_TO_PANEL, began), taken(Step.DECIDED, began, Decision.NO_FURTHER_ACTION)]
    clocks = {each.clock for each in deadlines(history, began, began, CALENDAR, LIMITS)}
    assert clocks == {Clock.TO_PANEL, Clock.DECISION, Clock.REFERRER_TOLD}


def test_closing_ends_what_was_not_done() -> None:
    """Nobody is asked for it any more, and it does not count as done."""
    began, closed = date(2026, 3, 2), date(2026, 3, 4)
    found = counted(Clock.TO_PANEL, [taken(Step.CLOSED, closed)], began, date(2026, 5, 1))
    assert (found.state, found.done, found.used) == (ClockState.ENDED, None, 2)


def test_a_day_past_the_known_holidays_is_told() -> None:
    """Where the table ends before the last day, the day is marked as unsure."""
    short = WorkingCalendar(known_until=date(2026, 3, 6))
    first, second = (
        deadlines([], began, began, short, LIMITS)[0].known for began in (date(2026, 2, 27), date(2026, 3, 2))
    )
    assert (first, second) == (True, False)


def test_a_notification_before_the_referral_is_counted_from_its_own_day() -> None:
    """Also when it was sent before the day anybody looks from."""
    sent = date(2026, 2, 2)
    way = open_way(
        Reference("SSCP-2026-7K4M2Q"), "orla", [taken(Step.NOTIFIED, sent)], date(2026, 3, 2), date(2026, 3, 2),
        CALENDAR, LIMITS,
    )  # fmt: skip
    assert way.next_day == date(2026, 2, 23)
    assert [each.clock for each in due(way.deadlines)] == [Clock.RAPID_REVIEW]

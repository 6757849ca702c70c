"""Submission timeliness: every band, every reason why it cannot be said, and the clock change."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.incident_date import UNKNOWN_DATE, IncidentDate, Precision, exactly
from intake.domain.timeliness import Band, Lives, Reason, SubmissionClock, SubmissionTimeliness, judge
from intake.domain.working_days import LONDON, WorkingCalendar
from intake.settings.neighbours import Timeliness
from tests.builders.vectors import timing_vectors

CALENDAR = WorkingCalendar(known_until=date(2028, 12, 31))
VECTORS = timing_vectors()
DAY = timedelta(days=1)
NOV = date(2026, 11, 1)


def clock(late_by: Literal["working", "calendar"] = "working") -> SubmissionClock:
    """Return the shipped rules."""
    return SubmissionClock(CALENDAR, Timeliness(limit_days=5, late_by=late_by), 365)


def at(day: date, moment: time = time(12)) -> datetime:
    """Return a moment of a day in London."""
    return datetime.combine(day, moment, LONDON)


def judged(
    incident: IncidentDate | date,
    received: date,
    *,
    today: date | None = None,
    lives: Lives | None = None,
    ongoing: bool = False,
) -> SubmissionTimeliness:
    """Judge by the shipped rules."""
    days = exactly(incident) if isinstance(incident, date) else incident
    return judge(days, at(received), clock(), today=today or received, lives=lives, ongoing=ongoing)


def days(earliest: date, latest: date, precision: Precision = Precision.RANGE) -> IncidentDate:
    """Return a date that is no single day."""
    return IncidentDate(earliest, latest, precision)


@pytest.mark.parametrize("row", VECTORS, ids=[row["incident_date"] for row in VECTORS])
def test_the_vectors_decide_by_the_last_minute_of_their_last_day(row: dict[str, str]) -> None:
    """In time until midnight in London of the last day, late a second after, by either count."""
    incident = exactly(date.fromisoformat(row["incident_date"]))
    for late_by, column in (("working", "last_day_5_working"), ("calendar", "last_day_5_calendar")):
        rules = SubmissionClock(CALENDAR, Timeliness(limit_days=5, late_by=late_by), 365)
        last = at(date.fromisoformat(row[column]), time(23, 59, 59))
        assert judge(incident, last, rules, today=last.date()).band is not Band.LATE
        after = last.astimezone(UTC) + timedelta(seconds=1)
        assert judge(incident, after, rules, today=last.date() + DAY).band is Band.LATE
        assert rules.last_day(date.fromisoformat(row["incident_date"])) == last.date()


def test_the_bands_follow_one_another() -> None:
    """Incident on Christmas Eve 2026: calendar until the 29th, working until 5 January, then late."""
    eve = date(2026, 12, 24)
    bands = [
        judged(eve, day).band
        for day in (eve, date(2026, 12, 29), date(2026, 12, 30), date(2027, 1, 5), date(2027, 1, 6))
    ]
    assert bands == [Band.WITHIN_CALENDAR, Band.WITHIN_CALENDAR, Band.WITHIN_WORKING, Band.WITHIN_WORKING, Band.LATE]


def test_both_counts_are_kept() -> None:
    """Twelve calendar days are five working days over Christmas."""
    verdict = judged(date(2026, 12, 24), date(2027, 1, 5))
    assert (verdict.calendar_days, verdict.working_days) == (12, 5)


def test_by_calendar_days_there_is_no_second_band() -> None:
    """Where calendar days decide, the sixth is late."""
    verdict = judge(exactly(date(2026, 12, 24)), at(date(2026, 12, 30)), clock("calendar"), today=date(2026, 12, 30))
    assert verdict.band is Band.LATE
    assert verdict.working_days == 2


@given(st.dates(date(2026, 1, 1), date(2028, 10, 1)), st.integers(0, 364), st.integers(0, 86_399))
def test_bands_agree_with_a_slow_count(incident: date, after: int, second: int) -> None:
    """Whatever the second of the day, in summer time or not, the band is that of the plain count of days."""
    received = incident + timedelta(days=after)
    moment = at(received, time(second // 3600, second // 60 % 60, second % 60))
    verdict = judge(exactly(incident), moment.astimezone(UTC), clock(), today=received)
    counted = [incident + DAY * n for n in range(1, after + 1)]
    open_days = [day for day in counted if CALENDAR.is_working_day(day)]
    in_time = len(open_days) < 5 or (len(open_days) == 5 and open_days[-1] == received)
    expected = Band.WITHIN_CALENDAR if after <= 5 else Band.WITHIN_WORKING if in_time else Band.LATE
    assert verdict.band is expected
    assert verdict.calendar_days == after


@pytest.mark.parametrize(
    ("incident", "received", "calendar_days"),
    [
        (date(2026, 3, 24), datetime(2026, 3, 29, 22, 59, tzinfo=UTC), 5),
        (date(2026, 3, 24), datetime(2026, 3, 29, 23, 1, tzinfo=UTC), 6),
        (date(2026, 10, 20), datetime(2026, 10, 25, 23, 59, tzinfo=UTC), 5),
        (date(2026, 10, 20), datetime(2026, 10, 26, 0, 0, tzinfo=UTC), 6),
    ],
)
def test_the_clock_change_moves_midnight(incident: date, received: datetime, calendar_days: int) -> None:
    """On the Sunday the clocks change, the day ends where London's does."""
    assert judge(exactly(incident), received, clock(), today=incident).calendar_days == calendar_days


def test_no_date_cannot_be_said() -> None:
    """Without a date there is no count and no lateness."""
    verdict = judged(UNKNOWN_DATE, NOV)
    assert (verdict.band, verdict.reason, verdict.calendar_days) == (Band.CANNOT_SAY, Reason.NO_DATE, None)


def test_a_question_that_was_not_asked_is_told_apart() -> None:
    """A Seriously Good Outcome has no incident, and lacks nothing by it."""
    verdict = judge(UNKNOWN_DATE, at(NOV), clock(), today=NOV, asked=False)
    assert verdict.reason == Reason.NOT_ASKED


@pytest.mark.parametrize(
    ("incident", "received", "reason"),
    [
        (days(NOV, NOV + 5 * DAY, Precision.APPROXIMATE), date(2026, 11, 23), Reason.APPROXIMATE),
        (days(NOV, date(2026, 11, 30), Precision.MONTH), date(2026, 11, 23), Reason.MONTH),
        (days(NOV, date(2026, 11, 20)), date(2026, 11, 23), Reason.RANGE),
        (exactly(date(2026, 11, 24)), date(2026, 11, 23), Reason.IN_THE_FUTURE),
        (days(date(2026, 12, 1), date(2026, 12, 31), Precision.MONTH), date(2026, 11, 23), Reason.IN_THE_FUTURE),
        (exactly(date(2025, 11, 22)), date(2026, 11, 23), Reason.NON_RECENT),
    ],
)
def test_a_date_that_is_no_day_to_count_from_cannot_be_said(
    incident: IncidentDate, received: date, reason: Reason
) -> None:
    """Each state of the design has its own reason."""
    verdict = judged(incident, received)
    assert (verdict.band, verdict.reason) == (Band.CANNOT_SAY, reason)


def test_after_receipt_is_not_the_future() -> None:
    """A day after the receipt that has come meanwhile is told apart from one that has not."""
    verdict = judged(date(2026, 11, 24), date(2026, 11, 23), today=date(2026, 11, 25))
    assert (verdict.reason, verdict.calendar_days) == (Reason.AFTER_RECEIPT, None)


def test_a_range_whose_days_all_agree_has_their_band() -> None:
    """August is late in November on whichever of its days; 20 to 22 November is in time on the 23rd."""
    assert judged(days(date(2026, 8, 1), date(2026, 8, 31), Precision.MONTH), date(2026, 11, 23)).band is Band.LATE
    assert judged(days(date(2026, 11, 20), date(2026, 11, 22)), date(2026, 11, 23)).band is Band.WITHIN_CALENDAR


def test_days_of_a_range_after_the_receipt_do_not_count() -> None:
    """A "November" received on the 3rd can only mean the first three days."""
    verdict = judged(days(NOV, date(2026, 11, 30), Precision.MONTH), date(2026, 11, 3))
    assert (verdict.band, verdict.calendar_days) == (Band.WITHIN_CALENDAR, None)


def test_what_went_on_has_no_day() -> None:
    """Ongoing neglect cannot be counted from, with a beginning or without."""
    for incident in (UNKNOWN_DATE, exactly(NOV)):
        assert judged(incident, date(2026, 11, 3), ongoing=True).reason == Reason.ONGOING


def test_before_birth_cannot_be_said() -> None:
    """An incident before the first child's birth is a slip somewhere."""
    verdict = judged(NOV, date(2026, 11, 3), lives=Lives(first_birth=date(2026, 11, 2)))
    assert verdict.reason == Reason.BEFORE_BIRTH


def test_an_unborn_child_is_no_slip() -> None:
    """A date of birth still to come is an expected date: the incident stands."""
    assert judged(NOV, date(2026, 11, 3), lives=Lives(first_birth=date(2027, 1, 1))).band is Band.WITHIN_CALENDAR


def test_a_later_death_matters_only_where_it_changes_the_band() -> None:
    """From which day to count is for a person, unless it comes to the same."""
    received = date(2026, 11, 20)
    assert judged(NOV, received, lives=Lives(deaths=(date(2026, 11, 18),))).reason == Reason.DEATH_LATER
    assert judged(NOV, received, lives=Lives(deaths=(date(2026, 11, 3),))).band is Band.LATE
    assert judged(NOV, received, lives=Lives(deaths=(date(2026, 10, 3), date(2026, 11, 21)))).band is Band.LATE


def test_past_the_holiday_table_is_told() -> None:
    """A count beyond the last known bank holiday is marked, not refused."""
    assert judged(date(2029, 1, 2), date(2029, 1, 3)).past_calendar
    assert not judged(date(2028, 12, 28), date(2028, 12, 29)).past_calendar

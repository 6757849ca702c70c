"""Working days of England and Wales, against the vectors and an independent slow count."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.review_clocks import NotificationClock, RapidReviewClock
from intake.domain.working_days import WorkingCalendar, calendar, local_date
from intake.settings.neighbours import BankHolidays
from tests.builders.vectors import timing_vectors

CALENDAR = WorkingCalendar(known_until=date(2028, 12, 31))
VECTORS = timing_vectors()

BANK_HOLIDAYS = {
    date(2026, 1, 1), date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 4), date(2026, 5, 25), date(2026, 8, 31),
    date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1), date(2027, 3, 26), date(2027, 3, 29), date(2027, 5, 3),
    date(2027, 5, 31), date(2027, 8, 30), date(2027, 12, 27), date(2027, 12, 28), date(2028, 1, 3), date(2028, 4, 14),
    date(2028, 4, 17), date(2028, 5, 1), date(2028, 5, 29), date(2028, 8, 28), date(2028, 12, 25), date(2028, 12, 26),
}  # fmt: skip
"""As GOV.UK lists them for England and Wales, typed in here: nothing of the library's."""

DAYS = st.dates(date(2026, 1, 1), date(2028, 10, 31))


def slow_last_day(start: date, count: int) -> date:
    """Walk day by day and count those that are neither weekend nor listed."""
    day = start
    while count:
        day += timedelta(days=1)
        if day.strftime("%a") not in {"Sat", "Sun"} and day not in BANK_HOLIDAYS:
            count -= 1
    return day


@pytest.mark.parametrize("row", VECTORS, ids=[row["incident_date"] for row in VECTORS])
def test_the_vectors_hold(row: dict[str, str]) -> None:
    """Each worked example of the design comes out to the day."""
    start = date.fromisoformat(row["incident_date"])
    assert start.strftime("%a") == row["weekday"]
    assert CALENDAR.last_day(start, 5) == date.fromisoformat(row["last_day_5_working"])
    assert CALENDAR.last_day(start, 15) == date.fromisoformat(row["last_day_15_working_from_that_date"])
    assert start + timedelta(days=5) == date.fromisoformat(row["last_day_5_calendar"])


@given(DAYS, st.integers(0, 20))
def test_the_last_day_is_the_slow_counts(start: date, days: int) -> None:
    """The last day agrees with a walk through GOV.UK's own list."""
    assert CALENDAR.last_day(start, days) == slow_last_day(start, days)


@given(DAYS, st.integers(0, 40), st.integers(0, 25))
def test_count_and_last_day_are_one_rule(start: date, after: int, limit: int) -> None:
    """In time by the count is in time by the last day, for every limit."""
    end = start + timedelta(days=after)
    assert (CALENDAR.count(start, end) <= limit) == (end <= CALENDAR.last_day(start, limit))


@given(DAYS)
def test_the_day_itself_is_day_nought(day: date) -> None:
    """Day 0 is excluded, on whatever day of the week it falls."""
    assert CALENDAR.count(day, day) == 0


def test_a_count_never_runs_backwards() -> None:
    """An end before the start is an error of ours, not a number."""
    with pytest.raises(ValueError, match="before the start"):
        CALENDAR.count(date(2026, 11, 2), date(2026, 11, 1))


def test_the_coronation_counts_as_a_bank_holiday() -> None:
    """8 May 2023 was proclaimed one (some libraries miss it)."""
    assert not CALENDAR.is_working_day(date(2023, 5, 8))


def test_a_scottish_holiday_is_a_working_day() -> None:
    """2 January and St Andrew's Day are no holidays here."""
    assert CALENDAR.is_working_day(date(2025, 1, 2))
    assert CALENDAR.is_working_day(date(2026, 11, 30))


def test_configuration_adds_and_takes_away_days() -> None:
    """A new bank holiday and a moved one are the partnership's to say."""
    corrected = calendar(
        BankHolidays(known_until=date(2028, 12, 31), extra=(date(2027, 6, 1),), not_holidays=(date(2027, 5, 31),))
    )
    assert not corrected.is_working_day(date(2027, 6, 1))
    assert corrected.is_working_day(date(2027, 5, 31))
    assert not corrected.is_working_day(date(2027, 5, 30))


def test_the_table_knows_its_end() -> None:
    """The last known day is inside, the next is not."""
    assert CALENDAR.knows(date(2028, 12, 31))
    assert not CALENDAR.knows(date(2029, 1, 1))


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 6, 30, 22, 59, 59, tzinfo=UTC), date(2026, 6, 30)),
        (datetime(2026, 6, 30, 23, 0, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2026, 3, 29, 23, 30, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 10, 25, 23, 30, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_a_moment_is_a_day_in_london(moment: datetime, day: date) -> None:
    """Summer time begins and ends where it does in London."""
    assert local_date(moment) == day


def test_a_naive_moment_is_refused() -> None:
    """A time without a zone names no day."""
    with pytest.raises(ValueError, match="naive"):
        local_date(datetime(2026, 1, 1))  # noqa: DTZ001 - the naive time is the point


def test_the_cases_other_clocks() -> None:
    """Five working days to notify, fifteen to review, from the day before Christmas."""
    assert NotificationClock(date(2026, 12, 24)).last_day(CALENDAR) == date(2027, 1, 5)
    assert RapidReviewClock(date(2026, 12, 24)).last_day(CALENDAR) == date(2027, 1, 19)

"""A period of whole months: where it begins and ends in London, and what lies in it."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from intake.domain.figure_facts import Period, month_of
from intake.domain.working_days import local_date

AUTUMN = Period(date(2026, 10, 5), date(2026, 10, 31))


def test_a_summer_month_begins_and_ends_an_hour_earlier() -> None:
    """October begins in summer time and ends out of it; December's end is the year's."""
    assert AUTUMN.begins == datetime(2026, 9, 30, 23, tzinfo=UTC)
    assert AUTUMN.after == datetime(2026, 11, 1, tzinfo=UTC)
    assert Period(date(2026, 12, 31), date(2026, 12, 31)).after == datetime(2027, 1, 1, tzinfo=UTC)


@given(st.integers(-60 * 86_400, 60 * 86_400))
def test_a_moment_lies_in_the_months_of_its_day_in_london(seconds: int) -> None:
    """To the last microsecond before the end, and not a microsecond longer."""
    moment = AUTUMN.begins + timedelta(seconds=seconds)
    assert AUTUMN.has(moment) is (month_of(local_date(moment)) in AUTUMN.months)
    assert AUTUMN.has(AUTUMN.begins)
    assert not AUTUMN.has(AUTUMN.begins - timedelta(microseconds=1))
    assert AUTUMN.has(AUTUMN.after - timedelta(microseconds=1))
    assert not AUTUMN.has(AUTUMN.after)

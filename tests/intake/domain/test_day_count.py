"""The working behind a day count adds up, and names every day that was left out."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from intake.domain.day_count import day_count
from intake.domain.timeliness import SubmissionClock
from intake.domain.working_days import WorkingCalendar
from intake.settings.neighbours import Timeliness

CLOCK = SubmissionClock(WorkingCalendar(known_until=date(2028, 12, 31)), Timeliness(), 365)
DAYS = st.dates(date(2024, 1, 1), date(2028, 11, 1))


def test_a_christmas_is_told_day_by_day() -> None:
    """From 23 December 2026: Christmas Day and the Boxing Day kept on Monday, and one weekend."""
    found = day_count(date(2026, 12, 23), date(2026, 12, 30), CLOCK)
    assert (found.calendar_days, found.working_days, found.weekend_days) == (7, 3, 2)
    assert found.holidays == (date(2026, 12, 25), date(2026, 12, 28))


@given(DAYS, st.integers(0, 60))
def test_every_day_is_counted_or_left_out(incident: date, later: int) -> None:
    """Calendar days are the working days and those left out; one that came on a day left out counts one more."""
    received = incident + timedelta(days=later)
    found = day_count(incident, received, CLOCK)
    came_between = later > 0 and not CLOCK.calendar.is_working_day(received)
    assert found.calendar_days == found.working_days - came_between + found.weekend_days + len(found.holidays)
    assert (received <= found.last_day) == (CLOCK.band(incident, received) != "late")

"""The working behind a referral's day count: which days were counted and which were not, for a person to follow."""

from dataclasses import dataclass
from datetime import date, timedelta

from intake.domain.timeliness import SubmissionClock
from intake.domain.working_days import SATURDAY


@dataclass(frozen=True, slots=True)
class DayCount:
    """Days from the incident (day 0) to the receipt, both of London, and what the working days leave out."""

    day_0: date
    received: date
    last_day: date
    """The last day on which it would have been in time."""
    calendar_days: int
    working_days: int
    weekend_days: int
    """Saturdays and Sundays after day 0, up to the receipt."""
    holidays: tuple[date, ...]
    """Weekdays among them that were no working days."""


def day_count(incident: date, received: date, clock: SubmissionClock) -> DayCount:
    """Return the working; ValueError for a receipt before the incident."""
    days = [incident + timedelta(days=number) for number in range(1, (received - incident).days + 1)]
    return DayCount(
        day_0=incident,
        received=received,
        last_day=clock.last_day(incident),
        calendar_days=(received - incident).days,
        working_days=clock.calendar.count(incident, received),
        weekend_days=sum(day.weekday() >= SATURDAY for day in days),
        holidays=tuple(clock.calendar.holidays(incident, received)),
    )

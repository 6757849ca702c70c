"""Working days of England and Wales: not Saturday, Sunday, Christmas Day, Good Friday or a bank holiday (domain.md)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays

from intake.settings.neighbours import BankHolidays

LONDON = ZoneInfo("Europe/London")
ENGLAND_AND_WALES = ("GB", "ENG")
"""The library has one division for each nation; England's holidays are those of England and Wales."""

A_DAY = timedelta(days=1)
SATURDAY = 5


def local_date(moment: datetime) -> date:
    """Return the day in Europe/London of an aware moment; ValueError for a naive one, which names no moment."""
    if moment.tzinfo is None:
        raise ValueError("a naive time names no moment")
    return moment.astimezone(LONDON).date()


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Which days are working days, and until when the table of bank holidays is known.

    ``extra`` and ``not_holidays`` are the configuration's corrections to the library's table.
    """

    known_until: date
    extra: frozenset[date] = frozenset()
    not_holidays: frozenset[date] = frozenset()
    _years: holidays.HolidayBase = field(init=False, repr=False, compare=False)
    _seen: dict[date, bool] = field(default_factory=dict, init=False, repr=False, compare=False)
    """Days that were asked about: a page of clocks asks for the same few hundred times and again."""

    def __post_init__(self) -> None:
        """Take the library's table; it works out each year when first asked, the same every time."""
        country, division = ENGLAND_AND_WALES
        object.__setattr__(self, "_years", holidays.country_holidays(country, subdiv=division))

    def is_working_day(self, day: date) -> bool:
        """Tell whether ``day`` counts."""
        known = self._seen.get(day)
        if known is None:
            known = self._seen[day] = self._counts(day)
        return known

    def _counts(self, day: date) -> bool:
        if day.weekday() >= SATURDAY or day in self.extra:
            return False
        return day in self.not_holidays or day not in self._years

    def last_day(self, start: date, days: int) -> date:
        """Return the ``days``-th working day after ``start``; ``start`` itself is day 0, whatever day it is."""
        day = start
        for _ in range(days):
            day += A_DAY
            while not self.is_working_day(day):
                day += A_DAY
        return day

    def count(self, start: date, end: date) -> int:
        """Return in how many working days after ``start`` something came that came on ``end``; ``start`` is day 0.

        What comes on a day that is none is counted to the next one that is, so that for every n
        ``end <= last_day(start, n)`` exactly when ``count(start, end) <= n``. ValueError for an end before the start.
        """
        if end < start:
            raise ValueError("the end is before the start")
        days = (start + A_DAY * n for n in range(1, (end - start).days + 1))
        counted = sum(1 for day in days if self.is_working_day(day))
        between = end > start and not self.is_working_day(end)
        return counted + 1 if between else counted

    def holidays(self, start: date, end: date) -> Iterator[date]:
        """Give the weekdays after ``start`` and up to ``end`` that are no working days."""
        for number in range(1, (end - start).days + 1):
            day = start + A_DAY * number
            if day.weekday() < SATURDAY and not self.is_working_day(day):
                yield day

    def knows(self, last: date) -> bool:
        """Tell whether a result that rests on days up to ``last`` lies within the known table."""
        return last <= self.known_until


@lru_cache(maxsize=4)
def calendar(settings: BankHolidays) -> WorkingCalendar:
    """Return the calendar the configuration describes."""
    return WorkingCalendar(settings.known_until, frozenset(settings.extra), frozenset(settings.not_holidays))

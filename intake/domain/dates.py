"""What a date written on a form means: British order, strict; what is not plainly a date is unknown, never a guess.

Read are days in figures or words (with a weekday or a time of day), months, "early" and the like, "around", "week
commencing", ranges. Not read: a date without its year, a day that does not exist, one whose weekday contradicts it,
American order, two answers in one. Source: form.md, "Reading rule".
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from itertools import chain

from intake.domain.incident_date import UNKNOWN_DATE, IncidentDate, Precision, exactly
from intake.domain.written_days import MONTH, bare, day, month_span, weekdays

AROUND = timedelta(days=3)
"""How far "around" reaches on each side of the day named."""
WEEK = timedelta(days=6)
MAX_LETTERS = 120
LONGEST_RANGE = timedelta(days=366 * 20)

_PARTS = (
    ("first week", 1, 7),
    ("first half", 1, 15),
    ("early", 1, 10),
    ("beginning", 1, 10),
    ("start", 1, 10),
    ("middle", 11, 20),
    ("mid", 11, 20),
    ("second half", 15, 31),
    ("late", 21, 31),
    ("end", 21, 31),
)
_DAYS_OF_MONTH = re.compile(
    rf"(?P<first>[0-9]{{1,2}}) ?(?:-|and|to|/|&) ?(?P<last>[0-9]{{1,2}})(?P<rest>(?: ?(?:{MONTH})|/[0-9]{{1,2}}/).*)"
)
_BEFORE = r"(?:approx|approximately|around|about|circa|estimated|est|c)\.?"
_AFTER = r"(?:approx|approximately|estimated|est|circa|\?)"
_ABOUT = re.compile(rf"(?:(?:or )?{_BEFORE}|~)[ :]*(?P<start>.+)|(?P<end>.+?) ?{_AFTER}")
_EXPECTED = re.compile(r"(?:edd|expected|due)[ :.]*(?P<start>.+)|(?P<end>.+?) (?:edd|expected)")
_WEEK_FROM = re.compile(r"(?:w/c|wc|w\.c|week commencing|week beginning|week starting)[ :.]*(?P<rest>.+)")
_WEEK_TO = re.compile(r"(?:w/e|week ending)[ :.]*(?P<rest>.+)")
_RANGE = re.compile(
    r"between (?P<a>.+?) and (?P<b>.+)|(?:from )?(?P<c>.+?) (?:to|until|till|-|/) (?P<d>.+)"
    r"|(?P<e>[^-]+)-(?P<f>[^-]+)"
)
_TWO_MONTHS = re.compile(rf"(?P<first>{MONTH}) ?/ ?(?P<last>(?:{MONTH}) [0-9]{{4}})")


def read_date(text: str) -> IncidentDate:
    """Return the days an answer can mean with its precision; unknown for whatever is no plain date."""
    if len(text) > MAX_LETTERS:
        return UNKNOWN_DATE
    meant = next(_meanings(bare(text)), UNKNOWN_DATE)
    return UNKNOWN_DATE if _contradicts(weekdays(text), meant) else meant


def _contradicts(named: tuple[int, ...], meant: IncidentDate) -> bool:
    """Tell whether a day was named with another day's weekday: a slip in one of them, and nobody knows in which."""
    if meant.precision is not Precision.EXACT or meant.earliest is None:
        return False
    return any(weekday != meant.earliest.weekday() for weekday in named)


def _meanings(words: str) -> Iterator[IncidentDate]:
    """Try each way of writing a date in turn; the first that fits counts."""
    one = day(words)
    if one is not None:
        yield exactly(one)
    yield from _month(words)
    yield from _part_of_month(words)
    yield from _week(words)
    yield from _range(words)
    yield from _about(words)


def _month(words: str) -> Iterator[IncidentDate]:
    span = month_span(words)
    if span is not None:
        yield IncidentDate(*span, Precision.MONTH)


def _part_of_month(words: str) -> Iterator[IncidentDate]:
    for name, first, last in _PARTS:
        if words.startswith(name):
            span = month_span(words.removeprefix(name).strip(" -"))
            if span is not None:
                end = min(last, span[1].day)
                yield IncidentDate(span[0].replace(day=first), span[0].replace(day=end), Precision.APPROXIMATE)


def _week(words: str) -> Iterator[IncidentDate]:
    for pattern, before, after in ((_WEEK_FROM, timedelta(0), WEEK), (_WEEK_TO, WEEK, timedelta(0))):
        found = pattern.fullmatch(words)
        one = day(found["rest"]) if found else None
        if one is not None:
            yield IncidentDate(one - before, one + after, Precision.APPROXIMATE)


def _about(words: str) -> Iterator[IncidentDate]:
    expected = _EXPECTED.fullmatch(words)
    born = day(expected["start"] or expected["end"]) if expected else None
    if born is not None:
        yield IncidentDate(born, born, Precision.APPROXIMATE)
    found = _ABOUT.fullmatch(words)
    if found is None:
        return
    rest = found["start"] or found["end"]
    one, span = day(rest), month_span(rest)
    if one is not None:
        yield IncidentDate(one - AROUND, one + AROUND, Precision.APPROXIMATE)
    elif span is not None:
        yield IncidentDate(*span, Precision.APPROXIMATE)


def _range(words: str) -> Iterator[IncidentDate]:
    short = _DAYS_OF_MONTH.fullmatch(words.removeprefix("between ").removeprefix("from "))
    if short is not None:
        yield from _spanning(*(f"{short[end]}{short['rest']}" for end in ("first", "last")))
    found = _TWO_MONTHS.fullmatch(words)
    if found is not None:
        yield from _spanning(f"{found['first']} {found['last'].split()[-1]}", found["last"])
    found = _RANGE.fullmatch(words)
    if found is None:
        return
    start, end = next((found[a], found[b]) for a, b in ("ab", "cd", "ef") if found[a])
    for first in (start, f"{start} {end.split()[-1]}"):  # "28 October to 2 November 2026": the year is said once
        yield from _spanning(first, end)


def _spanning(start: str, end: str) -> Iterator[IncidentDate]:
    first, last = _ends(start).earliest, _ends(end).latest
    if first is not None and last is not None and first <= last <= first + LONGEST_RANGE:
        yield IncidentDate(first, last, Precision.RANGE)


def _ends(words: str) -> IncidentDate:
    one = day(words)
    return exactly(one) if one is not None else next(chain(_part_of_month(words), _month(words)), UNKNOWN_DATE)

"""What a date written on a form means: British order, strict; what is not plainly a date is unknown, never a guess.

Read are days in figures or words (with a weekday or a time of day), months, "early" and the like, "around", "week
commencing", ranges. Not read: a date without its year, a day that does not exist, American order, two answers in one.
Source: form.md, "Reading rule"; libraries.md, "Meaning" (what other readers make of "2026-04-03" and "3rd-4th April").
"""

import calendar
import re
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta

from intake.domain.incident_date import UNKNOWN_DATE, IncidentDate, Precision, exactly

PIVOT = 70
"""A two-digit year below this is of this century, else of the last."""
EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
AROUND = timedelta(days=3)
"""How far "around" reaches on each side of the day named."""
WEEK = timedelta(days=6)
MAX_LETTERS = 120
LONGEST_RANGE = timedelta(days=366 * 20)

_MONTHS = {
    name.casefold(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?P<year>[0-9]{4}|[0-9]{2})"
_DAY = r"(?P<day>[0-9]{1,2})"
_DAYS = (
    re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?:t[0-9:.]{5,12}z?)?"),
    re.compile(rf"{_DAY}(?P<by>[/.-]| ?[/.-] ?| )(?P<month>[0-9]{{1,2}})(?P=by){_YEAR}"),
    re.compile(rf"{_DAY}[ /.-]?(?P<named>{_MONTH})[ /.-]*{_YEAR}"),
    re.compile(rf"(?P<named>{_MONTH}) {_DAY} (?P<year>[0-9]{{4}})"),
)
_MONTHS_ALONE = (
    re.compile(rf"(?P<named>{_MONTH})[ /.-]?(?P<year>[0-9]{{4}})"),
    re.compile(r"(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})"),
)
_DAYS_OF_MONTH = re.compile(
    rf"(?P<first>[0-9]{{1,2}}) ?(?:-|and|to|/|&) ?(?P<last>[0-9]{{1,2}}) ?(?P<rest>(?:{_MONTH}).*)"
)
_PARTS = (
    ("early", 1, 10),
    ("beginning", 1, 10),
    ("start", 1, 10),
    ("middle", 11, 20),
    ("mid", 11, 20),
    ("late", 21, 31),
    ("end", 21, 31),
)
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014"), "-")
_ORDINAL = re.compile(r"(?<=[0-9])(?:st|nd|rd|th)\b")
_WEEKDAY = re.compile(
    r"\b(?:mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
)
_TIME = re.compile(
    r"(?<=[0-9][0-9]) (?:at )?(?:approx(?:imately)? )?"
    r"(?:(?:[01]?[0-9]|2[0-3])[:.][0-5][0-9](?::[0-5][0-9])? ?(?:hrs|hours|am|pm)?|[0-9]{1,2} ?[ap]m)\Z"
)
_FILLING = re.compile(r"\b(?:of|the|in|during|on)\b|[,()']")
_ABOUT = re.compile(
    r"(?:(?:or )?(?:approx|approximately|around|about|circa|c)\.?|~)[ :]*(?P<start>.+)"
    r"|(?P<end>.+?) ?(?:approx|approximately|\?)"
)
_EXPECTED = re.compile(r"(?:edd|expected|due)[ :.]*(?P<start>.+)|(?P<end>.+?) (?:edd|expected)")
_WEEK_FROM = re.compile(r"(?:w/c|wc|w\.c|week commencing|week beginning|week starting)[ :.]*(?P<rest>.+)")
_WEEK_TO = re.compile(r"(?:w/e|week ending)[ :.]*(?P<rest>.+)")
_RANGE = re.compile(
    r"between (?P<a>.+?) and (?P<b>.+)|(?:from )?(?P<c>.+?) (?:to|until|till|-) (?P<d>.+)|(?P<e>[^-]+)-(?P<f>[^-]+)"
)


def read_date(text: str) -> IncidentDate:
    """Return the days an answer can mean with its precision; unknown for whatever is no plain date."""
    if len(text) > MAX_LETTERS:
        return UNKNOWN_DATE
    return next(_meanings(_bare(text)), UNKNOWN_DATE)


def _meanings(words: str) -> Iterator[IncidentDate]:
    """Try each way of writing a date in turn; the first that fits counts."""
    day = _day(words)
    if day is not None:
        yield exactly(day)
    yield from _month(words)
    yield from _part_of_month(words)
    yield from _week(words)
    yield from _range(words)
    yield from _about(words)


def _bare(text: str) -> str:
    """Return the words in one form: no capitals, ordinals, weekday, filling words or time of day."""
    words = unicodedata.normalize("NFKC", text).casefold().translate(_DASHES)
    words = _WEEKDAY.sub(" ", _FILLING.sub(" ", _ORDINAL.sub("", words)))
    return _TIME.sub("", " ".join(words.split()).strip(" .;:"))


def _day(words: str) -> date | None:
    """Return the one day these words are, or None."""
    for pattern in _DAYS:
        found = pattern.fullmatch(words)
        if found is not None:
            parts = found.groupdict()
            month = _MONTHS[parts["named"]] if "named" in parts else int(parts["month"])
            return _existing(_year(parts["year"]), month, int(parts["day"]))
    return None


def _existing(year: int, month: int, day: int) -> date | None:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(digits: str) -> int:
    number = int(digits)
    return number if len(digits) == 4 else number + (2000 if number < PIVOT else 1900)


def _month_span(words: str) -> tuple[date, date] | None:
    for pattern in _MONTHS_ALONE:
        found = pattern.fullmatch(words)
        if found is not None:
            parts = found.groupdict()
            month = _MONTHS[parts["named"]] if "named" in parts else int(parts["month"])
            first = _existing(int(parts["year"]), month, 1)
            if first is not None:
                return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return None


def _month(words: str) -> Iterator[IncidentDate]:
    span = _month_span(words)
    if span is not None:
        yield IncidentDate(*span, Precision.MONTH)


def _part_of_month(words: str) -> Iterator[IncidentDate]:
    for name, first, last in _PARTS:
        if words.startswith(name):
            span = _month_span(words.removeprefix(name).strip(" -"))
            if span is not None:
                end = min(last, span[1].day)
                yield IncidentDate(span[0].replace(day=first), span[0].replace(day=end), Precision.APPROXIMATE)


def _week(words: str) -> Iterator[IncidentDate]:
    for pattern, before, after in ((_WEEK_FROM, timedelta(0), WEEK), (_WEEK_TO, WEEK, timedelta(0))):
        found = pattern.fullmatch(words)
        day = _day(found["rest"]) if found else None
        if day is not None:
            yield IncidentDate(day - before, day + after, Precision.APPROXIMATE)


def _about(words: str) -> Iterator[IncidentDate]:
    expected = _EXPECTED.fullmatch(words)
    born = _day(expected["start"] or expected["end"]) if expected else None
    if born is not None:
        yield IncidentDate(born, born, Precision.APPROXIMATE)
    found = _ABOUT.fullmatch(words)
    if found is None:
        return
    rest = found["start"] or found["end"]
    day, span = _day(rest), _month_span(rest)
    if day is not None:
        yield IncidentDate(day - AROUND, day + AROUND, Precision.APPROXIMATE)
    elif span is not None:
        yield IncidentDate(*span, Precision.APPROXIMATE)


def _range(words: str) -> Iterator[IncidentDate]:
    short = _DAYS_OF_MONTH.fullmatch(words.removeprefix("between ").removeprefix("from "))
    if short is not None:
        yield from _spanning(f"{short['first']} {short['rest']}", f"{short['last']} {short['rest']}")
    found = _RANGE.fullmatch(words)
    if found is None:
        return
    start, end = next((found[a], found[b]) for a, b in ("ab", "cd", "ef") if found[a])
    for first in (start, f"{start} {end.split()[-1]}"):  # "28 October to 2 November 2026": the year is said once
        yield from _spanning(first, end)


def _spanning(start: str, end: str) -> Iterator[IncidentDate]:
    first, last = _ends(start), _ends(end)
    if first is not None and last is not None and first[0] <= last[1] <= first[0] + LONGEST_RANGE:
        yield IncidentDate(first[0], last[1], Precision.RANGE)


def _ends(words: str) -> tuple[date, date] | None:
    day = _day(words)
    return (day, day) if day is not None else _month_span(words)

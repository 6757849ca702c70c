"""One day or one month as British people write it, and the words round it that do not change which day it is.

Source: form.md, "Reading rule"; libraries.md, "Meaning" (what other readers make of "2026-04-03" and "3rd-4th April").
"""

import calendar
import re
import unicodedata
from datetime import date

PIVOT = 70
"""A two-digit year below this is of this century, else of the last."""
EARLIEST_YEAR, LATEST_YEAR = 1900, 2100

_MONTHS = {
    name.casefold(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}
MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
"""Any month's name, for a pattern; longest first."""
_YEAR = r"(?P<year>[0-9]{4}|[0-9]{2})"
_DAY = r"(?P<day>[0-9]{1,2})"
_DAYS = (
    re.compile(r"(?P<year>[0-9]{4})(?P<by>[-/.])(?P<month>[0-9]{2})(?P=by)(?P<day>[0-9]{2})(?:t[0-9:.]{5,12}z?)?"),
    re.compile(rf"{_DAY}(?P<by>[/.-]| ?[/.-] ?| )(?P<month>[0-9]{{1,2}})(?P=by){_YEAR}"),
    re.compile(rf"{_DAY}[ /.-]?(?P<named>{MONTH})[ /.-]*{_YEAR}"),
    re.compile(rf"(?P<named>{MONTH}) {_DAY} (?P<year>[0-9]{{4}})"),
    re.compile(r"(?P<day>[0-9]{2})(?P<month>[0-9]{2})(?P<year>(?:19|20)[0-9]{2})"),
)
_MONTHS_ALONE = (
    re.compile(rf"(?P<named>{MONTH})[ /.-]?(?P<year>[0-9]{{4}})"),
    re.compile(r"(?P<month>[0-9]{1,2})/(?P<year>[0-9]{4})"),
)
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014"), "-")
_ORDINAL = re.compile(r"(?<=[0-9])(?:st|nd|rd|th)\b")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKDAY = re.compile(
    r"\b(mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
)
_HOUR = (
    r"(?:(?:[01]?[0-9]|2[0-3])[:.][0-5][0-9](?::[0-5][0-9])? ?(?:hrs|hours|am|pm)?"
    r"|[0-9]{1,2} ?[ap]m|[0-9]{4} ?(?:hrs|hours)|noon|midnight)"
)
_CLOCK = rf"(?:(?:approx(?:imately)?|about|around) )?{_HOUR}(?: ?(?:-|to|and) ?{_HOUR})?"
_TIME_AFTER = re.compile(rf"(?<=[0-9][0-9]) ?(?:(?:at|@|from) ?)?{_CLOCK}\Z")
_TIME_BEFORE = re.compile(rf"\A(?:(?:at|@) ?)?{_CLOCK} (?=[0-9]{{1,2}}[ /.-]|[a-z])")
_PART_OF_DAY = re.compile(
    r"\b(?:(?:early|late) )?(?:morning|afternoon|evening|night|hours|am|pm)\b(?: of\b)?|\bovernight\b"
)
_FILLING = re.compile(r"\b(?:of|the|in|during|on|date|dob|born)\b|[,()']|(?<=[a-z]):")


def bare(text: str) -> str:
    """Return the words in one form: no capitals, ordinals, weekday, filling words, part or time of day."""
    words = unicodedata.normalize("NFKC", text).casefold().translate(_DASHES)
    words = _squeezed(_WEEKDAY.sub(" ", _FILLING.sub(" ", _ORDINAL.sub("", words))))
    words = _TIME_BEFORE.sub("", _TIME_AFTER.sub("", words.strip(" .;:")))
    return _squeezed(_PART_OF_DAY.sub(" ", words)).strip(" .;:-@")


def weekdays(text: str) -> tuple[int, ...]:
    """Return the days of the week a text names, Monday being 0."""
    return tuple(_WEEKDAYS.index(name[:3]) for name in _WEEKDAY.findall(text.casefold()))


def day(words: str) -> date | None:
    """Return the one day these bare words are, or None."""
    for pattern in _DAYS:
        found = pattern.fullmatch(words)
        if found is not None:
            parts = found.groupdict()
            month = _MONTHS[parts["named"]] if "named" in parts else int(parts["month"])
            return _existing(_year(parts["year"]), month, int(parts["day"]))
    return None


def month_span(words: str) -> tuple[date, date] | None:
    """Return the first and last day of the one month these bare words are, or None."""
    for pattern in _MONTHS_ALONE:
        found = pattern.fullmatch(words)
        if found is not None:
            parts = found.groupdict()
            month = _MONTHS[parts["named"]] if "named" in parts else int(parts["month"])
            first = _existing(int(parts["year"]), month, 1)
            if first is not None:
                return first, first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return None


def _existing(year: int, month: int, number: int) -> date | None:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        return None
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _year(digits: str) -> int:
    number = int(digits)
    return number if len(digits) == 4 else number + (2000 if number < PIVOT else 1900)


def _squeezed(words: str) -> str:
    return " ".join(words.split())

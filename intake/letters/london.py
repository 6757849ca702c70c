"""Times in words, as a reader in Salford says them: Europe/London, British English, whatever the machine's locale."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day_in_words(day: date) -> str:
    """Return ``Tuesday 24 November 2026``."""
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"


def short_time(at: datetime, seen: datetime) -> str:
    """Return ``Tue 24 Nov, 4:05pm`` in London, for tables; with its year where that is not the reader's (``seen``)."""
    day = at.astimezone(LONDON).date()
    year = "" if day.year == seen.astimezone(LONDON).year else f" {day.year}"
    return f"{DAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1][:3]}{year}, {clock_in_words(at)}"


def clock_in_words(at: datetime) -> str:
    """Return ``9am``, ``4:05pm``, ``midday`` or ``midnight`` in London (the GOV.UK style guide's way)."""
    local = at.astimezone(LONDON)
    if local.minute == 0 and local.hour % 12 == 0:
        return "midday" if local.hour else "midnight"
    minutes = f":{local.minute:02}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'pm' if local.hour >= 12 else 'am'}"


def time_in_words(at: datetime) -> str:
    """Return ``4:05pm on Tuesday 24 November 2026`` in London for an aware time."""
    return f"{clock_in_words(at)} on {day_in_words(at.astimezone(LONDON).date())}"

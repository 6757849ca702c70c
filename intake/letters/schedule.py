"""When a letter that did not go is tried again: soon at first, then every few hours, for days (incidents.md 63)."""

from datetime import datetime, timedelta

MINUTES = (1, 5, 15, 60, 120, 240)
"""Minutes until the next try after the first, second ... attempt; the last holds from there on."""
SPREAD = 0.25
"""The share of a wait that chance may add, so that letters that failed together do not come back together."""


def next_try(attempts: int, now: datetime, jitter: float) -> datetime:
    """Return when to try again after ``attempts`` (from 1) attempts; ``jitter`` is from 0 up to 1."""
    minutes = MINUTES[min(max(attempts, 1), len(MINUTES)) - 1]
    return now + timedelta(minutes=minutes * (1 + SPREAD * jitter))


def is_given_up(ordered_at: datetime, now: datetime, give_up_after_hours: int) -> bool:
    """Tell whether a letter has been tried for as long as configured."""
    return now - ordered_at >= timedelta(hours=give_up_after_hours)

"""Times in words, in London."""

from datetime import UTC, datetime

import pytest

from intake.letters.london import time_in_words


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2026, 11, 24, 16, 5, tzinfo=UTC), "4:05pm on Tuesday 24 November 2026"),
        (datetime(2026, 7, 1, 8, 0, tzinfo=UTC), "9am on Wednesday 1 July 2026"),
        (datetime(2026, 7, 1, 11, 0, tzinfo=UTC), "midday on Wednesday 1 July 2026"),
        (datetime(2026, 7, 1, 23, 0, tzinfo=UTC), "midnight on Thursday 2 July 2026"),
        (datetime(2026, 1, 1, 0, 30, tzinfo=UTC), "12:30am on Thursday 1 January 2026"),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "1:30am on Sunday 25 October 2026"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "1:30am on Sunday 25 October 2026"),
    ],
)
def test_times_are_said_as_in_salford(at: datetime, words: str) -> None:
    """Summer time, midday, midnight and full hours read the way the GOV.UK style guide writes them."""
    assert time_in_words(at) == words

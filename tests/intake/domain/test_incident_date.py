"""The incident's date: precision is part of it, and nonsense cannot be built."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.incident_date import UNKNOWN_DATE, IncidentDate, Precision, exactly


@given(st.dates())
def test_an_exact_date_is_one_day(day: date) -> None:
    """Both ends are the day."""
    assert exactly(day) == IncidentDate(day, day, Precision.EXACT)


def test_an_unknown_date_has_no_days() -> None:
    """It is a value, not None."""
    assert (UNKNOWN_DATE.earliest, UNKNOWN_DATE.latest, UNKNOWN_DATE.precision) == (None, None, Precision.UNKNOWN)


@pytest.mark.parametrize(
    ("earliest", "latest", "precision"),
    [
        (date(2026, 1, 2), date(2026, 1, 1), Precision.RANGE),
        (date(2026, 1, 1), date(2026, 1, 2), Precision.EXACT),
        (date(2026, 1, 1), None, Precision.RANGE),
        (None, date(2026, 1, 1), Precision.UNKNOWN),
        (date(2026, 1, 1), date(2026, 1, 1), Precision.UNKNOWN),
        (None, None, Precision.EXACT),
    ],
)
def test_what_cannot_be_is_refused(earliest: date | None, latest: date | None, precision: Precision) -> None:
    """Half a date, a backward range, a wide exact date: none can be built."""
    with pytest.raises(ValueError, match=r"date|day"):
        IncidentDate(earliest, latest, precision)

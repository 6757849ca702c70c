"""A date means what a British reader takes it to mean, with its precision, or it is unknown."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.dates import AROUND, MAX_LETTERS, read_date
from intake.domain.incident_date import UNKNOWN_DATE, IncidentDate, Precision, exactly

DAY = date(2026, 11, 12)


@pytest.mark.parametrize(
    "text",
    [
        "12/11/2026",
        "12/11/26",
        "12.11.26",
        "12-11-2026",
        "12 11 2026",
        "12 / 11 / 2026",
        "12th November 2026",
        "12 Nov 26",
        "12-Nov-2026",
        "12Nov2026",
        "Thursday 12th of November, 2026",
        "Thurs 12 November 2026",
        "the 12th of November 2026",
        "November 12, 2026",
        "November 12th 2026",
        "2026-11-12",
        "2026-11-12T00:00:00Z",
        "12/11/2026 at 14:30",
        "12.11.26 14.30",
        "12/11/2026 2pm",
        "12/11/2026, 14:30 hrs",
        "12 NOVEMBER 2026.",
        "on 12/11/2026",
        "at 2pm on 12/11/2026",
        "14:30 - 15:00 12/11/2026",
        "12.11.26 @ 21:00",
        "12/11/2026 around 9pm",
        "12/11/2026 1430 hrs",
        "evening of 12 November 2026",
        "12/11/2026, early hours",
        "Date: 12/11/2026",
        "born 12.11.26",
        "2026/11/12",
        "12112026",
        "12\u00a0November\u00a02026",
        "12\u201311\u20132026",
    ],
)
def test_one_day_in_any_writing(text: str) -> None:
    """Figures and words, with a weekday or a time of day, are the one day."""
    assert read_date(text) == exactly(DAY)


@pytest.mark.parametrize(
    ("text", "first", "last", "precision"),
    [
        ("Nov 2026", date(2026, 11, 1), date(2026, 11, 30), Precision.MONTH),
        ("in February 2028", date(2028, 2, 1), date(2028, 2, 29), Precision.MONTH),
        ("11/2026", date(2026, 11, 1), date(2026, 11, 30), Precision.MONTH),
        ("early Nov 2026", date(2026, 11, 1), date(2026, 11, 10), Precision.APPROXIMATE),
        ("mid-November 2026", date(2026, 11, 11), date(2026, 11, 20), Precision.APPROXIMATE),
        ("the end of February 2026", date(2026, 2, 21), date(2026, 2, 28), Precision.APPROXIMATE),
        ("w/c 3/11/2026", date(2026, 11, 3), date(2026, 11, 9), Precision.APPROXIMATE),
        ("week commencing Monday 2nd November 2026", date(2026, 11, 2), date(2026, 11, 8), Precision.APPROXIMATE),
        ("week ending 8/11/2026", date(2026, 11, 2), date(2026, 11, 8), Precision.APPROXIMATE),
        ("approx 12/11/2026", DAY - AROUND, DAY + AROUND, Precision.APPROXIMATE),
        ("12/11/2026 (approx)", DAY - AROUND, DAY + AROUND, Precision.APPROXIMATE),
        ("on or around 12 November 2026", DAY - AROUND, DAY + AROUND, Precision.APPROXIMATE),
        ("EDD 12/11/2026", DAY, DAY, Precision.APPROXIMATE),
        ("between 3rd and 5th Nov 2026", date(2026, 11, 3), date(2026, 11, 5), Precision.RANGE),
        ("3rd-4th April 2026", date(2026, 4, 3), date(2026, 4, 4), Precision.RANGE),
        ("28 October to 2 November 2026", date(2026, 10, 28), date(2026, 11, 2), Precision.RANGE),
        ("01/11/2026 - 12/11/2026", date(2026, 11, 1), DAY, Precision.RANGE),
        ("01/11/2026-12/11/2026", date(2026, 11, 1), DAY, Precision.RANGE),
        ("March 2025 to June 2026", date(2025, 3, 1), date(2026, 6, 30), Precision.RANGE),
        ("13-15/11/2026", date(2026, 11, 13), date(2026, 11, 15), Precision.RANGE),
        ("night of Thursday 12th / Friday 13th November 2026", DAY, date(2026, 11, 13), Precision.RANGE),
        ("late Oct / early Nov 2026", date(2026, 10, 21), date(2026, 11, 10), Precision.RANGE),
        ("October/November 2026", date(2026, 10, 1), date(2026, 11, 30), Precision.RANGE),
        ("first week of November 2026", date(2026, 11, 1), date(2026, 11, 7), Precision.APPROXIMATE),
        ("12/11/2026 (estimated)", DAY - AROUND, DAY + AROUND, Precision.APPROXIMATE),
    ],
)
def test_precision_is_part_of_the_value(text: str, first: date, last: date, precision: Precision) -> None:
    """A month, a part of one, a week, a guess and a range each say which days they can mean."""
    assert read_date(text) == IncidentDate(first, last, precision)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "TBC",
        "N/A",
        "12/11",
        "w/c 3/11",
        "early Nov",
        "2026",
        "31/02/2026",
        "11/13/2026",
        "12/11/2026 or 13/11/2026",
        "10/11/2026 and 12/11/2026",
        "5 days ago",
        "not 12/11/2026",
        "12/11/226",
        "1/2/3",
        "12/11-2026",
        "0/1/2026",
        "from 1 March 2026 to present",
        "ongoing since 2024",
        "5/11/2026 to 3/11/2026",
        "12/11/2026 (he thinks)",
        "Friday 12 November 2026",
        "121126",
        "12 Movember 2026",
        "12/11/1850",
        "\u0661\u0662/11/2026",
        "12/11/2026" * 20,
    ],
)
def test_what_is_no_plain_date_is_unknown(text: str) -> None:
    """No year, no such day, American order, two answers in one, or more words than a date: unknown, never guessed."""
    assert read_date(text) is UNKNOWN_DATE


@given(
    st.dates(date(1971, 1, 1), date(2069, 12, 31)),
    st.sampled_from(["%d/%m/%Y", "%d.%m.%y", "%d %B %Y", "%Y-%m-%d", "%a %d %b %y"]),
)
def test_every_day_is_read_back(day: date, writing: str) -> None:
    """A day written in any usual way is that day."""
    assert read_date(day.strftime(writing)) == exactly(day)


@given(st.dates(date(1971, 1, 1), date(2069, 12, 1)), st.integers(0, 300))
def test_every_range_is_read_back(first: date, length: int) -> None:
    """Two days with "to" between them are the days between, both included."""
    last = first + timedelta(days=length)
    assert read_date(f"{first:%d/%m/%Y} to {last:%d/%m/%Y}") == IncidentDate(first, last, Precision.RANGE)


@given(st.text(alphabet="0123456789/.- novemburaptc()?~,:w", max_size=MAX_LETTERS + 5))
def test_no_text_is_too_odd(text: str) -> None:
    """Any text at all has a meaning or is unknown."""
    assert isinstance(read_date(text), IncidentDate)

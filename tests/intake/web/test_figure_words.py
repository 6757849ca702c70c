"""Figures in words: the tables beside the pictures and in what is exported."""

import pytest

from intake.domain import reported
from intake.domain.figures import Cell, Dimension, Hidden, Unit
from intake.web.figure_words import cell_in_words, days_in_words, month_in_words, table
from tests.builders.figures import PERIOD, referral


def test_a_table_has_heads_rows_and_the_total_last() -> None:
    """An agency stands by its name, a code without one for itself."""
    facts = [referral("gmp", 9), referral("gmp", 11), referral("salford-council"), referral(None)]
    made = table(reported.by_agency(facts, PERIOD), {Dimension.AGENCY: {"gmp": "Greater Manchester Police"}})
    assert made.title == "Referrals by agency and month"
    assert made.heads == ["Agency", "Sep 2026", "Oct 2026", "Nov 2026", "Total"]
    assert made.rows == [
        ["Greater Manchester Police", "1", "0", "1", "2"],
        ["salford-council", "0", "0", "1", "1"],
        ["Not known", "0", "0", "1", "1"],
        ["Total", "1", "0", "3", "4"],
    ]


@pytest.mark.parametrize(
    ("cell", "unit", "words"),
    [
        (3, Unit.COUNT, "3"),
        (None, Unit.DAYS, "-"),
        (Hidden.FEWER, Unit.COUNT, "fewer than 5"),
        (Hidden.NOT_SHOWN, Unit.PERCENT, "not shown"),
        (25, Unit.PERCENT, "25%"),
        (1, Unit.DAYS, "1 day"),
        (2.5, Unit.DAYS, "2.5 days"),
        (15, Unit.WORKING_DAYS, "15 working days"),
        (0, Unit.MINUTES, "0 min"),
        (65, Unit.MINUTES, "1 h 5 min"),
        (120, Unit.MINUTES, "2 h"),
        (1_440, Unit.MINUTES, "1 d"),
        (2_945, Unit.MINUTES, "2 d 1 h"),
    ],
)
def test_a_cell_says_its_unit(cell: Cell, unit: Unit, words: str) -> None:
    """Numbers stand with what they are of."""
    assert cell_in_words(cell, unit) == words


def test_bins_and_months_have_names() -> None:
    """One day is one day; what is no month stands as it is."""
    assert [days_in_words(key) for key in ("0-0", "1-1", "6-10", "21-")] == [
        "0 days", "1 day", "6 to 10 days", "21 days or more",
    ]  # fmt: skip
    assert [month_in_words(key) for key in ("2026-01", "2026-13", "elsewhere")] == [
        "January 2026",
        "2026-13",
        "elsewhere",
    ]

"""The figures: every fact of the period counted once, whatever the facts."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.domain import reported
from intake.domain.case import ReferralType
from intake.domain.case_way import Decision
from intake.domain.figure_facts import AlertFact, Facts, FormMailFact, LetterFact, MessageFact, Period, ReferralFact
from intake.domain.figures import NOT_KNOWN, Figure, Population, Role
from intake.domain.sign_off import QAStatus
from intake.domain.timeliness import Band
from tests.builders.figures import CLOCKS, PERIOD, mails, posts, referral, referrals

FACTS = st.lists(referrals(), max_size=25)
MAILS = st.lists(mails(), max_size=15)


def counts(figure: Figure) -> dict[str, dict[str, object]]:
    """Return a figure's cells by row and column, the total's among them."""
    return {
        row.key: {column.code: cell for column, cell in zip(figure.columns, row.cells, strict=True)}
        for row in (*figure.rows, figure.total)
    }


def number(cell: object) -> int:
    """Return a count."""
    assert isinstance(cell, int)
    return cell


@settings(max_examples=40)
@given(FACTS, MAILS, posts())
def test_sums_agree_everywhere(
    facts: list[ReferralFact], some: list[MessageFact],
    post: tuple[list[AlertFact], list[FormMailFact], list[LetterFact]],
) -> None:  # fmt: skip
    """Parts add up to their row's whole, rows to the total row, and figures of one population to one another."""
    wholes: dict[Population, set[int]] = {}
    for figure in reported.figures(Facts(facts, some, *post), PERIOD, CLOCKS):
        for row in (*figure.rows, figure.total):
            if figure.parts:
                assert sum(number(row.cells[place]) for place in figure.parts) == row.cells[figure.whole]
        for place in (*figure.parts, figure.whole):
            assert sum(number(row.cells[place]) for row in figure.rows) == figure.total.cells[place]
        wholes.setdefault(figure.of, set()).add(number(figure.total.cells[figure.whole]))
    mine, (alerts, forms, letters) = [fact for fact in facts if PERIOD.has(fact.received_at)], post
    assert wholes == {
        Population.REFERRALS: {len(mine)},
        Population.GAPS: {sum(len(fact.missing) for fact in mine)},
        Population.MISDIRECTED: {sum(fact.is_misdirected and PERIOD.has(fact.received_at) for fact in some)},
        Population.ALERTS: {sum(PERIOD.has(one.raised_at) for one in alerts)},
        Population.FORM_MAILS: {sum(PERIOD.has(one.received_at) for one in forms)},
        Population.LETTERS: {sum(PERIOD.has(one.ordered_at) for one in letters)},
    }


@settings(max_examples=40)
@given(FACTS, st.randoms(use_true_random=False))
def test_the_order_of_facts_makes_no_difference(facts: list[ReferralFact], chance: object) -> None:
    """The same referrals in another order are the same figures."""
    shuffled = list(facts)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis's own kind of random
    assert reported.figures(Facts(shuffled), PERIOD, CLOCKS) == reported.figures(Facts(facts), PERIOD, CLOCKS)


@settings(max_examples=40)
@given(FACTS)
def test_statistics_lie_within_what_they_are_of(facts: list[ReferralFact]) -> None:
    """No median is above its longest, no share outside 0 to 100; of no facts there is none."""
    for figure in reported.figures(Facts(facts), PERIOD, CLOCKS):
        for cells in counts(figure).values():
            if cells.get("median") is not None:
                assert 0 <= cells["median"] <= cells["longest"]  # type: ignore[operator]  # both are numbers
            for column in (column for column in figure.columns if column.code.startswith("percent")):
                share = cells[column.code]
                assert share is None or cells["total"] != 0
                assert share is None or 0 <= number(share) <= 100


def test_months_without_any_stand_as_nought() -> None:
    """A period without mail has all its months, each with nought; agencies that sent nothing have no row."""
    by_agency, by_type, _, _, gaps, *by_month = reported.figures(Facts(), PERIOD, CLOCKS)
    assert [column.code for column in by_agency.columns] == ["2026-09", "2026-10", "2026-11", "total"]
    assert by_agency.rows == ()
    assert by_agency.total.cells == (0, 0, 0, 0)
    assert [row.key for row in by_type.rows] == list(ReferralType)
    assert (gaps.rows, gaps.total.cells) == ((), (0, None))
    assert len(by_month) == 5
    for figure in by_month:
        assert [row.key for row in figure.rows] == list(PERIOD.months)
        assert {cell for row in figure.rows for cell in row.cells} == {0, None}


def test_agencies_stand_by_size_and_the_unknown_last() -> None:
    """Who sent most stands first."""
    facts = [
        referral(None),
        referral(None),
        referral("gmp"),
        referral("salford-council"),
        referral("salford-council", 9),
    ]
    figure = reported.by_agency(facts, PERIOD)
    assert {key: list(cells.values()) for key, cells in counts(figure).items()} == {
        "salford-council": [1, 0, 1, 2], "gmp": [0, 0, 1, 1], NOT_KNOWN: [0, 0, 2, 2], "total": [1, 0, 4, 5],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("received", "month"),
    [
        (datetime(2026, 8, 31, 23, 30, tzinfo=UTC), "2026-09"),
        (datetime(2026, 9, 30, 22, 59, tzinfo=UTC), "2026-09"),
        (datetime(2026, 11, 30, 23, 59, tzinfo=UTC), "2026-11"),
    ],
)
def test_months_end_where_londons_do(received: datetime, month: str) -> None:
    """In summer time a month begins an hour earlier than in UTC."""
    fact = ReferralFact("gmp", received, Band.LATE, QAStatus.BLANK)
    assert counts(reported.by_agency([fact], PERIOD))["gmp"][month] == 1


def test_what_lies_outside_the_period_is_not_counted() -> None:
    """A minute into December in London is December's."""
    fact = ReferralFact("gmp", datetime(2026, 12, 1, 0, 1, tzinfo=UTC), Band.LATE, QAStatus.BLANK)
    assert reported.by_agency([fact], PERIOD).total.cells == (0, 0, 0, 0)


def test_a_period_may_cross_the_year_and_not_run_backwards() -> None:
    """Months follow one another over New Year; a period that ends before it begins is refused."""
    assert Period(date(2026, 11, 5), date(2027, 1, 1)).months == ("2026-11", "2026-12", "2027-01")
    with pytest.raises(ValueError, match="before it begins"):
        Period(date(2026, 11, 1), date(2026, 10, 31))


def test_days_stand_against_the_line() -> None:
    """Each day within the limit has its row, the line comes after the last; later ones are in bins."""
    facts = [referral(days=days) for days in (0, 5, 5, 6, 10, 11, 20, 21, 400, None)]
    figure = reported.days_to_referral(facts, PERIOD, 5)
    assert {row.key: row.cells[0] for row in figure.rows} == {
        "0-0": 1, "1-1": 0, "2-2": 0, "3-3": 0, "4-4": 0, "5-5": 2, "6-10": 2, "11-20": 2, "21-": 2, NOT_KNOWN: 1,
    }  # fmt: skip
    assert figure.line is not None
    assert (figure.line.days, figure.line.after) == (5, "5-5")


def test_timeliness_has_days_where_they_are_known_to_count() -> None:
    """Median and longest are of referrals whose band can be said; without any there are no such columns."""
    facts = [referral(days=2), referral(days=9, band=Band.LATE), referral(days=400, band=Band.CANNOT_SAY)]
    cells = counts(reported.timeliness(facts, PERIOD))["gmp"]
    assert (cells["median"], cells["longest"], cells["percent-in-time"]) == (5.5, 9, 33)
    without = reported.timeliness([referral()], PERIOD)
    assert [column.code for column in without.columns if column.role is Role.STATISTIC] == ["percent-in-time"]


def test_a_promise_of_a_sign_off_is_none() -> None:
    """Blank and placeholder are missing; what a person must look into is neither missing nor signed."""
    statuses = (QAStatus.IMPLIED, QAStatus.BLANK, QAStatus.PLACEHOLDER, QAStatus.AGENCY_MISMATCH)
    figure = reported.quality_assurance([referral(qa=status) for status in statuses], PERIOD)
    assert figure.total.cells == (1, 1, 2, 4, 50)


def test_a_referral_counts_once_in_each_section_it_lacks() -> None:
    """Shares are of all referrals; the total is of sections, and a share of it would mean nothing."""
    facts = [referral(missing=("summary", "qa")), referral(missing=("qa",)), referral(), referral()]
    figure = reported.incomplete(facts, PERIOD)
    assert [(row.key, *row.cells) for row in (*figure.rows, figure.total)] == [
        ("qa", 2, 50), ("summary", 1, 25), ("total", 3, None),
    ]  # fmt: skip


def test_a_figure_nobody_knows_anything_of_is_left_out() -> None:
    """Panels, decisions, reviews and days stand only where one is known."""
    few = [figure.code for figure in reported.figures(Facts([referral()]), PERIOD, CLOCKS)]
    day = date(2026, 11, 20)
    known = referral(days=3, panel_on=day, decided_on=day, decision=Decision.CRITERIA_MET, notified_on=day)
    more = [figure.code for figure in reported.figures(Facts([known]), PERIOD, CLOCKS)]
    assert set(more) - set(few) == {
        "days-to-referral", "panel-by-month", "decision-by-month", "decisions", "rapid-review-by-month",
    }  # fmt: skip

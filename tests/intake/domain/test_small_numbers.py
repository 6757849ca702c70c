"""What leaves the unit: no count of 1 to 4 is shown, nor can any be worked out from all that is."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.domain import post_figures, reported, waiting_times
from intake.domain.figure_facts import AlertFact, FormMailFact, LetterFact, MessageFact, ReferralFact
from intake.domain.figure_facts import Facts as AllFacts
from intake.domain.figures import Cell, Figure, Hidden, Role, Unit
from intake.domain.sign_off import QAStatus
from intake.domain.small_numbers import fit_to_leave
from intake.domain.timeliness import Band
from tests.builders.figures import CLOCKS, PERIOD, mails, misdirected, posts, referral, referrals

Facts = tuple[ReferralFact, ...]
MONTHS = [datetime(2026, month, 16, 9, 30, tzinfo=UTC) for month in (9, 10, 11)]
AGENCIES, BANDS = ("a", "b", "c", "d"), (Band.WITHIN_CALENDAR, Band.LATE, Band.CANNOT_SAY)
SIGNED = (QAStatus.CONFIRMED, QAStatus.BLANK)
SMALL = range(1, 5)
SIDE = ("agency", "band", "qa")
"""What goes with the agency when two referrals exchange their months."""


@st.composite
def lumps(draw: st.DrawFn) -> Facts:
    """Give few kinds of referrals, some of them many times: tables with small and large numbers."""
    facts: list[ReferralFact] = []
    for _ in range(draw(st.integers(1, 9))):
        kind = ReferralFact(
            draw(st.sampled_from(AGENCIES)),
            draw(st.sampled_from(MONTHS)),
            draw(st.sampled_from(BANDS)),
            draw(st.sampled_from(SIGNED)),
        )
        facts += [kind] * draw(st.integers(1, 9))
    return tuple(facts)


def numbers(figures: Sequence[Figure]) -> dict[tuple[str, str, str], Cell]:
    """Return every count by figure, row and column."""
    return {
        (figure.code, row.key, column.code): cell
        for figure in figures
        for row in (*figure.rows, figure.total)
        for column, cell in zip(figure.columns, row.cells, strict=True)
        if column.role is not Role.STATISTIC
    }


def counted(facts: Facts, agencies: Sequence[str]) -> list[Figure]:
    """Return the linked figures, with a row for each of the agencies."""
    made = [reported.by_agency(facts, PERIOD), reported.timeliness(facts, PERIOD)]
    made += [reported.quality_assurance(facts, PERIOD), waiting_times.acknowledgement(facts, PERIOD)]
    assert all({row.key for row in figure.rows} <= {*agencies, *PERIOD.months} for figure in made)
    return made


def others(facts: Facts) -> Iterator[Facts]:
    """Give facts that might be the true ones: one is of another agency, month, ..., or two exchange theirs."""
    kinds = list(dict.fromkeys(facts))
    choices = {"agency": AGENCIES, "received_at": MONTHS, "band": BANDS, "qa": SIGNED}
    present = {fact.agency for fact in facts}
    for kind in kinds:
        at = facts.index(kind)
        for name, values in choices.items():
            for value in values:
                if name != "agency" or value in present:
                    yield (*facts[:at], replace(kind, **{name: value}), *facts[at + 1 :])  # type: ignore[arg-type]
    for one, two in combinations(kinds, 2):
        left = list(facts)
        left.remove(one)
        left.remove(two)
        for names in (SIDE, ("band",), ("qa",)):
            theirs = ({name: getattr(each, name) for name in names} for each in (two, one))
            yield (*left, *(replace(each, **new) for each, new in zip((one, two), theirs, strict=True)))


def fits(shown: dict[tuple[str, str, str], Cell], other: dict[tuple[str, str, str], Cell]) -> bool:
    """Tell whether all that is shown is true of other facts as well."""
    for place, cell in shown.items():
        count = other.get(place, 0)
        if cell is Hidden.FEWER and count not in SMALL:
            return False
        if not isinstance(cell, Hidden) and cell != count:
            return False
    return True


@settings(max_examples=40)
@given(lumps())
def test_no_small_number_can_be_worked_out(facts: Facts) -> None:
    """For each small number there are other facts of which all that is shown in all figures is true as well."""
    agencies = sorted({fact.agency or "" for fact in facts})
    true = numbers(counted(facts, agencies))
    shown = numbers(fit_to_leave(counted(facts, agencies)))
    unsafe = {place for place, count in true.items() if count in SMALL}
    assert all(isinstance(shown[place], Hidden) for place in unsafe)
    if len(facts) in SMALL:
        return  # nothing at all is shown
    for other in others(facts):
        if not unsafe:
            break
        maybe = numbers(counted(other, agencies))
        moved = {place for place in unsafe if maybe.get(place, 0) != true[place]}
        if moved and fits(shown, maybe):
            unsafe -= moved
    assert unsafe == set()


@settings(max_examples=40)
@given(st.lists(referrals(), max_size=60), st.lists(mails(), max_size=30), posts())
def test_what_is_shown_is_true_and_nought_stays(
    facts: list[ReferralFact], some: list[MessageFact],
    post: tuple[list[AlertFact], list[FormMailFact], list[LetterFact]],
) -> None:  # fmt: skip
    """Nothing is changed, only hidden; "fewer than 5" is 1 to 4 alone; statistics stand by shown counts only."""
    made = reported.figures(AllFacts(facts, some, *post), PERIOD, CLOCKS)
    for figure, fit in zip(made, fit_to_leave(made), strict=True):
        for row, shown in zip((*figure.rows, figure.total), (*fit.rows, fit.total), strict=True):
            for column, cell, seen in zip(figure.columns, row.cells, shown.cells, strict=True):
                assert seen == cell or isinstance(seen, Hidden)
                assert seen is not Hidden.FEWER or cell in SMALL
                if column.role is not Role.STATISTIC:
                    assert seen not in SMALL
                elif seen is not None and not isinstance(seen, Hidden):
                    counts = [one for one, of in zip(shown.cells, figure.columns, strict=True) if of.unit is Unit.COUNT]
                    assert not any(isinstance(one, Hidden) for one in counts)
                    assert not column.is_extreme


def many(agency: str, count: int, month: int = 11) -> list[ReferralFact]:
    """Return so many referrals alike."""
    return [referral(agency, month)] * count


def test_a_small_agency_is_not_told_by_the_total() -> None:
    """Beside the small one the smallest other is hidden, in every figure, and its row with it."""
    facts = many("a", 3) + many("b", 9) + many("c", 20)
    for figure in fit_to_leave([reported.by_agency(facts, PERIOD), reported.quality_assurance(facts, PERIOD)]):
        wholes = {row.key: row.cells[figure.whole] for row in (*figure.rows, figure.total)}
        assert wholes == {"c": 20, "b": Hidden.NOT_SHOWN, "a": Hidden.FEWER, "total": 32}
        assert {row.cells[place] for row in figure.rows[1:] for place in figure.parts} == {Hidden.NOT_SHOWN}


def test_two_ones_are_not_told_by_their_sum() -> None:
    """Two hidden numbers that are 2 together are 1 each: a third must be hidden."""
    facts = many("a", 1) + many("b", 1) + many("c", 20)
    (figure,) = fit_to_leave([reported.by_agency(facts, PERIOD)])
    assert [row.cells[figure.whole] for row in figure.rows] == [Hidden.NOT_SHOWN, Hidden.FEWER, Hidden.FEWER]


def test_of_too_few_nothing_is_shown() -> None:
    """Where the whole is fewer than 5 only that is said."""
    (figure,) = fit_to_leave([post_figures.misdirected([misdirected()], PERIOD)])
    assert figure.total.cells[figure.whole] is Hidden.FEWER
    assert {cell for row in figure.rows for cell in row.cells} == {Hidden.NOT_SHOWN}


def test_large_numbers_and_nought_stay_as_they_are() -> None:
    """Where nothing is small nothing is hidden but what is one case's own."""
    facts = many("a", 5) + many("b", 6)
    made = reported.by_agency(facts, PERIOD)
    assert fit_to_leave([made]) == (made,)


def test_days_are_hidden_on_their_side_of_the_line() -> None:
    """How many came in time is shown elsewhere too: what is hidden within the limit is hidden among those."""
    days = [1] * 2 + [2] * 8 + [3] * 7 + [8] * 6 + [15] * 9
    (figure,) = fit_to_leave([reported.days_to_referral([referral(days=each) for each in days], PERIOD, 5)])
    hidden = {row.key for row in figure.rows if isinstance(row.cells[0], Hidden)}
    assert hidden == {"1-1", "3-3"}


def test_figures_of_different_facts_are_refused() -> None:
    """Two figures that count the same agency differently cannot be given out together."""
    two = [reported.by_agency(many("a", 9), PERIOD), reported.quality_assurance(many("a", 8), PERIOD)]
    with pytest.raises(ValueError, match="different facts"):
        fit_to_leave(two)

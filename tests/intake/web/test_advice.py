"""Every open item says what to do, and none is left out by sorting them by kind."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from intake.checks.roll import KINDS
from intake.domain.findings import Severity
from intake.web.advice import ADVICE, OTHERWISE, advice, by_kind

GRAVE = [code for code, kind in KINDS.items() if kind.severity is not Severity.NOTE]


def test_what_is_grave_has_advice_of_its_own() -> None:
    """What is more than a note never says only to look at it."""
    assert [code for code in GRAVE if advice(code) == OTHERWISE] == []


def test_the_more_special_advice_comes_before_the_more_general() -> None:
    """A code of its own is found before the family it is of."""
    assert advice("letter-waits-for-release") == ADVICE["letter-waits*"]
    assert advice("letter-abandoned") == ADVICE["letter-*"]


@given(st.lists(st.tuples(st.sampled_from(["alert", "today"]), st.sampled_from(["a", "b", "c"]))))
def test_sorting_by_kind_keeps_every_item(kinds: list[tuple[str, str]]) -> None:
    """Each once, in groups of one kind."""
    items = [{"id": number, "severity": grade, "code": code} for number, (grade, code) in enumerate(kinds)]
    groups = list(by_kind(items))
    assert Counter(one["id"] for _, _, group in groups for one in group) == Counter(range(len(items)))
    assert len({(grade, code) for grade, code, _ in groups}) == len(groups)

"""The way of a case: whatever people record in whatever order, what stands is a way there is."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.case_way import NEEDS, WITH_WORDS, Decision, Entry, Step, refusal, standing, undone
from intake.domain.private import Private

BEGAN, TODAY = date(2026, 3, 2), date(2026, 6, 30)
AT = datetime(2026, 6, 30, 12, tzinfo=UTC)
WORDS = Private("as the panel's note says")
DAYS = st.dates(BEGAN - timedelta(days=10), TODAY + timedelta(days=3))
ENTRIES = st.builds(
    Entry,
    step=st.sampled_from(Step),
    day=st.none() | DAYS,
    by=st.just("orla"),
    at=st.just(AT),
    decision=st.none() | st.sampled_from(Decision),
    words=st.none() | st.just(WORDS),
)


def entry(
    step: Step, days: int | None = 0, *, decision: Decision | None = None, words: Private | None = WORDS
) -> Entry:
    """Return an entry ``days`` after the receipt; None takes the step back."""
    if step is Step.DECIDED and days is not None:
        decision = decision or Decision.NO_FURTHER_ACTION
    return Entry(step, None if days is None else BEGAN + timedelta(days=days), "orla", AT, decision, words)


def accepted(entries: list[Entry]) -> list[Entry]:
    """Return those that may be added, one after another."""
    history: list[Entry] = []
    for each in entries:
        if refusal(history, each, BEGAN, TODAY) is None:
            history.append(each)
    return history


WHOLE = [
    entry(Step.SENT_TO_PANEL, 1),
    entry(Step.DECIDED, 4, decision=Decision.CRITERIA_MET),
    entry(Step.NOTIFIED, 5),
    entry(Step.RAPID_REVIEW_DONE, 20),
    entry(Step.OUTCOME, 21),
    entry(Step.REFERRER_TOLD, 22),
    entry(Step.CLOSED, 23, words=None),
]


ENTRIES_SO_FAR = st.builds(
    lambda gone, then: [*WHOLE[:gone], *then], st.integers(0, len(WHOLE)), st.lists(ENTRIES, max_size=20)
)
"""Some of the way as it should be gone, then anything."""


def test_the_whole_way_may_be_gone() -> None:
    """From the panel to the closing, with nothing left undone and no word needed to close."""
    assert accepted(WHOLE) == WHOLE
    assert list(standing(WHOLE)) == list(Step)
    assert undone(standing(WHOLE)) == ()


@given(ENTRIES_SO_FAR)
def test_what_stands_is_always_a_way_there_is(entries: list[Entry]) -> None:
    """No step stands without those it rests on, before them, in the future, after the closing, or without its words."""
    holds = standing(accepted(entries))
    for step, each in holds.items():
        assert each.day is not None
        assert each.day <= TODAY
        assert step is Step.NOTIFIED or each.day >= BEGAN
        assert all(before in holds and (holds[before].day or TODAY) <= each.day for before in NEEDS[step])
        assert (each.decision is not None) == (step is Step.DECIDED)
        assert each.words or step not in WITH_WORDS
        closed = holds.get(Step.CLOSED)
        assert closed is None or each.day <= (closed.day or BEGAN)
        assert closed is None or closed.words or not undone(holds)


@given(ENTRIES_SO_FAR)
def test_a_closed_case_changes_only_in_its_closing(entries: list[Entry]) -> None:
    """While a case is closed every entry that is taken is of the closing itself."""
    history = accepted(entries)
    for number, (_, after) in enumerate(pairwise(history), start=1):
        if Step.CLOSED in standing(history[:number]):
            assert after.step is Step.CLOSED


@given(st.lists(ENTRIES, max_size=25), st.sampled_from(Step))
def test_the_newest_entry_of_a_step_holds_and_none_is_lost(entries: list[Entry], step: Step) -> None:
    """A correction takes the earlier entry's place in what stands, and the history is as it was written."""
    mine = [each for each in entries if each.step is step]
    holds = standing(entries).get(step)
    assert holds == (mine[-1] if mine and mine[-1].day is not None else None)


@pytest.mark.parametrize(
    ("before", "then", "code"),
    [
        ([], entry(Step.DECIDED, 1), "out-of-order"),
        (WHOLE[:1], entry(Step.DECIDED, 0), "out-of-order"),
        (WHOLE[:2], entry(Step.SENT_TO_PANEL, 5), "out-of-order"),
        (WHOLE[:2], entry(Step.SENT_TO_PANEL, None), "out-of-order"),
        ([], entry(Step.RAPID_REVIEW_DONE, 5), "out-of-order"),
        (WHOLE[:3], entry(Step.CLOSED, 4), "out-of-order"),
        (WHOLE, entry(Step.OUTCOME, 21), "closed"),
        ([], entry(Step.SENT_TO_PANEL, None), "not-taken"),
        (WHOLE[:1], Entry(Step.DECIDED, TODAY, "orla", AT, None, WORDS), "needs-decision"),
        ([], entry(Step.NOTIFIED, 1, decision=Decision.CRITERIA_MET), "has-no-decision"),
        (WHOLE[:1], entry(Step.SENT_TO_PANEL, None, decision=Decision.CRITERIA_MET), "has-no-decision"),
        (WHOLE[:1], entry(Step.DECIDED, 4, words=None), "needs-words"),
        (WHOLE[:1], entry(Step.DECIDED, 4, words=Private("")), "needs-words"),
        (WHOLE[:1], entry(Step.SENT_TO_PANEL, None, words=None), "needs-words"),
        (WHOLE[:1], entry(Step.CLOSED, 4, words=None), "needs-words"),
        ([], entry(Step.SENT_TO_PANEL, 200), "in-the-future"),
        ([], entry(Step.SENT_TO_PANEL, -1), "before-receipt"),
    ],
)
def test_what_cannot_be_is_refused_with_its_code(before: list[Entry], then: Entry, code: str) -> None:
    """Each refusal names what is wrong."""
    assert accepted(before) == before
    assert refusal(before, then, BEGAN, TODAY) == code


def test_a_notification_may_be_older_than_the_referral() -> None:
    """The local authority may have told the national Panel before anybody sent a form."""
    assert refusal([], entry(Step.NOTIFIED, -5), BEGAN, TODAY) is None


def test_a_closed_case_is_opened_again_by_taking_the_closing_back() -> None:
    """With a reason; then its steps may be corrected."""
    again = [*WHOLE, entry(Step.CLOSED, None)]
    assert accepted(again) == again
    assert refusal(again, entry(Step.OUTCOME, 21), BEGAN, TODAY) is None


def test_what_is_left_undone_follows_from_the_decision() -> None:
    """Only where the criteria are met, or somebody notified, is a rapid review waited for."""
    assert undone({}) == (Step.SENT_TO_PANEL, Step.DECIDED, Step.OUTCOME, Step.REFERRER_TOLD)
    assert Step.NOTIFIED in undone(standing(WHOLE[:2]))
    other = [WHOLE[0], entry(Step.DECIDED, 4)]
    assert undone(standing(other)) == (Step.OUTCOME, Step.REFERRER_TOLD)
    assert Step.RAPID_REVIEW_DONE in undone(standing([*other, entry(Step.NOTIFIED, 5)]))

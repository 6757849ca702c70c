"""The way of a case after intake: Virtual Panel, decision, notification, rapid review, outcome, referrer told, closed.

People record each step with the day it was taken. Nothing is written over: a later entry of the same step corrects the
one before, an entry without a day takes the step back, and the history keeps them all. What stands must always be a way
there is (:data:`NEEDS`), with no step before the one it rests on.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from intake.domain.private import Private


class Step(StrEnum):
    """What happens to a case once it is registered."""

    SENT_TO_PANEL = "sent-to-panel"
    """The Virtual Panel has the case."""
    DECIDED = "decided"
    """The panel has decided; with a decision and its rationale."""
    NOTIFIED = "notified"
    """The local authority's notification was sent to the national Panel: the rapid review clock begins."""
    RAPID_REVIEW_DONE = "rapid-review-done"
    OUTCOME = "outcome"
    """What came of it, in words."""
    REFERRER_TOLD = "referrer-told"
    CLOSED = "closed"


class Decision(StrEnum):
    """What a Virtual Panel may decide (domain.md, "The way of a referral" 3): the criteria are met, or what instead."""

    CRITERIA_MET = "criteria-met"
    """A rapid review follows."""
    SINGLE_AGENCY_AUDIT = "single-agency-audit"
    MULTI_AGENCY_AUDIT = "multi-agency-audit"
    LOCAL_CASE_REVIEW = "local-case-review"
    SERIOUS_OFFENCE_REVIEW = "serious-offence-review"
    SERIOUSLY_GOOD_OUTCOME_REVIEW = "seriously-good-outcome-review"
    NO_FURTHER_ACTION = "no-further-action"


NEEDS: Mapping[Step, frozenset[Step]] = {
    Step.SENT_TO_PANEL: frozenset(),
    Step.DECIDED: frozenset({Step.SENT_TO_PANEL}),
    Step.NOTIFIED: frozenset(),
    Step.RAPID_REVIEW_DONE: frozenset({Step.NOTIFIED}),
    Step.OUTCOME: frozenset({Step.DECIDED}),
    Step.REFERRER_TOLD: frozenset({Step.DECIDED}),
    Step.CLOSED: frozenset(),
}
"""What a step rests on. A notification may come before panel and referral; closing early needs words."""

BEFOREHAND = timedelta(days=365)
"""How long before a referral came its notification can have been sent; a day before that is a slip of the pen."""

WITH_WORDS = frozenset({Step.DECIDED, Step.OUTCOME})
"""Steps that say nothing without words: the rationale, and what came of it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing a person wrote down about a step; ``by`` is who, ``at`` when it was written (aware)."""

    step: Step
    day: date | None
    """The day it was taken (London's); None takes the step back."""
    by: str
    at: datetime
    decision: Decision | None = None
    """What was decided, with DECIDED and only there."""
    words: Private | None = None
    """Rationale, outcome or reason; None where there are none, or where the case is erased."""


Standing = Mapping[Step, Entry]
"""The steps that hold now: the newest entry of each that was not taken back."""


def standing(history: Iterable[Entry]) -> Standing:
    """Return what holds now; ``history`` is oldest first."""
    newest: dict[Step, Entry] = {}
    for entry in history:
        newest[entry.step] = entry
    return {step: newest[step] for step in Step if step in newest and newest[step].day is not None}


def undone(holds: Standing) -> tuple[Step, ...]:
    """Return what is still to be done before a case is closed as a matter of course, in the order of the way."""
    wanted = {Step.SENT_TO_PANEL, Step.DECIDED, Step.OUTCOME, Step.REFERRER_TOLD}
    if is_met(holds):
        wanted.add(Step.NOTIFIED)
    if Step.NOTIFIED in holds or is_met(holds):
        wanted.add(Step.RAPID_REVIEW_DONE)
    return tuple(step for step in Step if step in wanted and step not in holds)


def is_met(holds: Standing) -> bool:
    """Tell whether the panel decided that the criteria are met."""
    return Step.DECIDED in holds and holds[Step.DECIDED].decision is Decision.CRITERIA_MET


def refusal(history: Iterable[Entry], entry: Entry, began: date, today: date) -> str | None:
    """Return why an entry cannot be added, as a code; None where it can.

    ``began`` is the day of receipt. Codes: ``closed`` (take that back first), ``not-taken`` (nothing to take back),
    ``needs-decision``, ``has-no-decision``, ``needs-words``, ``in-the-future``, ``before-receipt`` (of a notification:
    more than a year before), ``out-of-order`` (a step it rests on, or that rests on it, is missing or on the wrong side
    of it).
    """
    before = standing(history)
    if Step.CLOSED in before and entry.step is not Step.CLOSED:
        return "closed"
    found = _of_itself(entry, before, began, today)
    after = standing([*before.values(), entry])
    return found or ("out-of-order" if any(_disorder(after)) else None)


def _of_itself(entry: Entry, before: Standing, began: date, today: date) -> str | None:
    if entry.day is None:
        return _taking_back(entry, before)
    if (entry.step is Step.DECIDED) != (entry.decision is not None):
        return "needs-decision" if entry.step is Step.DECIDED else "has-no-decision"
    early = entry.step is Step.CLOSED and undone(before)
    if not entry.words and (entry.step in WITH_WORDS or early):
        return "needs-words"
    if entry.day > today:
        return "in-the-future"
    return "before-receipt" if entry.day < (began - BEFOREHAND if entry.step is Step.NOTIFIED else began) else None


def _taking_back(entry: Entry, before: Standing) -> str | None:
    if entry.step not in before:
        return "not-taken"
    if entry.decision is not None:
        return "has-no-decision"
    return None if entry.words else "needs-words"


def _disorder(holds: Standing) -> Iterator[Step]:
    """Give each step that stands without one it rests on, or on a day before that one's, or after the closing."""
    days = {step: entry.day for step, entry in holds.items() if entry.day is not None}
    closed = days.get(Step.CLOSED)
    for step, day in days.items():
        missing = NEEDS[step] - set(days)
        if missing or any(day < days[before] for before in NEEDS[step]) or (closed is not None and day > closed):
            yield step

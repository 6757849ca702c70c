"""What of a case's way is due when: each clock with the day it runs from, what it counts and what it leaves out.

Notification and rapid review have the law's lengths (:mod:`intake.domain.review_clocks`); the others are the
partnership's own. All count working days; the day a clock runs from is day 0.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from intake.domain.case import Reference
from intake.domain.case_way import Entry, Standing, Step, is_met, standing
from intake.domain.review_clocks import NOTIFICATION_WORKING_DAYS, RAPID_REVIEW_WORKING_DAYS
from intake.domain.working_days import WorkingCalendar
from intake.settings.neighbours import WayClocks

SOON_WORKING_DAYS = 2
"""How long before its last day a clock is shown as due (domain.md, "Nightly exception report")."""


class Clock(StrEnum):
    """What has to be done in time."""

    TO_PANEL = "to-panel"
    DECISION = "decision"
    NOTIFICATION = "notification"
    """Runs from the decision that the criteria are met: by then the local authority knew at the latest."""
    RAPID_REVIEW = "rapid-review"
    REFERRER_TOLD = "referrer-told"


class ClockState(StrEnum):
    """How a clock stands."""

    RUNNING = "running"
    DUE_SOON = "due-soon"
    OVERDUE = "overdue"
    DONE_IN_TIME = "done-in-time"
    DONE_LATE = "done-late"
    ENDED = "ended"
    """The case was closed and this was not done."""


OPEN = frozenset({ClockState.RUNNING, ClockState.DUE_SOON, ClockState.OVERDUE})
"""States in which somebody has still to do it."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """One clock and the working behind its day; ``since`` is the step it runs from, None for the receipt."""

    clock: Clock
    since: Step | None
    day_0: date
    working_days: int
    due: date
    """The last day in time."""
    done: date | None
    """The day it was done."""
    used: int
    """Working days from day 0 to the day it was done, to the closing, or to today."""
    holidays: tuple[date, ...]
    """Weekdays after day 0 and up to the last day that did not count."""
    known: bool
    """Whether the table of bank holidays reaches as far; where not, the day may be wrong."""
    state: ClockState


@dataclass(frozen=True, slots=True)
class OpenWay:
    """A case that is not closed: who has it, what was done so far, and its clocks."""

    reference: Reference
    owner: str | None
    began: date
    holds: Standing
    deadlines: tuple[Deadline, ...]

    @property
    def next_day(self) -> date | None:
        """Return the earliest last day of what has still to be done."""
        return min((each.due for each in self.deadlines if each.state in OPEN), default=None)


@dataclass(frozen=True, slots=True)
class _Run:
    """A clock before it is counted: from which step, how long, and which step stops it."""

    clock: Clock
    since: Step | None
    working_days: int
    stops: Step


def deadlines(
    history: Iterable[Entry], began: date, today: date, calendar: WorkingCalendar, limits: WayClocks
) -> tuple[Deadline, ...]:
    """Return every clock that has begun, in the order of the way; ``began`` is London's day of the first receipt."""
    holds = standing(history)
    days = {step: entry.day for step, entry in holds.items() if entry.day is not None}
    return tuple(_counted(run, days, began, today, calendar) for run in _begun(holds, limits))


def open_way(  # noqa: PLR0917 - a case's facts, and what clocks are counted with
    reference: Reference, owner: str | None, history: Iterable[Entry], began: date, today: date,
    calendar: WorkingCalendar, limits: WayClocks,
) -> OpenWay:  # fmt: skip
    """Return how a case stands on its way."""
    entries = tuple(history)
    return OpenWay(reference, owner, began, standing(entries), deadlines(entries, began, today, calendar, limits))


def due(found: Iterable[Deadline]) -> tuple[Deadline, ...]:
    """Return those that are due soon or overdue, the earliest first."""
    mine = (each for each in found if each.state in {ClockState.DUE_SOON, ClockState.OVERDUE})
    return tuple(sorted(mine, key=lambda each: each.due))


def _begun(holds: Standing, limits: WayClocks) -> Iterator[_Run]:
    yield _Run(Clock.TO_PANEL, None, limits.to_panel_working_days, Step.SENT_TO_PANEL)
    if Step.SENT_TO_PANEL in holds:
        yield _Run(Clock.DECISION, Step.SENT_TO_PANEL, limits.decision_working_days, Step.DECIDED)
    if is_met(holds):
        yield _Run(Clock.NOTIFICATION, Step.DECIDED, NOTIFICATION_WORKING_DAYS, Step.NOTIFIED)
    if Step.NOTIFIED in holds:
        yield _Run(Clock.RAPID_REVIEW, Step.NOTIFIED, RAPID_REVIEW_WORKING_DAYS, Step.RAPID_REVIEW_DONE)
    if Step.DECIDED in holds:
        yield _Run(Clock.REFERRER_TOLD, Step.DECIDED, limits.referrer_told_working_days, Step.REFERRER_TOLD)


def _counted(run: _Run, days: dict[Step, date], began: date, today: date, calendar: WorkingCalendar) -> Deadline:
    day_0 = began if run.since is None else days[run.since]
    last, done, closed = calendar.last_day(day_0, run.working_days), days.get(run.stops), days.get(Step.CLOSED)
    end = done or closed or today
    return Deadline(
        clock=run.clock,
        since=run.since,
        day_0=day_0,
        working_days=run.working_days,
        due=last,
        done=done,
        used=calendar.count(day_0, max(end, day_0)),
        holidays=tuple(calendar.holidays(day_0, last)),
        known=calendar.knows(last),
        state=_state(last, done, closed, today, calendar),
    )


def _state(last: date, done: date | None, closed: date | None, today: date, calendar: WorkingCalendar) -> ClockState:
    if done is not None:
        return ClockState.DONE_IN_TIME if done <= last else ClockState.DONE_LATE
    if closed is not None:
        return ClockState.ENDED
    if today > last:
        return ClockState.OVERDUE
    soon = last <= calendar.last_day(today, SOON_WORKING_DAYS)
    return ClockState.DUE_SOON if soon else ClockState.RUNNING

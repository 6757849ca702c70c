"""How long things took: acknowledgement, panel, decision, rapid review."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from intake.domain.case_way import Decision
from intake.domain.counting import Layout, first_of, middle_and_longest
from intake.domain.figure_facts import Period, ReferralFact, month_of
from intake.domain.figures import Dimension, Drawing, Figure, Population, Unit
from intake.domain.review_clocks import RapidReviewClock
from intake.domain.working_days import WorkingCalendar, local_date

REFERRALS = Population.REFERRALS
AN_HOUR, A_DAY, A_MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)
NOT_YET = "not-yet"
SOON = ("within-hour", "within-day", "later", NOT_YET)


@dataclass(frozen=True, slots=True)
class Clocks:
    """What figures are held against: the limit of a submission in days, the calendar, the day they are made on."""

    limit_days: int
    calendar: WorkingCalendar
    today: date


def acknowledgement(facts: Iterable[ReferralFact], period: Period) -> Figure:
    """Return, by month, how soon after the receipt the mail server took the acknowledgement, in minutes."""
    layout: Layout[ReferralFact] = Layout(
        "acknowledgement-by-month", REFERRALS, Dimension.MONTH, Dimension.ACKNOWLEDGED, SOON,
        lambda one: (month_received(one), how_soon(one.received_at, one.acknowledged_at)),
        middle_and_longest(lambda one: minutes(one.received_at, one.acknowledged_at), Unit.MINUTES),
    )  # fmt: skip
    return layout.figure(period.months, received_in(facts, period))


def panel(facts: Iterable[ReferralFact], period: Period) -> Figure:
    """Return, by month of receipt, how many the Virtual Panel has, and after how many calendar days."""

    def days(one: ReferralFact) -> int | None:
        return _days(local_date(one.received_at), one.panel_on)

    layout: Layout[ReferralFact] = Layout(
        "panel-by-month", REFERRALS, Dimension.MONTH, Dimension.PANEL, ("sent-to-panel", NOT_YET),
        lambda one: (month_received(one), "sent-to-panel" if one.panel_on else NOT_YET),
        middle_and_longest(days, Unit.DAYS),
    )  # fmt: skip
    return layout.figure(period.months, received_in(facts, period))


def decision(facts: Iterable[ReferralFact], period: Period) -> Figure:
    """Return, by month of receipt, how many are decided, and after how many calendar days from the panel's receipt."""

    def days(one: ReferralFact) -> int | None:
        return _days(one.panel_on, one.decided_on)

    layout: Layout[ReferralFact] = Layout(
        "decision-by-month", REFERRALS, Dimension.MONTH, Dimension.DECIDED, ("decided", NOT_YET),
        lambda one: (month_received(one), "decided" if one.decided_on else NOT_YET),
        middle_and_longest(days, Unit.DAYS),
    )  # fmt: skip
    return layout.figure(period.months, received_in(facts, period))


def decisions(facts: Iterable[ReferralFact], period: Period) -> Figure:
    """Return what was decided, across the months of receipt."""
    layout: Layout[ReferralFact] = Layout(
        "decisions", REFERRALS, Dimension.DECISION, Dimension.MONTH, period.months,
        lambda one: (one.decision.value if one.decision else NOT_YET, month_received(one)), drawing=Drawing.STRIPS,
    )  # fmt: skip
    return layout.figure((*(one.value for one in Decision), NOT_YET), received_in(facts, period))


def rapid_review(facts: Iterable[ReferralFact], period: Period, clocks: Clocks) -> Figure:
    """Return, by month of receipt, how rapid reviews stand to their clock, which runs from the notification."""

    def place(one: ReferralFact) -> tuple[str, str]:
        if one.notified_on is None:
            return month_received(one), "no-review"
        last, done = RapidReviewClock(one.notified_on).last_day(clocks.calendar), one.reviewed_on
        if done is None:
            return month_received(one), "running" if clocks.today <= last else "overdue"
        return month_received(one), "in-time" if done <= last else "late"

    def days(one: ReferralFact) -> int | None:
        if one.notified_on is None or one.reviewed_on is None or one.reviewed_on < one.notified_on:
            return None
        return clocks.calendar.count(one.notified_on, one.reviewed_on)

    layout: Layout[ReferralFact] = Layout(
        "rapid-review-by-month", REFERRALS, Dimension.MONTH, Dimension.REVIEWED,
        ("in-time", "running", "late", "overdue", "no-review"), place, middle_and_longest(days, Unit.WORKING_DAYS),
    )  # fmt: skip
    return layout.figure(period.months, received_in(facts, period))


def received_in(facts: Iterable[ReferralFact], period: Period) -> Sequence[ReferralFact]:
    """Return the referrals first received in a period."""
    return [fact for fact in facts if period.has(fact.received_at)]


def month_received(fact: ReferralFact) -> str:
    """Return the month of a referral's first receipt, in London."""
    return month_of(local_date(fact.received_at))


def how_soon(received: datetime, done: datetime | None) -> str:
    """Return the code of how soon something was done (:data:`SOON`)."""
    if done is None:
        return NOT_YET
    return first_of({"within-hour": done - received <= AN_HOUR, "within-day": done - received <= A_DAY}, "later")


def _days(begun: date | None, done: date | None) -> int | None:
    """Return calendar days from one to the other; None where either is not known, or the order says one is wrong."""
    return None if begun is None or done is None or done < begun else (done - begun).days


def minutes(received: datetime, done: datetime | None) -> int | None:
    """Return the whole minutes from one to the other, none below nought; None where it is not done."""
    return None if done is None else max(0, (done - received) // A_MINUTE)

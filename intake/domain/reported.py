"""The figures the unit reports (domain.md, "Records"): facts of a period in, figures out; nothing is looked up."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from intake.domain.case import ReferralType
from intake.domain.counting import Layout, Statistic, by_size, first_of, middle_and_longest, percent, share
from intake.domain.figure_facts import Facts, Period, ReferralFact
from intake.domain.figures import NOT_KNOWN, Column, Dimension, Drawing, Figure, Line, Population, Role, Unit
from intake.domain.post_figures import alerts, letters, misdirected, read_whole
from intake.domain.sign_off import SIGNED, QAStatus
from intake.domain.timeliness import Band
from intake.domain.waiting_times import (
    Clocks,
    acknowledgement,
    decision,
    decisions,
    month_received,
    panel,
    rapid_review,
    received_in,
)

REFERRALS = Population.REFERRALS
MISSING = frozenset({QAStatus.BLANK, QAStatus.PLACEHOLDER})
"""Nothing stands there, or only a promise; what is neither this nor a sign-off is not in order."""
IN_TIME = frozenset({Band.WITHIN_CALENDAR, Band.WITHIN_WORKING})
LATER_DAYS = (10, 20)
"""Beyond the limit, days are counted in bins: up to 10, up to 20, more."""


def figures(facts: Facts, period: Period, clocks: Clocks) -> tuple[Figure, ...]:
    """Return every figure of which the facts know something; those of the way and of days only where any is known."""
    mine = [fact for fact in facts.referrals if period.has(fact.received_at)]
    found = [by_agency(mine, period), by_type(mine, period), timeliness(mine, period)]
    if any(_days(fact) is not None for fact in mine):
        found.append(days_to_referral(mine, period, clocks.limit_days))
    found += [quality_assurance(mine, period), incomplete(mine, period), acknowledgement(mine, period)]
    if any(fact.panel_on for fact in mine):
        found.append(panel(mine, period))
    if any(fact.decided_on for fact in mine):
        found += [decision(mine, period), decisions(mine, period)]
    if any(fact.notified_on for fact in mine):
        found.append(rapid_review(mine, period, clocks))
    found += [misdirected(facts.messages, period), alerts(facts.alerts, period)]
    return (*found, read_whole(facts.form_mails, period), letters(facts.letters, period))


def by_agency(facts: Iterable[ReferralFact], period: Period) -> Figure:
    """Return referrals by agency, across the months of their receipt."""
    layout: Layout[ReferralFact] = Layout(
        "referrals-by-agency", REFERRALS, Dimension.AGENCY, Dimension.MONTH, period.months,
        lambda one: (_agency(one), month_received(one)), drawing=Drawing.STRIPS,
    )  # fmt: skip
    return _by_agency(layout, facts, period)


def by_type(facts: Iterable[ReferralFact], period: Period) -> Figure:
    """Return why referrals were made (they must be, they may be, a seriously good outcome), across the months."""
    layout: Layout[ReferralFact] = Layout(
        "referrals-by-type", REFERRALS, Dimension.TYPE, Dimension.MONTH, period.months,
        lambda one: (one.referral_type.value, month_received(one)), drawing=Drawing.STRIPS,
    )  # fmt: skip
    return layout.figure([one.value for one in ReferralType], received_in(facts, period))


def timeliness(facts: Iterable[ReferralFact], period: Period) -> Figure:
    """Return, by agency, how many came in time by calendar days, by working days only, late, or cannot be said."""
    mine = received_in(facts, period)
    in_time = share("percent-in-time", _is_in_time)
    days = middle_and_longest(_days, Unit.DAYS) if any(_days(one) is not None for one in mine) else ()
    layout: Layout[ReferralFact] = Layout(
        "timeliness-by-agency", REFERRALS, Dimension.AGENCY, Dimension.BAND, tuple(band.value for band in Band),
        lambda one: (_agency(one), one.band.value), (in_time, *days),
    )  # fmt: skip
    return _by_agency(layout, mine, period)


def days_to_referral(facts: Iterable[ReferralFact], period: Period, limit_days: int) -> Figure:
    """Return referrals by calendar days from the incident: each day within the limit, then bins, then not known."""
    ends = [*range(limit_days + 1), *(end for end in LATER_DAYS if end > limit_days)]
    names = [f"{begin}-{end}" for begin, end in zip([0, *(end + 1 for end in ends)], ends, strict=False)]
    names.append(f"{ends[-1] + 1}-")

    def place(one: ReferralFact) -> tuple[str, str]:
        days = one.calendar_days
        return (NOT_KNOWN if days is None else names[bisect_left(ends, days)]), ""

    layout: Layout[ReferralFact] = Layout(
        "days-to-referral", REFERRALS, Dimension.DAYS, None, (), place,
        drawing=Drawing.DISTRIBUTION, line=Line(limit_days, names[limit_days]),
    )  # fmt: skip
    return layout.figure((*names, NOT_KNOWN), received_in(facts, period))


def quality_assurance(facts: Iterable[ReferralFact], period: Period) -> Figure:
    """Return, by agency, how many were signed off, have a sign-off that is not in order, or lack it."""

    def place(one: ReferralFact) -> tuple[str, str]:
        return _agency(one), first_of({"signed": one.qa in SIGNED, "missing": one.qa in MISSING}, "not-in-order")

    layout: Layout[ReferralFact] = Layout(
        "quality-assurance-by-agency", REFERRALS, Dimension.AGENCY, Dimension.QA, ("signed", "not-in-order", "missing"),
        place, (share("percent-missing", lambda one: one.qa in MISSING),),
    )  # fmt: skip
    return _by_agency(layout, facts, period)


def incomplete(facts: Iterable[ReferralFact], period: Period) -> Figure:
    """Return, by section of the form, how many referrals lack an answer that is needed there, and of all how many.

    A referral counts once in each section it left incomplete: the total is of sections, not of referrals.
    """
    mine = received_in(facts, period)
    gaps = [section for one in mine for section in one.missing]

    def of_all(lacking: Sequence[str]) -> int | None:
        return percent(len(lacking), len(mine)) if len(set(lacking)) == 1 else None

    layout: Layout[str] = Layout(
        "incomplete-by-section", Population.GAPS, Dimension.SECTION, None, (), lambda one: (one, ""),
        (Statistic(Column("percent-of-referrals", Role.STATISTIC, Unit.PERCENT), of_all),),
        drawing=Drawing.BARS,
    )  # fmt: skip
    return layout.figure(by_size(gaps, str), gaps)


def _by_agency(layout: Layout[ReferralFact], facts: Iterable[ReferralFact], period: Period) -> Figure:
    mine = received_in(facts, period)
    return layout.figure(by_size(mine, _agency), mine)


def _is_in_time(fact: ReferralFact) -> bool:
    return fact.band in IN_TIME


def _days(fact: ReferralFact) -> int | None:
    """Return calendar days where they say whether it was in time: never the days of too few cases by themselves."""
    return None if fact.band is Band.CANNOT_SAY else fact.calendar_days


def _agency(fact: ReferralFact) -> str:
    return fact.agency or NOT_KNOWN

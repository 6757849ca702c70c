"""What came by post and what went: other services' forms, alerts, mails that could not be read whole, letters."""

from collections.abc import Iterable
from datetime import datetime

from intake.domain.case import LetterState
from intake.domain.counting import Layout, first_of, middle_and_longest, share
from intake.domain.figure_facts import AlertFact, FormMailFact, LetterFact, MessageFact, Period, month_of
from intake.domain.figures import Dimension, Figure, Population, Unit
from intake.domain.waiting_times import SOON, how_soon, minutes
from intake.domain.working_days import local_date

READ, NOT_READ = "read-whole", "not-read-whole"
DELIVERED, BOUNCED, NOT_SENT = "delivered", "bounced", "not-sent"


def misdirected(facts: Iterable[MessageFact], period: Period) -> Figure:
    """Return, by month, how many forms of other services came, and how soon a person dealt with them, in minutes."""
    layout: Layout[MessageFact] = Layout(
        "misdirected-by-month", Population.MISDIRECTED, Dimension.MONTH, Dimension.DEALT_WITH, SOON,
        lambda one: (_month(one.received_at), how_soon(one.received_at, one.dealt_with_at)),
        middle_and_longest(lambda one: minutes(one.received_at, one.dealt_with_at), Unit.MINUTES),
    )  # fmt: skip
    return layout.figure(period.months, [one for one in facts if one.is_misdirected and period.has(one.received_at)])


def alerts(facts: Iterable[AlertFact], period: Period) -> Figure:
    """Return, by month, how many alerts were raised, and how soon a person closed them, in minutes."""
    layout: Layout[AlertFact] = Layout(
        "alerts-by-month", Population.ALERTS, Dimension.MONTH, Dimension.DEALT_WITH, SOON,
        lambda one: (_month(one.raised_at), how_soon(one.raised_at, one.closed_at)),
        middle_and_longest(lambda one: minutes(one.raised_at, one.closed_at), Unit.MINUTES),
    )  # fmt: skip
    return layout.figure(period.months, [one for one in facts if period.has(one.raised_at)])


def read_whole(facts: Iterable[FormMailFact], period: Period) -> Figure:
    """Return, by month, of how many emails with a form all could be read, and of how many something could not."""
    layout: Layout[FormMailFact] = Layout(
        "read-by-month", Population.FORM_MAILS, Dimension.MONTH, Dimension.READ, (READ, NOT_READ),
        lambda one: (_month(one.received_at), READ if one.is_read_whole else NOT_READ),
        (share("percent-not-read", lambda one: not one.is_read_whole),),
    )  # fmt: skip
    return layout.figure(period.months, [one for one in facts if period.has(one.received_at)])


def letters(facts: Iterable[LetterFact], period: Period) -> Figure:
    """Return, by month, how many answers to senders were delivered, came back, or are not sent (yet)."""

    def place(one: LetterFact) -> tuple[str, str]:
        went = {BOUNCED: one.has_bounced, DELIVERED: one.state is LetterState.SENT}
        return _month(one.ordered_at), first_of(went, NOT_SENT)

    layout: Layout[LetterFact] = Layout(
        "letters-by-month", Population.LETTERS, Dimension.MONTH, Dimension.DELIVERED, (DELIVERED, BOUNCED, NOT_SENT),
        place, (share("percent-bounced", lambda one: one.has_bounced),),
    )  # fmt: skip
    return layout.figure(period.months, [one for one in facts if period.has(one.ordered_at)])


def _month(moment: datetime) -> str:
    return month_of(local_date(moment))

"""What figures are counted from: cases, mails, alerts and letters as plain facts, never a word about anybody.

Each is counted once. Moments are aware; None stands for what is not known or has not happened.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from intake.domain.case import LetterState, ReferralType
from intake.domain.case_way import Decision
from intake.domain.sign_off import QAStatus
from intake.domain.timeliness import Band
from intake.domain.working_days import LONDON
from intake.domain.written_days import EARLIEST_YEAR, LATEST_YEAR


@dataclass(frozen=True, slots=True)
class ReferralFact:
    """One case, counted once however often its form came: its first receipt (aware), what its newest version says.

    None stands for what is not known or has not happened. Dates are days in London.
    """

    agency: str | None
    received_at: datetime
    band: Band
    qa: QAStatus
    acknowledged_at: datetime | None = None
    """When the mail server took the acknowledgement of the first form."""
    calendar_days: int | None = None
    working_days: int | None = None
    panel_on: date | None = None
    decided_on: date | None = None
    decision: Decision | None = None
    notified_on: date | None = None
    reviewed_on: date | None = None
    referral_type: ReferralType = ReferralType.NOT_STATED
    missing: tuple[str, ...] = ()
    """Keys of the form's sections that lack a needed answer."""


@dataclass(frozen=True, slots=True)
class MessageFact:
    """One mail: when and whence it came, whether it held another service's form, when a person dealt with that."""

    received_at: datetime
    agency: str | None
    is_misdirected: bool
    dealt_with_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AlertFact:
    """One alert that a child may be at risk now: when it was raised, and when a person closed it."""

    raised_at: datetime
    closed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FormMailFact:
    """One mail that brought a form, or what may be one: whether the program could read all of it."""

    received_at: datetime
    is_read_whole: bool


@dataclass(frozen=True, slots=True)
class LetterFact:
    """One answer to a sender: when it was ordered, where it stands, and whether it came back."""

    ordered_at: datetime
    state: LetterState
    has_bounced: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """All that the figures of a period are made of; what lies outside the period is left out when counting."""

    referrals: Iterable[ReferralFact] = ()
    messages: Iterable[MessageFact] = ()
    alerts: Iterable[AlertFact] = ()
    form_mails: Iterable[FormMailFact] = ()
    letters: Iterable[LetterFact] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """Whole months: that of the day ``first`` to that of ``last``; ValueError where it ends before it begins.

    Or where it reaches into years that nobody means.
    """

    first: date
    last: date
    begins: datetime = field(init=False, repr=False, compare=False)
    """The first moment of the first month in London, in UTC."""
    after: datetime = field(init=False, repr=False, compare=False)
    """The first moment after the last month."""

    def __post_init__(self) -> None:
        """Refuse a period that ends before it begins, or in no year of ours; work out its two ends."""
        if month_of(self.last) < month_of(self.first):
            raise ValueError("the period ends before it begins")
        if self.first.year < EARLIEST_YEAR or self.last.year > LATEST_YEAR:
            raise ValueError("the period is of no year of ours")
        next_month = (self.last.replace(day=28) + timedelta(days=4)).replace(day=1)
        for name, day in (("begins", self.first.replace(day=1)), ("after", next_month)):
            object.__setattr__(self, name, datetime.combine(day, time(), tzinfo=LONDON).astimezone(UTC))

    @property
    def months(self) -> tuple[str, ...]:
        """The months, as ``2026-11``."""
        begin, end = (day.year * 12 + day.month - 1 for day in (self.first, self.last))
        return tuple(f"{number // 12:04}-{number % 12 + 1:02}" for number in range(begin, end + 1))

    def has(self, moment: datetime) -> bool:
        """Tell whether an aware moment lies in it, in London."""
        return self.begins <= moment < self.after


def month_of(day: date) -> str:
    """Return the month of a day, as ``2026-11``: it sorts as it stands."""
    return f"{day.year:04}-{day.month:02}"

"""How long what is kept: classes, what starts their clocks, when a person looks, what the machine may do by itself.

Case records are never destroyed by a machine (domain.md, "Records"): their day is a day on which somebody decides. What
was no referral has a short class, and goes when somebody applies it. A legal hold stops both.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from intake.domain.stages import Stage
from intake.domain.working_days import LONDON, local_date

FEBRUARY_29 = (2, 29)
NOON = time(12)


class RetentionClass(StrEnum):
    """What is kept, and for how long."""

    CASE = "case"
    """A case with all its versions and mails: years from the last, or from its closing where that is later."""
    NO_REFERRAL = "no-referral"
    """Set aside: misdirected mail, newsletters, bounces, copies."""
    QUARANTINED = "quarantined"
    """Judged hostile."""
    WAITING = "waiting"
    """A person has still to decide what it is: no clock runs."""


@dataclass(frozen=True, slots=True)
class Periods:
    """How long each class is kept."""

    case_years: int
    no_referral_days: int
    quarantined_days: int


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing on record: a case by its reference, or a message that belongs to none by its id."""

    identity: str
    kind: RetentionClass
    trigger: datetime
    """What its clock runs from: a case's last mail or its closing, the later; the receipt of any other message."""
    held: bool = False
    """A legal hold forbids erasing it."""


@dataclass(frozen=True, slots=True)
class Review:
    """What is to be done about one thing, and from which day on; None where no clock runs."""

    kept: Kept
    on: date | None
    due: bool

    @property
    def by_machine(self) -> bool:
        """Tell whether applying the classes may erase it: never a case, nothing that waits or is held."""
        short = self.kept.kind in {RetentionClass.NO_REFERRAL, RetentionClass.QUARANTINED}
        return self.due and short and not self.kept.held


def class_of(stage: Stage) -> RetentionClass:
    """Return the class of a message that belongs to no case."""
    if stage is Stage.SET_ASIDE:
        return RetentionClass.NO_REFERRAL
    return RetentionClass.QUARANTINED if stage is Stage.QUARANTINED else RetentionClass.WAITING


def case_trigger(last_mail: datetime, closed_on: date | None) -> datetime:
    """Return what a case's clock runs from: its last mail, or the day it was closed, whichever is later."""
    if closed_on is None or closed_on <= local_date(last_mail):
        return last_mail
    return datetime.combine(closed_on, NOON, LONDON)


def review(kept: Kept, periods: Periods, now: datetime) -> Review:
    """Return when a thing is due; days are London's, and due on the day itself."""
    began = local_date(kept.trigger)
    on = _ends(kept.kind, began, periods)
    return Review(kept, on, on is not None and on <= local_date(now))


def _ends(kind: RetentionClass, began: date, periods: Periods) -> date | None:
    match kind:
        case RetentionClass.CASE:
            return _years_after(began, periods.case_years)
        case RetentionClass.NO_REFERRAL:
            return began + timedelta(days=periods.no_referral_days)
        case RetentionClass.QUARANTINED:
            return began + timedelta(days=periods.quarantined_days)
        case RetentionClass.WAITING:
            return None


def _years_after(began: date, years: int) -> date:
    """Return the same day years later; the day after 28 February where there is no 29th: kept longer, never shorter."""
    year = began.year + years
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    if (began.month, began.day) == FEBRUARY_29 and not leap:
        return date(year, 3, 1)
    return began.replace(year=year)

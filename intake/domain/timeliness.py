"""Submission timeliness: from the incident (day 0) to the server's receipt, both ways (domain.md, "Three clocks").

The time of receipt is the mail server's, as a day in Europe/London, end of day inclusive. What date the sender typed on
the form or had in the mail's header is never counted from.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from intake.domain.incident_date import IncidentDate, Precision
from intake.domain.working_days import WorkingCalendar, local_date
from intake.settings.neighbours import Timeliness


class Band(StrEnum):
    """The closed list of outcomes."""

    WITHIN_CALENDAR = "within-calendar"
    WITHIN_WORKING = "within-working"
    LATE = "late"
    CANNOT_SAY = "cannot-say"


class Reason(StrEnum):
    """Why it cannot be said whether a referral is in time."""

    NO_DATE = "no-incident-date"
    NOT_ASKED = "not-asked"
    """The form has no such question (a Seriously Good Outcome)."""
    APPROXIMATE = "approximate"
    MONTH = "month"
    RANGE = "range"
    ONGOING = "ongoing"
    """Neglect or abuse that went on: there is no day to count from."""
    IN_THE_FUTURE = "in-the-future"
    AFTER_RECEIPT = "after-receipt"
    BEFORE_BIRTH = "before-birth"
    DEATH_LATER = "death-later-than-incident"
    """The child died later, and it makes a difference from which day is counted."""
    NON_RECENT = "non-recent"


@dataclass(frozen=True, slots=True)
class SubmissionTimeliness:
    """Both day counts (None where the date is no single day), the band, and why it cannot be said where it cannot.

    ``past_calendar`` warns that the count runs past the last known bank holiday.
    """

    incident: IncidentDate
    calendar_days: int | None
    working_days: int | None
    band: Band
    reason: str | None
    past_calendar: bool = False


@dataclass(frozen=True, slots=True)
class Lives:
    """What bears on the incident's date: the first birth and the deaths of the children, where exactly known."""

    first_birth: date | None = None
    deaths: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class SubmissionClock:
    """The rules of the count: the calendar, the limit in days, which count makes late, what is non-recent."""

    calendar: WorkingCalendar
    rules: Timeliness
    non_recent_after_days: int

    def band(self, incident: date, received: date) -> Band:
        """Return the band of one exact day; ``received`` is not before ``incident``."""
        limit = self.rules.limit_days
        if (received - incident).days <= limit:
            return Band.WITHIN_CALENDAR
        if self.rules.late_by == "working" and received <= self.calendar.last_day(incident, limit):
            return Band.WITHIN_WORKING
        return Band.LATE

    def last_day(self, incident: date) -> date:
        """Return the last day on which a referral is in time."""
        if self.rules.late_by == "working":
            return self.calendar.last_day(incident, self.rules.limit_days)
        return incident + timedelta(days=self.rules.limit_days)


def judge(
    incident: IncidentDate,
    received: datetime,
    clock: SubmissionClock,
    *,
    today: date,
    lives: Lives | None = None,
    ongoing: bool = False,
    asked: bool = True,
) -> SubmissionTimeliness:
    """Return the timeliness of a referral received at the aware moment ``received``.

    ``ongoing``: the form says the incident went on; ``asked``: the form has the question at all. ``today`` tells a day
    to come from one merely after the receipt.
    """
    day = local_date(received)
    reason = next(_reasons(incident, day, today, clock, lives or Lives(), ongoing=ongoing), None)
    if reason is Reason.NO_DATE and not asked:
        reason = Reason.NOT_ASKED
    counts = _counts(incident, day, clock)
    band = Band.CANNOT_SAY if reason or incident.earliest is None else clock.band(incident.earliest, day)
    return SubmissionTimeliness(
        incident=incident,
        calendar_days=counts[0] if counts else None,
        working_days=counts[1] if counts else None,
        band=band,
        reason=reason.value if reason else None,
        past_calendar=incident.earliest is not None and not clock.calendar.knows(max(day, incident.earliest)),
    )


def _counts(incident: IncidentDate, received: date, clock: SubmissionClock) -> tuple[int, int] | None:
    """Return calendar and working days for an exact date that is not after receipt."""
    if incident.precision is not Precision.EXACT or incident.earliest is None or incident.earliest > received:
        return None
    return (received - incident.earliest).days, clock.calendar.count(incident.earliest, received)


def _reasons(
    incident: IncidentDate, received: date, today: date, clock: SubmissionClock, lives: Lives, *, ongoing: bool
) -> Iterator[Reason]:
    """Give the reasons why it cannot be said, the plainest first."""
    earliest, latest = incident.earliest, incident.latest
    if earliest is None or latest is None:
        yield Reason.ONGOING if ongoing else Reason.NO_DATE
        return
    if earliest > received:
        yield Reason.IN_THE_FUTURE if earliest > today else Reason.AFTER_RECEIPT
        return
    if lives.first_birth is not None and latest < lives.first_birth <= received:
        yield Reason.BEFORE_BIRTH
    if ongoing:
        yield Reason.ONGOING
    if incident.precision is Precision.APPROXIMATE:
        yield Reason.APPROXIMATE  # its edges are soft: even where all its days agree, the true day may be outside
    last = min(latest, received)
    if (received - last).days > clock.non_recent_after_days:
        yield Reason.NON_RECENT
    days = (earliest, last)
    if not _agree(days, received, clock):
        yield Reason.MONTH if incident.precision is Precision.MONTH else Reason.RANGE
    deaths = tuple(death for death in lives.deaths if latest < death <= received)
    if not _agree((*days, *deaths), received, clock):
        yield Reason.DEATH_LATER


def _agree(days: Iterable[date], received: date, clock: SubmissionClock) -> bool:
    """Tell whether all days have one band; bands follow the order of days, so the ends of a range speak for it."""
    return len({clock.band(day, received) for day in days}) == 1

"""The facts of the nightly report: what waits, sorted for a reader; codes, references and counts only (domain.md)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from fnmatch import fnmatchcase

from intake.domain.case import LetterState
from intake.domain.findings import Severity
from intake.domain.overview import OpenItem, OutboxLine
from intake.domain.stages import Stage
from intake.domain.way_deadlines import Deadline, OpenWay
from intake.letters.london import LONDON
from intake.settings.words import ReportSection, ReportWords

POLL_IS_OLD = timedelta(minutes=15)
"""A mailbox is looked at every nine minutes at the latest; a refused password, too, shows by this (incidents.md 52)."""
WAITING_IS_LONG = timedelta(minutes=15)
"""A message is read within seconds; one that waits so long waits for something that is away."""
HOLIDAYS_SHOULD_REACH = timedelta(days=90)
"""No clock may run past the last known bank holiday; 90 days leave time to publish the next year."""
CERTIFICATE_SHOULD_REACH = timedelta(days=21)
"""What renews itself has done so by then; whoever renews by hand has three weeks."""
LITTLE_DISK_BYTES = 1_000_000_000
LOUDNESS = {severity: -number for number, severity in enumerate(Severity)}
"""The loudest sorts first."""
LETTER_IS_LATE = timedelta(hours=1)
"""A letter still queued after this long is shown; younger ones are just on their way."""


class Whose(StrEnum):
    """Whose certificate it is: that of the mail server, or the one the program signs in with."""

    SERVER = "server"
    APP = "app"


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate that a mailbox hangs on, and its last day."""

    mailbox: str
    whose: Whose
    ends: date


@dataclass(frozen=True, slots=True)
class Health:
    """How the program is. ``polls``: mailbox -> last good look; ``anchor``: the intake log's head, shortened."""

    polls: Mapping[str, datetime | None]
    holidays_known_until: date
    disk_free_bytes: int | None
    log_lines: int
    anchor: str
    unfetchable: int = 0
    """Messages on the server that it does not give as it says; they are tried again."""
    unread_since: datetime | None = None
    """Since when the longest waiting message waits to be looked at."""
    waits_for: str = ""
    """What it was last put off for: scanner, reader ..."""
    certificates: tuple[Certificate, ...] = ()


@dataclass(frozen=True, slots=True)
class Night:
    """How things stand at one time: all that the report and the first page of the morning say, but the open items."""

    at: datetime
    letters: tuple[OutboxLine, ...]
    received: int
    """Receipts in the intake log: an independent count of the rows in ``by_stage``."""
    received_last_day: int
    by_stage: Mapping[Stage, int]
    health: Health
    clocks: tuple[tuple[OpenWay, Deadline], ...] = ()
    """What of which case is overdue or due within two working days, the earliest first."""
    links: int = 0
    """Suggested links between cases, or of an email to one, that nobody has decided."""

    @property
    def waiting(self) -> int:
        """Return how many emails are held for a person, whatever was closed about them."""
        return self.by_stage.get(Stage.HELD, 0)

    @property
    def unaccounted(self) -> int:
        """Return by how many the receipts differ from the messages: 0, or something is badly wrong."""
        return abs(self.received - sum(self.by_stage.values()))


@dataclass(frozen=True, slots=True)
class Listing:
    """One section: its heading and its items, the loudest and longest waiting first."""

    heading: str
    items: tuple[OpenItem, ...]


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """The report before it has words; ``warnings`` are codes of what is wrong with the program itself."""

    night: Night
    listings: tuple[Listing, ...]
    letters: tuple[OutboxLine, ...]
    alerts: int
    today: int
    attention: int
    warnings: tuple[str, ...]

    @property
    def is_quiet(self) -> bool:
        """Tell whether nothing at all waits for a person: no item, letter or deadline, no email held, no duplicate."""
        night = self.night
        waits = self.listings or self.letters or night.clocks or night.waiting or night.links
        return not (waits or night.unaccounted or self.warnings)


def facts_of(night: Night, items: Sequence[OpenItem], words: ReportWords) -> ReportFacts:
    """Sort what was gathered; every item stands in exactly one listing, and none is left out."""
    counts = {grade: sum(item.severity is grade for item in items) for grade in Severity}
    return ReportFacts(
        night=night,
        listings=tuple(_listings(items, words.section)),
        letters=tuple(sorted(_undelivered(night), key=lambda letter: letter.since)),
        alerts=counts[Severity.ALERT],
        today=counts[Severity.TODAY],
        attention=counts[Severity.ATTENTION],
        warnings=tuple(warnings(night)),
    )


def _listings(items: Iterable[OpenItem], sections: tuple[ReportSection, ...]) -> Iterator[Listing]:
    listed: dict[int, list[OpenItem]] = {}
    places: dict[tuple[Severity, str], int] = {}
    for item in items:
        kind = item.severity, item.code
        if kind not in places:
            places[kind] = _section_of(item, sections)
        listed.setdefault(places[kind], []).append(item)
    for number in sorted(listed):
        yield Listing(sections[number].heading, tuple(sorted(listed[number], key=_loudest_then_oldest)))


def _section_of(item: OpenItem, sections: tuple[ReportSection, ...]) -> int:
    """Return the first section that names the item, alerts by severity before anything by code; else the last."""
    named = (number for number, section in enumerate(sections) if _names(section, item))
    return next(named, len(sections) - 1)


def _names(section: ReportSection, item: OpenItem) -> bool:
    if item.severity is Severity.ALERT and any(grade == Severity.ALERT for grade in section.severities):
        return True
    if item.severity is Severity.ALERT:
        return False
    return item.severity in section.severities or any(fnmatchcase(item.code, code) for code in section.codes)


def _loudest_then_oldest(item: OpenItem) -> tuple[int, datetime, str]:
    return LOUDNESS[item.severity], item.since, item.where


def _undelivered(night: Night) -> Iterator[OutboxLine]:
    for letter in night.letters:
        on_its_way = letter.state is LetterState.QUEUED and night.at - letter.since < LETTER_IS_LATE
        delivered = letter.state is LetterState.SENT and not letter.bounced
        if not on_its_way and not delivered:
            yield letter


def warnings(night: Night) -> Iterator[str]:
    """Say what is wrong with the program itself, as codes."""
    health = night.health
    polls = health.polls.values()
    if not health.polls or any(last is None or night.at - last > POLL_IS_OLD for last in polls):
        yield "mailbox-not-seen"
    if health.holidays_known_until - night.at.astimezone(LONDON).date() < HOLIDAYS_SHOULD_REACH:
        yield "holidays-end-soon"
    if any(one.ends - night.at.astimezone(LONDON).date() < CERTIFICATE_SHOULD_REACH for one in health.certificates):
        yield "certificate-ends-soon"
    if health.disk_free_bytes is not None and health.disk_free_bytes < LITTLE_DISK_BYTES:
        yield "disk-nearly-full"
    if health.unfetchable:
        yield "mails-not-fetched"
    if health.unread_since is not None and night.at - health.unread_since > WAITING_IS_LONG:
        yield "mails-wait"
    if any(letter.state is LetterState.QUEUED for letter in _undelivered(night)):
        yield "letters-are-late"

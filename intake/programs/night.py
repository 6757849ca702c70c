"""Gather the night for the report: what is open, undelivered, received, and how the program is."""

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import Protocol

from intake.domain.overview import OutboxLine
from intake.domain.stages import Stage
from intake.domain.way_deadlines import Deadline, OpenWay, due
from intake.domain.working_days import WorkingCalendar, calendar
from intake.report.nightly import WAITING_IS_LONG, Certificate, Health, Night, Whose
from intake.settings import Settings
from intake.settings.neighbours import WayClocks

A_DAY = timedelta(days=1)
ANCHOR_DIGITS = 24
"""How much of the log's head stands in the report: enough to prove by, short enough to read out."""


class NightBook(Protocol):
    """The records as the report uses them; nothing here is written."""

    def outbox_lines(self) -> Sequence[OutboxLine]:
        """Return letters that are not delivered, or came back."""

    def receipts(self, since: datetime | None = None) -> int:
        """Count the receipts in the intake log (not the rows of messages), all or those since then."""

    def messages_by_stage(self) -> Mapping[Stage, int]:
        """Count the rows of messages at each stage."""

    def ways_due(self, now: datetime, calendar: WorkingCalendar, limits: WayClocks) -> Sequence[OpenWay]:
        """Return every case that is not closed, with its clocks."""

    def count_links_to_judge(self) -> int:
        """Count the suggested links that nobody has decided."""

    def health_notes(self) -> Mapping[str, tuple[str, datetime]]:
        """Return the last word on each thing's health and when it was said (``poll:<mailbox>`` ...)."""

    def unread_since(self) -> datetime | None:
        """Return when the longest waiting of the messages still to be taken up was recorded."""

    def log_head(self) -> tuple[int, str]:
        """Return how many lines the intake log has and the MAC of its last."""


def gathered(book: NightBook, rules: Settings, now: datetime) -> Night:
    """Return the night as it stands ``now``."""
    notes = book.health_notes()
    names = [box.name for box in rules.program.mailbox]
    lines, head = book.log_head()
    return Night(
        at=now,
        letters=tuple(book.outbox_lines()),
        received=book.receipts(),
        received_last_day=book.receipts(now - A_DAY),
        by_stage=book.messages_by_stage(),
        clocks=due_now(book, rules, now),
        links=book.count_links_to_judge(),
        health=Health(
            polls={name: notes[f"poll:{name}"][1] if f"poll:{name}" in notes else None for name in names},
            holidays_known_until=rules.working_days.bank_holidays.known_until,
            disk_free_bytes=free_bytes(rules.program.store.vault.parent),
            log_lines=lines,
            anchor=head[:ANCHOR_DIGITS],
            unread_since=book.unread_since(),
            waits_for=_waits_for(notes.get("waits-for"), now),
            certificates=tuple(_certificates(notes, names)),
            unfetchable=sum(_count(notes.get(f"unfetchable:{name}")) for name in names),
        ),
    )


def _certificates(notes: Mapping[str, tuple[str, datetime]], names: Iterable[str]) -> Iterator[Certificate]:
    """Give the certificates of the mailboxes as they were at the last good look, and when each ends."""
    for name, whose in product(names, Whose):
        ends, seen = notes.get(f"ends:{whose}:{name}"), notes.get(f"poll:{name}")
        if ends is not None and seen is not None and ends[1] >= seen[1]:  # an older one was of another configuration
            yield Certificate(name, whose, date.fromisoformat(ends[0]))


def _waits_for(note: tuple[str, datetime] | None, now: datetime) -> str:
    """Return what a message was put off for of late: an older word is of an outage that is over."""
    return note[0] if note is not None and now - note[1] < WAITING_IS_LONG else ""


def due_now(book: NightBook, rules: Settings, now: datetime) -> tuple[tuple[OpenWay, Deadline], ...]:
    """Return what is overdue or due soon, the earliest first."""
    days = rules.working_days
    ways = book.ways_due(now, calendar(days.bank_holidays), days.way)
    found = [(way, clock) for way in ways for clock in due(way.deadlines)]
    return tuple(sorted(found, key=lambda one: (one[1].due, one[0].reference)))


def free_bytes(folder: Path) -> int | None:
    """Return the free bytes of the disk ``folder`` is (or will be) on; None where that cannot be told."""
    for place in (folder, *folder.parents):
        try:
            return shutil.disk_usage(place).free
        except FileNotFoundError:
            continue
        except OSError:
            return None
    return None


def _count(note: tuple[str, datetime] | None) -> int:
    return int(note[0]) if note is not None and note[0].isdecimal() else 0

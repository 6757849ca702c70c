"""Gathering the night: every mailbox of the configuration is asked after, and nothing is written."""

import shutil
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from intake.domain.case import Reference
from intake.domain.overview import OutboxLine
from intake.domain.stages import Stage
from intake.domain.way_deadlines import Clock, OpenWay, open_way
from intake.domain.working_days import WorkingCalendar
from intake.programs.night import free_bytes, gathered
from intake.report.nightly import Certificate, Whose
from intake.settings.neighbours import WayClocks
from tests.builders.letters import NOW
from tests.builders.settings import settings


class Book:
    """Records in memory."""

    def __init__(self, notes: Mapping[str, tuple[str, datetime]]) -> None:
        """Keep the notes on health."""
        self.notes = notes
        self.since: list[datetime | None] = []

    def outbox_lines(self) -> Sequence[OutboxLine]:
        """Return none."""
        return []

    def receipts(self, since: datetime | None = None) -> int:
        """Count more in all than of a day."""
        self.since.append(since)
        return 9 if since is None else 2

    def messages_by_stage(self) -> Mapping[Stage, int]:
        """Return nine."""
        return {Stage.REGISTERED: 9}

    def health_notes(self) -> Mapping[str, tuple[str, datetime]]:
        """Return the notes of the test."""
        return self.notes

    def unread_since(self) -> datetime | None:
        """Return a message that waits since an hour."""
        return NOW - timedelta(hours=1)

    def ways_due(self, now: datetime, calendar: WorkingCalendar, limits: WayClocks) -> Sequence[OpenWay]:
        """Return two cases that have waited long for the panel, the later first."""
        began = [now.date() - timedelta(days=days) for days in (60, 90)]
        of = zip((Reference("SSCP-2026-AAAAAA"), Reference("SSCP-2026-BBBBBB")), began, strict=True)
        return [open_way(name, None, (), day, now.date(), calendar, limits) for name, day in of]

    def count_links_to_judge(self) -> int:
        """Return three."""
        return 3

    def log_head(self) -> tuple[int, str]:
        """Return a head."""
        return 40, "0123456789abcdef" * 4


def test_what_the_records_say_is_what_the_night_holds(tmp_path: Path) -> None:
    """Counts, the last look at the mailbox and the shortened head of the log."""
    seen = NOW - timedelta(minutes=3)
    book = Book({"poll:sscp": ("ok", seen), "unfetchable:sscp": ("2", seen), "poll:gone": ("ok", NOW)})
    night = gathered(book, settings(tmp_path), NOW)
    assert (night.received, night.received_last_day) == (9, 2)
    assert book.since == [None, NOW - timedelta(days=1)]
    assert night.health.polls == {"sscp": seen}
    assert night.health.unfetchable == 2
    assert (night.health.log_lines, night.health.anchor) == (40, "0123456789abcdef01234567")
    assert night.links == 3


def test_what_is_overdue_stands_in_it_the_earliest_first(tmp_path: Path) -> None:
    """By reference and clock."""
    clocks = gathered(Book({}), settings(tmp_path), NOW).clocks
    assert [(way.reference, one.clock) for way, one in clocks] == [
        ("SSCP-2026-BBBBBB", Clock.TO_PANEL), ("SSCP-2026-AAAAAA", Clock.TO_PANEL),
    ]  # fmt: skip


def test_a_mailbox_never_seen_is_never_forgotten(tmp_path: Path) -> None:
    """A configured mailbox nobody has looked at yet stands in the report as never seen."""
    assert gathered(Book({}), settings(tmp_path), NOW).health.polls == {"sscp": None}


def test_certificates_stand_in_it_as_they_were_at_the_last_look(tmp_path: Path) -> None:
    """One noted before the last good look is of a line that is used no more."""
    seen = NOW - timedelta(minutes=3)
    notes = {
        "poll:sscp": ("ok", seen), "ends:server:sscp": ("2027-01-31", seen),
        "ends:app:sscp": ("2026-12-01", seen - timedelta(minutes=1)), "ends:server:gone": ("2026-12-01", seen),
    }  # fmt: skip
    (only,) = gathered(Book(notes), settings(tmp_path), NOW).health.certificates
    assert only == Certificate("sscp", Whose.SERVER, date(2027, 1, 31))


def test_the_disk_of_a_folder_that_is_not_there_yet_is_its_parents(tmp_path: Path) -> None:
    """The first report can come before the first mail."""
    assert free_bytes(tmp_path / "var" / "vault")


def test_the_disk_is_asked_for_beside_the_vault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The unit of the report cannot see into the vault, and what stands in its place is another disk's."""
    rules = settings(tmp_path)
    rules.program.store.vault.mkdir(parents=True)
    asked: list[Path] = []
    monkeypatch.setattr(shutil, "disk_usage", lambda place: asked.append(place) or SimpleNamespace(free=7))
    assert gathered(Book({}), rules, NOW).health.disk_free_bytes == 7
    assert asked == [rules.program.store.vault.parent]

"""What the log says last of each row, message and case: kept in a file of its own while verifying, never in memory."""

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Row

from intake.errors import Unavailable
from intake.records.marks import GONE, PAGE, ROWS, parted

TABLES = """
CREATE TABLE marks (place TEXT PRIMARY KEY, digest TEXT NOT NULL, met INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE TABLE mails (id TEXT PRIMARY KEY, stage TEXT NOT NULL, receipt TEXT) WITHOUT ROWID;
CREATE TABLE cases (reference TEXT PRIMARY KEY) WITHOUT ROWID;
"""
UNSURE = "?"
"""In the place of a digest that no key of the ring can check."""
MEMORY_KIB = 32_768
"""More than this goes to a file without a name, which ends with us."""
ALL_OF = {"mails": "SELECT id FROM mails ORDER BY id", "cases": "SELECT reference FROM cases ORDER BY reference"}
STAGE = (
    "INSERT INTO mails VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET "
    "stage = excluded.stage, receipt = coalesce(receipt, excluded.receipt)"
)


class Said:
    """The sum of the log's lines, heard one after another."""

    def __init__(self) -> None:
        """Begin with nothing heard."""
        self.covers_all = False
        """Every row is told of: the log had marks from its first line on, or all rows were marked later."""
        self._file = sqlite3.connect("")
        self._file.executescript(f"PRAGMA cache_size = -{MEMORY_KIB}; PRAGMA journal_mode = OFF; {TABLES}")

    def __enter__(self) -> Self:
        """Keep it while inside."""
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        """Forget everything."""
        self._file.close()

    def hear(self, line: Row[Any], details: Mapping[str, Any], *, marks_all: bool, is_sure: bool) -> None:
        """Take a line in; each must come after the one it follows. Marks of one that is not sure are not either."""
        self.covers_all |= marks_all or (line.seq == 1 and ROWS in details)
        with _room():
            marks = ((place, digest if is_sure else UNSURE) for place, digest in map(parted, details.get(ROWS, ())))
            self._file.executemany("INSERT OR REPLACE INTO marks (place, digest) VALUES (?, ?)", marks)
            if line.message is not None and line.there is not None:
                receipt = json.dumps(details) if line.event == "received" else None
                self._file.execute(STAGE, (line.message, line.there, receipt))
            if line.there == "registered" and line.event == "moved":
                named = ((reference,) for reference in details.get("cases", ()))
                self._file.executemany("INSERT OR IGNORE INTO cases VALUES (?)", named)

    def digests(self, places: Collection[str]) -> dict[str, str]:
        """Return what was last said of each of these places, where anything was; they are met now."""
        found: dict[str, str] = {}
        with _room():
            for place in places:
                row = self._file.execute("SELECT digest FROM marks WHERE place = ?", (place,)).fetchone()
                if row is not None:
                    found[place] = row[0]
            self._file.executemany("UPDATE marks SET met = 1 WHERE place = ?", ((place,) for place in found))
        return found

    def unmet(self) -> Iterator[str]:
        """Give each place that was said to hold something and was never met."""
        asked = "SELECT place FROM marks WHERE NOT met AND digest <> ? ORDER BY place"
        with _room():
            yield from (place for (place,) in self._file.execute(asked, (GONE,)))

    def mail(self, message: str) -> tuple[str, dict[str, Any]] | None:
        """Return where a message stands and what was said when it came; None for one nothing was said of."""
        with _room():
            row = self._file.execute("SELECT stage, receipt FROM mails WHERE id = ?", (message,)).fetchone()
        return None if row is None else (row[0], json.loads(row[1] or "{}"))

    def pages(self, what: str) -> Iterator[list[str]]:
        """Give the ids of all ``mails`` or the references of all ``cases``, a page at a time, in order."""
        with _room():
            cursor = self._file.execute(ALL_OF[what])
            while page := [row[0] for row in cursor.fetchmany(PAGE)]:
                yield page


@contextmanager
def _room() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error:
        raise Unavailable("verify", "no-room") from None

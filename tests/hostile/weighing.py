"""The real walled program, each of its children weighed: how long it took, and how much memory."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

from intake.edges.doors import ChildDoor
from intake.edges.reader import WalledReader
from parsers.contract import Refusal
from tests.builders.forms import library
from tests.hostile.case import READ, Case, shortened, verdict_of

SECONDS = 10.0
"""Of one task, as shipped."""
SLOW_SECONDS = 120.0
MOST_MEGABYTES = 600
"""Of one child; the kernel ends it at a gigabyte of address space."""
GOOD_NOT_READ = "THE GOOD FORM BESIDE WAS NOT READ"
WEIGHED = """
import os
from parsers.__main__ import main

def waited(child, options):
    child, status, used = os.wait4(child, options)
    with open({notes!r}, "a") as notes:
        print(used.ru_maxrss, file=notes)
    return child, status

os.waitpid = waited
main([])
"""
"""Line by line the most memory each child had, kilobytes; the child itself is as it always is."""


@dataclass(frozen=True)
class Weighed:
    """What became of a mail line by line, in how many seconds from first to last, and the most megabytes of a child."""

    lines: list[str]
    seconds: float
    megabytes: float

    def verdict(self, case: Case) -> list[str]:
        """Return the lines without that of the good form beside; with a last one of its own where it was not read."""
        if not case.beside:
            return shortened(self.lines)
        good = self.lines[-1:] == [READ]
        return shortened(self.lines[:-1]) if good else [*shortened(self.lines), GOOD_NOT_READ]


@dataclass(frozen=True)
class Scales:
    """A reader whose children leave their weight in a file."""

    reader: WalledReader
    notes: Path

    def read(self, raw: bytes) -> Weighed:
        """Survey and read one mail, as screening and parsing do."""
        self.notes.write_text("")
        begun = monotonic()
        survey = self.reader.survey(raw)
        lines = verdict_of(survey, survey if isinstance(survey, Refusal) else self.reader.read(raw))
        seconds = monotonic() - begun
        return Weighed(lines, seconds, max(map(int, self.notes.read_text().split()), default=0) / 1024)


@contextmanager
def scales(*, workshop: bool = False) -> Iterator[Scales]:
    """Give a reader of the shipped forms, with the shipped limits of time and memory."""
    with TemporaryDirectory() as folder:
        notes = Path(folder) / "notes"
        program = (sys.executable, "-s", "-X", "utf8", "-c", WEIGHED.format(notes=str(notes)))
        times = {"seconds": SECONDS, "slow_seconds": SLOW_SECONDS}
        with WalledReader(library(), door=ChildDoor(program), workshop=workshop, **times) as reader:
            reader.holds()
            yield Scales(reader, notes)

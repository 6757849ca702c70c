"""``python -m benchmarks.wall [--rounds 60]``: what the wall costs for each message, side by side in one run.

The same task in this process, through a child of ours, and through the socket of a unit: a look at a mail (survey), and
a reading of its form. Everything the wall does is in it: a fresh process, its limits, Landlock, the filter, both ways.
"""

import argparse
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from statistics import median

from rich.console import Console
from rich.table import Table

from intake.edges.doors import ChildDoor, Door, SocketDoor
from intake.edges.reader import WalledReader
from parsers.contract import Task, TaskKind
from parsers.read import answer, make_ready
from tests.builders import forms, mails

SECONDS = 10.0
ROOT = Path(__file__).parents[2]


def main() -> int:
    """Measure, print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.wall", description=__doc__)
    parser.add_argument("--rounds", type=int, default=60, help="of each, in turn (60)")
    rounds = parser.parse_args().rounds
    table = Table(title="Milliseconds for a message, the middle of all rounds", title_justify="left")
    for name in ("task", "without a wall", "child", "unit", "the wall costs"):
        table.add_column(name, justify="left" if name == "task" else "right")
    with _ways() as ways:
        for name, task, raw in _tasks():
            times = _in_turn([partial(way, task, raw) for way in ways], rounds)
            bare, child, unit = times
            table.add_row(name, *(f"{each:.1f}" for each in times), f"{child - bare:+.1f} / {unit - bare:+.1f}")
    Console(width=None if sys.stdout.isatty() else 120).print(table)
    return 0


def _tasks() -> Iterator[tuple[str, TaskKind, bytes]]:
    word = mails.mail("Our form is attached.", mails.docx_attachment(forms.to_docx()))
    pdf = mails.mail("Our form is attached.", mails.pdf_attachment(forms.to_pdf()))
    yield "survey of a plain mail", TaskKind.SURVEY, mails.mail("Thank you.")
    yield "survey of a mail with a form", TaskKind.SURVEY, word
    yield "reading of a plain mail", TaskKind.READ, mails.mail("Thank you.")
    yield "reading of a Word form", TaskKind.READ, word
    yield "reading of a PDF form", TaskKind.READ, pdf


@contextmanager
def _ways() -> Iterator[list[Callable[[TaskKind, bytes], object]]]:
    library = forms.library()
    make_ready(library)
    with ExitStack() as stack:
        doors: list[Door] = [ChildDoor(), SocketDoor(stack.enter_context(_unit()))]
        readers = [stack.enter_context(WalledReader(library, seconds=SECONDS, door=door)) for door in doors]
        yield [
            lambda kind, raw: answer(Task(kind=kind, length=len(raw)), raw, library, SECONDS),
            *(_asking(reader) for reader in readers),
        ]


def _asking(reader: WalledReader) -> Callable[[TaskKind, bytes], object]:
    return lambda kind, raw: reader.survey(raw) if kind is TaskKind.SURVEY else reader.read(raw)


@contextmanager
def _unit() -> Iterator[Path]:
    """Run the walled program behind a socket, as its unit does."""
    with tempfile.TemporaryDirectory(prefix="wall-") as folder:
        place = Path(folder) / "parser.sock"
        command = [sys.executable, "-s", "-m", "parsers", "--listen", str(place)]
        with subprocess.Popen(command, cwd=ROOT, env={}) as running:
            while not _is_listened_at(place):
                time.sleep(0.05)
            yield place
            running.kill()


def _is_listened_at(place: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as asking:
        return asking.connect_ex(str(place)) == 0


def _in_turn(ways: list[Callable[[], object]], rounds: int) -> list[float]:
    """Return each way's middle time in milliseconds; they take turns, so that a busy moment strikes all."""
    times: list[list[float]] = [[] for _ in ways]
    for each in ways:
        each()
    for _ in range(rounds):
        for way, found in zip(ways, times, strict=True):
            begun = time.perf_counter()
            way()
            found.append((time.perf_counter() - begun) * 1_000)
    return [median(found) for found in times]


if __name__ == "__main__":
    sys.exit(main())

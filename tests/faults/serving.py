"""A process of its own, with the shim preloaded, that runs ``intake run --once`` in forks and harms each as told.

Usage: ``LD_PRELOAD=shim.so python -m tests.faults.serving PRACTICE_TOML...``. It first runs the program over each
practice configuration in itself, so that all is imported for the forks, and what the walled program answered about the
practised mails is known: a fork asks it anew only with ``wall``, for the wall is no part of the durable path and slow
to build. Each line of standard input is an order (:class:`Order`) as JSON, each answer :class:`Told` or, to a question,
what the program's own commands say. No hook is in the product; its clock is set forward by ``hours``.
"""

import ctypes
import json
import os
import signal
import sys
import tomllib
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

from intake.__main__ import main
from intake.edges.clock import SystemClock
from intake.edges.reader import WalledReader
from intake.programs import opening
from intake.records import store
from tests.faults.shim import Fault, Shim

LONGEST_SECONDS = 90
QUESTIONS = (("log", "--json"), ("register", "--json"), ("outbox", "--json"), ("verify", "--json"))
OUR_FAULTS = ("Traceback", "Fatal Python error", "-failed", "thread-died", "python-warned")
"""What no run may say, whatever happened to it: a fault of ours is none of the disk's."""
PR_SET_CHILD_SUBREAPER = 36


@dataclass
class Order:
    """One run: its configuration, by how many hours later it is, the fault, where changes are noted.

    ``wall``: ask the walled program itself. ``busy``: milliseconds a locked database is waited for.
    """

    config: str
    hours: float = 0.0
    fault: dict[str, Any] | None = None
    log: str | None = None
    wall: bool = False
    busy: int = store.BUSY_MILLISECONDS
    ask: bool = False


@dataclass
class Told:
    """How a run went: its exit code (None: killed), whether the fault happened and at what sort of call, what it said.

    ``doubtful``: letters of which nobody could know. ``seen``: calls by sort. ``said``: its last line.
    """

    code: int | None = None
    late: bool = False
    fired: int = 0
    doubtful: int = 0
    seen: dict[str, int] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    said: str = ""


class Serving:
    """What a fork inherits: the shim, and what the wall answered in practice."""

    def __init__(self) -> None:
        self._shim, self._answers = Shim(), dict[Any, Any]()
        self._asked: Callable[..., Any] = WalledReader._ask
        tomllib.loads = cache(tomllib.loads)

    def practise(self, config: str) -> None:
        """Run the program here."""

        def answered(reader: WalledReader, *question: Any) -> Any:
            return self._answered(reader, *question)

        WalledReader._ask = answered  # type: ignore[method-assign]
        assert _program(config) == 0

    def run(self, order: Order) -> Told:
        """Run the program in a fork until its end."""
        said = Path(order.config).parents[1] / "said"
        self._shim.clear()
        child = os.fork()
        if child == 0:
            _apart(lambda: self._child(order), said)
        _, status = os.waitpid(child, 0)
        shim, text = self._shim, said.read_text(errors="replace").splitlines()
        code = None if os.WIFSIGNALED(status) else os.waitstatus_to_exitcode(status)
        late = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGALRM
        faults = [line for line in text if any(word in line for word in OUR_FAULTS)]
        return Told(code, late, shim.control.fired, shim.doubtful, shim.seen, faults, text[-1] if text else "")

    def ask(self, config: str) -> list[Any]:
        """Return what the program's commands say of its records, and what ``verify`` says."""
        reading, writing = os.pipe()
        if os.fork() == 0:
            _apart(lambda: _answer_questions(config, writing), Path(config).parents[1] / "asked")
        os.close(writing)
        with os.fdopen(reading) as answer:
            told: list[Any] = json.loads(answer.read() or "[]")
        os.wait()
        return told

    def _child(self, order: Order) -> int:
        signal.alarm(LONGEST_SECONDS)
        store.BUSY_MILLISECONDS = order.busy
        if order.wall:
            WalledReader._ask = self._asked  # type: ignore[method-assign]
        opening.SystemClock = lambda: _Later(order.hours)  # type: ignore[assignment,misc]
        log = -1 if order.log is None else os.open(order.log, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        self._shim.arm(str(Path(order.config).parent), Fault(**order.fault) if order.fault else None, log)
        return _program(order.config)

    def _answered(self, reader: WalledReader, *question: Any) -> Any:
        known = repr(question)
        if known not in self._answers:
            self._answers[known] = self._asked(reader, *question)
        return self._answers[known]


class _Later(SystemClock):
    """A clock set forward."""

    def __init__(self, hours: float) -> None:
        self._hours = timedelta(hours=hours)

    def now(self) -> datetime:
        return super().now() + self._hours


def _apart(work: Callable[[], int], said: Path) -> None:
    """Do a fork's work and end it; standard error goes to ``said``."""
    try:
        os.dup2(os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 2)
        os._exit(work())
    finally:
        os._exit(70)


def _answer_questions(config: str, answer: int) -> int:
    told: list[Any] = []
    for words in QUESTIONS:
        with redirect_stdout(StringIO()) as out:
            code = main(["--config", config, *words])
        told.append(json.loads(out.getvalue()) if "--json" in words else code)
    with os.fdopen(answer, "w") as file:
        json.dump(told, file)
    return 0


def _program(config: str) -> int:
    with redirect_stdout(sys.stderr):
        return main(["--config", config, "run", "--once"])


if __name__ == "__main__":
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    serving = Serving()
    for practice in sys.argv[1:]:
        serving.practise(practice)
    print("ready", flush=True)  # noqa: T201 - the answer
    for line in sys.stdin:
        order = Order(**json.loads(line))
        said = serving.ask(order.config) if order.ask else asdict(serving.run(order))
        print(json.dumps(said), flush=True)  # noqa: T201 - the answer

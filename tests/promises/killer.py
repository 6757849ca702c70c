"""A process of its own that runs ``intake run --once`` in fresh forks and kills each at a durable step.

Usage: ``python -m tests.promises.killer PRACTICE_TOML INTAKE_TOML``. It first runs the program once under the practice
configuration, undisturbed and in itself: the steps of a clean run are known then, and whatever is imported or worked
out late is there for every fork. Each line of standard input is one run as JSON: ``[from, name, until]`` dies, from the
step of that number on, at the first step of that name (any, where it is null), at the latest at step ``until``;
``[0, null, 0]`` lets it live. Each answer, the practice's first, is JSON: :class:`Told`. No hook is in the product: the
steps are the library and system calls through which anything becomes durable, wrapped here, and each is named after
the function of ours that asked for it, so that a new one in the product has a new name.
"""

import ctypes
import json
import os
import signal
import smtplib
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

import imapclient
from sqlalchemy.engine.default import DefaultDialect

from intake.__main__ import main

STEPS: list[tuple[Any, str, str]] = [
    (os, "fsync", "fsync"),
    (os, "replace", "rename"),
    (os, "link", "link"),
    (DefaultDialect, "do_commit", "commit"),
    (imapclient.IMAPClient, "create_folder", "create-folder"),
    (imapclient.IMAPClient, "subscribe_folder", "subscribe"),
    (imapclient.IMAPClient, "move", "move"),
    (smtplib.SMTP, "send", "smtp-send"),
    (smtplib.SMTP, "getreply", "smtp-reply"),
]
"""Where a thing becomes durable here or at a server; each is a step before it and a step after it."""

PASSED_THROUGH = frozenset({"intake.records.store"})
"""Modules every commit passes through: the function that matters is the one that asked them."""
READS = ("intake.records.store", "Store.reading")
"""A transaction that only reads is committed too, but nothing becomes durable."""
FINAL_DOT = b"\r\n.\r\n"
GRACE_SECONDS = 20.0
PR_SET_CHILD_SUBREAPER = 36


@dataclass
class Told:
    """How one run went: where it died ("" where it came to its end, with ``code``), and the steps it passed.

    ``in_doubt``: it died after a letter's final dot was sent and before the records had it as sent.
    ``orphans``: processes it left behind that did not end by themselves.
    """

    died: str = ""
    in_doubt: bool = False
    code: int | None = None
    steps: list[str] = field(default_factory=list)
    orphans: int = 0


class Reaper:
    """Counts steps and, at the wanted one, says how it went and dies as by ``kill -9``."""

    def __init__(self, start: int, name: str | None, until: int, report: int) -> None:
        self.start, self.name, self.until, self.report = start, name, until, report
        self.told = Told()

    def step(self, name: str) -> None:
        """Pass one durable step, or die there."""
        self.told.steps.append(name)
        count = len(self.told.steps)
        wanted = count >= self.start and self.name in {None, name}
        if self.until and (wanted or count >= self.until):
            self.told.died = name
            self.say()
            os.kill(os.getpid(), signal.SIGKILL)

    def say(self) -> None:
        """Tell the parent how it went."""
        with os.fdopen(os.dup(self.report), "w") as report:
            json.dump(asdict(self.told), report)

    def around(self, call: Callable[..., Any], what: str) -> Callable[..., Any]:
        """Return ``call`` with a step before and after it."""

        def wrapped(*args: Any, **kwargs: Any) -> Any:
            asker = _asker()
            if asker is None:
                return call(*args, **kwargs)
            kind = self._kind(what, *args)
            self.step(f"before {kind} of {asker}")
            answer = call(*args, **kwargs)
            self.told.in_doubt = kind == "smtp-letter" or (self.told.in_doubt and kind != "commit")
            self.step(f"after {kind} of {asker}")
            return answer

        return wrapped

    def _kind(self, what: str, *args: Any) -> str:
        """Tell a letter's bytes, and the answer to them, from the conversation around them."""
        if what == "smtp-send" and isinstance(args[1], bytes) and args[1].endswith(FINAL_DOT):
            return "smtp-letter"
        return "smtp-answer" if what == "smtp-reply" and self.told.in_doubt else what


@contextmanager
def counted(reaper: Reaper) -> Iterator[None]:
    """Have every durable step pass the reaper."""
    kept = [getattr(owner, attribute) for owner, attribute, _ in STEPS]
    for (owner, attribute, what), call in zip(STEPS, kept, strict=True):
        setattr(owner, attribute, reaper.around(call, what))
    try:
        yield
    finally:
        for (owner, attribute, _), call in zip(STEPS, kept, strict=True):
            setattr(owner, attribute, call)


def run(config: str, start: int, name: str | None, until: int) -> Told:
    """Run the program in a fork until its end or the wanted step; return what became of it and of what it began."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _child(config, Reaper(start, name, until, writing))
    os.close(writing)
    with os.fdopen(reading) as report:
        told = Told(**json.loads(report.read()))
    _, status = os.waitpid(child, 0)
    told.code = None if os.WIFSIGNALED(status) else os.waitstatus_to_exitcode(status)
    told.orphans = _orphans_left()
    return told


def _asker() -> str | None:
    """Return the innermost function of ours on the stack, as ``records.letters.Outbox._end``; None for a read."""
    frame: FrameType | None = sys._getframe(2)
    while frame is not None:
        module, function = frame.f_globals.get("__name__", ""), frame.f_code.co_qualname
        if (module, function) == READS:
            return None
        if module.startswith("intake.") and module not in PASSED_THROUGH:
            return f"{module.removeprefix('intake.')}.{function}"
        frame = frame.f_back
    return "nobody"


def practised(config: str) -> Told:
    """Run the program here, undisturbed; return the steps it passed."""
    reaper = Reaper(0, None, 0, -1)
    with counted(reaper):
        reaper.told.code = _program(config)
    return reaper.told


def _program(config: str) -> int:
    with redirect_stdout(sys.stderr):
        return main(["--config", config, "run", "--once"])


def _child(config: str, reaper: Reaper) -> None:
    try:
        with counted(reaper):
            code = _program(config)
        reaper.say()
        os._exit(code)
    finally:
        os._exit(70)


def _orphans_left() -> int:
    """Wait until all that a dead run began has ended too; return how many live on after a generous while."""
    until = time.monotonic() + GRACE_SECONDS
    while time.monotonic() < until:
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                time.sleep(0.01)
        except ChildProcessError:
            return 0
    return len(Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split())


def answer(told: Told) -> None:
    """Say how a run went."""
    print(json.dumps(asdict(told)), flush=True)  # noqa: T201 - the answer


if __name__ == "__main__":
    # whatever a killed run leaves behind becomes a child of this process, so that nothing escapes being counted
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    answer(practised(sys.argv[1]))
    for line in sys.stdin:
        answer(run(sys.argv[2], *json.loads(line)))

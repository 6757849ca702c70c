"""The wall, seen from the trusted side: a :class:`intake.ports.Reader` that never opens a mail itself.

It starts the walled program (``python -m parsers``) with no environment, no open file but one socket, and hands it one
task at a time. Whatever happens there comes back as a value: a closed, bounded answer, or a Refusal with a known code.
"""

import socket
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self, TypeVar

from msgspec.structs import replace

from intake.edges.walled_program import START_SECONDS, ServerGone, exchanged, hand_over, judged, launched, received
from intake.edges.workshop import SLOWLY_READABLE, may_become_readable, with_workshop
from intake.errors import Unavailable
from parsers.contract import (
    ENDED,
    HOLDS,
    MAX_ANSWER_BYTES,
    MAX_EXTRACT_BYTES,
    READY,
    Answer,
    Draft,
    Extract,
    Harvest,
    Refusal,
    Survey,
    Task,
    TaskKind,
    encode,
    framed,
)
from parsers.template import Library, encode_library

PROGRAM: Final = (sys.executable, "-s", "-X", "utf8", "-m", "parsers")
"""Run in the folder that holds the package, so that both sides of the wall are always of one release."""
GRACE_SECONDS: Final = 2.0
"""The server keeps the time; this much later we end the server itself."""
TRIES: Final = 2

_Expected = TypeVar("_Expected", Survey, Harvest, Extract, Draft)


@dataclass(frozen=True, slots=True)
class Inside:
    """What our key opened an encrypted part to: the part's number in the survey, and the MIME entity."""

    part: int
    entity: bytes


class WalledReader:
    """Takes untrusted bytes apart in processes of their own; one task at a time, safe to share between threads.

    ``seconds`` is the wall clock of one task, and its processor time; ``slow_seconds`` that of the workshop, where what
    could not be read at once is read again, unless ``workshop`` is closed. Raises Unavailable("reader", ...) only where
    the walled program cannot be started at all, or, with ``refuse_unconfined``, where the kernel lacks what should hold
    it; it is started at the first task and again whenever it is gone.
    """

    def __init__(
        self,
        library: Library,
        *,
        seconds: float = 10.0,
        slow_seconds: float = 120.0,
        workshop: bool = True,
        refuse_unconfined: bool = False,
        program: Sequence[str] = PROGRAM,
    ) -> None:
        self._library = framed(encode_library(library))
        self._seconds, self._slow_seconds = seconds, slow_seconds
        self._workshop, self._refuse = workshop, refuse_unconfined
        self._command = [*program, str(seconds), str(slow_seconds)]
        self._lock = threading.Lock()
        self._server: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._holds: tuple[str, ...] = ()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the walled program; the next task would start it anew."""
        with self._lock:
            self._stop()

    def holds(self) -> tuple[str, ...]:
        """Start the walled program if it is not, and return which of ``contract.HOLDS`` keep its children."""
        with self._lock:
            self._started()
            return self._holds

    def survey(self, raw: bytes, *, inside: Inside | None = None) -> Survey | Refusal:
        """Take a mail apart without reading its forms."""
        task = Task(kind=TaskKind.SURVEY, length=len(raw))
        return _only(self._ask(*_with_inside(task, raw, inside)), Survey)

    def read(self, raw: bytes, *, password: str = "", inside: Inside | None = None) -> Harvest | Refusal:
        """Read every form of a mail; ``password`` opens what is locked."""
        task = Task(kind=TaskKind.READ, length=len(raw), password=password)
        return self._harvest(*_with_inside(task, raw, inside))

    def read_file(self, data: bytes, *, password: str = "") -> Harvest | Refusal:
        """Read one file as a form: a harvest of one document, numbered 0."""
        return self._harvest(Task(kind=TaskKind.READ_FILE, length=len(data), password=password), data)

    def extract(self, raw: bytes, part: int) -> bytes | Refusal:
        """Return one part's bytes, unlooked at, by its number in the survey; a CMS structure as DER."""
        found = _only(self._ask(Task(kind=TaskKind.EXTRACT, length=len(raw), part=part), raw), Extract)
        return found if isinstance(found, Refusal) else found.data

    def draft(self, data: bytes) -> Draft | Refusal:
        """Take one blank form apart; what only the workshop can open it opens there."""
        task = Task(kind=TaskKind.DRAFT, length=len(data))
        found = _only(self._ask(task, data), Draft)
        if self._workshop and isinstance(found, Draft) and found.unreadable in SLOWLY_READABLE:
            return _only(self._ask(replace(task, slow=True), data), Draft)
        return found

    def _harvest(self, task: Task, data: bytes) -> Harvest | Refusal:
        """Read at once, and what may be read slowly a second time; whatever happens there, the first reading stands."""
        harvest = _only(self._ask(task, data), Harvest)
        if isinstance(harvest, Refusal) or not (self._workshop and may_become_readable(harvest)):
            return harvest
        return with_workshop(harvest, _only(self._ask(replace(task, slow=True), data), Harvest))

    def _ask(self, task: Task, data: bytes) -> Answer:
        with self._lock:
            for _ in range(TRIES):
                control = self._started()
                try:
                    return self._once(control, task, data)
                except ServerGone:
                    self._stop()
            return Refusal(code="killed")

    def _once(self, control: socket.socket, task: Task, data: bytes) -> Answer:
        """Hand over one task and take its answer; raises ServerGone."""
        seconds = self._slow_seconds if task.slow else self._seconds
        deadline = time.monotonic() + seconds + GRACE_SECONDS
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                hand_over(control, encode(task), theirs)
            try:
                most = MAX_EXTRACT_BYTES if task.kind is TaskKind.EXTRACT else MAX_ANSWER_BYTES
                answer = exchanged(ours, data, deadline, most)
                how = received(control, len(ENDED) + 1, deadline)
            except TimeoutError:
                self._stop()
                return Refusal(code="time")
        return judged(how, answer)

    def _started(self) -> socket.socket:
        if self._control is not None:
            return self._control
        ours, theirs = socket.socketpair()
        self._control = ours
        try:
            with theirs:
                self._server = launched(self._command, theirs)
            deadline = time.monotonic() + START_SECONDS
            ours.settimeout(START_SECONDS)
            ours.sendall(self._library)
            ready = received(ours, len(READY) + 1, deadline)
        except (OSError, subprocess.SubprocessError):
            ready = b""
        if ready[:-1] != READY:
            self._stop()
            raise Unavailable("reader", "cannot-start")
        self._holds = tuple(name for at, name in enumerate(HOLDS) if ready[-1] >> at & 1)
        if self._refuse and self._holds != HOLDS:
            self._stop()
            raise Unavailable("reader", "not-confined")
        return ours

    def _stop(self) -> None:
        """End the server and, by their death signal, its children; never waits for their good will."""
        control, server, self._control, self._server = self._control, self._server, None, None
        if control is not None:
            control.close()
        if server is not None:
            server.kill()
            server.wait()


def _with_inside(task: Task, raw: bytes, inside: Inside | None) -> tuple[Task, bytes]:
    """Return task and bytes with what is to be read in place of an encrypted part."""
    if inside is None:
        return task, raw
    size = len(inside.entity)
    return replace(task, length=len(raw) + size, part=inside.part, entity=size), raw + inside.entity


def _only(answer: Answer, expected: type[_Expected]) -> _Expected | Refusal:
    """Accept the kind of answer that was asked for, and a refusal."""
    return answer if isinstance(answer, (expected, Refusal)) else Refusal(code="bad-answer")

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
from types import TracebackType
from typing import Final, Self, TypeVar

from intake.edges.walled_program import START_SECONDS, ServerGone, exchanged, hand_over, judged, launched, received
from intake.errors import Unavailable
from parsers.contract import ENDED, READY, Answer, Harvest, Refusal, Survey, Task, TaskKind, encode, framed
from parsers.template import Library, encode_library

PROGRAM: Final = (sys.executable, "-s", "-X", "utf8", "-m", "parsers")
"""Run in the folder that holds the package, so that both sides of the wall are always of one release."""
GRACE_SECONDS: Final = 2.0
"""The server keeps the time; this much later we end the server itself."""
TRIES: Final = 2

_Expected = TypeVar("_Expected", Survey, Harvest)


class WalledReader:
    """Takes untrusted bytes apart in processes of their own; one task at a time, safe to share between threads.

    ``seconds`` is the wall clock of one task, and its processor time. Raises Unavailable("reader", ...) only where the
    walled program cannot be started at all; it is started at the first task and again whenever it is gone.
    """

    def __init__(self, library: Library, *, seconds: float = 10.0, program: Sequence[str] = PROGRAM) -> None:
        self._library = framed(encode_library(library))
        self._seconds = seconds
        self._command = [*program, str(seconds)]
        self._lock = threading.Lock()
        self._server: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the walled program; the next task would start it anew."""
        with self._lock:
            self._stop()

    def survey(self, raw: bytes) -> Survey | Refusal:
        """Take a mail apart without reading its forms."""
        return _only(self._ask(TaskKind.SURVEY, raw), Survey)

    def read(self, raw: bytes) -> Harvest | Refusal:
        """Read every form of a mail."""
        return _only(self._ask(TaskKind.READ, raw), Harvest)

    def read_file(self, data: bytes) -> Harvest | Refusal:
        """Read one file as a form: a harvest of one document, numbered 0."""
        return _only(self._ask(TaskKind.READ_FILE, data), Harvest)

    def _ask(self, kind: TaskKind, data: bytes) -> Answer:
        with self._lock:
            for _ in range(TRIES):
                control = self._started()
                try:
                    return self._once(control, kind, data)
                except ServerGone:
                    self._stop()
            return Refusal(code="killed")

    def _once(self, control: socket.socket, kind: TaskKind, data: bytes) -> Answer:
        """Hand over one task and take its answer; raises ServerGone."""
        deadline = time.monotonic() + self._seconds + GRACE_SECONDS
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                hand_over(control, encode(Task(kind=kind, length=len(data))), theirs)
            try:
                answer = exchanged(ours, data, deadline)
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
            ready = received(ours, len(READY), deadline)
        except (OSError, subprocess.SubprocessError):
            ready = b""
        if ready != READY:
            self._stop()
            raise Unavailable("reader", "cannot-start")
        return ours

    def _stop(self) -> None:
        """End the server and, by their death signal, its children; never waits for their good will."""
        control, server, self._control, self._server = self._control, self._server, None, None
        if control is not None:
            control.close()
        if server is not None:
            server.kill()
            server.wait()


def _only(answer: Answer, expected: type[_Expected]) -> _Expected | Refusal:
    """Accept the kind of answer that was asked for, and a refusal."""
    return answer if isinstance(answer, (expected, Refusal)) else Refusal(code="bad-answer")

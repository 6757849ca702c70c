"""The wall, seen from the trusted side: a :class:`intake.ports.Reader` that never opens a mail itself.

It goes through a door (``doors``) to the walled program (``python -m parsers``), a child of ours or a unit of its own,
and hands it one task at a time. Whatever happens there comes back as a value: a closed, bounded answer, or a Refusal
with a known code. A door that does not open is Unavailable, and no message's fault.
"""

import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self, TypeVar

from msgspec.structs import replace

from intake.edges.doors import ChildDoor, Door
from intake.edges.walled_program import (
    ServerGone,
    exchanged,
    greeted,
    hand_over,
    is_at_rest,
    judged,
    names_the_library,
    received,
)
from intake.edges.workshop import SLOWLY_READABLE, may_become_readable, with_workshop
from intake.errors import Unavailable
from parsers.contract import (
    ENDED,
    HOLDS,
    MAX_ANSWER_BYTES,
    MAX_EXTRACT_BYTES,
    Answer,
    Draft,
    Extract,
    Front,
    Harvest,
    Refusal,
    Signature,
    SigningKey,
    Survey,
    Task,
    TaskKind,
    Verified,
)
from parsers.template import Library
from parsers.terms import greeting

GRACE_SECONDS: Final = 2.0
"""The server keeps the time; this much later we end the conversation itself."""
TRIES: Final = 2

_Expected = TypeVar("_Expected", Survey, Front, Harvest, Extract, Draft, Verified)


@dataclass(frozen=True, slots=True)
class Inside:
    """What our key opened an encrypted part to: the part's number in the survey, and the MIME entity."""

    part: int
    entity: bytes


class WalledReader:
    """Takes untrusted bytes apart in processes of their own; one task at a time, safe to share between threads.

    ``seconds`` is the wall clock of one task, and its processor time; ``slow_seconds`` that of the workshop, where what
    could not be read at once is read again, unless ``workshop`` is closed. Raises Unavailable("reader", ...) only where
    the door does not open at all, or, with ``refuse_unconfined``, where the kernel lacks what should hold a child. It
    is opened at the first task and again whenever the walled program is gone.
    """

    def __init__(
        self,
        library: Library,
        *,
        seconds: float = 10.0,
        slow_seconds: float = 120.0,
        workshop: bool = True,
        refuse_unconfined: bool = False,
        door: Door | None = None,
    ) -> None:
        self._library = library
        self._greeting = greeting(library, seconds, slow_seconds)
        self._seconds, self._slow_seconds = seconds, slow_seconds
        self._workshop, self._refuse = workshop, refuse_unconfined
        self._door = door or ChildDoor()
        self._lock = threading.Lock()
        self._control: socket.socket | None = None
        self._holds: tuple[str, ...] = ()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the conversation; the next task would begin another."""
        with self._lock:
            self._stop()

    def holds(self) -> tuple[str, ...]:
        """Open the door if it is not, and return which of ``contract.HOLDS`` keep the children behind it."""
        with self._lock:
            self._opened()
            return self._holds

    def survey(self, raw: bytes, *, inside: Inside | None = None) -> Survey | Refusal:
        """Take a mail apart without reading its forms."""
        task = Task(kind=TaskKind.SURVEY, length=len(raw))
        return _only(self._ask(*_with_inside(task, raw, inside)), Survey)

    def front(self, raw: bytes) -> Front | Refusal:
        """Return the headers alone, of a mail that could not be taken apart."""
        return _only(self._ask(Task(kind=TaskKind.FRONT, length=len(raw)), raw), Front)

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

    def holding(self, raw: bytes, keys: Sequence[SigningKey]) -> tuple[Signature, ...]:
        """Return which DKIM signatures hold by these keys; none where the wall would not say."""
        task = Task(kind=TaskKind.SIGNATURES, length=len(raw), signing_keys=tuple(keys))
        found = _only(self._ask(task, raw), Verified)
        return () if isinstance(found, Refusal) else found.holding

    def draft(self, data: bytes) -> Draft | Refusal:
        """Take one blank form apart; what only the workshop can open it opens there."""
        task = Task(kind=TaskKind.DRAFT, length=len(data))
        found = _only(self._ask(task, data), Draft)
        if self._workshop and isinstance(found, Draft) and found.unreadable in SLOWLY_READABLE:
            return _only(self._ask(replace(task, slow=True), data), Draft)
        return found

    def _harvest(self, task: Task, data: bytes) -> Harvest | Refusal:
        """Read at once, and what may be read slowly a second time; whatever happens there, the first reading stands."""
        harvest = self._read(task, data)
        if isinstance(harvest, Refusal) or not (self._workshop and may_become_readable(harvest)):
            return harvest
        return with_workshop(harvest, self._read(replace(task, slow=True), data))

    def _read(self, task: Task, data: bytes) -> Harvest | Refusal:
        harvest = _only(self._ask(task, data), Harvest)
        if isinstance(harvest, Harvest) and not names_the_library(harvest, self._library):
            return Refusal(code="bad-answer")
        return harvest

    def _ask(self, task: Task, data: bytes) -> Answer:
        with self._lock:
            for _ in range(TRIES):
                control = self._opened()
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
                hand_over(control, theirs, slow=task.slow)
            try:
                most = MAX_EXTRACT_BYTES if task.kind is TaskKind.EXTRACT else MAX_ANSWER_BYTES
                answer = exchanged(ours, task, data, deadline, most)
                how = received(control, len(ENDED) + 1, deadline)
            except TimeoutError:
                self._stop()
                return Refusal(code="time")
        return judged(how, answer)

    def _opened(self) -> socket.socket:
        """Return the connection there is, or a new one; a conversation that ended between tasks is no task's try."""
        if self._control is not None and is_at_rest(self._control):
            return self._control
        self._stop()
        self._control = self._door.open()
        try:
            self._holds = self._kept(greeted(self._control, self._greeting))
        except Unavailable:
            self._stop()
            raise
        return self._control

    def _kept(self, holds: tuple[str, ...]) -> tuple[str, ...]:
        if self._refuse and holds != HOLDS:
            raise Unavailable("reader", "not-confined")
        return holds

    def _stop(self) -> None:
        """End the conversation and with it whatever still works in it; never waits for anybody's good will."""
        control, self._control = self._control, None
        if control is not None:
            control.close()
        self._door.close()


def _with_inside(task: Task, raw: bytes, inside: Inside | None) -> tuple[Task, bytes]:
    """Return task and bytes with what is to be read in place of an encrypted part."""
    if inside is None:
        return task, raw
    size = len(inside.entity)
    return replace(task, length=len(raw) + size, part=inside.part, entity=size), raw + inside.entity


def _only(answer: Answer, expected: type[_Expected]) -> _Expected | Refusal:
    """Accept the kind of answer that was asked for, and a refusal."""
    return answer if isinstance(answer, (expected, Refusal)) else Refusal(code="bad-answer")

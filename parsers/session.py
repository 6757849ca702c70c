"""One conversation through the wall: terms and form library once, then tasks, each in a fresh child of its own.

Over a Unix stream socket come, each behind a four-byte big-endian length: the terms (JSON of terms.Terms), the form
library (JSON of template.Library), both answered by READY and a byte with a bit for each of contract.HOLDS that keeps
the children; then for each task one byte, FAST or SLOW, with one end of a fresh socket pair (SCM_RIGHTS), answered,
when its child is gone, by two bytes: how it ended, by what signal. The child reads the task (JSON of contract.Task,
behind its length) and the bytes from its own socket, writes one framed answer. Who holds the conversation never sees a
mail nor a password: only its children do, each one, and nothing of it outlives them. The child of a slow task has a
folder of its own, made before it and removed after it; whatever it started ends with it. A client that lies, dawdles
within a message or goes away ends its own conversation and no other.
"""

import gc
import os
import select
import signal
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NoReturn

import msgspec

from parsers import read
from parsers.confine import adopt_orphans, confine, confine_slow, end_all_children
from parsers.contract import (
    ENDED,
    FAST,
    HEAD_BYTES,
    MAX_ANSWER_BYTES,
    MAX_EXTRACT_BYTES,
    OTHER_RELEASE,
    OUT_OF_TIME,
    READY,
    SLOW,
    Answer,
    Extract,
    Harvest,
    Refusal,
    Task,
    decode_task,
    encode,
    framed,
)
from parsers.limits import MAX_CODES
from parsers.template import Library, decode_library
from parsers.terms import Terms, decode_terms, shape

PATIENCE: Final = 20.0
"""Seconds that a message may take to come; a client that is well sends it at once."""
MAX_TERMS_BYTES, MAX_LIBRARY_BYTES, MAX_TASK_BYTES = 1024, 16 * 1024 * 1024, 16 * 1024
_MEMORY: Final = framed(encode(Refusal(code="memory")))
_OVER_LIMIT: Final = framed(encode(Refusal(code="over-limit")))


def hold(control: socket.socket, held: int, *, idle: float | None = None) -> None:
    """Serve one client until it is gone, or says nothing for ``idle`` seconds; ``held``: bits for contract.HOLDS."""
    adopt_orphans()
    with suppress(EOFError, OSError, msgspec.MsgspecError):
        terms = _agreed(_message(control, MAX_TERMS_BYTES))
        if terms is None:
            control.sendall(OTHER_RELEASE + bytes(1))
            return
        library = decode_library(_message(control, MAX_LIBRARY_BYTES))
        control.sendall(READY + bytes((held,)))
        read.make_ready(library)
        gc.freeze()
        while True:
            control.settimeout(idle)
            _serve_one(control, library, terms)


def _agreed(frame: bytes) -> Terms | None:
    """Return the terms; None where the other side is of another release, so that neither would understand."""
    try:
        terms = decode_terms(frame)
    except msgspec.MsgspecError:
        return None
    return terms if terms.shape == shape() else None


def _serve_one(control: socket.socket, library: Library, terms: Terms) -> None:
    pace, descriptors, _, _ = socket.recv_fds(control, len(FAST), 1)
    if pace not in {FAST, SLOW} or not descriptors:
        raise EOFError
    server = os.getpid()
    with _workshop(slow=pace == SLOW) as folder:
        seconds = terms.seconds if folder is None else terms.slow_seconds
        child = os.fork()
        if child == 0:
            control.close()
            _in_child(descriptors[0], library, seconds, server=server, folder=folder)
        os.close(descriptors[0])
        ended = _outlived(child, control, seconds)
        end_all_children()
    control.settimeout(PATIENCE)
    control.sendall(ended)


@contextmanager
def _workshop(*, slow: bool) -> Iterator[Path | None]:
    """Give a slow task its empty folder, and remove it with all that came to be there; None for any other."""
    if not slow:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="workshop-", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def _outlived(child: int, control: socket.socket, seconds: float) -> bytes:
    """Wait for a child as long as it may take and somebody listens; end it and all it began; return how it ended."""
    watched = os.pidfd_open(child)
    ready, _, _ = select.select([watched, control.fileno()], [], [], seconds)
    os.close(watched)
    for kill in (os.killpg, os.kill):  # not reaped yet, so the number is still its own
        with suppress(ProcessLookupError):
            kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if watched not in ready:
        return OUT_OF_TIME + bytes((signal.SIGKILL,))
    return ENDED + bytes((os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0,))


def _in_child(descriptor: int, library: Library, seconds: float, *, server: int, folder: Path | None) -> NoReturn:
    """Do one task and end. No fault's text leaves: what is not answered here shows as no answer there."""
    try:
        connection = socket.socket(fileno=descriptor)
        codes: tuple[str, ...] = ()
        if folder is None:
            confine(max(1, round(seconds)), server)
        else:
            codes = confine_slow(folder, max(1, round(seconds)), server)
        connection.sendall(_answered(connection, library, seconds, codes, slow=folder is not None))
    finally:
        os._exit(0)


def _answered(
    connection: socket.socket, library: Library, seconds: float, codes: tuple[str, ...], *, slow: bool
) -> bytes:
    try:
        task = msgspec.structs.replace(_task(connection), slow=slow)
        told = _told(read.answer(task, _exactly(connection, task.length), library, seconds), codes)
        answer = encode(told)
    except MemoryError:
        return _MEMORY
    most = MAX_EXTRACT_BYTES if isinstance(told, Extract) else MAX_ANSWER_BYTES
    return framed(answer) if len(answer) <= most else _OVER_LIMIT


def _task(connection: socket.socket) -> Task:
    """Read what is to be done; the server keeps the time."""
    length = int.from_bytes(_exactly(connection, HEAD_BYTES), "big")
    if length > MAX_TASK_BYTES:
        raise EOFError
    return decode_task(_exactly(connection, length))


def _told(answer: Answer, codes: tuple[str, ...]) -> Answer:
    """Add to a harvest what its confinement had to do without."""
    if isinstance(answer, Harvest) and codes:
        return msgspec.structs.replace(answer, codes=(*answer.codes, *codes)[:MAX_CODES])
    return answer


def _message(control: socket.socket, most: int) -> bytes:
    """Return one message; EOFError for a length that nobody honest tells, TimeoutError when it does not come."""
    deadline = time.monotonic() + PATIENCE
    length = int.from_bytes(_exactly(control, HEAD_BYTES, deadline), "big")
    if length > most:
        raise EOFError
    return _exactly(control, length, deadline)


def _exactly(connection: socket.socket, length: int, deadline: float | None = None) -> bytes:
    """Read so many bytes; raises EOFError when the other side ends before, TimeoutError at the deadline."""
    content = bytearray(length)
    view = memoryview(content)
    filled = 0
    while filled < length:
        if deadline is not None:
            connection.settimeout(_left(deadline))
        got = connection.recv_into(view[filled:])
        if got == 0:
            raise EOFError
        filled += got
    view.release()
    return bytes(content)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left

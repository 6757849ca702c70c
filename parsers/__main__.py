"""The walled program: a small fork server that gives every task a fresh child of its own, and the child to its limits.

``python -m parsers SECONDS SLOW_SECONDS`` with an empty environment and a Unix stream socket as standard input. Over it
come, each behind a four-byte big-endian length: the form library (JSON of template.Library) once, answered by READY and
a byte with a bit for each of contract.HOLDS that keeps the children; then tasks (JSON of contract.Task), each with one
end of a fresh socket pair (SCM_RIGHTS), answered, when its child is gone, by two bytes: how it ended, by what signal.
The child reads the bytes from its own socket, writes one framed answer. The server never sees a mail: only its children
do, each one, and nothing of it outlives them. The child of a slow task has a folder of its own, made before it and
removed after it; whatever it started ends with it.
"""

import gc
import importlib
import os
import pkgutil
import select
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NoReturn

import msgspec

from parsers import read
from parsers.confine import adopt_orphans, confine, confine_slow, end_all_children, harden
from parsers.contract import (
    ENDED,
    HEAD_BYTES,
    HOLDS,
    MAX_ANSWER_BYTES,
    MAX_EXTRACT_BYTES,
    OUT_OF_TIME,
    READY,
    Answer,
    Extract,
    Harvest,
    Refusal,
    decode_task,
    encode,
    framed,
)
from parsers.limits import MAX_CODES
from parsers.template import Library, decode_library

_MAX_DESCRIPTOR: Final = 256
_LATE: Final = ("encodings", "email", "msoffcrypto", "asn1crypto", "cryptography.hazmat", "Cryptodome.Cipher", "pypdf")
"""Packages that import parts of themselves only when a file asks for them."""
_MEMORY: Final = framed(encode(Refusal(code="memory")))
_OVER_LIMIT: Final = framed(encode(Refusal(code="over-limit")))


def main() -> None:
    """Serve until the trusted side closes its end."""
    harden()
    adopt_orphans()
    fast, slow = map(float, sys.argv[1:3])
    control = socket.socket(fileno=os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.closerange(control.fileno() + 1, _MAX_DESCRIPTOR)
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        library = decode_library(_message(control))
        _preload()
        control.sendall(READY + bytes((_tried(fast),)))
        while True:
            _serve_one(control, library, fast, slow)


def _preload() -> None:
    """Import what libraries would import late, and freeze all of it; a child may open no file."""
    for name in _LATE:
        package = importlib.import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}.", onerror=lambda _: None):
            with suppress(ImportError, LookupError):  # mbcs and oem are Windows' own; extras that are not installed
                importlib.import_module(module.name)
    gc.collect()
    gc.freeze()


def _tried(seconds: float) -> int:
    """Return what holds a child, found out by one that does nothing else."""
    server, child = os.getpid(), os.fork()
    if child == 0:
        held: tuple[str, ...] = ()
        try:
            held = confine(max(1, round(seconds)), server)
        finally:
            os._exit(sum(1 << HOLDS.index(name) for name in held))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) & 0xFF


def _serve_one(control: socket.socket, library: Library, fast: float, slow: float) -> None:
    head, descriptors, _, _ = socket.recv_fds(control, HEAD_BYTES, 1)
    if not head:
        raise EOFError
    frame = _exactly(control, int.from_bytes(head + _exactly(control, HEAD_BYTES - len(head)), "big"))
    server = os.getpid()
    with _workshop(frame) as folder:
        seconds = fast if folder is None else slow
        child = os.fork()
        if child == 0:
            control.close()
            _in_child(socket.socket(fileno=descriptors[0]), frame, library, seconds, server=server, folder=folder)
        os.close(descriptors[0])
        ended = _outlived(child, control, seconds)
        end_all_children()
    control.sendall(ended)


@contextmanager
def _workshop(frame: bytes) -> Iterator[Path | None]:
    """Give a slow task its empty folder, and remove it with all that came to be there; None for any other."""
    try:
        slow = decode_task(frame).slow
    except msgspec.MsgspecError:
        slow = False  # a task that is none ends with its child
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


def _in_child(
    connection: socket.socket, frame: bytes, library: Library, seconds: float, *, server: int, folder: Path | None
) -> NoReturn:
    """Do one task and end. No fault's text leaves: what is not answered here shows as no answer there."""
    try:
        codes: tuple[str, ...] = ()
        if folder is None:
            confine(max(1, round(seconds)), server)
        else:
            codes = confine_slow(folder, max(1, round(seconds)), server)
        connection.sendall(_answered(connection, frame, library, seconds, codes))
    finally:
        os._exit(0)


def _answered(
    connection: socket.socket, frame: bytes, library: Library, seconds: float, codes: tuple[str, ...]
) -> bytes:
    try:
        task = decode_task(frame)
        told = _told(read.answer(task, _exactly(connection, task.length), library, seconds), codes)
        answer = encode(told)
    except MemoryError:
        return _MEMORY
    most = MAX_EXTRACT_BYTES if isinstance(told, Extract) else MAX_ANSWER_BYTES
    return framed(answer) if len(answer) <= most else _OVER_LIMIT


def _told(answer: Answer, codes: tuple[str, ...]) -> Answer:
    """Add to a harvest what its confinement had to do without."""
    if isinstance(answer, Harvest) and codes:
        return msgspec.structs.replace(answer, codes=(*answer.codes, *codes)[:MAX_CODES])
    return answer


def _message(connection: socket.socket) -> bytes:
    return _exactly(connection, int.from_bytes(_exactly(connection, HEAD_BYTES), "big"))


def _exactly(connection: socket.socket, length: int) -> bytes:
    """Read so many bytes; raises EOFError when the other side ends before."""
    content = bytearray(length)
    view = memoryview(content)
    filled = 0
    while filled < length:
        got = connection.recv_into(view[filled:])
        if got == 0:
            raise EOFError
        filled += got
    view.release()
    return bytes(content)


if __name__ == "__main__":
    main()

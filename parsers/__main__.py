"""The walled program: a small fork server that gives every task a fresh child of its own, and the child to its limits.

``python -m parsers SECONDS`` with an empty environment and a Unix stream socket as standard input. Over it come, each
behind a four-byte big-endian length: the form library (JSON of template.Library) once, answered by ``READY``; then
tasks (JSON of contract.Task), each with one end of a fresh socket pair (SCM_RIGHTS), answered, when its child is gone,
by two bytes: how it ended and by what signal. The child reads the bytes from its own socket, writes one framed answer.
The server never sees a mail: only its children do, each one, and nothing of it outlives them.
"""

import gc
import importlib
import os
import pkgutil
import select
import signal
import socket
import sys
from contextlib import suppress
from typing import Final, NoReturn

from parsers import read
from parsers.confine import confine, harden
from parsers.contract import (
    ENDED,
    HEAD_BYTES,
    MAX_ANSWER_BYTES,
    OUT_OF_TIME,
    READY,
    Refusal,
    decode_task,
    encode,
    framed,
)
from parsers.template import Library, decode_library

_MAX_DESCRIPTOR: Final = 256
_MEMORY: Final = framed(encode(Refusal(code="memory")))
_OVER_LIMIT: Final = framed(encode(Refusal(code="over-limit")))


def main() -> None:
    """Serve until the trusted side closes its end."""
    harden()
    seconds = float(sys.argv[1])
    control = socket.socket(fileno=os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.closerange(control.fileno() + 1, _MAX_DESCRIPTOR)
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        library = decode_library(_message(control))
        _preload()
        control.sendall(READY)
        while True:
            _serve_one(control, library, seconds)


def _preload() -> None:
    """Import what the standard library would import late, and freeze all of it; a child may open no file."""
    import encodings

    for module in pkgutil.iter_modules(encodings.__path__):
        with suppress(ImportError, LookupError):  # mbcs and oem are Windows' own
            importlib.import_module(f"encodings.{module.name}")
    gc.collect()
    gc.freeze()


def _serve_one(control: socket.socket, library: Library, seconds: float) -> None:
    head, descriptors, _, _ = socket.recv_fds(control, HEAD_BYTES, 1)
    if not head:
        raise EOFError
    frame = _exactly(control, int.from_bytes(head + _exactly(control, HEAD_BYTES - len(head)), "big"))
    server = os.getpid()
    child = os.fork()
    if child == 0:
        control.close()
        _in_child(socket.socket(fileno=descriptors[0]), frame, library, seconds, server)
    os.close(descriptors[0])
    control.sendall(_outlived(child, control, seconds))


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


def _in_child(connection: socket.socket, frame: bytes, library: Library, seconds: float, server: int) -> NoReturn:
    """Do one task and end. No fault's text leaves: what is not answered here shows as no answer there."""
    try:
        confine(max(1, round(seconds)), server)
        connection.sendall(_answered(connection, frame, library, seconds))
    finally:
        os._exit(0)


def _answered(connection: socket.socket, frame: bytes, library: Library, seconds: float) -> bytes:
    try:
        task = decode_task(frame)
        answer = encode(read.answer(task, _exactly(connection, task.length), library, seconds))
    except MemoryError:
        return _MEMORY
    return framed(answer) if len(answer) <= MAX_ANSWER_BYTES else _OVER_LIMIT


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

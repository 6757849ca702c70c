"""How the trusted side talks with the walled program: greet it, hand over bytes, take and judge what comes back.

The protocol is the one of ``parsers/session.py``; nothing that is received is believed before ``decode_answer``.
"""

import select
import signal
import socket
import time
from contextlib import suppress
from typing import Final

import msgspec

from intake.errors import Unavailable
from parsers.contract import (
    ENDED,
    FAST,
    HEAD_BYTES,
    HOLDS,
    MAX_ANSWER_BYTES,
    NOT_ADMITTED,
    OTHER_RELEASE,
    OUT_OF_TIME,
    READY,
    SLOW,
    Answer,
    Harvest,
    Refusal,
    Task,
    decode_answer,
    encode,
    framed,
)
from parsers.template import Library

CODES: Final = frozenset({"time", "memory", "killed", "unreadable", "bad-answer", "over-limit"})
START_SECONDS: Final = 60.0
_REFUSES: Final = {OTHER_RELEASE: "other-release", NOT_ADMITTED: "not-admitted"}


class ServerGone(Exception):
    """The server ended, or does not keep to the protocol; the task has no answer."""


def greeted(control: socket.socket, greeting: bytes) -> tuple[str, ...]:
    """Say the terms and the library; return which of ``contract.HOLDS`` keep the children once it is READY.

    Raises Unavailable("reader", "cannot-start", or why it will not serve).
    """
    deadline = time.monotonic() + START_SECONDS
    try:
        control.settimeout(START_SECONDS)
        with suppress(BrokenPipeError, ConnectionResetError):  # what it said before it closed is still there
            control.sendall(greeting)
        ready = received(control, len(READY) + 1, deadline)
    except TimeoutError:
        raise Unavailable("reader", "too-slow") from None
    if len(ready) <= len(READY) or ready[:-1] != READY:
        raise Unavailable("reader", _REFUSES.get(ready[:-1], "cannot-start"))
    return tuple(name for at, name in enumerate(HOLDS) if ready[-1] >> at & 1)


def is_at_rest(control: socket.socket) -> bool:
    """Tell whether nothing comes from the other side, as it must between tasks: neither a word nor an end."""
    asked = select.poll()
    asked.register(control, select.POLLIN)
    return not asked.poll(0)


def hand_over(control: socket.socket, theirs: socket.socket, *, slow: bool) -> None:
    """Send the child's end of its socket, and no word of the task but how long it may take; raises ServerGone."""
    control.settimeout(START_SECONDS)
    try:
        socket.send_fds(control, [SLOW if slow else FAST], [theirs.fileno()])
    except OSError:
        raise ServerGone from None


def exchanged(ours: socket.socket, task: Task, data: bytes, deadline: float, most: int = MAX_ANSWER_BYTES) -> bytes:
    """Send task and bytes, take the answer without its head; empty when it is cut, missing or longer than allowed."""
    with suppress(BrokenPipeError, ConnectionResetError):
        ours.settimeout(_left(deadline))
        ours.sendall(framed(encode(task)))
        ours.sendall(data)
    head = received(ours, HEAD_BYTES, deadline)
    length = int.from_bytes(head, "big")
    if len(head) < HEAD_BYTES or length > most:
        return b""
    answer = received(ours, length, deadline)
    return answer if len(answer) == length else b""


def received(connection: socket.socket, length: int, deadline: float) -> bytes:
    """Return so many bytes, fewer when the other side ends before; raises TimeoutError."""
    content = bytearray()
    while len(content) < length:
        connection.settimeout(_left(deadline))
        try:
            chunk = connection.recv(min(length - len(content), 65_536))
        except ConnectionResetError:
            break
        if not chunk:
            break
        content += chunk
    return bytes(content)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def judged(how: bytes, answer: bytes) -> Answer:
    """Turn how a child ended and what it said into an answer; raises ServerGone where the server said nothing."""
    if len(how) != len(ENDED) + 1 or how[:1] not in {ENDED, OUT_OF_TIME}:
        raise ServerGone
    if how[:1] == OUT_OF_TIME or how[1] == signal.SIGXCPU:
        return Refusal(code="time")
    if how[1] != 0:
        return Refusal(code="killed")
    try:
        said: Answer = decode_answer(answer)
    except (msgspec.MsgspecError, UnicodeError, RecursionError):
        return Refusal(code="bad-answer")
    if isinstance(said, Refusal) and said.code not in CODES:
        return Refusal(code="bad-answer")
    return said


def names_the_library(harvest: Harvest, library: Library) -> bool:
    """Tell whether each document names a sheet or neighbour of ours and that sheet's own edition, or none.

    Both stand on record in plain text, so no word of a stranger's may come by as one.
    """
    editions = {sheet.key: sheet.edition for sheet in library.sheets}
    known = {(None, None), *editions.items(), *((neighbour.key, None) for neighbour in library.neighbours)}
    return all((document.sheet, document.edition) in known for document in harvest.documents)

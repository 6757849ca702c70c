"""How the trusted side talks with the walled program: start it, hand over bytes, take and judge what comes back.

The protocol is the one of ``parsers/__main__.py``; nothing that is received is believed before ``decode_answer``.
"""

import signal
import socket
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import msgspec

import parsers
from parsers.contract import ENDED, HEAD_BYTES, MAX_ANSWER_BYTES, OUT_OF_TIME, Answer, Refusal, decode_answer, framed

CODES: Final = frozenset({"time", "memory", "killed", "unreadable", "bad-answer", "over-limit"})
START_SECONDS: Final = 60.0


class ServerGone(Exception):
    """The server ended, or does not keep to the protocol; the task has no answer."""


def launched(command: Sequence[str], control: socket.socket) -> subprocess.Popen[bytes]:
    """Start the walled program in a session of its own, with nothing of ours but the socket as its standard input."""
    return subprocess.Popen(
        command,
        stdin=control.fileno(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        close_fds=True,
        cwd=Path(parsers.__file__).parent.parent,
        env={},
        start_new_session=True,
    )


def hand_over(control: socket.socket, task: bytes, theirs: socket.socket) -> None:
    """Send one task and the child's end of its socket; raises ServerGone."""
    control.settimeout(START_SECONDS)
    try:
        socket.send_fds(control, [framed(task)], [theirs.fileno()])
    except OSError:
        raise ServerGone from None


def exchanged(ours: socket.socket, data: bytes, deadline: float, most: int = MAX_ANSWER_BYTES) -> bytes:
    """Send the bytes, take the answer without its head; empty when it is cut, missing or longer than allowed."""
    with suppress(BrokenPipeError, ConnectionResetError):
        ours.settimeout(_left(deadline))
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

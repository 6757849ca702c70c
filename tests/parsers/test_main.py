"""The walled program's own protocol: the library once, then tasks, each in a child of its own."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from parsers.contract import ENDED, FAST, READY, Harvest, Refusal, Survey, Task, TaskKind, decode_answer, encode, framed
from parsers.session import MAX_TASK_BYTES
from parsers.template import Library
from parsers.terms import greeting
from tests.builders import mails

ROOT = Path(__file__).parents[2]
GREETING = greeting(Library(fields=(), sheets=(), neighbours=()), 10, 60)


@contextmanager
def server(first: bytes = GREETING) -> Iterator[tuple[socket.socket, "subprocess.Popen[bytes]"]]:
    """Start ``python -m parsers`` and send the first message."""
    ours, theirs = socket.socketpair()
    with ours, theirs:
        command = [sys.executable, "-s", "-m", "parsers"]
        program = subprocess.Popen(command, stdin=theirs.fileno(), cwd=ROOT, env={}, stderr=subprocess.PIPE)
        theirs.close()
        ours.settimeout(60)
        ours.sendall(first)
        try:
            yield ours, program
        finally:
            ours.close()
            program.communicate(timeout=60)


def asked(control: socket.socket, frame: bytes, data: bytes) -> tuple[bytes, bytes]:
    """Hand over one task; return the child's whole answer and the server's word on its end."""
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            socket.send_fds(control, [FAST], [theirs.fileno()])
        ours.settimeout(60)
        ours.sendall(framed(frame) + data)
        answer = b""
        with suppress(ConnectionResetError):  # it ended before it took the bytes
            answer = b"".join(iter(lambda: ours.recv(65_536), b""))
        return answer, control.recv(2)


def test_tasks_are_answered_one_after_another() -> None:
    """READY once, then one framed answer and one ending for each task."""
    raw = mails.mail()
    with server() as (control, _):
        assert control.recv(2)[:1] == READY
        for kind, shape in ((TaskKind.SURVEY, Survey), (TaskKind.READ, Harvest), (TaskKind.READ_FILE, Harvest)):
            answer, ending = asked(control, encode(Task(kind=kind, length=len(raw))), raw)
            assert ending == ENDED + b"\x00"
            assert int.from_bytes(answer[:4], "big") == len(answer) - 4
            assert isinstance(decode_answer(answer[4:]), shape)


def test_each_task_has_a_child_of_its_own_and_leaves_none_behind() -> None:
    """After an answer the server has no child left."""
    with server() as (control, program):
        control.recv(2)
        asked(control, encode(Task(kind=TaskKind.READ, length=4)), b"data")
        assert Path(f"/proc/{program.pid}/task/{program.pid}/children").read_text() == ""


@pytest.mark.parametrize("frame", [b"", b"{}", b'{"kind":"survey","length":-1}', b'{"kind":"run","length":1}', b"\xff"])
def test_a_task_that_is_none_has_no_answer_and_harms_nothing(frame: bytes) -> None:
    """A malformed task ends its child silently; the next is answered."""
    with server() as (control, _):
        control.recv(2)
        assert asked(control, frame, b"")[0] == b""
        answer, _ = asked(control, encode(Task(kind=TaskKind.READ, length=0)), b"")
        assert decode_answer(answer[4:]) == Refusal(code="unreadable")


def test_the_server_ends_when_its_socket_closes() -> None:
    """The end of the trusted side is the end of the program, with exit 0 and no word."""
    with server() as (control, program):
        control.recv(2)
        control.close()
        _, said = program.communicate(timeout=60)
    assert (program.returncode, said) == (0, b"")


def test_a_cut_library_ends_the_server_without_a_word() -> None:
    """No form library, no server."""
    with server(GREETING[:-5]) as (control, program):
        control.shutdown(socket.SHUT_WR)
        assert control.recv(1) == b""
        _, said = program.communicate(timeout=60)
    assert (program.returncode, said) == (0, b"")


def test_the_server_may_gain_no_privileges_and_dump_no_core() -> None:
    """What holds for its children holds for it, as far as a server can."""
    with server() as (control, program):
        control.recv(2)
        proc = Path(f"/proc/{program.pid}")
        assert "NoNewPrivs:\t1" in (proc / "status").read_text()
        if os.geteuid() == 0:  # an ordinary user may not look: that is the point of not being dumpable
            core = next(line for line in (proc / "limits").read_text().splitlines() if line.startswith("Max core"))
            assert core.split()[4:6] == ["0", "0"]


@pytest.mark.parametrize("more", [0, 1])
def test_a_task_is_read_to_its_length(more: int) -> None:
    """One that is longer than any honest one is not read: its child ends without an answer."""
    task = encode(Task(kind=TaskKind.READ, length=0))
    with server() as (control, _):
        control.recv(2)
        answer, ending = asked(control, task + b" " * (MAX_TASK_BYTES - len(task) + more), b"")
    assert (answer == b"", ending) == (bool(more), ENDED + b"\0")


@pytest.mark.parametrize("word", [b"x", b"\0"])
def test_a_word_that_is_no_pace_ends_the_conversation(word: bytes) -> None:
    """Who does not keep to the protocol is not served."""
    with server() as (control, _):
        control.recv(2)
        ours, theirs = socket.socketpair()
        with ours, theirs:
            socket.send_fds(control, [word], [theirs.fileno()])
            assert control.recv(2) == b""

"""Limits of the walled program itself, met from both sides: conversations, messages, what a child is held to."""

import json
import os
import resource
import socket
from pathlib import Path

import pytest

from intake.errors import Unavailable
from parsers import __main__ as program
from parsers import listening, session
from parsers.confine import child, workshop
from parsers.contract import READY, Harvest, Task, TaskKind
from parsers.template import encode_library
from parsers.terms import greeting
from tests.builders.limits import both_sides
from tests.builders.walled import LIBRARY, OBEDIENT, by_child, short_folder, unit

HELD_TO = b"[__import__('resource').getrlimit(n)[0] for n in (%d, %d)]" % (
    resource.RLIMIT_NOFILE,
    resource.RLIMIT_NPROC,
)


@both_sides
@pytest.mark.parametrize("what", ["MAX_TERMS_BYTES", "MAX_LIBRARY_BYTES"])
def test_a_conversation_begins_with_messages_of_a_length(what: str, more: int) -> None:
    """Terms or a library that say to be longer end it before they are read."""
    library = len(encode_library(LIBRARY))
    terms = len(greeting(LIBRARY, 10.0, 120.0)) - library - 8
    length = {"MAX_TERMS_BYTES": terms, "MAX_LIBRARY_BYTES": library}[what]
    assert length <= getattr(session, what)
    with by_child(f"session.{what} = {length - more}") as walled:
        if more:
            with pytest.raises(Unavailable):
                walled.holds()
        else:
            walled.holds()


def test_terms_and_library_have_room() -> None:
    """What is sent today is far below."""
    assert len(greeting(LIBRARY, 10.0, 120.0)) < session.MAX_TERMS_BYTES
    assert session.MAX_LIBRARY_BYTES > 1_000_000


def greeted(path: Path) -> socket.socket:
    """Begin a conversation; whether it is held is for the caller to wait for."""
    asking = socket.socket(socket.AF_UNIX)
    asking.connect(str(path))
    asking.sendall(greeting(LIBRARY, 10.0, 120.0))
    asking.settimeout(1.0)
    return asking


def test_conversations_are_held_to_their_number() -> None:
    """One more waits at the socket until another ends."""
    assert listening.MAX_CONVERSATIONS > 2
    with short_folder() as folder, unit(folder / "s", "listening.MAX_CONVERSATIONS = 2"):
        first, second = greeted(folder / "s"), greeted(folder / "s")
        for each in (first, second):
            each.settimeout(60)
            assert each.recv(2)[:1] == READY
        with greeted(folder / "s") as third:
            with pytest.raises(TimeoutError):
                third.recv(2)
            first.close()
            third.settimeout(60)
            assert third.recv(2)[:1] == READY
        second.close()


@pytest.mark.parametrize("slow", [False, True])
def test_a_child_is_held_to_files_and_processes(*, slow: bool) -> None:
    """The kernel opens no more for it; a fast one may begin no process at all."""
    with by_child(OBEDIENT) as walled:
        told = walled._ask(Task(kind=TaskKind.READ_FILE, length=len(HELD_TO), slow=slow), HELD_TO)
    assert isinstance(told, Harvest)
    wanted = [workshop.MAX_OPEN_FILES, workshop.MAX_PROCESSES] if slow else [child.MAX_OPEN_FILES, 0]
    assert json.loads(told.untrusted_body) == wanted


def test_nothing_that_was_open_is_left_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """Up to a number no parent of ours goes to."""
    closed: list[tuple[int, int]] = []
    monkeypatch.setattr(os, "dup2", lambda *_: None)
    monkeypatch.setattr(os, "closerange", lambda *each: closed.append(each))
    with socket.socket() as ours:
        program._close_all_but(ours)
        assert closed == [(ours.fileno() + 1, program._MAX_DESCRIPTOR)]
    assert program._MAX_DESCRIPTOR > child.MAX_OPEN_FILES

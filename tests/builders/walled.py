"""Readers over both doors in the wall, the real program behind each, its children doing what a test tells them."""

import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from intake.edges.doors import ChildDoor, SocketDoor
from intake.edges.reader import WalledReader
from parsers.template import Library

ROOT = Path(__file__).parents[2]
LIBRARY = Library(fields=(), sheets=(), neighbours=())
START_SECONDS = 60.0
PREPARED = """
import errno, json, os, signal, socket, stat, sys, time
from parsers import __main__ as program, listening, read, session
from parsers.contract import *
"""
OBEDIENT = """
from parsers.contract import Harvest
seen = []

def tried(deed, *given):
    try:
        deed(*given)
    except OSError as refused:
        return refused.errno
    return 0

def obey(task, data, library, seconds):
    seen.append(data)
    said = eval(data)
    if isinstance(said, (Refusal, Survey)):
        return said
    return Harvest(documents=(), untrusted_body=json.dumps(said), body_looks_like_form=False, codes=())

read.answer = obey
"""
"""Every child does what its bytes say, in Python: what a parser may become that a mail has taken over."""

HARVEST = "Harvest(documents=(), untrusted_body={body}, body_looks_like_form=False, codes=())"
"""A child's answer, its words still to be said."""

Walled = Callable[..., AbstractContextManager[WalledReader]]


def answering(expression: str) -> str:
    """Return the patch that makes every child do this instead of reading."""
    return f"read.answer = lambda task, data, library, seconds: {expression}"


@contextmanager
def unit(path: Path, patch: str = "") -> Iterator["subprocess.Popen[bytes]"]:
    """Run the real program behind a socket, some lines of Python run before it; it is killed at the end."""
    code = f"{PREPARED}\n{patch}\nsys.exit(program.main(['--listen', {str(path)!r}]))\n"
    running = subprocess.Popen([sys.executable, "-s", "-c", code], cwd=ROOT, env={})
    try:
        wait_for(lambda: _is_listened_at(path))
        yield running
    finally:
        running.kill()
        running.wait()


@contextmanager
def by_child(patch: str = "", **how: Any) -> Iterator[WalledReader]:
    """Give a reader whose walled program is its child."""
    program = (sys.executable, "-s", "-c", f"{PREPARED}\n{patch}\nprogram.main([])\n")
    with WalledReader(LIBRARY, door=ChildDoor(program), **how) as reader:
        yield reader


def server_of(walled: WalledReader) -> "subprocess.Popen[bytes] | None":
    """Return the process behind the reader's door."""
    assert isinstance(walled._door, ChildDoor)
    return walled._door.server


@contextmanager
def by_socket(patch: str = "", **how: Any) -> Iterator[WalledReader]:
    """Give a reader whose walled program is a unit of its own."""
    with (
        short_folder() as folder,
        unit(folder / "parser.sock", patch),
        WalledReader(LIBRARY, door=SocketDoor(folder / "parser.sock"), **how) as reader,
    ):
        yield reader


@contextmanager
def short_folder() -> Iterator[Path]:
    """Give a folder whose name leaves room for a socket's (unix(7): 108 bytes)."""
    with TemporaryDirectory(prefix="wall-") as folder:
        yield Path(folder)


def _is_listened_at(path: Path) -> bool:
    """Tell whether somebody is there; the socket's file may be one that a killed program left."""
    with socket.socket(socket.AF_UNIX) as asking:
        try:
            asking.connect(str(path))
        except OSError:
            return False
    return True


def wait_for(what: Callable[[], object], seconds: float = START_SECONDS) -> None:
    """Wait until something holds; AssertionError when it does not in time."""
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def children(process: int) -> list[int]:
    """Return the processes that a process has as its children."""
    return [int(each) for each in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def is_running(process: int) -> bool:
    """Tell whether a process is there and no mere zombie."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False

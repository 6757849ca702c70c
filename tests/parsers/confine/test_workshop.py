"""The workshop's wall: a program run inside writes nowhere else, reaches nobody and outlives nothing."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from parsers.contract import ENDED, OUT_OF_TIME, READY, SLOW, Harvest, Task, TaskKind, decode_answer, encode, framed
from parsers.template import Library
from parsers.terms import greeting

ROOT = Path(__file__).parents[3]
LIBRARY = Library(fields=(), sheets=(), neighbours=())
PREPARED = """
import json, os, socket, subprocess, sys, time
from parsers import __main__ as program, read
from parsers.confine import workshop
from parsers.contract import *

def tried(deed, *given):
    try:
        deed(*given)
    except OSError as fault:
        return type(fault).__name__
    return "done"

def told(seen):
    return Harvest(documents=(), untrusted_body=json.dumps(seen), body_looks_like_form=False, codes=())
"""
WITHOUT = "workshop.go_apart = lambda *_: False"
"""A kernel or service manager that allows no namespaces."""


@contextmanager
def server(answer: str, *, apart: bool, seconds: float = 60) -> Iterator[socket.socket]:
    """Start the real server, its children doing something else than reading: what an exploited converter might do."""
    ours, theirs = socket.socketpair()
    code = f"{PREPARED}\n{'' if apart else WITHOUT}\n{answer}\nprogram.main([])\n"
    command = [sys.executable, "-s", "-c", code]
    with ours, theirs, subprocess.Popen(command, stdin=theirs.fileno(), cwd=ROOT, env={}) as program:
        theirs.close()
        ours.settimeout(60)
        ours.sendall(greeting(LIBRARY, 10, seconds))
        assert ours.recv(2)[:1] == READY
        try:
            yield ours
        finally:
            ours.close()
            program.communicate(timeout=60)


def asked(control: socket.socket, given: object) -> tuple[Harvest | None, bytes]:
    """Hand over one slow task; return what was answered and how the child ended."""
    data = json.dumps(given).encode()
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            task = encode(Task(kind=TaskKind.READ_FILE, length=len(data), slow=True))
            socket.send_fds(control, [SLOW], [theirs.fileno()])
        ours.settimeout(60)
        ours.sendall(framed(task) + data)
        answer = b""
        with suppress(ConnectionResetError):  # it ended before it took the bytes
            answer = b"".join(iter(lambda: ours.recv(65_536), b""))
        ended = control.recv(2)
    said = decode_answer(answer[4:]) if answer else None
    assert said is None or isinstance(said, Harvest)
    return said, ended


def seen(answer: str, given: object = None, *, apart: bool) -> Any:
    """Return what the child told, as JSON."""
    with server(answer, apart=apart) as control:
        harvest, ended = asked(control, given)
    assert harvest is not None
    assert ended == ENDED + b"\0"
    return json.loads(harvest.untrusted_body)


both = pytest.mark.parametrize("apart", [True, False], ids=["namespaces", "landlock-alone"])


@both
def test_nothing_outside_the_folder_can_be_written_or_read(tmp_path: Path, *, apart: bool) -> None:
    """Not by the child, not by a program it starts; the folder itself is the child's to use."""
    secret = tmp_path / "secret"
    secret.write_text("correct-horse")
    answer = """
def look(task, data, *_):
    outside = json.loads(data)
    places = [outside + "/new", outside + "/secret", "/tmp/workshop-canary", "/dev/shm/workshop-canary"]
    closed = [outside + "/secret", "/etc/passwd", "/etc/shadow", "/proc/1/environ"]
    return told({
        "written": [tried(open, place, "w") for place in places],
        "read": [tried(open, place) for place in closed],
        "run": subprocess.run(["touch", outside + "/new"], stderr=subprocess.DEVNULL).returncode,
        "removed": tried(os.unlink, outside + "/secret"),
        "own": [tried(open, "mine", "w"), tried(os.mkdir, "sub"), subprocess.run(["touch", "too"]).returncode],
        "home": os.getcwd() == os.environ["HOME"] == os.environ["TMPDIR"],
        "env": sorted(os.environ),
    })
read.answer = look
"""
    told = seen(answer, str(tmp_path), apart=apart)
    assert set(told["written"]) == {"PermissionError"}
    assert set(told["read"]) == {"PermissionError"}
    assert told["run"] != 0
    assert told["removed"] == "PermissionError"
    assert told["own"] == ["done", "done", 0]
    assert told["home"]
    assert told["env"] == ["HOME", "OSL_SOCKET_PATH", "PATH", "TMPDIR"]
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]
    assert secret.read_text() == "correct-horse"


@both
def test_nobody_can_be_reached(tmp_path: Path, *, apart: bool) -> None:
    """No loopback listener, no service's socket, no name: every way out is refused, and no namespace can be made."""
    answer = """
def local(path):
    with socket.socket(socket.AF_UNIX) as out:
        out.connect(path)

def letter(path):
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as out:
        out.sendto(b"word", path)

def look(task, data, *_):
    port, path = json.loads(data)
    return told([
        tried(socket.create_connection, ("127.0.0.1", port), 5),
        tried(socket.socket, socket.AF_INET6),
        tried(socket.socket, socket.AF_NETLINK, socket.SOCK_RAW),
        tried(local, path),
        tried(letter, path),
        "done" if subprocess.run(["unshare", "-U", "true"], stderr=subprocess.DEVNULL).returncode == 0 else "refused",
    ])
read.answer = look
"""
    path = str(tmp_path / "s")
    with socket.create_server(("127.0.0.1", 0)) as listener, socket.socket(socket.AF_UNIX) as service:
        service.bind(path)
        service.listen()
        told = seen(answer, (listener.getsockname()[1], path), apart=apart)
        listener.setblocking(False)
        with pytest.raises(BlockingIOError):
            listener.accept()
    assert "done" not in told


@both
def test_nothing_outlives_its_task(tmp_path: Path, *, apart: bool) -> None:
    """A process that left its session and its parent is gone when the server answers, and so is the folder."""
    answer = """
def look(task, data, *_):
    marker = json.loads(data)
    daemon = "import os,time\\nif os.fork() == 0:\\n    os.setsid()\\n    if os.fork() == 0: time.sleep(600)"
    subprocess.run([sys.executable, "-c", daemon, marker])
    open("left", "w").write("a stranger's words")
    os.mkdir("deep"); os.chmod("deep", 0)
    return told(os.getcwd())
read.answer = look
"""
    marker = tmp_path.as_posix()
    with server(answer, apart=apart) as control:
        harvest, _ = asked(control, marker)
        assert harvest is not None
        assert not Path(json.loads(harvest.untrusted_body)).exists()
        assert marker.encode() not in b"".join(_command_lines())


def _command_lines() -> Iterator[bytes]:
    for process in Path("/proc").iterdir():
        if process.name.isdigit() and int(process.name) != os.getpid():
            try:
                yield (process / "cmdline").read_bytes()
            except (FileNotFoundError, ProcessLookupError, PermissionError):
                continue


@both
def test_a_slow_child_that_never_ends_is_ended(*, apart: bool) -> None:
    """By the clock of slow tasks, with all it started; the next task finds the server well."""
    answer = """
def look(task, data, *_):
    if json.loads(data) == "loop":
        subprocess.Popen(["sleep", "600"]).wait()
    return told("next")
read.answer = look
"""
    with server(answer, apart=apart, seconds=2) as control:
        assert asked(control, "loop") == (None, OUT_OF_TIME + b"\x09")
        harvest, _ = asked(control, "next")
        assert harvest is not None
        assert harvest.untrusted_body == '"next"'


def test_what_could_not_be_had_is_told() -> None:
    """Without namespaces the harvest says so, in a code."""
    with server("read.answer = lambda *_: told('')", apart=False) as control:
        harvest, _ = asked(control, "")
    assert harvest is not None
    assert harvest.codes == ("workshop-without-namespaces",)


@pytest.mark.parametrize("missing", ["landlock.only", "seccomp.refuse_calls"])
def test_without_the_kernels_own_walls_nothing_is_done(missing: str) -> None:
    """A kernel that has no Landlock or no seccomp gets no answer out of the workshop."""
    answer = f"""
def refuse(*_):
    raise OSError
workshop.{missing} = refuse
read.answer = lambda *_: told('')
"""
    with server(answer, apart=True) as control:
        assert asked(control, "")[0] is None

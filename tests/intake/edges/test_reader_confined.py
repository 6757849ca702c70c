"""Nothing of ours goes behind the wall, and nothing there reaches out."""

import errno
import json
import os
from pathlib import Path

import pytest

from intake.errors import Unavailable
from parsers.contract import HOLDS, Harvest, Refusal
from tests.builders.walled import HARVEST, answering, by_child

LOOK = """
import resource
NAMES = ("AS", "CPU", "FSIZE", "NOFILE", "CORE", "NPROC")

def kind(fd):
    try:
        mode = os.fstat(fd).st_mode
    except OSError:
        return "closed"
    return "socket" if stat.S_ISSOCK(mode) else "null" if os.fstat(fd).st_rdev == os.makedev(1, 3) else "file"

def look(*_):
    seen = {
        "env": dict(os.environ),
        "fds": [kind(fd) for fd in range(100)],
        "limits": {name: resource.getrlimit(getattr(resource, "RLIMIT_" + name))[0] for name in NAMES},
        "argv": sys.argv,
    }
    return Harvest(documents=(), untrusted_body=json.dumps(seen), body_looks_like_form=False, codes=())

read.answer = look
"""


def test_nothing_of_ours_is_in_a_child(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable of our environment, no open file but its own socket, limits in force, no new privileges."""
    monkeypatch.setenv("INTAKE_SECRET", "correct-horse")
    (tmp_path / "secret").touch()
    with (tmp_path / "secret").open() as secret:
        os.set_inheritable(secret.fileno(), True)
        with by_child(LOOK) as walled:
            answer = walled.read(b"a stranger's mail")
    assert isinstance(answer, Harvest)
    seen = json.loads(answer.untrusted_body)
    assert set(seen["env"]) <= {"LC_CTYPE"}  # Python's own coercion of the C locale (PEP 538)
    assert seen["fds"][:3] == ["null"] * 3
    assert sorted(set(seen["fds"][3:])) == ["closed", "socket"]
    assert seen["fds"].count("socket") == 1
    assert seen["limits"] == {"AS": 1 << 30, "CPU": 10, "FSIZE": 0, "NOFILE": 16, "CORE": 0, "NPROC": 0}
    assert seen["argv"] == ["-c"]


ATTEMPTS = """
def tried(what):
    try:
        what()
    except OSError as refused:
        return refused.errno
    return 0

def probe(*_):
    codes = [
        tried(lambda: open("/etc/passwd")),
        tried(lambda: open("/tmp/left-behind", "w")),
        tried(lambda: os.listdir("/proc")),
        tried(lambda: os.stat("/")),
        tried(lambda: socket.socket()),
        tried(lambda: socket.socketpair()),
        tried(lambda: os.fork()),
        tried(lambda: os.kill(os.getppid(), 0)),
        tried(lambda: os.mkdir("/tmp/left-behind")),
    ]
    return Harvest(documents=(), untrusted_body=json.dumps(codes), body_looks_like_form=False, codes=())

read.answer = probe
"""


def test_a_child_reaches_nothing() -> None:
    """No file, folder, socket, process or name of any is there for a child: each attempt fails."""
    with by_child(ATTEMPTS) as walled:
        assert walled.holds() == HOLDS
        answer = walled.read(b"data")
    assert isinstance(answer, Harvest)
    assert set(json.loads(answer.untrusted_body)) <= {errno.EPERM, errno.EACCES}


@pytest.mark.parametrize(
    "call",
    [
        "os.execv('/bin/true', ['true'])",
        "os.setuid(0)",
        "__import__('ctypes').CDLL(None).ptrace(0, 0, 0, 0)",
        "__import__('ctypes').CDLL(None).unshare(0x10000000)",
        "__import__('ctypes').CDLL(None).syscall(425, 1, 0)",
        "__import__('ctypes').CDLL(None).syscall(0x40000000 + 39)",
    ],
)
def test_what_no_reader_needs_ends_the_child(call: str) -> None:
    """A call of the kernel that reading has no use for is the child's last, and a code for us."""
    with by_child(answering(call)) as walled:
        assert walled.read(b"data") == Refusal(code="killed")


def test_what_does_not_hold_is_told_and_may_be_refused() -> None:
    """On a kernel without one of the two the start says which holds; with ``refuse_unconfined`` nothing is read."""
    without = "program.confine = lambda *_: ('landlock',)\n" + answering(HARVEST.format(body="'read'"))
    with by_child(without) as walled:
        assert walled.holds() == ("landlock",)
        assert isinstance(walled.read(b"data"), Harvest)
    with by_child(without, refuse_unconfined=True) as strict, pytest.raises(Unavailable, match="not-confined"):
        strict.read(b"data")


def test_a_child_knows_nothing_of_the_mail_before() -> None:
    """Every task begins from the same state."""
    patch = "seen = []\n" + answering(f"seen.append(data) or {HARVEST.format(body='str(seen)')}")
    with by_child(patch) as walled:
        answers = [walled.read(data) for data in (b"one", b"two")]
    assert [each.untrusted_body for each in answers if isinstance(each, Harvest)] == ["[b'one']", "[b'two']"]


def test_nothing_a_child_prints_reaches_our_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    """Neither its output nor a traceback with a stranger's bytes in it."""
    patch = answering("(print('canary'), sys.stderr.write('canary'), os.write(2, b'canary'), {}['canary'])")
    with by_child(patch) as walled:
        walled.read(b"data")
    captured = capfd.readouterr()
    assert "canary" not in captured.out + captured.err

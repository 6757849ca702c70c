"""The wall holds: whatever the walled program does, the trusted side gets a value, and nothing of ours goes in."""

import errno
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from intake.edges.doors import ChildDoor
from intake.edges.reader import WalledReader
from intake.errors import Unavailable
from parsers.contract import HOLDS, DocumentState, Draft, Harvest, Kind, Refusal, Survey
from parsers.template import Library
from tests.builders import forms, mails

LIBRARY = Library(fields=(), sheets=(), neighbours=())
HARVEST = "Harvest(documents=(), untrusted_body={body}, body_looks_like_form=False, codes=())"

PREPARED = """
import os, signal, sys, time
from parsers import __main__ as program, read, session as main
from parsers.contract import *
"""
LOOK = """
import json, resource, stat
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


@pytest.fixture(scope="module")
def reader() -> Iterator[WalledReader]:
    """One real walled program for all tests that do not harm it."""
    with WalledReader(LIBRARY) as walled:
        yield walled


@contextmanager
def faulty(patch: str, *, seconds: float = 10.0, refuse: bool = False) -> Iterator[WalledReader]:
    """Start the real server with some lines of Python run before it: what an exploited parser might do."""
    code = f"{PREPARED}\n{patch}\nprogram.main([])\n"
    program = (sys.executable, "-s", "-c", code)
    with WalledReader(LIBRARY, seconds=seconds, refuse_unconfined=refuse, door=ChildDoor(program)) as walled:
        yield walled


def server_of(walled: WalledReader) -> "subprocess.Popen[bytes] | None":
    """Return the process behind the reader's door."""
    assert isinstance(walled._door, ChildDoor)
    return walled._door.server


def answering(expression: str) -> str:
    """Return the patch that makes every child do this instead of reading."""
    return f"read.answer = lambda task, data, library, seconds: {expression}"


def test_a_mail_is_surveyed_and_read_behind_the_wall(reader: WalledReader) -> None:
    """The three tasks each bring their own kind of answer."""
    raw = mails.mail("hello", mails.pdf_attachment(b"%PDF-1.4\n"))
    survey, harvest = reader.survey(raw), reader.read(raw)
    assert isinstance(survey, Survey)
    assert [part.kind for part in survey.parts] == [Kind.TEXT, Kind.PDF]
    assert isinstance(harvest, Harvest)
    assert [document.index for document in harvest.documents] == [2]
    assert harvest.untrusted_body == "hello"
    single = reader.read_file(b"words")
    assert isinstance(single, Harvest)
    assert [document.index for document in single.documents] == [0]


def test_a_blank_is_drafted_behind_the_wall() -> None:
    """A draft is an answer of its own; a file that is no form is one too, with the code of why."""
    with WalledReader(forms.library(), workshop=False) as walled:
        draft = walled.draft(forms.blank_docx())
        assert isinstance(draft, Draft)
        assert draft.untrusted_title == forms.sheet_of().title
        assert walled.draft(b"words") == Draft(kind=Kind.TEXT, unreadable="kind-text")
        assert walled.draft(mails.locked_docx()) == Draft(kind=Kind.LOCKED_OFFICE, unreadable="locked")


def test_an_old_blank_is_drafted_in_the_workshop() -> None:
    """What the fast child has no reader for is asked of a slow one, and nothing else is."""
    given = "Draft(kind='odt', unreadable=None if task.slow else 'kind-odt' if data == b'old' else 'broken')"
    with faulty(answering(given)) as walled:
        assert walled.draft(b"old") == Draft(kind=Kind.ODT, unreadable=None)
        assert walled.draft(b"new") == Draft(kind=Kind.ODT, unreadable="broken")


def test_a_locked_file_is_a_value(reader: WalledReader) -> None:
    """A password-locked docx is read as locked."""
    harvest = reader.read_file(mails.locked_docx())
    assert isinstance(harvest, Harvest)
    assert harvest.documents[0].state is DocumentState.LOCKED


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "unreadable"),
        (b"\r\n \r\n", "unreadable"),
        (b"Content-Type: message/rfc822\r\n\r\n" * 2_000, "over-limit"),
        (b"X: y\r\n" * 100_000, "over-limit"),
        (b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 100_000, "over-limit"),
    ],
    ids=["empty", "blank", "nested", "headers", "parts"],
)
def test_a_hostile_mail_is_refused_with_a_code(reader: WalledReader, raw: bytes, code: str) -> None:
    """A mail of death is a refusal for this mail (incidents 42, 43, 50)."""
    refused = reader.survey(raw)
    assert isinstance(refused, Refusal)
    assert refused.code == code
    assert (refused.limit is not None) is (code == "over-limit")
    assert reader.read(raw) == refused


@pytest.mark.parametrize(
    "line",
    [
        "From: " + "." * 50_000 + "@agency.example",
        "From: " + "word " * 20_000 + "<a@agency.example>",
        "Subject: " + "=?utf-8?q?=41?= " * 15_000,
        "To: " + "(" * 100_000,
        "Reply-To: " + '"' * 100_000,
        "Received: " + "from a by b " * 10_000,
        "Content-Type: text/plain; " + "x*0*=utf-8''%41; " * 10_000,
        "Content-Type: multipart/mixed; boundary=" + "x" * 100_000,
    ],
    ids=lambda line: line[:12],
)
def test_a_header_bomb_costs_nothing(reader: WalledReader, line: str) -> None:
    """Quadratic headers are cut before a reader that is quadratic sees them (security.md 0.1)."""
    assert isinstance(reader.survey(mails.raw("X-First: x", line, body=b"words")), Survey)


@pytest.mark.parametrize("loop", ["time.sleep(60)", "[None for _ in iter(int, 1)]"], ids=["asleep", "busy"])
def test_a_child_that_never_ends_is_ended(loop: str) -> None:
    """The clock runs out with a value, and the next task finds the same server well."""
    patch = answering(f"({loop}) if data == b'loop' else {HARVEST.format(body='data.decode()')}")
    with faulty(patch, seconds=0.5) as walled:
        assert walled.read(b"loop") == Refusal(code="time")
        server = server_of(walled)
        answer = walled.read(b"next")
        assert isinstance(answer, Harvest)
        assert answer.untrusted_body == "next"
        assert server_of(walled) is server


@pytest.mark.parametrize(
    ("expression", "code"),
    [
        ("bytearray(3 << 30)", "memory"),
        ("__import__('ctypes').string_at(0)", "killed"),
        ("os.chroot('/')", "killed"),
        ("os.abort()", "killed"),
        ("os._exit(7)", "bad-answer"),
        ("sys.exit(0)", "bad-answer"),
        ("1 / 0", "bad-answer"),
        ("Refusal(code='any-other')", "bad-answer"),
        ("Survey(headers=None, content_sha256='', parts=(), wrapper=None, link_hosts=(), codes=())", "bad-answer"),
        ("{'type': 'harvest', 'secret': 1}", "bad-answer"),
        (HARVEST.format(body="'x' * 70_000"), "bad-answer"),
        (HARVEST.format(body="None"), "bad-answer"),
        ("Refusal(code='over-limit')", "over-limit"),
        ("['x' * 5_000_000]", "over-limit"),
    ],
)
def test_whatever_becomes_of_a_child_is_a_code(expression: str, code: str) -> None:
    """Death, memory, a wrong shape, a field too long: each is a Refusal from the closed list, never an exception."""
    with faulty(answering(expression)) as walled:
        assert walled.read(b"data") == Refusal(code=code)


@pytest.mark.parametrize(
    "framing",
    [
        "b''",
        "b'\\xff\\xff\\xff\\xff' + m",
        "b'\\x00\\x00\\x00\\xff' + m",
        "b'\\x00\\x00\\x00\\x05' + b'\\x80\\xff\\x00{['",
        "b'\\x00\\x00\\x00\\x08' + b'\"\\\\ud800\"'",
        "(4_000_000).to_bytes(4, 'big') + b'[' * 4_000_000",
    ],
)
def test_garbage_from_a_child_is_a_bad_answer(framing: str) -> None:
    """No answer, a lying length, no JSON, JSON without end: refused."""
    with faulty(f"main.framed = lambda m: {framing}") as walled:
        assert walled.survey(mails.mail()) == Refusal(code="bad-answer")


def test_an_answer_to_another_question_is_refused() -> None:
    """A survey does not pass for a harvest."""
    with faulty(answering(HARVEST.format(body="''"))) as walled:
        assert walled.survey(b"data") == Refusal(code="bad-answer")


@pytest.mark.parametrize(("sheet", "edition"), [("'tam'", "None"), ("None", "'Tam Madeup'"), ("None", "None")])
def test_a_sheet_is_one_of_the_librarys(sheet: str, edition: str) -> None:
    """What would stand on record as its key and edition is compared with our own: a stranger's word is no answer."""
    document = (
        "DocumentReading(index=0, kind=Kind.DOCX, bytes=1, sha256='a' * 64, state=DocumentState.READ, why=None,"
        f" recognised=Recognised.OURS, sheet={sheet}, edition={edition}, readings=(), unplaced=(), conflicts=())"
    )
    with faulty(answering(HARVEST.replace("documents=()", f"documents=({document},)").format(body="''"))) as walled:
        answer = walled.read(b"data")
    assert (answer == Refusal(code="bad-answer")) is (sheet != edition)


def test_a_child_that_does_not_listen_leaves_a_value() -> None:
    """A child that dies before it has taken a mail larger than any buffer is no broken pipe of ours."""
    with faulty("main.confine = lambda *_: os._exit(0)") as walled:
        assert walled.survey(bytes(5_000_000)) == Refusal(code="bad-answer")


def test_the_server_is_started_again_when_it_is_gone(reader: WalledReader) -> None:
    """A killed server costs nobody an answer."""
    reader.read(b"warm")
    first = server_of(reader)
    assert first is not None
    os.kill(first.pid, signal.SIGKILL)
    assert isinstance(reader.read(mails.mail()), Harvest)
    assert server_of(reader) is not first


def test_a_task_that_ends_every_server_is_refused() -> None:
    """It is tried once more, then it is this mail's fault."""
    patch = "main._outlived = lambda *_: os.kill(os.getpid(), signal.SIGKILL)"
    with faulty(patch) as walled:
        assert walled.read(b"data") == Refusal(code="killed")


@pytest.mark.parametrize("program", [("no-such-program-anywhere",), (sys.executable, "-c", "pass")])
def test_a_program_that_cannot_be_started_is_unavailable(program: tuple[str, ...]) -> None:
    """No fault of the mail's: try again later."""
    with WalledReader(LIBRARY, door=ChildDoor(program)) as walled, pytest.raises(Unavailable) as fault:
        walled.survey(b"data")
    assert fault.value.what == "reader"


def test_nothing_of_ours_is_in_a_child(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No variable of our environment, no open file but its own socket, limits in force, no new privileges."""
    monkeypatch.setenv("INTAKE_SECRET", "correct-horse")
    (tmp_path / "secret").touch()
    with (tmp_path / "secret").open() as secret:
        os.set_inheritable(secret.fileno(), True)
        with faulty(LOOK) as walled:
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
import socket

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
    with faulty("import json\n" + ATTEMPTS) as walled:
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
    with faulty(answering(call)) as walled:
        assert walled.read(b"data") == Refusal(code="killed")


def test_what_does_not_hold_is_told_and_may_be_refused() -> None:
    """On a kernel without one of the two the start says which holds; with ``refuse_unconfined`` nothing is read."""
    without = "program.confine = lambda *_: ('landlock',)\n" + answering(HARVEST.format(body="'read'"))
    with faulty(without) as walled:
        assert walled.holds() == ("landlock",)
        assert isinstance(walled.read(b"data"), Harvest)
    with faulty(without, refuse=True) as strict, pytest.raises(Unavailable, match="not-confined"):
        strict.read(b"data")


def test_a_child_knows_nothing_of_the_mail_before() -> None:
    """Every task begins from the same state."""
    patch = "seen = []\n" + answering(f"seen.append(data) or {HARVEST.format(body='str(seen)')}")
    with faulty(patch) as walled:
        answers = [walled.read(data) for data in (b"one", b"two")]
    assert [each.untrusted_body for each in answers if isinstance(each, Harvest)] == ["[b'one']", "[b'two']"]


def test_nothing_a_child_prints_reaches_our_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    """Neither its output nor a traceback with a stranger's bytes in it."""
    patch = answering("(print('canary'), sys.stderr.write('canary'), os.write(2, b'canary'), {}['canary'])")
    with faulty(patch) as walled:
        walled.read(b"data")
    captured = capfd.readouterr()
    assert "canary" not in captured.out + captured.err


def test_threads_that_share_a_reader_get_their_own_answers(reader: WalledReader) -> None:
    """One task at a time, none mixed up."""
    answers: dict[str, str] = {}

    def ask(word: str) -> None:
        answer = reader.read(mails.mail(word))
        answers[word] = answer.untrusted_body if isinstance(answer, Harvest) else answer.code

    words = [f"word-{number}" for number in range(8)]
    threads = [threading.Thread(target=ask, args=(word,)) for word in words]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {word: word for word in words}


def test_closing_ends_the_walled_program() -> None:
    """Nothing is left running, and a later task starts it anew."""
    with WalledReader(LIBRARY) as walled:
        walled.read(b"data")
        server = server_of(walled)
    assert server is not None
    assert server.returncode is not None


def test_the_walled_program_ends_with_ours() -> None:
    """Even when ours is killed, the server sees its socket close and ends."""
    script = (
        "import os, signal\nfrom intake.edges.reader import WalledReader\nfrom parsers.template import Library\n"
        "walled = WalledReader(Library(fields=(), sheets=(), neighbours=()))\nwalled.read(b'data')\n"
        "print(walled._door.server.pid, flush=True)\nos.kill(os.getpid(), signal.SIGKILL)\n"
    )
    root = Path(__file__).parents[3]
    ours = subprocess.run([sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=False)
    server = Path("/proc") / ours.stdout.strip()
    for _ in range(500):
        if not (server / "exe").is_symlink():
            break
        time.sleep(0.02)
    assert not (server / "exe").is_symlink()

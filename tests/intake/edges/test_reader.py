"""Mails and files go behind the wall and values come back, whoever asks and whenever the walled program is gone."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.edges.doors import ChildDoor
from intake.edges.reader import WalledReader
from intake.errors import Unavailable
from parsers.contract import DocumentState, Draft, Harvest, Kind, Refusal, Survey
from tests.builders import forms, mails
from tests.builders.walled import LIBRARY, ROOT, answering, by_child, server_of


@pytest.fixture(scope="module")
def reader() -> Iterator[WalledReader]:
    """One real walled program for all tests that do not harm it."""
    with WalledReader(LIBRARY) as walled:
        yield walled


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
    with by_child(answering(given)) as walled:
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


def test_the_server_is_started_again_when_it_is_gone(reader: WalledReader) -> None:
    """A killed server costs nobody an answer."""
    reader.read(b"warm")
    first = server_of(reader)
    assert first is not None
    os.kill(first.pid, signal.SIGKILL)
    assert isinstance(reader.read(mails.mail()), Harvest)
    assert server_of(reader) is not first


@pytest.mark.parametrize("program", [("no-such-program-anywhere",), (sys.executable, "-c", "pass")])
def test_a_program_that_cannot_be_started_is_unavailable(program: tuple[str, ...]) -> None:
    """No fault of the mail's: try again later."""
    with WalledReader(LIBRARY, door=ChildDoor(program)) as walled, pytest.raises(Unavailable) as fault:
        walled.survey(b"data")
    assert fault.value.what == "reader"


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
    ours = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    server = Path("/proc") / ours.stdout.strip()
    for _ in range(500):
        if not (server / "exe").is_symlink():
            break
        time.sleep(0.02)
    assert not (server / "exe").is_symlink()

"""A real clamd is asked about every byte of a mail; whatever it does not say, nothing passes as clean."""

import socket
import threading
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from intake.domain.verdict import ScanResult
from intake.edges.scanner import CHUNK, ClamdScanner, NoScanner
from intake.errors import Unavailable
from intake.settings.program import Scanner
from tests.builders import mails
from tests.builders.clamd import MOST_BYTES, SIGN, clamd
from tests.builders.mails import Attachment


@pytest.fixture(scope="module")
def scanner() -> Iterator[ClamdScanner]:
    """One clamd for all tests that do not harm it."""
    with TemporaryDirectory(prefix="clamd-") as folder, clamd(Path(folder)) as where:
        yield ClamdScanner(Scanner(clamd=str(where)))


def zipped(content: bytes) -> bytes:
    """Return a zip with one file of this content."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("inner.txt", content)
    return made.getvalue()


@contextmanager
def answering(answer: bytes) -> Iterator[ClamdScanner]:
    """Give a scanner whose server reads a little, says this and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(64)
                connection.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield ClamdScanner(Scanner(clamd=f"127.0.0.1:{server.getsockname()[1]}", seconds=5.0))
        finally:
            thread.join()


def test_a_mail_without_malware_is_clean(scanner: ClamdScanner) -> None:
    """An honest mail passes, an empty one too."""
    assert scanner.scan(mails.mail("words")) is ScanResult.CLEAN
    assert scanner.scan(b"") is ScanResult.CLEAN


@pytest.mark.parametrize(
    "attachment",
    [SIGN, b"x" * (CHUNK - 5) + SIGN, zipped(SIGN)],
    ids=["bare", "across-pieces", "in-a-zip"],
)
def test_malware_is_found_wherever_it_stands(scanner: ClamdScanner, attachment: bytes) -> None:
    """In an attachment, across two pieces of the stream, inside an archive."""
    mail = mails.mail("words", Attachment("file.bin", attachment))
    assert scanner.scan(mail) is ScanResult.INFECTED


def test_what_the_scanner_takes_not_is_not_clean(scanner: ClamdScanner) -> None:
    """A mail larger than clamd accepts waits for a person to set its limit right."""
    with pytest.raises(Unavailable, match="scanner unavailable: takes-no-file-so-large"):
        scanner.scan(b"x" * (MOST_BYTES + 1_000_000))


def test_the_scanner_is_asked_whether_it_is_there(scanner: ClamdScanner) -> None:
    """``check-config --connect`` hears from a clamd, and not from anything else."""
    scanner.ping()
    with answering(b"SSH-2.0\0") as other, pytest.raises(Unavailable, match="no-clamd"):
        other.ping()


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\0",
        b"OK\0",
        b"stream: OK",
        b"stream: ERROR\0",
        b"UNKNOWN COMMAND\0",
        b"stream: FOUNDATION\0",
        b"x" * 9_000,
    ],
)
def test_an_odd_answer_is_no_verdict(answer: bytes) -> None:
    """Nothing but clamd's own two words, whole, is a verdict: no answer, half a word, a fault, noise are none."""
    with answering(answer) as odd, pytest.raises(Unavailable, match="scanner"):
        odd.scan(b"mail")


def test_a_scanner_that_is_away_or_silent_is_unavailable(tmp_path: Path) -> None:
    """No socket, and a socket nobody answers on: the mail waits."""
    with pytest.raises(Unavailable, match="scanner unavailable: away"):
        ClamdScanner(Scanner(clamd=str(tmp_path / "none.ctl"))).scan(b"mail")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        slow = ClamdScanner(Scanner(clamd=f"127.0.0.1:{silent.getsockname()[1]}", seconds=0.2))
        with pytest.raises(Unavailable, match="scanner unavailable: too-slow"):
            slow.scan(b"mail")


def test_without_a_scanner_nothing_is_called_clean() -> None:
    """The default says that nobody looked."""
    assert NoScanner().scan(SIGN) is ScanResult.NOT_SCANNED

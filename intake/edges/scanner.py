"""The malware scanner: clamd over its own socket (INSTREAM); a mail it has not looked at is never called clean.

Source: clamd(8), "COMMANDS". The scanner is asked from outside the wall, for it opens files in a process of its own: of
its answer only OK, FOUND or neither is believed, and the name of what it found is not kept (it may quote the file).
"""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from intake.domain.verdict import ScanResult
from intake.errors import Unavailable
from intake.settings.program import Scanner

CHUNK: Final = 1 << 16
MAX_ANSWER: Final = 4_096
OVER_LIMIT: Final = b"INSTREAM size limit exceeded"


class NoScanner:
    """A :class:`intake.ports.Scanner` for an installation without one: never says clean of what nobody looked at."""

    def scan(self, raw: bytes) -> ScanResult:  # noqa: ARG002 - the port's shape
        """Return NOT_SCANNED."""
        return ScanResult.NOT_SCANNED


class ClamdScanner:
    """A :class:`intake.ports.Scanner` that asks a running clamd, each mail over a connection of its own."""

    def __init__(self, settings: Scanner) -> None:
        self._settings = settings

    def scan(self, raw: bytes) -> ScanResult:
        """Return CLEAN or INFECTED; Unavailable("scanner", code) where there is no such word of it."""
        answer = self._asked(b"zINSTREAM\0", _framed(raw))
        if answer.endswith(b" FOUND"):
            return ScanResult.INFECTED
        if answer == b"stream: OK":
            return ScanResult.CLEAN
        raise Unavailable("scanner", "takes-no-file-so-large" if OVER_LIMIT in answer else "no-verdict")

    def ping(self) -> None:
        """Raise Unavailable("scanner", code) where nobody answers as clamd does."""
        if self._asked(b"zPING\0", iter(())) != b"PONG":
            raise Unavailable("scanner", "no-clamd")

    def _asked(self, command: bytes, content: Iterator[bytes]) -> bytes:
        try:
            with self._connected() as connection:
                connection.sendall(command)
                try:
                    for piece in content:
                        connection.sendall(piece)
                except (BrokenPipeError, ConnectionResetError):
                    pass  # it said why before it closed
                return _line(connection)
        except TimeoutError:
            raise Unavailable("scanner", "too-slow") from None
        except OSError:
            raise Unavailable("scanner", "away") from None

    @contextmanager
    def _connected(self) -> Iterator[socket.socket]:
        place, seconds = self._settings.clamd, self._settings.seconds
        if not place.startswith("/"):
            host, _, port = place.rpartition(":")
            with socket.create_connection((host.strip("[]"), int(port)), timeout=seconds) as connection:
                yield connection
            return
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(seconds)
            connection.connect(place)
            yield connection


def _framed(raw: bytes) -> Iterator[bytes]:
    for at in range(0, len(raw), CHUNK):
        piece = raw[at : at + CHUNK]
        yield len(piece).to_bytes(4, "big") + piece
    yield bytes(4)


def _line(connection: socket.socket) -> bytes:
    """Return an answer up to its null byte, nothing where it has none: half a word is no word."""
    said = b""
    while b"\0" not in said and len(said) < MAX_ANSWER:
        piece = connection.recv(MAX_ANSWER)
        if not piece:
            break
        said += piece
    answer, end, _ = said.partition(b"\0")
    return answer if end else b""

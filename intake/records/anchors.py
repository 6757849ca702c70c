"""The log's heads outside the database, in a file that only grows: what was once a head must still be in the log.

An anchor is written after its line is committed, and not waited for: one that a power cut takes away is a gap in the
proof, never a lost mail, and whoever could tear a line out of the file could as well leave it out.
"""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_WHOLE = re.compile(rb"([0-9]+) ([0-9a-z-]+:[0-9a-f]{64})")
_TORN = re.compile(rb"[0-9]*(?: [0-9a-z-]*(?::[0-9a-f]{0,63})?)?|.*\0.*", re.DOTALL)
"""How a disk that lost its power leaves a line: cut short, or with zeros where a part of it was never written."""


class Anchors:
    """The file, for one program to append to and for ``verify`` to read."""

    def __init__(self, path: Path) -> None:
        """Nothing is made before the first anchor."""
        self._path = path
        self._last: tuple[int, str] | None = None

    def append(self, seq: int, mac: str) -> None:
        """Anchor the log's head, unless it is anchored already; a disk that refuses is left alone."""
        if self._last == (seq, mac):
            return
        with suppress(OSError):
            _append(self._path, f"{seq} {mac}\n".encode("ascii"))
            self._last = (seq, mac)

    def read(self) -> Iterator[tuple[int, str] | None]:
        """Give each anchor, None for a line that is neither one nor what a power cut leaves of one; raises OSError."""
        with suppress(FileNotFoundError), self._path.open("rb") as file:
            for line in file:
                whole = _WHOLE.fullmatch(line.removesuffix(b"\n"))
                if whole:
                    yield int(whole.group(1)), whole.group(2).decode("ascii")
                elif not _TORN.fullmatch(line.removesuffix(b"\n")):
                    yield None


def _append(path: Path, line: bytes) -> None:
    """Append a line of its own, whatever the last one came to."""
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        size = os.fstat(descriptor).st_size
        is_on_a_new_line = size == 0 or os.pread(descriptor, 1, size - 1) == b"\n"
        os.write(descriptor, line if is_on_a_new_line else b"\n" + line)
    finally:
        os.close(descriptor)

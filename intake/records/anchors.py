"""The log's heads outside the database, in a file that only grows: what was once a head must still be in the log.

An anchor is written after its line is committed, and not waited for: one that a power cut takes away is a gap in the
proof, never a lost mail, and whoever could tear a line out of the file's end could as well leave it out. Each anchor
names the one before it in the file, so none goes from the middle unseen; the first follows a beginning that is written,
and kept, before the log has a line.
"""

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from intake import folders
from intake.errors import Unavailable

_WHOLE = re.compile(rb"([0-9]+)(?:<([0-9]+))? ([0-9a-z-]+:[0-9a-f]{64})")
_TORN = re.compile(rb"[0-9]*(?:<[0-9]*)?(?: [0-9a-z-]*(?::[0-9a-f]{0,63})?)?|.*\0.*", re.DOTALL)
"""How a disk that lost its power leaves a line: cut short, or with zeros where a part of it was never written."""
_BEGINNING = f"0<0 none:{'0' * 64}\n".encode("ascii")
TAIL_BYTES = 1 << 16
"""As far back the last whole anchor is looked for."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A head of the log, line number and MAC; ``after`` is the line of the anchor before, None where none is named.

    Where a torn line comes before it, the anchor it names may be the one that was torn.
    """

    seq: int
    mac: str
    after: int | None = None
    follows_torn: bool = False

    @property
    def is_beginning(self) -> bool:
        """Tell whether it stands for a log without a line."""
        return self.seq == 0


class Anchors:
    """A file, for programs to append to and for ``verify`` to read."""

    def __init__(self, path: Path) -> None:
        """Nothing is made before the first line of the log."""
        self.path = path
        self._last: tuple[int, str] | None = None

    def begin(self) -> None:
        """Make the file before the log has a line, durably; Unavailable where it cannot be: nothing is taken in then.

        So a file that is not there, or does not begin so, was taken away.
        """
        try:
            with _opened(self.path) as file:
                if os.fstat(file).st_size == 0:
                    os.write(file, _BEGINNING)
                os.fsync(file)  # also what was written a moment before a crash
                folders.sync(self.path.parent)
        except OSError:
            raise Unavailable("anchors", "cannot-be-written") from None

    def append(self, seq: int, mac: str) -> None:
        """Anchor the log's head, unless it is anchored already; a disk that refuses is left alone."""
        if self._last == (seq, mac):
            return
        with suppress(OSError), _opened(self.path) as file:
            _append(file, seq, mac)
            self._last = (seq, mac)

    def read(self) -> Iterator[Anchor | None]:
        """Give each anchor, None for a line that is neither one nor what a power cut leaves of one; raises OSError."""
        with self.path.open("rb") as file:
            is_torn = False
            for line in file:
                anchor = _read(line.removesuffix(b"\n"))
                if anchor is None and _TORN.fullmatch(line.removesuffix(b"\n")):
                    is_torn = True
                    continue
                yield replace(anchor, follows_torn=True) if anchor and is_torn else anchor
                is_torn = False


def _read(line: bytes) -> Anchor | None:
    whole = _WHOLE.fullmatch(line)
    if whole is None:
        return None
    return Anchor(int(whole[1]), whole[3].decode("ascii"), None if whole[2] is None else int(whole[2]))


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    """Give the file to append to and nothing else (it may be append-only, chattr(1)), to one program at a time."""
    file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file
    finally:
        os.close(file)


def _append(file: int, seq: int, mac: str) -> None:
    """Append a line of its own, whatever the last one came to."""
    size = os.fstat(file).st_size
    tail = os.pread(file, TAIL_BYTES, max(0, size - TAIL_BYTES))
    before = next((anchor for line in reversed(tail.split(b"\n")) if (anchor := _read(line))), None)
    line = f"{seq}<{before.seq if before else 0} {mac}\n".encode("ascii")
    os.write(file, line if not tail or tail.endswith(b"\n") else b"\n" + line)

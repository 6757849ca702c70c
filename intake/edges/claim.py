"""A claim on this machine that ends with its process, however that ends: the system lets go of the lock (flock)."""

import fcntl
import hashlib
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from intake import folders
from intake.errors import Unavailable

MACHINE_ID = Path("/etc/machine-id")
GRACE_SECONDS = 2.0
"""A killed holder's children may hold its lock for a moment longer."""


@contextmanager
def claimed(file: Path) -> Iterator[None]:
    """Hold ``file`` alone among all processes of this machine; Unavailable("lease", "held-here") when another does."""
    try:
        folders.make(file.parent)
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError:
        raise Unavailable("lease", "lock-file") from None
    try:
        _lock(descriptor)
        yield
    finally:
        with suppress(OSError):  # the lock is let go, whatever the disk says of the file
            os.close(descriptor)


def holder(file: Path) -> str:
    """Return a name for whoever holds the claim on ``file`` on this machine: the same after a crash, no other's."""
    machine = socket.gethostname()
    with suppress(OSError):
        machine += MACHINE_ID.read_text(encoding="ascii", errors="replace").strip()
    return f"h-{hashlib.sha256(f'{machine}:{file.absolute()}'.encode()).hexdigest()[:16]}"


def _lock(descriptor: int) -> None:
    until = time.monotonic() + GRACE_SECONDS
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise Unavailable("lease", "held-here") from None
            time.sleep(0.05)
        else:
            return

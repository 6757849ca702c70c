"""Programs of the machine, run within the workshop: no input but what they are given, no word of theirs passed on."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

MAX_OUTPUT_BYTES = 8 * 1024 * 1024

ONE_THREAD = {"OMP_THREAD_LIMIT": "1"}
"""Tesseract's threads wait for each other: one page takes a fifth of the time with one of them (measured)."""


class Failed(Exception):
    """A program could not be started, or ended with a fault; carries nothing of what it said."""


def found(*names: str) -> Path | None:
    """Return where the first of these programs is, links followed; None where the machine has none of them."""
    places = (shutil.which(name) for name in names)
    return next((Path(place).resolve() for place in places if place), None)


def run(command: Sequence[str], data: bytes = b"", *, accepted: tuple[int, ...] = (0,)) -> bytes:
    """Run to its end and return what it printed; raises Failed. The time is the child's own: it ends us all."""
    try:
        done = subprocess.run(
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **ONE_THREAD},
            check=False,
        )
    except OSError:
        raise Failed from None
    if done.returncode not in accepted or len(done.stdout) > MAX_OUTPUT_BYTES:
        raise Failed
    return done.stdout

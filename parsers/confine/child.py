"""The limits of a child that reads at once: no file, no network, no process, little memory, a few seconds."""

import os
import resource
from collections.abc import Callable
from typing import Final

from parsers.confine import landlock
from parsers.confine.allowed import allow_reading_only
from parsers.confine.kernel import die_with_parent, harden, lower

MEMORY_BYTES: Final = 1024 * 1024 * 1024
"""Address space; the standard library needs 4.5 times the size of a mail (incidents.md 44), and 60 MB may come."""
MAX_OPEN_FILES: Final = 16


def confine(seconds: int, parent: int) -> tuple[str, ...]:
    """Give up, for good: new privileges, core dumps, files, network, processes, memory and time beyond the limits.

    ``seconds`` is processor time; ``parent`` the process whose death is ours. Raises OSError where the kernel refuses
    what every kernel has: then nothing may be read. Returns which of ``contract.HOLDS`` hold.
    """
    os.setsid()
    die_with_parent(parent)
    harden()
    for what, limit in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_NOFILE, MAX_OPEN_FILES),
        (resource.RLIMIT_NPROC, 0),
    ):
        lower(what, limit, limit)
    lower(resource.RLIMIT_CPU, seconds, seconds + 1)
    return tuple(name for name, put_on in _OF_THE_KERNEL if _holds(put_on))


def _no_files() -> None:
    landlock.only((), ())


_OF_THE_KERNEL: Final[tuple[tuple[str, Callable[[], None]], ...]] = (
    ("landlock", _no_files),
    ("seccomp", allow_reading_only),
)


def _holds(put_on: Callable[[], None]) -> bool:
    try:
        put_on()
    except OSError:
        return False
    return True

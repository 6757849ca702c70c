"""What a child of the walled program gives up before it sees a stranger's first byte (security.md 5.3)."""

import ctypes
import os
import resource
import signal
from typing import Final

MEMORY_BYTES: Final = 1024 * 1024 * 1024
"""Address space; the standard library needs 4.5 times the size of a mail (incidents.md 44), and 60 MB may come."""
MAX_OPEN_FILES: Final = 16

_PR_SET_PDEATHSIG: Final = 1
_PR_SET_DUMPABLE: Final = 4
_PR_SET_NO_NEW_PRIVS: Final = 38

_libc = ctypes.CDLL(None, use_errno=True)


def confine(seconds: int, parent: int) -> None:
    """Give up, for good: new privileges, core dumps, files, processes, memory and time beyond the limits.

    ``seconds`` is processor time; ``parent`` the process whose death is ours. Raises OSError where the kernel refuses:
    then nothing may be read. Restrictions of the kernel's own (files, system calls) belong at the end of this function.
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
        _lower(what, limit, limit)
    _lower(resource.RLIMIT_CPU, seconds, seconds + 1)


def harden() -> None:
    """Set what the whole walled program may do without from its start: core dumps, tracers, new privileges."""
    _lower(resource.RLIMIT_CORE, 0, 0)
    _prctl(_PR_SET_DUMPABLE, 0)
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)


def die_with_parent(parent: int) -> None:
    """Be killed when ``parent`` ends, or end here if it has already."""
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)


def _lower(what: int, soft: int, hard: int) -> None:
    """Set a limit, or leave a lower one that is already there."""
    _, present = resource.getrlimit(what)
    if present != resource.RLIM_INFINITY:
        soft, hard = min(soft, present), min(hard, present)
    resource.setrlimit(what, (soft, hard))


def _prctl(option: int, value: int) -> None:
    arguments = (ctypes.c_ulong(each) for each in (value, 0, 0, 0))
    if _libc.prctl(option, *arguments) != 0:
        raise OSError(ctypes.get_errno(), "prctl")

"""The kernel's own calls, which Python has no names for; each raises OSError where the kernel refuses."""

import ctypes
import os
import resource
import signal
from pathlib import Path
from typing import Any, Final

_PR_SET_PDEATHSIG: Final = 1
_PR_SET_DUMPABLE: Final = 4
_PR_SET_CHILD_SUBREAPER: Final = 36
_PR_SET_NO_NEW_PRIVS: Final = 38

_libc = ctypes.CDLL(None, use_errno=True)


def lower(what: int, soft: int, hard: int) -> None:
    """Set a limit, or leave a lower one that is already there."""
    _, present = resource.getrlimit(what)
    if present != resource.RLIM_INFINITY:
        soft, hard = min(soft, present), min(hard, present)
    resource.setrlimit(what, (soft, hard))


def harden() -> None:
    """Set what the whole walled program may do without from its start: core dumps, tracers, new privileges."""
    lower(resource.RLIMIT_CORE, 0, 0)
    dumpable(yes=False)
    prctl(_PR_SET_NO_NEW_PRIVS, 1)


def dumpable(*, yes: bool) -> None:
    """Let others of our user look into this process, or not; its own files below /proc are ours only while they may."""
    prctl(_PR_SET_DUMPABLE, int(yes))


def die_with_parent(parent: int) -> None:
    """Be killed when ``parent`` ends, or end here if it has already; 0 is a parent outside our process namespace."""
    prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)


def adopt() -> None:
    """Become the parent of every process below us whose own parent ends."""
    prctl(_PR_SET_CHILD_SUBREAPER, 1)


def prctl(option: int, *values: Any) -> None:  # noqa: ANN401 - a number or a pointer, as the option wants
    """Set a trait of this process (Linux, prctl 2)."""
    arguments = [ctypes.c_ulong(value) if isinstance(value, int) else value for value in values]
    arguments += [ctypes.c_ulong(0)] * (4 - len(arguments))
    _checked(_libc.prctl(option, *arguments), "prctl")


def syscall(number: int, *values: Any) -> int:  # noqa: ANN401 - a number or a pointer, as the call wants
    """Call the kernel by number."""
    return _checked(_libc.syscall(ctypes.c_long(number), *values), "syscall")


def unshare(flags: int) -> None:
    """Leave namespaces for new ones of our own."""
    _checked(_libc.unshare(ctypes.c_int(flags)), "unshare")


def mount_memory(folder: Path, size: str) -> None:
    """Lay an empty file system that lives in memory alone over a folder."""
    options = f"size={size},mode=700".encode()
    flags = 0x2 | 0x4 | 0x8  # nosuid, nodev, noexec
    _checked(_libc.mount(b"tmpfs", bytes(folder), b"tmpfs", ctypes.c_ulong(flags), options), "mount")


def drop_capabilities() -> None:
    """Give up every power over the namespaces we are in."""
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)  # version 3, ourselves
    _checked(_libc.capset(header, (ctypes.c_uint32 * 6)()), "capset")


def _checked(result: int, what: str) -> int:
    if result < 0:
        raise OSError(ctypes.get_errno(), what)
    return result

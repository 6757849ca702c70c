"""The C shim from Python: built by the test, shared memory to arm it and to read from it after the process has died."""

import ctypes
import mmap
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).with_name("shim.c")
SORTS = (
    "open", "create", "write", "truncate", "sync", "name", "folder", "read", "close", "descriptor", "connect", "send",
    "receive",
)  # fmt: skip
"""The sorts of calls, in the order of their bits."""
KILL, FAIL, SHORT = 1, 2, 3


def built(folder: Path) -> Path:
    """Compile the shim; what it needs is a C compiler and the C library's headers (make servers)."""
    library = folder / "shim.so"
    command = ["cc", "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o", library, SOURCE, "-ldl"]
    subprocess.run(command, check=True, timeout=60)
    return library


def bits(*sorts: str) -> int:
    """Return the mask of these sorts."""
    return sum(1 << SORTS.index(sort) for sort in sorts)


@dataclass(frozen=True)
class Fault:
    """What is to happen at the ``at``-th (from 1) call of ``sorts``: killed, failed with ``error``, or cut short.

    ``lasting``: so it stays until the process ends.
    """

    action: int
    sorts: int
    at: int
    error: int = 0
    lasting: bool = False


class Control(ctypes.Structure):
    """The fields of ``struct control``, in its order."""

    _fields_ = [
        *((name, ctypes.c_int32) for name in (
            "pid", "action", "error", "lasting", "sorts", "at", "count", "fired", "letter", "doubtful", "log", "where",
        )),
        ("seen", ctypes.c_int32 * 16),
        ("root", ctypes.c_char * 1024),
    ]  # fmt: skip


class Shim:
    """The preloaded shim of this process, and the memory its forks share with it."""

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, mmap.PAGESIZE)
        self.control = Control.from_buffer(self._memory)

    def clear(self) -> None:
        """Forget the last run."""
        ctypes.memset(ctypes.byref(self.control), 0, ctypes.sizeof(Control))

    def arm(self, root: str, fault: Fault | None, log: int = -1) -> None:
        """Begin to count in this process, and to note what changes under ``root`` in the descriptor ``log``."""
        control = self.control
        control.root, control.log = root.encode(), log
        if fault is not None:
            control.action, control.sorts, control.at = fault.action, fault.sorts, fault.at
            control.error, control.lasting = fault.error, fault.lasting
        ctypes.CDLL(None).shim_use(ctypes.byref(control))
        control.pid = os.getpid()

    @property
    def doubtful(self) -> int:
        """How many letters' ends the records could not learn: cut between the last byte and the commit of the 250."""
        return int(self.control.doubtful) + bool(self.control.letter)

    @property
    def seen(self) -> dict[str, int]:
        """How many calls of each sort there were."""
        return {name: self.control.seen[at] for at, name in enumerate(SORTS)}

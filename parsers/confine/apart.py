"""Namespaces of its own for a slow child: no network, no other process, memory for a disk, no socket of the machine's.

Where the kernel or the service manager refuses (``RestrictNamespaces=yes``), Landlock and seccomp hold alone.
"""

import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from parsers.confine.kernel import die_with_parent, drop_capabilities, dumpable, mount_memory, unshare

_MOUNTS, _IPC, _USER, _PROCESSES, _NETWORK = 0x00020000, 0x08000000, 0x10000000, 0x20000000, 0x40000000
_INSIDE: Final = 1000
"""Our own user's number inside: not root, so that a program started there has no power over what is inside either."""
DISK: Final = "400m"
SOCKETS_OF_SERVICES: Final = Path("/run")


def go_apart(folder: Path, parent: int) -> bool:
    """Go on as the first process of namespaces of our own, ``folder`` an empty disk in memory; False where refused.

    What was this process waits for that one's end, and is not seen again here. When either ends, all inside end.
    """
    user, group = os.geteuid(), os.getegid()
    try:
        unshare(_USER | _MOUNTS | _PROCESSES | _NETWORK | _IPC)
        _bear_a_number(user, group)
    except OSError:
        return False
    die_with_parent(parent)  # forgotten by the kernel with the old namespace
    inside = os.fork()
    if inside != 0:
        os.waitpid(inside, 0)
        os._exit(0)
    os.setsid()
    die_with_parent(0)
    for place, size in ((folder, DISK), (SOCKETS_OF_SERVICES, "4k")):
        with suppress(OSError):  # refused by the machine's policy, or no such place: Landlock holds all the same
            mount_memory(place, size)
    drop_capabilities()
    return True


def _bear_a_number(user: int, group: int) -> None:
    dumpable(yes=True)  # else the files below belong to root
    try:
        for name, words in (
            ("setgroups", "deny"),
            ("uid_map", f"{_INSIDE} {user} 1"),
            ("gid_map", f"{_INSIDE} {group} 1"),
        ):
            Path("/proc/self", name).write_text(words)
    finally:
        dumpable(yes=False)

"""The limits of a child that works slowly: it may start programs and write, in one empty folder and nowhere else.

Landlock and seccomp are asked for: where the kernel has them not, nothing slow is done. Namespaces come on top.
"""

import os
import resource
import signal
import sys
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import Final

from parsers.confine import landlock, seccomp
from parsers.confine.apart import go_apart
from parsers.confine.kernel import adopt, die_with_parent, harden, lower

MEMORY_BYTES: Final = 4 * 1024**3
"""Address space of each process; LibreOffice and the readers of pictures map far more than they use."""
FILE_BYTES: Final = 200 * 1024**2
MAX_OPEN_FILES: Final = 256
MAX_PROCESSES: Final = 512
"""Threads of our user, the machine's other ones counted in; root's are not counted."""

PROGRAMS: Final = "/usr/local/bin:/usr/bin:/bin"
SHARED_NETWORK: Final = "workshop-without-namespaces"
_PACKAGE: Final = Path(__file__).parents[1]
READABLE: Final = tuple(
    Path(each)
    for each in (
        "/usr",
        "/bin",
        "/lib",
        "/lib64",
        "/opt",
        "/etc/ld.so.cache",
        "/etc/fonts",
        "/etc/libreoffice",
        "/etc/localtime",
        "/var/lib/libreoffice",
        "/var/spool/libreoffice",
        "/var/cache/fontconfig",
        "/proc/cpuinfo",
        "/proc/meminfo",
        "/sys/devices/system/cpu",
        "/dev/urandom",
        sys.prefix,
        sys.base_prefix,
        _PACKAGE,
    )
)
"""Programs, libraries, fonts and our own code: no configuration, no store, nobody's home."""
WRITABLE_DEVICES: Final = (Path("/dev/null"),)


def confine_slow(folder: Path, seconds: int, parent: int) -> tuple[str, ...]:
    """Give up, for good, all but an empty folder, the programs of the machine and some time; return codes of what held.

    ``seconds`` is processor time of each process; ``parent`` the process whose death is ours. Raises OSError where the
    kernel refuses: then nothing may be read. On return the folder is where we are, and our HOME.
    """
    os.setsid()
    die_with_parent(parent)
    harden()
    apart = go_apart(folder, parent)
    for what, limit in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, FILE_BYTES),
        (resource.RLIMIT_NOFILE, MAX_OPEN_FILES),
        (resource.RLIMIT_NPROC, MAX_PROCESSES),
    ):
        lower(what, limit, limit)
    lower(resource.RLIMIT_CPU, seconds, seconds + 1)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(PATH=PROGRAMS, HOME=str(folder), TMPDIR=str(folder), OSL_SOCKET_PATH=str(folder))
    landlock.only(READABLE, (folder, *WRITABLE_DEVICES))
    seccomp.refuse_calls()
    return () if apart else (SHARED_NETWORK,)


def adopt_orphans() -> None:
    """Let whatever a child leaves behind become ours to end (asked once, by the server)."""
    adopt()


def end_all_children(keep: Collection[int] = ()) -> None:
    """Kill and reap every child of this process but those to keep, and theirs as they become ours, until none is."""
    while children := _children() - set(keep):
        for child in children:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
            with suppress(ChildProcessError):
                os.waitpid(child, 0)


def _children() -> set[int]:
    me = os.getpid()
    return {int(each) for each in Path(f"/proc/{me}/task/{me}/children").read_text().split()}

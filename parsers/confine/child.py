"""The limits of a child that reads at once: no file, no process, little memory, a few seconds."""

import os
import resource
from typing import Final

from parsers.confine.kernel import die_with_parent, harden, lower

MEMORY_BYTES: Final = 1024 * 1024 * 1024
"""Address space; the standard library needs 4.5 times the size of a mail (incidents.md 44), and 60 MB may come."""
MAX_OPEN_FILES: Final = 16


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
        lower(what, limit, limit)
    lower(resource.RLIMIT_CPU, seconds, seconds + 1)

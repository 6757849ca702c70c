"""Four families of faults, each caught in one place (architecture.md, "Types worth getting right").

No message of these may hold a word of a mail: they carry codes and places only. A library's exception never passes an
edge; it becomes one of these there, ``raise ... from None`` where its text could carry a stranger's bytes.
"""

import errno
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

PASSING: Final = frozenset(
    {
        errno.EIO, errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EAGAIN, errno.EBUSY,
        errno.ESTALE, errno.ETIMEDOUT,
    }
)  # fmt: skip
"""What a machine says of its own state, not of what it was asked for: nobody has to change a file for it to pass."""


class Fault(Exception):
    """The parent of the four; never raised itself."""


class Unavailable(Fault):
    """Something outside is away (server, database, scanner, disk): try again later; never counts against a message.

    ``what`` is a closed code ("imap", "smtp", "database", "vault", "reader", "scanner", ...), ``detail`` one of why.
    """

    def __init__(self, what: str, detail: str = "") -> None:
        """Say what is away and, as a code, why."""
        super().__init__(f"{what} unavailable: {detail}" if detail else f"{what} unavailable")
        self.what = what
        self.detail = detail


def refuse_if_passing(fault: OSError, what: str) -> None:
    """Raise Unavailable where the machine is in trouble for now, so that nobody is told to correct a right file."""
    if fault.errno in PASSING:
        raise Unavailable(what, errno.errorcode[fault.errno].lower()) from None


class Unreadable(Fault):
    """A thing that was given cannot be read; becomes a value (a verdict, a finding) at the edge that meets it."""

    def __init__(self, code: str) -> None:
        """``code`` is from a closed list."""
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class ConfigFault:
    """One fault of the configuration: the file, the place in it (``mailbox[0].port`` or ``line 3``), what is wrong."""

    file: str
    place: str
    says: str

    def __str__(self) -> str:
        """Show ``file: place: says``, the way compilers do."""
        return f"{self.file}: {self.place}: {self.says}" if self.place else f"{self.file}: {self.says}"


class Misconfigured(Fault):
    """All faults of the configuration at once; the program refuses to start (exit 2)."""

    def __init__(self, faults: Sequence[ConfigFault]) -> None:
        """Keep every fault in the order found."""
        super().__init__("\n".join(str(fault) for fault in faults))
        self.faults = tuple(faults)


class BrokenPromise(Fault):
    """Our own house is not as the code promises: hold this one message for a person, and go on with the next."""

    def __init__(self, promise: str) -> None:
        """``promise`` is a closed code naming what did not hold."""
        super().__init__(promise)
        self.promise = promise


class Overtaken(Fault):
    """Another worker moved this message first (compare-and-set lost): leave it, nothing was written."""

"""The kinds of faults, and where each can strike: at every call of its sorts that a run which nobody disturbs makes."""

import errno
from collections.abc import Mapping
from dataclasses import dataclass

from tests.faults.shim import FAIL, KILL, SHORT, SORTS, Fault, bits

CHANGES = ("create", "write", "truncate", "sync", "name", "folder")
DISK = ("open", *CHANGES, "read", "close")
NEW = ("open", "create", "descriptor")
TALK = ("connect", "send", "receive")


@dataclass(frozen=True)
class Kind:
    """One kind: what happens at which sorts of calls. ``power``: what was not kept is gone after the kill.

    ``wall``: the walled program is started and asked itself, for its descriptors can fail too.
    """

    name: str
    action: int
    sorts: tuple[str, ...]
    error: int = 0
    lasting: bool = False
    power: bool = False
    wall: bool = False

    def at(self, number: int) -> Fault:
        """Return this fault at the numbered call (from 1)."""
        return Fault(self.action, bits(*self.sorts), number, self.error, self.lasting)

    def places(self, seen: Mapping[str, int]) -> int:
        """Return at how many calls it can strike where so many of each sort are made."""
        return sum(seen[sort] for sort in self.sorts)


KINDS = (
    Kind("kill -9", KILL, SORTS),
    Kind("power cut", KILL, (*CHANGES, "send"), power=True),
    Kind("EIO once", FAIL, DISK, errno.EIO),
    Kind("EIO from then on", FAIL, DISK, errno.EIO, lasting=True),
    Kind("ENOSPC once", FAIL, CHANGES, errno.ENOSPC),
    Kind("ENOSPC from then on", FAIL, CHANGES, errno.ENOSPC, lasting=True),
    Kind("half a write", SHORT, ("write",)),
    Kind("half a write each", SHORT, ("write",), lasting=True),
    Kind("EMFILE once", FAIL, NEW, errno.EMFILE, wall=True),
    Kind("EMFILE from then on", FAIL, NEW, errno.EMFILE, lasting=True, wall=True),
    Kind("line cut", FAIL, TALK, errno.ECONNRESET),
)

"""What watching one mailbox works with, and the lease that lets only one watcher through."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from intake.domain.message import Arrival, Message, MessageId
from intake.edges.claim import claimed, holder
from intake.edges.mailbox.line import PATIENCE
from intake.errors import Unavailable
from intake.settings.program import Mailbox


class Arrivals(Protocol):
    """The records as watching uses them; each write is one transaction."""

    def known_uids(self, mailbox: str, folder: str, uidvalidity: int) -> Collection[int]:
        """Return every UID of that validity there is a row for."""

    def receive(self, message: MessageId, arrival: Arrival, *, now: datetime, oversize: bool = False) -> bool:
        """Write row and log line of a sealed arrival; False when this place is already known (nothing written)."""

    def relisted(self, arrival: Arrival, now: datetime) -> MessageId | None:
        """Give a message of these bytes, known under an older UIDVALIDITY of the folder, its new place; return it."""

    def stages_to_file(self, mailbox: str) -> Sequence[Message]:
        """Return messages whose stage is one to file at, that are neither filed nor known to have vanished."""

    def filed(self, message: Message, folder: str, now: datetime) -> None:
        """Note that the server's copy is in ``folder`` now."""

    def vanished(self, message: Message, now: datetime) -> None:
        """Note that the server's copy is gone from where it was: somebody moved it."""

    def take_lease(self, name: str, holder: str, now: datetime, seconds: float) -> bool:
        """Take or renew a lease; False while another holds it."""

    def release_lease(self, name: str, holder: str) -> None:
        """Give a lease back."""

    def note_health(self, name: str, value: str, now: datetime) -> None:
        """Keep the last word on a thing's health."""


class Sink(Protocol):
    """An original on its way into the vault."""

    def write(self, chunk: bytes) -> object:
        """Seal some more of it."""


class Originals(Protocol):
    """The vault as watching uses it."""

    def writer(self, message: MessageId) -> AbstractContextManager[Sink]:
        """Give a sink; a clean end seals and fsyncs the whole, an exception leaves nothing."""


@dataclass(slots=True)
class Gate:
    """One mailbox, where its mail goes, the secret (asked at each login), the time and chance.

    ``lock`` is a file on this machine that only one watcher of this mailbox can hold.
    """

    mailbox: Mailbox
    records: Arrivals
    originals: Originals
    secret: Callable[[], str | None]
    clock: Callable[[], datetime]
    randomness: Callable[[], int]
    lock: Path
    renewed: datetime | None = field(default=None, init=False)
    """When the lease was last taken or renewed."""

    @contextmanager
    def held(self) -> Iterator[None]:
        """Be the only watcher of this mailbox while inside; Unavailable("lease", ...) when another is.

        On this machine the system's lock decides, and lets go when a watcher dies; among machines the records' lease.
        """
        with claimed(self.lock):
            self.renewed = None
            self.renew()
            try:
                yield
            finally:
                self.records.release_lease(self._lease, holder(self.lock))

    def renew(self) -> None:
        """Hold the lease for a while longer; Unavailable when it has been lost: whoever has it now may be at work."""
        now, seconds = self.clock(), 2 * self.mailbox.poll_seconds + PATIENCE * self.mailbox.timeout_seconds + 60
        if self.renewed is not None and now - self.renewed < timedelta(seconds=seconds / 4):
            return
        if not self.records.take_lease(self._lease, holder(self.lock), now, seconds):
            raise Unavailable("lease", "held-elsewhere")
        self.renewed = now

    @property
    def _lease(self) -> str:
        return f"mailbox:{self.mailbox.name}"

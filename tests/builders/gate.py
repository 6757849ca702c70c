"""A gate to watch a mailbox through, with records and a vault in memory."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from intake.domain.message import Arrival, Message, MessageId
from intake.domain.stages import Stage
from intake.errors import Unavailable
from intake.programs.gate import Gate
from intake.settings.program import Mailbox

PASSWORD = "an-invented-password"
FOLDERS = {"registered": "Intake/Registered", "held": "Intake/Needs a person", "set-aside": "Intake/Set aside"}


@dataclass
class MemoryRecords:
    """The rows as watching sees them; every method can be made to fail by naming it in ``away``."""

    rows: dict[MessageId, Message] = field(default_factory=dict)
    gone: set[MessageId] = field(default_factory=set)
    health: dict[str, str] = field(default_factory=dict)
    leases: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    away: set[str] = field(default_factory=set)
    order: list[str] = field(default_factory=list)
    stage_at_once: Stage | None = None
    """As if the worker were instant."""

    def known_uids(self, mailbox: str, folder: str, uidvalidity: int) -> set[int]:
        """Return the UIDs there is a row for."""
        self._here("known_uids")
        places = (row.arrival.place for row in self.rows.values())
        return {p.uid for p in places if (p.mailbox, p.folder, p.uidvalidity) == (mailbox, folder, uidvalidity)}

    def receive(self, message: MessageId, arrival: Arrival, *, now: datetime, oversize: bool = False) -> bool:
        """Write a row."""
        self._here("receive")
        if arrival.place in {row.arrival.place for row in self.rows.values()}:
            return False
        self.rows[message] = Message(message, arrival, Stage.RECEIVED, "received", 0, oversize=oversize)
        if self.stage_at_once is not None:
            self.put(message, self.stage_at_once)
        return True

    def relisted(self, arrival: Arrival, now: datetime) -> MessageId | None:
        """Give a row its new place."""
        self._here("relisted")
        place = arrival.place
        for row in self.rows.values():
            old = row.arrival.place
            is_old = (old.mailbox, old.folder) == (place.mailbox, place.folder) and old.uidvalidity != place.uidvalidity
            if is_old and row.filed_to is None and row.arrival.sha256 == arrival.sha256:
                self.rows[row.id] = replace(row, arrival=replace(row.arrival, place=place))
                return row.id
        return None

    def stages_to_file(self, mailbox: str) -> list[Message]:
        """Return what stands where a folder may be for it."""
        self._here("stages_to_file")
        done = {Stage.REGISTERED, Stage.HELD, Stage.SET_ASIDE, Stage.QUARANTINED}
        return [r for r in self.rows.values() if r.stage in done and r.filed_to is None and r.id not in self.gone]

    def filed(self, message: Message, folder: str, now: datetime) -> None:
        """Note the folder."""
        self._here("filed")
        self.rows[message.id] = replace(self.rows[message.id], filed_to=folder)

    def vanished(self, message: Message, now: datetime) -> None:
        """Note that it is gone."""
        self._here("vanished")
        self.gone.add(message.id)

    def take_lease(self, name: str, holder: str, now: datetime, seconds: float) -> bool:
        """Take or renew."""
        self._here("take_lease")
        other, until = self.leases.get(name, (holder, now))
        if other != holder and until > now:
            return False
        self.leases[name] = holder, now + timedelta(seconds=seconds)
        return True

    def release_lease(self, name: str, holder: str) -> None:
        """Give back."""
        if name in self.leases and self.leases[name][0] == holder:
            del self.leases[name]

    def note_health(self, name: str, value: str, now: datetime) -> None:
        """Keep the last word."""
        self._here("note_health")
        self.health[name] = value

    def put(self, message: MessageId, stage: Stage) -> None:
        """Let the worker have brought a message to a stage."""
        self.rows[message] = replace(self.rows[message], stage=stage)

    def put_all(self, stage: Stage) -> None:
        """Let the worker have brought all messages to a stage."""
        for message in list(self.rows):
            self.put(message, stage)

    @property
    def uids(self) -> list[int]:
        """The UIDs received, in order."""
        return [row.arrival.place.uid for row in self.rows.values()]

    @property
    def only(self) -> Message:
        """The one row there is."""
        (row,) = self.rows.values()
        return row

    def _here(self, name: str) -> None:
        self.order.append(name)
        if name in self.away:
            raise Unavailable("database", "away")


@dataclass
class MemoryVault:
    """Whole originals; ``full`` makes it fail."""

    kept: dict[MessageId, bytes] = field(default_factory=dict)
    largest_chunk: int = 0
    full: bool = False
    order: list[str] = field(default_factory=list)

    @contextmanager
    def writer(self, message: MessageId) -> Iterator["MemorySink"]:
        """Keep the whole at a clean end."""
        sink = MemorySink(self)
        yield sink
        self.order.append("sealed")
        self.kept[message] = bytes(sink.data)


class MemorySink:
    """An original on its way."""

    def __init__(self, vault: MemoryVault) -> None:
        self.data = bytearray()
        self._vault = vault

    def write(self, chunk: bytes) -> None:
        """Take some more of it."""
        if self._vault.full:
            raise Unavailable("vault", "full")
        self._vault.largest_chunk = max(self._vault.largest_chunk, len(chunk))
        self.data += chunk


@dataclass
class Kept:
    """A gate with what stands behind it."""

    gate: Gate
    records: MemoryRecords
    vault: MemoryVault


def kept(path: Path, *, clock: Callable[[], datetime] | None = None, **box: Any) -> Kept:
    """Return a gate to the mailbox that ``box`` changes: quick to poll, quick to give up."""
    records, vault = MemoryRecords(), MemoryVault()
    vault.order = records.order
    fields = {
        "name": "sscp", "host": "127.0.0.1", "security": "insecure", "username": "someone", "timeout_seconds": 5,
        "poll_seconds": 20, "file_to": FOLDERS, **box,
    }  # fmt: skip
    ids = itertools.count(1)
    gate = Gate(
        mailbox=Mailbox.model_validate(fields),
        records=records,
        originals=vault,
        secret=lambda: PASSWORD,
        clock=clock or (lambda: datetime.now(UTC)),
        randomness=lambda: next(ids),
        lock=path / "watch.lock",
    )
    return Kept(gate, records, vault)

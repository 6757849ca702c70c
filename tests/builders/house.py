"""A whole house without servers: real records, vault, keys and wall; mails are laid in by hand and walked."""

import itertools
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from intake import journey
from intake.domain.message import Arrival, Message, MessageId, Place
from intake.edges.keyring import KeyRing
from intake.edges.reader import WalledReader
from intake.edges.scanner import NoScanner
from intake.edges.vault import FileVault
from intake.ports import World
from intake.records import SqlRecords
from intake.records.store import make_engine
from intake.records.upgrading import upgrade
from intake.settings import Settings
from tests.builders.forms import library
from tests.builders.settings import settings

NOW = datetime(2026, 11, 16, 9, 31, tzinfo=UTC)
RECEIVED = datetime(2026, 11, 16, 9, 30, tzinfo=UTC)


@cache
def reader() -> WalledReader:
    """Return the test process's one walled program: its children are fresh for every mail all the same."""
    return WalledReader(library())


@dataclass
class TestHouse:
    """Lay mails in, walk them, look at what became of them."""

    __test__ = False
    rules: Settings
    records: SqlRecords
    vault: FileVault
    world: World
    now: datetime = NOW
    _uids: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def arrive(
        self, raw: bytes, received: datetime = RECEIVED, *, oversize: bool = False, size: int | None = None
    ) -> MessageId:
        """Receive a mail, as watching would, and return its id; ``size`` is what an oversize one has in all."""
        uid = next(self._uids)
        message = MessageId(f"m-{uid:012d}")
        self.vault.store(message, [raw])
        arrival = Arrival(Place("sscp", "INBOX", 1, uid), received, size or len(raw), sha256(raw).hexdigest())
        assert self.records.receive(message, arrival, now=self.now, oversize=oversize)
        return message

    def walk(self, message: MessageId) -> Message:
        """Walk a message as far as the machine may."""
        return journey.travel(message, self.world, self.rules, lambda: self.now)

    def take(
        self, raw: bytes, received: datetime = RECEIVED, *, oversize: bool = False, size: int | None = None
    ) -> Mapping[str, Any]:
        """Receive and walk a mail; return its row of the intake log."""
        message = self.arrive(raw, received, oversize=oversize, size=size)
        self.walk(message)
        return self.row(message)

    def row(self, message: MessageId) -> Mapping[str, Any]:
        """Return a message's row of the intake log."""
        return next(row for row in self.records.log_rows() if row["id"] == message)

    def letters(self) -> dict[str, EmailMessage]:
        """Return the queued letters as a mail program reads them, by message and kind."""
        found = {}
        for due in self.records.due_letters(self.now, 1_000):
            mail = message_from_bytes(due.letter.content, policy=policy.default)
            assert isinstance(mail, EmailMessage)
            found[due.letter.header_message_id] = mail
        return found

    def register(self) -> list[dict[str, Any]]:
        """Return the case register, revealed."""
        return list(self.records.register_rows(reveal=True, by="test", now=self.now))


@contextmanager
def house(folder: Path, rules: Settings | None = None) -> Iterator[TestHouse]:
    """Give a house in a folder of its own."""
    rules = rules or settings(folder)
    store = rules.program.store
    engine = make_engine(store.database)
    try:
        upgrade(engine)
        ring = KeyRing.open_or_create(store.keyring_file, store_is_empty=True)
        records, vault = SqlRecords(engine, ring, folder / "intake-log.anchor"), FileVault(store.vault, ring)
        chance = itertools.count(1)
        world = World(reader(), vault, NoScanner(), ring, records, lambda: next(chance) * 0x9E3779B97F4A7C15)
        yield TestHouse(rules, records, vault, world)
    finally:
        engine.dispose()

"""Is everything as it was written? The log's chain and its anchors, every original's digest, every row's stage."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Protocol

from sqlalchemy import func, select

from intake.domain.message import MessageId
from intake.errors import BrokenPromise
from intake.records.schema import intake_log, log_head, messages
from intake.records.store import Store, signed

PAGE = 500


class Originals(Protocol):
    """The vault as verifying reads it."""

    def read(self, message: MessageId) -> Iterator[bytes]:
        """Give an original chunk by chunk."""


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One thing that is not as it was written: its code, and which line of the log or which message."""

    code: str
    where: str


def verify(store: Store, vault: Originals) -> Iterator[Discrepancy]:
    """Give every discrepancy found, the log's first."""
    yield from _chain(store)
    yield from _anchors(store)
    yield from _rows(store, vault)


def _chain(store: Store) -> Iterator[Discrepancy]:
    """Walk the log from its first line; a line that is gone, moved or changed breaks the chain at its place."""
    expected, previous = 1, ""
    with store.reading() as connection:  # one moment for lines and head: programs may write while we read
        lines = connection.execution_options(yield_per=PAGE).execute(select(intake_log).order_by(intake_log.c.seq))
        for line in lines:
            if line.seq != expected:
                yield Discrepancy("line-missing", f"line {expected}")
            elif line.previous != previous:
                yield Discrepancy("chain-broken", f"line {line.seq}")
            key, _, mac = line.mac.partition(":")
            if not store.ring.is_mac(key, signed(line._asdict(), line.previous), mac):
                yield Discrepancy("line-changed", f"line {line.seq}")
            expected, previous = line.seq + 1, line.mac
        head = connection.execute(select(log_head)).one_or_none()
    if (head.seq if head else 0) != expected - 1 or (head is not None and head.mac != previous):
        yield Discrepancy("log-cut", f"after line {expected - 1}")


def _anchors(store: Store) -> Iterator[Discrepancy]:
    """Hold the anchors outside the database against the log: what was once its head must still be in it."""
    if store.anchors is None:
        return
    anchors = list(store.anchors.read())
    with store.reading() as connection:  # after the file: a line is committed before it is anchored
        macs = {line.seq: line.mac for line in connection.execute(select(intake_log.c.seq, intake_log.c.mac))}
    for anchor in anchors:
        if anchor is None:
            yield Discrepancy("anchor-unreadable", "anchor file")
        elif anchor[0] not in macs:
            yield Discrepancy("log-cut", f"line {anchor[0]}")
        elif macs[anchor[0]] != anchor[1]:
            yield Discrepancy("anchor-disagrees", f"line {anchor[0]}")


def _rows(store: Store, vault: Originals) -> Iterator[Discrepancy]:
    newest = (
        select(intake_log.c.message, func.max(intake_log.c.seq).label("seq"))
        .where(intake_log.c.there.is_not(None))
        .group_by(intake_log.c.message)
        .subquery()
    )
    last = select(newest.c.message, intake_log.c.there).join(intake_log, intake_log.c.seq == newest.c.seq)
    with store.reading() as connection:
        stages = {row.message: row.there for row in connection.execute(last)}
        wanted = select(messages.c.id, messages.c.stage, messages.c.sha256, messages.c.erased_at)
        rows = connection.execute(wanted).all()
    for row in rows:
        if stages.get(row.id) != row.stage:
            yield Discrepancy("stage-differs-from-log", row.id)
        yield from _original(row.id, row.sha256, vault) if row.erased_at is None else _no_original(row.id, vault)
    for gone in sorted(set(stages) - {row.id for row in rows}):
        yield Discrepancy("message-missing", gone)


def _original(message: str, digest: str, vault: Originals) -> Iterator[Discrepancy]:
    try:
        found = sha256()
        for chunk in vault.read(MessageId(message)):
            found.update(chunk)
    except BrokenPromise as broken:
        yield Discrepancy(broken.promise, message)
        return
    if found.hexdigest() != digest:
        yield Discrepancy("original-differs", message)


def _no_original(message: str, vault: Originals) -> Iterator[Discrepancy]:
    try:
        next(vault.read(MessageId(message)), None)
    except BrokenPromise as broken:
        if broken.promise == "original-missing":
            return
    yield Discrepancy("original-not-erased", message)

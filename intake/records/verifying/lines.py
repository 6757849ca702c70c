"""The log by itself: each line's MAC, its place in the chain, the head, and heads that were written down elsewhere."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, select

from intake.errors import BrokenPromise
from intake.records.codec import decode
from intake.records.marking import EVENT
from intake.records.marks import PAGE
from intake.records.schema import intake_log, log_head
from intake.records.store import Store, signed
from intake.records.verifying.discrepancy import Discrepancy
from intake.records.verifying.said import Said

Head = tuple[int, str]
"""A line's number and the first digits of its MAC, as the nightly report prints them."""


def broken_lines(store: Store, connection: Connection, said: Said) -> Iterator[Discrepancy]:
    """Walk the log from its first line; a line that is gone, moved or changed breaks the chain at its place."""
    expected, previous = 1, ""
    wanted = select(intake_log).order_by(intake_log.c.seq)
    for line in connection.execute(wanted.execution_options(yield_per=PAGE)):
        if line.seq != expected:
            yield Discrepancy("line-missing", f"line {expected}")
        elif line.previous != previous:
            yield Discrepancy("chain-broken", f"line {line.seq}")
        key, _, mac = line.mac.partition(":")
        is_right = store.ring.is_mac(key, signed(line._asdict(), line.previous), mac)
        if not is_right:
            yield Discrepancy("line-changed", f"line {line.seq}")
        if is_right or not store.ring.has(key):  # what a lost key signed cannot be checked, nor can what it marked
            said.hear(line, _details(line.details), marks_all=line.event == EVENT, is_sure=is_right)
        expected, previous = line.seq + 1, line.mac
    head = connection.execute(select(log_head)).one_or_none()
    if (head.seq if head else 0) != expected - 1 or (head is not None and head.mac != previous):
        yield Discrepancy("log-cut", f"after line {expected - 1}")


def unmet_heads(connection: Connection, heads: Sequence[Head]) -> Iterator[Discrepancy]:
    """Hold heads from elsewhere, a nightly report's, against the log."""
    for seq, digits in heads:
        mac = connection.execute(select(intake_log.c.mac).where(intake_log.c.seq == seq)).scalar_one_or_none()
        if mac is None:
            yield Discrepancy("log-cut", f"line {seq}")
        elif not mac.partition(":")[2].startswith(digits):
            yield Discrepancy("head-disagrees", f"line {seq}")


def _details(text: str) -> dict[str, Any]:
    try:
        return decode(text.encode(), dict[str, Any])
    except BrokenPromise:
        return {}

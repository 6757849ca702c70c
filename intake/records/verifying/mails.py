"""Every message against what the log says of it, and its original against its digest."""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any, Protocol

from sqlalchemy import Connection, Row, RowMapping, select

from intake.domain.message import MessageId
from intake.errors import BrokenPromise
from intake.records.marks import PAGE
from intake.records.schema import messages
from intake.records.store import Store
from intake.records.verifying.discrepancy import Discrepancy
from intake.records.verifying.said import Said

RECEIPT = ("bytes", "sha256", "oversize", "received_at")
"""What the line of a receipt says of the row; older ones do not say when."""
WANTED = (messages.c.id, messages.c.sha256, messages.c.erased_at)


class Originals(Protocol):
    """The vault as verifying reads it."""

    def read(self, message: MessageId) -> Iterator[bytes]:
        """Give an original chunk by chunk."""

    def ids(self) -> frozenset[MessageId]:
        """Return which messages there are originals of."""


def broken_mails(connection: Connection, said: Said) -> Iterator[Discrepancy]:
    """Compare stage and receipt of every row with the log; then tell which messages of the log have no row."""
    wanted = select(messages).order_by(messages.c.number).execution_options(yield_per=PAGE)
    for row in connection.execute(wanted).mappings():
        stage, receipt = said.mail(row["id"]) or (None, {})
        if stage != row["stage"]:
            yield Discrepancy("stage-differs-from-log", row["id"])
        if _differs(row, receipt):
            yield Discrepancy("receipt-differs-from-log", row["id"])
    for page in said.pages("mails"):
        there = set(connection.execute(select(messages.c.id).where(messages.c.id.in_(page))).scalars())
        yield from (Discrepancy("message-missing", gone) for gone in page if gone not in there)


def broken_originals(store: Store, vault: Originals) -> Iterator[Discrepancy]:
    """Read every original; a row is looked at once more before it is blamed, for programs may be at work."""
    after = 0
    while page := _page(store, after):
        after = page[-1].number
        for row in page:
            found = _fault(row, vault)
            if found is not None and _fault(again := _again(store, row), vault) is not None:
                yield Discrepancy(_fault(again, vault) or found, row.id)


def unknown_originals(store: Store, vault: Originals) -> Iterator[Discrepancy]:
    """Give each original no row speaks of; they may be younger than records that were restored."""
    unknown, after = set(vault.ids()), 0
    while page := _page(store, after):
        after = page[-1].number
        unknown.difference_update(row.id for row in page)
    for message in sorted(unknown):
        yield from _left_over(store, message, vault)


def _differs(row: RowMapping, receipt: Mapping[str, Any]) -> bool:
    return any(name in receipt and row[name] != receipt[name] for name in RECEIPT)


def _page(store: Store, after: int) -> list[Row[Any]]:
    wanted = select(messages.c.number, *WANTED).where(messages.c.number > after).order_by(messages.c.number)
    with store.reading() as connection:
        return list(connection.execute(wanted.limit(PAGE)))


def _again(store: Store, row: Row[Any]) -> Row[Any]:
    with store.reading() as connection:
        found: Any = connection.execute(select(*WANTED).where(messages.c.id == row.id)).one_or_none()
    return found or row


def _fault(row: Row[Any], vault: Originals) -> str | None:
    """Return what is wrong with a message's original; None where it is as it should be, or gone as it should be."""
    try:
        digest = _digest(row.id, vault)
    except BrokenPromise as broken:
        is_gone = row.erased_at is not None and broken.promise == "original-missing"
        return None if is_gone else broken.promise if row.erased_at is None else "original-not-erased"
    if row.erased_at is not None:
        return "original-not-erased"
    return None if digest == row.sha256 else "original-differs"


def _left_over(store: Store, message: MessageId, vault: Originals) -> Iterator[Discrepancy]:
    """Tell of an original no row speaks of, unless the mail is on record by another: a kill in between leaves one."""
    try:
        digest = _digest(message, vault)
    except BrokenPromise:
        digest = ""
    same = (messages.c.id == message) | ((messages.c.sha256 == digest) & messages.c.erased_at.is_(None))
    with store.reading() as connection:
        is_known = connection.execute(select(messages.c.id).where(same).limit(1)).first() is not None
    if not is_known:
        yield Discrepancy("original-unknown", message)


def _digest(message: MessageId, vault: Originals) -> str:
    found = sha256()
    for chunk in vault.read(message):
        found.update(chunk)
    return found.hexdigest()

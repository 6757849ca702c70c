"""What a person does to a case: refused where there is none or it is erased; signed, with words sealed by its key."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, insert, select

from intake.domain.private import Private
from intake.errors import BrokenPromise
from intake.records.emptying import ERASED
from intake.records.schema import cases, reasons
from intake.records.store import Store


def status_of(connection: Connection, reference: str) -> str:
    """Return the status of a case; BrokenPromise("no-such-case")."""
    status = connection.execute(select(cases.c.status).where(cases.c.reference == reference)).scalar_one_or_none()
    if status is None:
        raise BrokenPromise("no-such-case")
    return str(status)


def refuse_unless_standing(connection: Connection, reference: str) -> None:
    """Refuse what cannot be done to no case, or to an erased one; BrokenPromise("no-such-case" | "erased")."""
    if status_of(connection, reference) == ERASED:
        raise BrokenPromise(ERASED)


def sign(
    store: Store, connection: Connection, now: datetime, event: str, reference: str,
    *, by: str, words: Private | None = None, told: Mapping[str, Any] | None = None,
) -> int:  # fmt: skip
    """Write the line of an act on a case, and beside it the sealed words the line holds the digest of; its number."""
    details: dict[str, Any] = {"case": reference, **(told or {}), "by": by}
    if not words:
        return store.log(connection, now, event, "by-a-person", details=details)
    sealed = store.seal(connection, place_of_words(reference), words.reveal().encode())
    details["reason_sha256"] = sha256(sealed).hexdigest()
    line = store.log(connection, now, event, "by-a-person", details=details)
    connection.execute(insert(reasons).values(line=line, reason=sealed))
    return line


def words_in(store: Store, connection: Connection, place: str, sealed: bytes | None) -> Private | None:
    """Open words; None where there are none, or they went with their case."""
    return Private(store.unseal(connection, place, sealed).decode()) if sealed else None


BY_THE_HOUSE = frozenset(
    {"hold-placed", "hold-lifted", "case-erased", "message-erased", "case-disclosed", "message-disclosed"}
)
"""Acts whose reason outlives what they are about."""


def place_of_reason(event: str, message: str | None, details: Mapping[str, Any]) -> str:
    """Return what the seal of an act's reason is bound to, by the act's line."""
    if event in BY_THE_HOUSE:
        return place_by_the_house(str(details.get("case")))
    return f"reasons/{message}" if message is not None else place_of_words(str(details.get("case")))


def place_by_the_house(whose: str) -> str:
    """Return what the seal of a reason is bound to that outlives its case or message."""
    return f"acts/{whose}"


def place_of_words(reference: str) -> str:
    """Return what the seal of a case's reasons is bound to."""
    return f"case_acts/{reference}"

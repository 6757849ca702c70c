"""Legal holds: what is under one is erased by nobody, whatever its class says.

A case's hold is a row; a message's is asked of the log, whose lines cannot be changed unnoticed.
"""

from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, insert, select, update

from intake.domain.case import Reference
from intake.domain.message import MessageId
from intake.errors import BrokenPromise
from intake.records.case_acts import place_by_the_house, status_of
from intake.records.codec import stamp
from intake.records.emptying import ERASED
from intake.records.retention_tables import holds
from intake.records.schema import intake_log, links, messages, reasons, versions
from intake.records.store import Store


class Holding:
    """Places and lifts holds, always by a person's name; each is one transaction with its line of the log."""

    def __init__(self, store: Store) -> None:
        """Work on ``store``."""
        self._store = store

    def hold_message(self, message: MessageId, by: str, reason: str, now: datetime) -> None:
        """Forbid that a message and its exact copies be erased; BrokenPromise("no-such-message" | "held-already").

        The log itself is what is asked later whether it is held: its lines cannot be changed unnoticed.
        """
        self._hold_or_lift(message, "hold-placed", by, reason, now)

    def lift_message(self, message: MessageId, by: str, reason: str, now: datetime) -> None:
        """Lift a message's hold; BrokenPromise("no-such-message" | "not-held")."""
        self._hold_or_lift(message, "hold-lifted", by, reason, now)

    def _hold_or_lift(self, message: MessageId, event: str, by: str, reason: str, now: datetime) -> None:
        with self._store.writing() as connection:
            row = connection.execute(select(messages.c.erased_at).where(messages.c.id == message)).one_or_none()
            if row is None:
                raise BrokenPromise("no-such-message")
            is_held_now = message in held_by_name(connection)
            if event == "hold-placed" and row.erased_at is not None:
                raise BrokenPromise(ERASED)
            if is_held_now == (event == "hold-placed"):
                raise BrokenPromise("held-already" if is_held_now else "not-held")
            sign_act(self._store, connection, now, event, message, by, reason, message=message)

    def place_hold(self, reference: Reference, by: str, reason: str, now: datetime) -> None:
        """Forbid that a case be erased; BrokenPromise("no-such-case" | "held-already")."""
        with self._store.writing() as connection:
            status_of(connection, reference)
            if is_held(connection, reference):
                raise BrokenPromise("held-already")
            line = sign_act(self._store, connection, now, "hold-placed", reference, by, reason)
            connection.execute(insert(holds).values(reference=reference, line=line, placed_at=stamp(now)))

    def lift_hold(self, reference: Reference, by: str, reason: str, now: datetime) -> None:
        """Lift a case's hold; BrokenPromise("no-such-case" | "not-held")."""
        with self._store.writing() as connection:
            status_of(connection, reference)
            if not is_held(connection, reference):
                raise BrokenPromise("not-held")
            line = sign_act(self._store, connection, now, "hold-lifted", reference, by, reason)
            mine = (holds.c.reference == reference, holds.c.lifted_at.is_(None))
            connection.execute(update(holds).where(*mine).values(lifted_at=stamp(now), lifted_line=line))


def is_held(connection: Connection, reference: str) -> bool:
    """Tell whether a case is under a legal hold."""
    mine = (holds.c.reference == reference, holds.c.lifted_at.is_(None))
    return connection.execute(select(holds.c.id).where(*mine)).first() is not None


def held_by_name(connection: Connection) -> set[str]:
    """Return the messages under a hold of their own: those whose last such line of the log placed one."""
    told = (intake_log.c.event.in_(("hold-placed", "hold-lifted")), intake_log.c.message.is_not(None))
    lines = connection.execute(select(intake_log.c.message, intake_log.c.event).where(*told).order_by(intake_log.c.seq))
    return {message for message, event in {row.message: row.event for row in lines}.items() if event == "hold-placed"}


def held_messages(connection: Connection) -> set[str]:
    """Return what no one may erase: messages held by name, held cases' mails, and exact copies of these."""
    standing = select(holds.c.reference).where(holds.c.lifted_at.is_(None))
    own = select(versions.c.message).where(versions.c.reference.in_(standing))
    linked = select(links.c.message).where(links.c.reference.in_(standing))
    found = held_by_name(connection) | set(connection.execute(own.union(linked)).scalars())
    digests = select(messages.c.sha256).where(messages.c.id.in_(found))
    return found | set(connection.execute(select(messages.c.id).where(messages.c.sha256.in_(digests))).scalars())


def sign_act(  # noqa: PLR0917 - the whole of one act: when, what, whose, by whom, why
    store: Store, connection: Connection, now: datetime, event: str, whose: str, by: str, reason: str,
    told: dict[str, Any] | None = None, message: str | None = None,
) -> int:  # fmt: skip
    """Write the line of an act, its reason sealed by the house: it outlives what is erased."""
    sealed = store.seal(connection, place_by_the_house(whose), reason.encode())
    details = {"case": whose, **(told or {}), "by": by, "reason_sha256": sha256(sealed).hexdigest()}
    line = store.log(connection, now, event, "by-a-person", message=message, details=details)
    connection.execute(insert(reasons).values(line=line, reason=sealed))
    return line

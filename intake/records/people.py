"""What only a person may do, by name and with a reason; the reason is in a person's words, so it is sealed."""

from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, Table, insert, select, update

from intake.domain.case import LetterState
from intake.domain.delivery import WITHDRAWN
from intake.domain.findings import Severity
from intake.domain.message import Message, MessageId
from intake.domain.outcome import Outcome
from intake.domain.stages import Stage, person_may
from intake.errors import BrokenPromise
from intake.records import legs
from intake.records.codec import stamp
from intake.records.schema import documents, exceptions, letters, messages, reasons
from intake.records.store import Store

WAITS = "letter-waits-for-release"
"""The exception of a message whose letter waits for a person."""
LOCKED = "locked"
"""The state of a part nobody could open, and the exception of a message held for it."""


class People:
    """Acts of people; each is one transaction with its line of the log, under the name of who did it."""

    def __init__(self, store: Store) -> None:
        """Work on ``store``."""
        self._store = store

    def move_by_person(self, message: MessageId, to: Stage, who: str, reason: str, now: datetime) -> None:
        """Take a message another way; BrokenPromise("no-such-message" | "no-way-for-people")."""
        with self._store.writing() as connection:
            row = _row(connection, messages, message, "no-such-message")
            if row.erased_at is not None or not person_may(Stage(row.stage), to):
                raise BrokenPromise("no-way-for-people")
            new = {"stage": to.value, "why": "by-a-person", "attempts": 0, "next_try": None, "filed_to": None}
            connection.execute(update(messages).where(messages.c.id == message).values(**new))
            act = {"message": message, "by": who, "reason": reason, "here": row.stage}
            sign(self._store, connection, now, "moved-by-person", "by-a-person", **act)

    def close_exception(self, exception: int, by: str, reason: str, now: datetime) -> None:
        """Close an exception for good; BrokenPromise("no-such-exception" | "already-closed")."""
        with self._store.writing() as connection:
            row = _row(connection, exceptions, exception, "no-such-exception")
            if row.closed_at is not None:
                raise BrokenPromise("already-closed")
            new = {"closed_at": stamp(now), "closed_by": by}
            connection.execute(update(exceptions).where(exceptions.c.id == exception).values(**new))
            act = {"message": row.message, "by": by, "reason": reason}
            sign(self._store, connection, now, "exception-closed", row.code, **act)

    def release_letter(self, letter: int, by: str, reason: str, now: datetime) -> None:
        """Let a waiting letter go out, and close the item that it waits.

        BrokenPromise("no-such-letter" | "letter-not-waiting").
        """
        with self._store.writing() as connection:
            row = _row(connection, letters, letter, "no-such-letter")
            if row.state != LetterState.WAITING.value:
                raise BrokenPromise("letter-not-waiting")
            new = {"state": LetterState.QUEUED.value, "why": None, "next_try": stamp(now)}
            connection.execute(update(letters).where(letters.c.id == letter).values(**new))
            act: dict[str, Any] = {"message": row.message, "by": by, "reason": reason}
            sign(self._store, connection, now, "letter-released", row.why or row.kind, told={"kind": row.kind}, **act)
            self._close_waiting(connection, row.message, now, act)

    def withdraw_letter(self, letter: int, by: str, reason: str, now: datetime) -> None:
        """Let a waiting letter never go out, and close the item that it waits; raises as :meth:`release_letter`."""
        with self._store.writing() as connection:
            row = _row(connection, letters, letter, "no-such-letter")
            if row.state != LetterState.WAITING.value:
                raise BrokenPromise("letter-not-waiting")
            new = {"state": LetterState.ABANDONED.value, "why": WITHDRAWN, "ended_at": stamp(now)}
            connection.execute(update(letters).where(letters.c.id == letter).values(**new))
            act: dict[str, Any] = {"message": row.message, "by": by, "reason": reason}
            sign(self._store, connection, now, "letter-withdrawn", row.why or row.kind, **act)
            self._close_waiting(connection, row.message, now, act)

    def _close_waiting(self, connection: Connection, message: str, now: datetime, act: Mapping[str, Any]) -> None:
        """Close in the name of who decided about it the item that a letter waits, when none of the message's does."""
        waits = (letters.c.message == message, letters.c.state == LetterState.WAITING.value)
        if connection.execute(select(letters.c.id).where(*waits).limit(1)).first() is not None:
            return
        mine = (exceptions.c.message == message, exceptions.c.code == WAITS, exceptions.c.closed_at.is_(None))
        done = update(exceptions).where(*mine).values(closed_at=stamp(now), closed_by=act["by"])
        if connection.execute(done).rowcount:
            sign(self._store, connection, now, "exception-closed", WAITS, **act)

    def unlocked(self, message: Message, outcome: Outcome, who: str, reason: str, now: datetime) -> None:
        """Write what a person's password opened, and close in their name the exception that it was locked.

        Whole or not at all; Overtaken when the message has moved since, BrokenPromise("no-way-for-people") where the
        outcome goes another way than on (PARSED) or back to waiting with what was read (HELD).
        """
        if outcome.stage not in {Stage.PARSED, Stage.HELD}:
            raise BrokenPromise("no-way-for-people")
        self._go_on("unlocked", message, outcome, LOCKED, who, reason, now)

    def keyed(self, message: Message, outcome: Outcome, who: str, reason: str, now: datetime) -> None:
        """Write the form that a person typed, and close in their name the exception the message was held for.

        An alert stays open: typing a form acts on none. Whole or not at all; Overtaken when the message has moved
        since, BrokenPromise("no-way-for-people") where it is not held or goes another way than on.
        """
        if outcome.stage is not Stage.PARSED:
            raise BrokenPromise("no-way-for-people")
        self._go_on("keyed", message, outcome, message.why, who, reason, now)

    def _go_on(  # noqa: PLR0917 - the whole of one act
        self, event: str, message: Message, outcome: Outcome, held_for: str, who: str, reason: str, now: datetime
    ) -> None:
        """Write what a person made of a held message, with its line, and close what it was held for."""
        if message.stage is not Stage.HELD:
            raise BrokenPromise("no-way-for-people")
        open_ = (exceptions.c.message == message.id, exceptions.c.closed_at.is_(None))
        waits = select(exceptions.c.id, exceptions.c.code).where(*open_, exceptions.c.severity != Severity.ALERT.value)
        act: dict[str, Any] = {"message": message.id, "by": who, "reason": reason}
        with self._store.writing() as connection:
            closed = [row for row in connection.execute(waits) if f"{held_for}-".startswith(f"{row.code}-")]
            over = update(exceptions).where(exceptions.c.id.in_([row.id for row in closed]))
            connection.execute(over.values(closed_at=stamp(now), closed_by=who))
            told = legs.write(self._store, connection, message, outcome, now)
            here = message.stage.value
            sign(self._store, connection, now, event, outcome.why, here=here, told=told, **act)
            for row in closed:
                sign(self._store, connection, now, "exception-closed", row.code, **act)

    def has_locked(self, message: MessageId) -> bool:
        """Tell whether a part of a message is locked, whatever else it may be held for."""
        mine = (documents.c.message == message, documents.c.state == LOCKED)
        with self._store.reading() as connection:
            return connection.execute(select(documents.c.index).where(*mine).limit(1)).one_or_none() is not None

    def unlock_failed(self, message: MessageId, who: str, why: str, now: datetime) -> None:
        """Count a password that opened nothing: who tried and, as a code, what came of it; nothing of the password."""
        with self._store.writing() as connection:
            stage = _row(connection, messages, message, "no-such-message").stage
            self._store.log(connection, now, "unlock-failed", why, message=message, there=stage, details={"by": who})


def sign(
    store: Store, connection: Connection, now: datetime, event: str, why: str,
    *, message: str, by: str, reason: str, here: str | None = None, told: Mapping[str, Any] | None = None,
) -> int:  # fmt: skip
    """Write the line of a person's act, and beside it the sealed reason the line holds the digest of; its number."""
    stage = _row(connection, messages, message, "no-such-message").stage
    sealed = store.seal(connection, f"reasons/{message}", reason.encode())
    details = {**(told or {}), "by": by, "reason_sha256": sha256(sealed).hexdigest()}
    line = store.log(connection, now, event, why, message=message, here=here, there=stage, details=details)
    connection.execute(insert(reasons).values(line=line, reason=sealed))
    return line


def _row(connection: Connection, table: Table, identity: int | str, missing: str) -> Row[Any]:
    row = connection.execute(select(table).where(table.c.id == identity)).one_or_none()
    if row is None:
        raise BrokenPromise(missing)
    return row

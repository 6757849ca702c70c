"""What only a person may do, by name and with a reason; the reason is in a person's words, so it is sealed."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, Table, insert, select, update

from intake.domain.case import LetterState
from intake.domain.message import MessageId
from intake.domain.stages import Stage, person_may
from intake.errors import BrokenPromise
from intake.records.codec import stamp
from intake.records.schema import exceptions, letters, messages, reasons
from intake.records.store import Store


class People:
    """Acts of people; each is one transaction with its line of the log, under the name of who did it."""

    def __init__(self, store: Store) -> None:
        """Work on ``store``."""
        self._store = store

    def move_by_person(self, message: MessageId, to: Stage, who: str, reason: str, now: datetime) -> None:
        """Take a message another way; BrokenPromise("no-such-message" | "no-way-for-people")."""
        with self._store.writing() as connection:
            row = _row(connection, messages, message, "no-such-message")
            if not person_may(Stage(row.stage), to):
                raise BrokenPromise("no-way-for-people")
            new = {"stage": to.value, "why": "by-a-person", "attempts": 0, "next_try": None, "filed_to": None}
            connection.execute(update(messages).where(messages.c.id == message).values(**new))
            act = {"message": message, "by": who, "reason": reason, "here": row.stage}
            self._sign(connection, now, "moved-by-person", "by-a-person", **act)

    def close_exception(self, exception: int, by: str, reason: str, now: datetime) -> None:
        """Close an exception for good; BrokenPromise("no-such-exception" | "already-closed")."""
        with self._store.writing() as connection:
            row = _row(connection, exceptions, exception, "no-such-exception")
            if row.closed_at is not None:
                raise BrokenPromise("already-closed")
            new = {"closed_at": stamp(now), "closed_by": by}
            connection.execute(update(exceptions).where(exceptions.c.id == exception).values(**new))
            self._sign(connection, now, "exception-closed", row.code, message=row.message, by=by, reason=reason)

    def release_letter(self, letter: int, by: str, reason: str, now: datetime) -> None:
        """Let a waiting letter go out; BrokenPromise("no-such-letter" | "letter-not-waiting")."""
        with self._store.writing() as connection:
            row = _row(connection, letters, letter, "no-such-letter")
            if row.state != LetterState.WAITING.value:
                raise BrokenPromise("letter-not-waiting")
            new = {"state": LetterState.QUEUED.value, "why": None, "next_try": stamp(now)}
            connection.execute(update(letters).where(letters.c.id == letter).values(**new))
            why = row.why or row.kind
            self._sign(connection, now, "letter-released", why, message=row.message, by=by, reason=reason)

    def _sign(
        self, connection: Connection, now: datetime, event: str, why: str,
        *, message: str, by: str, reason: str, here: str | None = None,
    ) -> None:  # fmt: skip
        """Write the line, and beside it the sealed reason the line holds the digest of."""
        stage = _row(connection, messages, message, "no-such-message").stage
        sealed = self._store.ring.seal(f"reasons/{message}", reason.encode())
        told = {"by": by, "reason_sha256": sha256(sealed).hexdigest()}
        line = self._store.log(connection, now, event, why, message=message, here=here, there=stage, details=told)
        connection.execute(insert(reasons).values(line=line, reason=sealed))


def _row(connection: Connection, table: Table, identity: int | str, missing: str) -> Row[Any]:
    row = connection.execute(select(table).where(table.c.id == identity)).one_or_none()
    if row is None:
        raise BrokenPromise(missing)
    return row

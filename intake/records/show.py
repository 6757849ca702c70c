"""What the records show: rows for the command line's tables and JSON (interface.md), by code and number only."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from intake.domain.case import LetterKind, LetterState
from intake.domain.findings import Severity
from intake.domain.overview import OpenItem, OutboxLine
from intake.records import message_rows, register_rows
from intake.records.codec import moment
from intake.records.log_lines import is_about, told_in
from intake.records.schema import exceptions, intake_log, letters, log_head, messages
from intake.records.store import Store
from intake.records.trails import cases_of, messages_of
from intake.records.unreadable import Unreadable, tell
from intake.records.unsettled import is_lost

Shown = dict[str, Any]
PAGE = 500
"""Rows read at a time: memory stays flat however many there are."""


class Shows:
    """Reads for people and programs; only :meth:`register_rows` with ``reveal`` opens personal words, and says so."""

    def __init__(self, store: Store) -> None:
        """Work on ``store``."""
        self._store = store

    def log_rows(self) -> Iterator[Shown]:
        """Give every message, newest first, in the shape of ``log --json``."""
        below: int | None = None
        while True:
            with self._store.reading() as connection:
                wanted = select(messages).order_by(messages.c.number.desc()).limit(PAGE)
                page = connection.execute(wanted if below is None else wanted.where(messages.c.number < below)).all()
                shown = message_rows.shown(connection, page)
            yield from shown
            if len(page) < PAGE:
                return
            below = page[-1].number

    def register_rows(self, *, reveal: bool, by: str, now: datetime) -> list[Shown]:
        """Return every version of every case in the shape of ``register --json``; revealing is written down.

        One that does not open is an entry without content that says why (``unreadable``), and an exception of today.
        """
        if reveal:
            self.note_reveal("register", by, now)
        with self._store.reading() as connection:
            rows = list(register_rows.shown(self._store, connection, reveal=reveal))
        spoilt = [
            Unreadable(row["message"], row["reference"], row["unreadable"]) for row in rows if "unreadable" in row
        ]
        tell(self._store, spoilt, now)
        return rows

    def note_reveal(self, what: str, by: str, now: datetime) -> None:
        """Write down that ``by`` had personal words shown; ``what`` is the command that showed them."""
        with self._store.writing() as connection:
            self._store.log(connection, now, "revealed", what, details={"by": by})

    def exception_rows(self) -> list[Shown]:
        """Return what is open, the gravest and then the longest waiting first."""
        with self._store.reading() as connection:
            rows = connection.execute(select(exceptions).where(exceptions.c.closed_at.is_(None))).all()
        grave = [severity.value for severity in reversed(Severity)]
        return [exception_of(row) for row in sorted(rows, key=lambda row: (grave.index(row.severity), row.id))]

    def outbox_rows(self) -> list[Shown]:
        """Return every letter, newest first: whose, what kind, where it stands; never to whom or what it says."""
        with self._store.reading() as connection:
            rows = connection.execute(select(letters).order_by(letters.c.id.desc())).all()
        return [letter_of(row) for row in rows]

    def story(self, wanted: str) -> list[Shown]:
        """Return the log's lines of a message, or of every message of a case; empty when there is no such thing."""
        with self._store.reading() as connection:
            ids = messages_of(connection, wanted)
            mine = intake_log.c.message.in_(ids)
            whose = mine if wanted in ids else mine | is_about(connection, wanted)
            lines = connection.execute(select(intake_log).where(whose).order_by(intake_log.c.seq)).all()
            about = cases_of(connection, lines)
            return [
                {
                    "line": row.seq, "at": moment(row.at), "message": row.message, "event": row.event,
                    "from": row.here, "to": row.there, "why": row.why, "case": about.get(row.seq),
                    "details": told_in(row),
                }
                for row in lines
            ]  # fmt: skip

    def open_items(self) -> Sequence[OpenItem]:
        """Return every exception nobody has closed."""
        told = (exceptions.c.code, exceptions.c.severity, exceptions.c.reference, exceptions.c.message)
        wanted = select(*told, exceptions.c.opened_at).where(exceptions.c.closed_at.is_(None))
        with self._store.reading() as connection:
            rows = connection.execute(wanted.order_by(exceptions.c.id)).all()
        return [
            OpenItem(code, Severity(severity), reference or message, moment(opened))
            for code, severity, reference, message, opened in rows
        ]

    def outbox_lines(self) -> Sequence[OutboxLine]:
        """Return letters that wait, are not sent yet, or did not arrive and nobody has closed the item about it."""
        unsent = letters.c.state.in_((LetterState.WAITING.value, LetterState.QUEUED.value)) | is_lost()
        with self._store.reading() as connection:
            rows = connection.execute(select(letters).where(unsent).order_by(letters.c.id)).all()
        return [
            OutboxLine(
                LetterKind(row.kind), LetterState(row.state), row.message, moment(row.ordered_at), row.attempts,
                row.why, row.bounced_at is not None,
            )
            for row in rows
        ]  # fmt: skip

    def log_head(self) -> tuple[int, str]:
        """Return how many lines the intake log has and the MAC of its last."""
        with self._store.reading() as connection:
            head = connection.execute(select(log_head)).one_or_none()
        return (head.seq, head.mac.partition(":")[2]) if head else (0, "")


def exception_of(row: Row[Any]) -> Shown:
    """Return an exception in the shape of ``exceptions --json``."""
    return {
        "id": row.id, "code": row.code, "severity": row.severity, "message": row.message, "reference": row.reference,
        "document": row.document, "opened_at": moment(row.opened_at),
    }  # fmt: skip


def letter_of(row: Row[Any]) -> Shown:
    """Return a letter in the shape of ``outbox --json``."""
    return {
        "id": row.id, "message": row.message, "kind": row.kind, "state": row.state, "why": row.why,
        "attempts": row.attempts, "message_id": row.header_message_id, "ordered_at": moment(row.ordered_at),
        "ended_at": moment(row.ended_at) if row.ended_at else None, "queue_code": row.queue_code,
        "bounced_at": moment(row.bounced_at) if row.bounced_at else None,
    }  # fmt: skip

"""What the staff pages ask for: a page of the intake log, one message, one case; never all of a table.

A page begins below a message's number (keyset): the thousandth is as quick as the first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, select

from intake.domain.case import Reference
from intake.domain.message import MessageId
from intake.domain.retention import Kept, RetentionClass, case_trigger
from intake.records import holding, keeping, message_rows, register_rows, ways
from intake.records.codec import moment, stamp
from intake.records.schema import cases, exceptions, findings, letters, messages, versions
from intake.records.store import Store

Shown = dict[str, Any]
PAGE = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which messages of the log; empty parts ask for nothing. ``since`` and ``until`` are UTC, the latter exclusive."""

    stage: str = ""
    agency: str = ""
    finding: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """Rows in the shape of ``log --json`` with their numbers, newest first; ``below`` is where the next page begins."""

    rows: Sequence[Shown]
    below: int | None


class Pages:
    """Reads for the staff pages."""

    def __init__(self, store: Store) -> None:
        """Work on ``store``."""
        self._store = store

    def log_page(self, wanted: Wanted, limit: int, below: int | None = None) -> Page:
        """Return so many messages, newest first."""
        asked = select(messages).where(*_conditions(wanted)).order_by(messages.c.number.desc()).limit(limit + 1)
        with self._store.reading() as connection:
            rows = connection.execute(asked if below is None else asked.where(messages.c.number < below)).all()
            shown = message_rows.shown(connection, rows[:limit])
        extra = [{"agency": row.agency, "filed_to": row.filed_to} for row in rows[:limit]]
        more = rows[limit - 1].number if len(rows) > limit else None
        return Page([one | other for one, other in zip(shown, extra, strict=True)], more)

    def log_rows_of(self, wanted: Wanted) -> Iterator[Shown]:
        """Give every message of a filter, newest first, a page at a time."""
        below: int | None = None
        while True:
            page = self.log_page(wanted, PAGE, below)
            yield from page.rows
            if page.below is None:
                return
            below = page.below

    def message_row(self, message: MessageId) -> Shown | None:
        """Return one message in the same shape, None where there is none."""
        with self._store.reading() as connection:
            row = connection.execute(select(messages).where(messages.c.id == message)).one_or_none()
            if row is None:
                return None
            (shown,) = message_rows.shown(connection, [row])
        return shown | {"agency": row.agency, "filed_to": row.filed_to, "linked": row.linked}

    def case_rows(self, reference: Reference) -> Sequence[Shown]:
        """Return every version of a case in the shape of ``register --json``, revealed; empty where there is none.

        Beside that with its conflicts, and what stands under labels of nobody's.
        """
        with self._store.reading() as connection:
            return list(register_rows.whole(self._store, connection, reference))

    def offered_forms(self, message: MessageId) -> Sequence[Shown]:
        """Return the forms of a message that are of no case yet, as they were read, revealed."""
        with self._store.reading() as connection:
            return list(register_rows.offered(self._store, connection, message))

    def kept_of(self, reference: Reference) -> Kept:
        """Return since when a case is kept, and whether under a legal hold."""
        with self._store.reading() as connection:
            last = moment(keeping.last_contact(connection, reference)[reference])
            began = case_trigger(last, ways.closed_on(connection, reference))
            return Kept(reference, RetentionClass.CASE, began, holding.is_held(connection, reference))

    def is_case(self, reference: str) -> bool:
        """Tell whether there is such a case."""
        with self._store.reading() as connection:
            return (
                connection.execute(select(cases.c.reference).where(cases.c.reference == reference)).first() is not None
            )

    def cases_seen(self, references: Sequence[str]) -> Sequence[Shown]:
        """Return for each case its newest version's plain columns: nothing that a form says about a person."""
        wanted = select(versions, cases.c.status).join(cases).where(versions.c.reference.in_(references))
        with self._store.reading() as connection:
            rows = connection.execute(wanted.order_by(versions.c.reference, versions.c.version)).all()
        newest = {row.reference: row for row in rows}
        return [
            {
                "reference": row.reference, "version": row.version, "agency": row.agency, "status": row.status,
                "received_at": moment(row.received_at), "band": row.band, "qa_status": row.qa_status,
            }
            for row in newest.values()
        ]  # fmt: skip

    def exceptions_about(self, message: str | None = None, reference: str | None = None) -> Sequence[Shown]:
        """Return exceptions of a message or a case, open ones first, with who closed the others."""
        mine = exceptions.c.message == message if reference is None else exceptions.c.reference == reference
        with self._store.reading() as connection:
            rows = connection.execute(select(exceptions).where(mine).order_by(exceptions.c.id)).all()
        shown = [
            {
                "id": row.id, "code": row.code, "severity": row.severity, "message": row.message,
                "reference": row.reference, "document": row.document, "opened_at": moment(row.opened_at),
                "closed_at": moment(row.closed_at) if row.closed_at else None, "closed_by": row.closed_by,
            }
            for row in rows
        ]  # fmt: skip
        return sorted(shown, key=lambda one: one["closed_at"] is not None)

    def waiting(self, limit: int) -> Sequence[Shown]:
        """Return messages that wait for a person, the longest waiting first."""
        asked = select(messages).where(messages.c.stage == "held").order_by(messages.c.number).limit(limit)
        with self._store.reading() as connection:
            rows = connection.execute(asked).all()
            shown = message_rows.shown(connection, rows)
        return [one | {"agency": row.agency} for one, row in zip(shown, rows, strict=True)]

    def letters_of(self, message: str) -> Sequence[Shown]:
        """Return a message's letters: kinds, states and ids."""
        with self._store.reading() as connection:
            rows = connection.execute(select(letters).where(letters.c.message == message).order_by(letters.c.id)).all()
        return [
            {
                "id": row.id, "kind": row.kind, "state": row.state, "why": row.why, "attempts": row.attempts,
                "ordered_at": moment(row.ordered_at), "ended_at": moment(row.ended_at) if row.ended_at else None,
                "bounced_at": moment(row.bounced_at) if row.bounced_at else None,
            }
            for row in rows
        ]  # fmt: skip


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.stage:
        found.append(messages.c.stage == wanted.stage)
    if wanted.agency:
        found.append(messages.c.agency == wanted.agency)
    if wanted.finding:
        mine = (findings.c.message == messages.c.id, findings.c.code == wanted.finding, findings.c.superseded.is_(None))
        found.append(exists().where(*mine))
    if wanted.since:
        found.append(messages.c.received_at >= stamp(wanted.since))
    if wanted.until:
        found.append(messages.c.received_at < stamp(wanted.until))
    return found

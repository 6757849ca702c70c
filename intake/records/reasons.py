"""What people said when they acted: reasons sealed beside lines of the log, opened by line; and what they closed."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select, tuple_

from intake.domain.private import Private
from intake.errors import BrokenPromise
from intake.records.case_acts import place_of_reason
from intake.records.codec import moment
from intake.records.emptying import ERASED
from intake.records.schema import exceptions, intake_log, reasons
from intake.records.show import exception_of
from intake.records.store import Store

Shown = dict[str, Any]


class Reasons:
    """Reads reasons; whoever calls writes down that somebody looked."""

    def __init__(self, store: Store) -> None:
        """Work on ``store``."""
        self._store = store

    def reasons_of(self, lines: Sequence[int]) -> Mapping[int, Private]:
        """Return what was said beside lines of the log, by line; what was erased is left out."""
        joined = reasons.join(intake_log, intake_log.c.seq == reasons.c.line)
        asked = select(reasons.c.reason, intake_log).select_from(joined).where(reasons.c.line.in_(lines))
        found: dict[int, Private] = {}
        with self._store.reading() as connection:
            for row in connection.execute(asked).all():
                said = _said(self._store, connection, row)
                if said is not None:
                    found[row.seq] = said
        return found

    def closed_exceptions(self, limit: int, before: int | None = None) -> Sequence[Shown]:
        """Return closed exceptions, the newest closed first: ``exceptions --json``, who, when, and the line of it.

        ``before`` is the number of the last one shown.
        """
        mark = tuple_(exceptions.c.closed_at, exceptions.c.id)
        wanted = select(exceptions).where(exceptions.c.closed_at.is_not(None))
        ordered = wanted.order_by(exceptions.c.closed_at.desc(), exceptions.c.id.desc()).limit(limit)
        with self._store.reading() as connection:
            if before is not None:
                last = connection.execute(select(exceptions.c.closed_at).where(exceptions.c.id == before)).scalar()
                ordered = ordered.where(mark < tuple_(last or "", before))
            rows = connection.execute(ordered).all()
            lines = _closing_lines(connection, rows)
        return [
            exception_of(row)
            | {"closed_at": moment(row.closed_at), "closed_by": row.closed_by, "line": lines.get(_mark(row))}
            for row in rows
        ]


def _said(store: Store, connection: Connection, row: Row[Any]) -> Private | None:
    """Open a reason; None where it was emptied, or its key destroyed, with what it belongs to."""
    if not row.reason:
        return None
    place = place_of_reason(row.event, row.message, json.loads(row.details))
    try:
        return Private(store.unseal(connection, place, row.reason).decode())
    except BrokenPromise as gone:
        if gone.promise != ERASED:
            raise
        return None


def _mark(row: Row[Any]) -> tuple[str, str, str]:
    return row.message, row.code, row.closed_at


def _closing_lines(connection: Connection, rows: Sequence[Row[Any]]) -> Mapping[tuple[str, str, str], int]:
    """Return the line that closed each of these, by message, code and time: what is closed together has one reason."""
    mine = (intake_log.c.event == "exception-closed", intake_log.c.at.in_({row.closed_at for row in rows}))
    found = connection.execute(select(intake_log).where(*mine)).all()
    return {(str(line.message), line.why, line.at): line.seq for line in found}

"""The trail: lines of the log that people left, newest first; of one person, or about one case or message."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from intake.domain.message import MessageId
from intake.records.codec import moment
from intake.records.log_lines import is_about, is_by, is_by_a_person, told_in
from intake.records.reading_tables import keyed
from intake.records.schema import intake_log, links, messages, versions
from intake.records.store import Store

Shown = dict[str, Any]


class Trails:
    """Reads lines that people left."""

    def __init__(self, store: Store) -> None:
        """Work on ``store``."""
        self._store = store

    def trail(
        self, limit: int, below: int | None = None, *, by: str = "", about: str = ""
    ) -> tuple[Sequence[Shown], int | None]:
        """Return so many lines, newest first, and where the next page begins.

        ``by`` is who left them, ``about`` a case's reference (its messages' lines with it) or a message's id.
        """
        with self._store.reading() as connection:
            asked = select(intake_log).where(is_by(connection, by) if by else is_by_a_person(connection))
            if about:
                asked = asked.where(_is_of(connection, about))
            asked = asked.order_by(intake_log.c.seq.desc()).limit(limit + 1)
            rows = connection.execute(asked if below is None else asked.where(intake_log.c.seq < below)).all()
            cases = cases_of(connection, rows[:limit])
        shown = [
            {
                "seq": row.seq, "at": moment(row.at), "message": row.message, "event": row.event, "to": row.there,
                "why": row.why, "case": cases.get(row.seq), "details": told_in(row),
            }
            for row in rows[:limit]
        ]  # fmt: skip
        return shown, rows[limit - 1].seq if len(rows) > limit else None


def messages_of(connection: Connection, wanted: str) -> list[MessageId]:
    """Return the message of an id, or every message of a case; none where there is no such thing."""
    if connection.execute(select(messages.c.id).where(messages.c.id == wanted)).one_or_none():
        return [MessageId(wanted)]
    own = connection.execute(select(versions.c.message).where(versions.c.reference == wanted)).scalars()
    linked = connection.execute(select(links.c.message).where(links.c.reference == wanted)).scalars()
    return [MessageId(each) for each in sorted({*own, *linked})]


def cases_of(connection: Connection, lines: Sequence[Row[Any]]) -> Mapping[int, str]:
    """Return which case a line is about, by line: as it says, or as what was keyed with it says."""
    asked = select(keyed.c.line, keyed.c.reference).where(keyed.c.line.in_([line.seq for line in lines]))
    of_keyed = {row.line: row.reference for row in connection.execute(asked)}
    named = {line.seq: json.loads(line.details).get("case") for line in lines}
    return {seq: case for seq, case in (named | of_keyed).items() if case}


def _is_of(connection: Connection, about: str) -> ColumnElement[bool]:
    return intake_log.c.message.in_(messages_of(connection, about)) | is_about(connection, about)

"""Messages in the shape of ``log --json`` (interface.md), a page at a time: one query a table, however many rows."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from intake.records.codec import moment
from intake.records.schema import documents, findings, letters, links, versions

Shown = dict[str, Any]
Grouped = Mapping[str, Sequence[Row[Any]]]
PLAIN = ("id", "mailbox", "uidvalidity", "uid", "sha256", "bytes", "stage", "why", "attempts", "sender_trust")


def shown(connection: Connection, page: Sequence[Row[Any]]) -> list[Shown]:
    """Return the rows of messages with what belongs to each."""
    ids = [row.id for row in page]
    files = _grouped(connection, select(documents).where(documents.c.message.in_(ids)).order_by(documents.c.index))
    holding = (findings.c.message.in_(ids), findings.c.superseded.is_(None))
    found = _grouped(connection, select(findings.c.message, findings.c.code).where(*holding))
    sent = _grouped(connection, select(letters).where(letters.c.message.in_(ids)).order_by(letters.c.id))
    own = _grouped(connection, select(versions.c.message, versions.c.reference).where(versions.c.message.in_(ids)))
    linked = _grouped(connection, select(links.c.message, links.c.reference).where(links.c.message.in_(ids)))
    return [
        {name: getattr(row, name) for name in PLAIN}
        | {
            "received_at": moment(row.received_at),
            "erased_at": moment(row.erased_at) if row.erased_at else None,
            "documents": [_document(one) for one in files.get(row.id, ())],
            "cases": _cases(row, [*own.get(row.id, ()), *linked.get(row.id, ())]),
            "findings": sorted({one.code for one in found.get(row.id, ())}),
            "letters": [_letter(one) for one in sent.get(row.id, ())],
        }
        for row in page
    ]


def _grouped(connection: Connection, wanted: Select[Any]) -> Grouped:
    groups: dict[str, list[Row[Any]]] = {}
    for row in connection.execute(wanted):
        groups.setdefault(row.message, []).append(row)
    return groups


def _document(row: Row[Any]) -> Shown:
    told = ("index", "kind", "bytes", "state", "why", "recognised", "sheet")
    return {name: getattr(row, name) for name in told}


def _cases(row: Row[Any], mine: Iterable[Row[Any]]) -> list[str]:
    return sorted({one.reference for one in mine} | ({row.linked} if row.linked else set()))


def _letter(row: Row[Any]) -> Shown:
    return {"kind": row.kind, "state": row.state, "at": moment(row.ended_at or row.ordered_at)}

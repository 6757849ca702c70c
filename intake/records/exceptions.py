"""Exceptions are opened with what shows them; only a person closes one (:mod:`intake.records.people`)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, true, update

from intake.domain.findings import ExceptionItem
from intake.records.codec import stamp
from intake.records.schema import exceptions


def open_all(connection: Connection, message: str, items: Iterable[ExceptionItem], now: datetime) -> bool:
    """Open exceptions on a message in the caller's transaction; one that is open already stays the one it is.

    Returns whether any was opened.
    """
    opened = False
    for item in items:
        if not is_open(connection, message, item):
            opened = True
            connection.execute(insert(exceptions).values(_row(message, item, now)))
    return opened


def open_about(connection: Connection, letter: int, message: str, item: ExceptionItem, now: datetime) -> None:
    """Open an exception about one letter on a message; each has its own, whatever is open about another."""
    connection.execute(insert(exceptions).values(_row(message, item, now) | {"letter": letter}))


def name_letter(connection: Connection, message: str, code: str, letter: int) -> bool:
    """Say which letter a message's open item is about; False where nothing was ever opened about it."""
    mine = (exceptions.c.message == message, exceptions.c.code == code, exceptions.c.closed_at.is_(None))
    named = connection.execute(update(exceptions).where(*mine).values(letter=letter)).rowcount
    about = select(exceptions.c.id).where(exceptions.c.letter == letter)
    return bool(named) or connection.execute(about.limit(1)).first() is not None


def name_case(connection: Connection, message: str, references: set[str]) -> None:
    """Give what was opened before there was a case its reference, where the mail is about one case alone."""
    if len(references) == 1:
        mine = (exceptions.c.message == message, exceptions.c.reference.is_(None))
        connection.execute(update(exceptions).where(*mine).values(reference=next(iter(references))))


def is_open(connection: Connection, message: str, item: ExceptionItem) -> bool:
    """Tell whether such an exception is open already."""
    same = (
        exceptions.c.message == message, exceptions.c.code == item.code, exceptions.c.closed_at.is_(None),
        exceptions.c.document.is_not_distinct_from(item.document),
        exceptions.c.reference == item.reference if item.reference else true(),
    )  # fmt: skip
    return connection.execute(select(exceptions.c.id).where(*same)).first() is not None


def _row(message: str, item: ExceptionItem, now: datetime) -> dict[str, Any]:
    return {
        "message": message, "reference": item.reference, "document": item.document, "code": item.code,
        "severity": item.severity.value, "opened_at": stamp(now), "told_at": stamp(now), "times_told": 0,
    }  # fmt: skip

"""Rows that no longer open: each is told to a person once, as an exception of today, and stands in nobody's way."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from intake.domain.findings import ExceptionItem, Severity
from intake.records import exceptions
from intake.records.store import Store


@dataclass(frozen=True, slots=True)
class Unreadable:
    """One thing that does not open: whose message, which case where it is one's, the code of why."""

    message: str
    reference: str | None
    why: str


def tell(store: Store, found: Iterable[Unreadable], now: datetime) -> None:
    """Open an exception, with its line, for each that has none open yet."""
    for each in found:
        item = ExceptionItem("record-unreadable", Severity.TODAY, each.reference)
        with store.reading() as connection:
            if exceptions.is_open(connection, each.message, item):
                continue
        with store.writing() as connection:
            exceptions.open_all(connection, each.message, [item], now)
            told = {"exceptions": [item.code]} | ({"case": each.reference} if each.reference else {})
            store.log(connection, now, "record-unreadable", each.why, message=each.message, details=told)

"""The marks of rows that were written before lines had any: made once, when a store of an older program is opened."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import Connection, select

from intake.records.codec import decode
from intake.records.marks import MARKED, PAGE, ROWS, mark
from intake.records.schema import intake_log
from intake.records.store import Store

EVENT, WHY = "records-marked", "of-an-older-program"


def mark_once(store: Store, now: datetime) -> None:
    """Let lines of the log tell of every row there is, where the log began without marks; whole or not at all.

    What was changed before that day stays as unseen as it was; from it on nothing is.
    """
    with store.reading() as connection:
        if not _is_due(connection):
            return
    with store.writing() as connection:
        if _is_due(connection):
            marks = _marks(store, connection)
            while some := list(islice(marks, PAGE)):
                store.log(connection, now, EVENT, WHY, details={ROWS: some})


def _is_due(connection: Connection) -> bool:
    first = connection.execute(select(intake_log.c.details).where(intake_log.c.seq == 1)).scalar_one_or_none()
    if first is None or ROWS in decode(first.encode(), dict[str, Any]):
        return False
    done = select(intake_log.c.seq).where(intake_log.c.event == EVENT).limit(1)
    return connection.execute(done).first() is None


def _marks(store: Store, connection: Connection) -> Iterator[str]:
    for marked in MARKED.values():
        rows = connection.execute(marked.rows().execution_options(yield_per=PAGE)).mappings()
        for identity, content in marked.places(rows):
            place = marked.place(identity)
            yield mark(store.ring, place, content)

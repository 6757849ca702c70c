"""What is open, a page at a time: exceptions by kind or severity, and letters that are not delivered or came back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from intake.domain.case import LetterState
from intake.domain.delivery import SENDING
from intake.domain.findings import Severity
from intake.records.codec import stamp
from intake.records.schema import exceptions, letters, messages
from intake.records.show import exception_of, letter_of
from intake.records.store import Store
from intake.records.unsettled import is_lost

Shown = dict[str, Any]
GRAVEST = tuple(severity.value for severity in reversed(Severity))


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of open exceptions: its severity and code, and how many."""

    severity: str
    code: str
    count: int


class OpenThings:
    """Reads what waits for a person; nothing here is more than a page, however much there is."""

    def __init__(self, store: Store) -> None:
        """Work on ``store``."""
        self._store = store

    def open_kinds(self) -> Sequence[Kind]:
        """Return the kinds of open exceptions, the gravest and then the longest waiting first."""
        kind = (exceptions.c.severity, exceptions.c.code)
        count, oldest = func.count().label("count"), func.min(exceptions.c.id).label("oldest")
        wanted = select(*kind, count, oldest).where(exceptions.c.closed_at.is_(None)).group_by(*kind)
        with self._store.reading() as connection:
            rows = connection.execute(wanted).all()
        ordered = sorted(rows, key=lambda row: (GRAVEST.index(row.severity), row.oldest))
        return [Kind(row.severity, row.code, row[2]) for row in ordered]

    def open_exceptions(
        self, severity: str, code: str | None = None, *, after: int = 0, limit: int = 50
    ) -> Sequence[Shown]:
        """Return open exceptions of a severity (and code) in the shape of ``exceptions --json``, oldest first."""
        wanted = select(exceptions).where(
            exceptions.c.closed_at.is_(None), exceptions.c.severity == severity, exceptions.c.id > after
        )
        if code is not None:
            wanted = wanted.where(exceptions.c.code == code)
        with self._store.reading() as connection:
            return [exception_of(row) for row in connection.execute(wanted.order_by(exceptions.c.id).limit(limit))]

    def open_exception(self, identity: int) -> Shown | None:
        """Return one open exception; None where there is none of that number, or it is closed."""
        wanted = select(exceptions).where(exceptions.c.id == identity, exceptions.c.closed_at.is_(None))
        with self._store.reading() as connection:
            row = connection.execute(wanted).one_or_none()
        return None if row is None else exception_of(row)

    def is_closed(self, identity: int) -> bool:
        """Tell whether there is an exception of that number that somebody has closed."""
        wanted = select(exceptions.c.id).where(exceptions.c.id == identity, exceptions.c.closed_at.is_not(None))
        with self._store.reading() as connection:
            return connection.execute(wanted).one_or_none() is not None

    def open_letters(self, limit: int, late_before: datetime) -> tuple[Sequence[Shown], int]:
        """Return letters that wait, did not arrive, were put off or are late, oldest first, and how many.

        In the shape of ``outbox --json`` with the agency of the message; left out are those that are merely on their
        way, and those that did not arrive where a person has closed the item about it.
        """
        put_off = letters.c.why.is_not(None) & (letters.c.why != SENDING)
        is_late = letters.c.ordered_at <= stamp(late_before)
        stuck = (letters.c.state == LetterState.QUEUED.value) & (put_off | is_late)
        unsent = (letters.c.state == LetterState.WAITING.value) | stuck | is_lost()
        joined = letters.join(messages, messages.c.id == letters.c.message)
        wanted = select(letters, messages.c.agency).select_from(joined).where(unsent).order_by(letters.c.id)
        with self._store.reading() as connection:
            rows = connection.execute(wanted.limit(limit)).all()
            counted = select(func.count()).select_from(letters).where(unsent)
            count = len(rows) if len(rows) < limit else int(connection.execute(counted).scalar_one())
        return [letter_of(row) | {"agency": row.agency} for row in rows], count

    def letter(self, identity: int) -> Shown | None:
        """Return one letter; None where there is none of that number."""
        with self._store.reading() as connection:
            row = connection.execute(select(letters).where(letters.c.id == identity)).one_or_none()
        return None if row is None else letter_of(row)

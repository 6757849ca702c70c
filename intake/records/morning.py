"""What the first page of the morning asks: open items that no list of emails on it tells of, and what lies unseen."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, exists, func, or_, select

from intake.domain.case_file import TO_JUDGE
from intake.domain.stages import Stage
from intake.records.codec import stamp
from intake.records.emptying import ERASED
from intake.records.schema import cases, exceptions, intake_log, links, messages
from intake.records.show import exception_of
from intake.records.store import Store
from intake.records.way_tables import verdicts

Shown = dict[str, Any]
GIVEN_UP = "could-not-be-processed"
"""The item of a message that is held for a fault of ours, whatever the fault is called."""


class Morning:
    """Reads by a query or two each, however much there is; with how many there are in all."""

    def __init__(self, store: Store) -> None:
        """Work on ``store``."""
        self._store = store

    def untold(self, severities: Sequence[str], limit: int) -> Mapping[str, tuple[Sequence[Shown], int]]:
        """Return open items of each severity, oldest first, but for those an email is held or in quarantine for."""
        mine = (exceptions.c.closed_at.is_(None), ~exists().where(_is_told()))
        grade = exceptions.c.severity
        counted = select(grade, func.count()).where(*mine, grade.in_(severities)).group_by(grade)
        with self._store.reading() as connection:
            counts = {row.severity: int(row[1]) for row in connection.execute(counted)}
            listed = {severity: _oldest(connection, (*mine, grade == severity), limit) for severity in severities}
        return {severity: (rows, counts.get(severity, 0)) for severity, rows in listed.items()}

    def unseen_in_quarantine(self, limit: int) -> tuple[Sequence[Shown], int]:
        """Return what lies in quarantine with its item open, oldest first: nobody has said what it is."""
        joined = exceptions.join(messages, messages.c.id == exceptions.c.message)
        told = (messages.c.sender_trust, messages.c.agency, messages.c.why)
        lies = (messages.c.stage == Stage.QUARANTINED.value, exceptions.c.closed_at.is_(None), _is_of_quarantine())
        wanted = select(exceptions, *told).select_from(joined).where(*lies)
        with self._store.reading() as connection:
            rows = connection.execute(wanted.order_by(exceptions.c.id).limit(limit)).all()
            count = _count(connection, wanted, len(rows), limit)
        return [
            exception_of(row) | {"sender_trust": row.sender_trust, "agency": row.agency, "why": row.why} for row in rows
        ], count

    def count_set_aside(self, since: datetime) -> int:
        """Count what came since then and was no referral: nobody reads it unless somebody looks."""
        joined = intake_log.join(messages, messages.c.id == intake_log.c.message)
        came = (intake_log.c.event == "received", intake_log.c.at >= stamp(since))
        wanted = select(func.count()).select_from(joined).where(*came, messages.c.stage == Stage.SET_ASIDE.value)
        with self._store.reading() as connection:
            return int(connection.execute(wanted).scalar_one())

    def count_links_to_judge(self) -> int:
        """Count the suggested links of cases, not erased, of which nobody has said anything."""
        standing = select(cases.c.reference).where(cases.c.status != ERASED)
        waits = (links.c.kind.in_(sorted(TO_JUDGE)), links.c.id.not_in(select(verdicts.c.link)))
        wanted = select(func.count()).select_from(links).where(*waits, links.c.reference.in_(standing))
        with self._store.reading() as connection:
            return int(connection.execute(wanted).scalar_one())


def _oldest(connection: Connection, mine: Iterable[ColumnElement[bool]], limit: int) -> Sequence[Shown]:
    rows = connection.execute(select(exceptions).where(*mine).order_by(exceptions.c.id).limit(limit))
    return [exception_of(row) for row in rows]


def _is_told() -> ColumnElement[bool]:
    """Return the condition that the list of emails on the page says the same as an open item."""
    told = exceptions.c.code + "-"
    begins = func.substr(messages.c.why + "-", 1, func.length(told)) == told
    held = and_(messages.c.stage == Stage.HELD.value, or_(exceptions.c.code == GIVEN_UP, begins))
    hostile = and_(messages.c.stage == Stage.QUARANTINED.value, _is_of_quarantine())
    return and_(messages.c.id == exceptions.c.message, or_(held, hostile))


def _is_of_quarantine() -> ColumnElement[bool]:
    return exceptions.c.code.like("quarantined-%")


def _count(connection: Connection, wanted: Select[Any], shown: int, limit: int) -> int:
    """Return how many there are in all; those shown are all where they are fewer than asked for."""
    if shown < limit:
        return shown
    return int(connection.execute(select(func.count()).select_from(wanted.subquery())).scalar_one())

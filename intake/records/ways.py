"""The way of a case after intake, as people record it: every entry is kept, the newest of a step is what holds."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select

from intake.domain.case import Reference
from intake.domain.case_way import Decision, Entry, Standing, Step, refusal, standing
from intake.domain.private import Private
from intake.domain.way_deadlines import OpenWay, open_way
from intake.domain.working_days import WorkingCalendar, local_date
from intake.errors import BrokenPromise
from intake.records import case_acts
from intake.records.case_acts import place_of_words, words_in
from intake.records.codec import moment, stamp
from intake.records.emptying import ERASED
from intake.records.schema import cases, reasons
from intake.records.store import Store
from intake.records.way_tables import owners, steps
from intake.settings.neighbours import WayClocks


class Ways:
    """Steps of cases; each is one transaction with its line of the log, under the name of who recorded it."""

    def __init__(self, store: Store) -> None:
        """Work on ``store``."""
        self._store = store

    def record_step(
        self, reference: Reference, step: Step, day: date, by: str, now: datetime,
        *, decision: Decision | None = None, words: Private | None = None,
    ) -> None:  # fmt: skip
        """Record that a step was taken on a day (London's); of one recorded before, this corrects it.

        ``words`` are the rationale, the outcome, or the reason. Raises BrokenPromise("no-such-case" | "erased") or
        with a code of :func:`intake.domain.case_way.refusal`.
        """
        self._add(reference, Entry(step, day, by, now, decision, words))

    def take_back_step(self, reference: Reference, step: Step, by: str, reason: str, now: datetime) -> None:
        """Record that a step was not taken after all (a closed case is open again); raises as :meth:`record_step`."""
        self._add(reference, Entry(step, None, by, now, words=Private(reason)))

    def way_of(self, reference: Reference) -> tuple[Entry, ...]:
        """Return every entry of a case's way, oldest first, words opened; BrokenPromise("no-such-case").

        Of an erased case the days and codes are left.
        """
        with self._store.reading() as connection:
            case_acts.status_of(connection, reference)
            return history(self._store, connection, reference)

    def ways_due(self, now: datetime, calendar: WorkingCalendar, limits: WayClocks) -> Sequence[OpenWay]:
        """Return every case that is neither closed nor erased, with its owner and clocks, the most pressing first.

        One query however many there are; no words are opened.
        """
        with self._store.reading() as connection:
            rows = connection.execute(_open_steps()).all()
        found = []
        for reference, group in groupby(rows, key=lambda row: str(row.reference)):
            of_case = list(group)
            entries = tuple(_entry(row, None) for row in of_case if row.step is not None)
            began = local_date(moment(of_case[0].first_received_at))
            clocks = (local_date(now), calendar, limits)
            found.append(open_way(Reference(reference), of_case[0].owner, entries, began, *clocks))
        return sorted(found, key=lambda way: (way.next_day or date.max, way.reference))

    def _add(self, reference: Reference, entry: Entry) -> None:
        with self._store.writing() as connection:
            case_acts.refuse_unless_standing(connection, reference)
            received = select(cases.c.first_received_at).where(cases.c.reference == reference)
            began = local_date(moment(connection.execute(received).scalar_one()))
            known = tuple(_entry(row, None) for row in connection.execute(_steps_of(reference)))
            refused = refusal(known, entry, began, local_date(entry.at))
            if refused is not None:
                raise BrokenPromise(refused)
            plain = {"step": entry.step.value, "day": _text(entry.day)}
            plain["decision"] = entry.decision.value if entry.decision else None
            event = "step-taken-back" if entry.day is None else "step-recorded"
            line = case_acts.sign(
                self._store, connection, entry.at, event, reference, by=entry.by, words=entry.words, told=plain
            )
            who = {"recorded_by": entry.by, "recorded_at": stamp(entry.at), "line": line}
            connection.execute(insert(steps).values(reference=reference, **plain, **who))


def history(store: Store, connection: Connection, reference: str) -> tuple[Entry, ...]:
    """Return a case's entries, oldest first, with their words where there are any."""
    place, rows = place_of_words(reference), connection.execute(_steps_of(reference)).all()
    return tuple(_entry(row, words_in(store, connection, place, row.reason)) for row in rows)


def standings(connection: Connection, references: Sequence[str]) -> Mapping[str, Standing]:
    """Return what holds of each case's way now, by reference; no words are opened."""
    wanted = select(steps).where(steps.c.reference.in_(references)).order_by(steps.c.reference, steps.c.id)
    by_case = groupby(connection.execute(wanted), key=lambda row: str(row.reference))
    return {reference: standing(_entry(row, None) for row in rows) for reference, rows in by_case}


def closings(connection: Connection) -> Iterator[tuple[str, date]]:
    """Give each closed case and the day it was closed."""
    for row in connection.execute(_closed()):
        yield row.reference, date.fromisoformat(row.day)


def closed_on(connection: Connection, reference: str) -> date | None:
    """Return the day a case was closed; None where it is open."""
    entry = standings(connection, [reference]).get(reference, {}).get(Step.CLOSED)
    return entry.day if entry else None


def _steps_of(reference: str) -> Select[Any]:
    joined = steps.outerjoin(reasons, reasons.c.line == steps.c.line)
    wanted = select(steps, reasons.c.reason).select_from(joined)
    return wanted.where(steps.c.reference == reference).order_by(steps.c.id)


def _closed() -> Select[Any]:
    """Return the query for the closings that hold: the newest of each case, where it was not taken back."""
    newest = select(func.max(steps.c.id)).where(steps.c.step == Step.CLOSED.value).group_by(steps.c.reference)
    return select(steps.c.reference, steps.c.day).where(steps.c.id.in_(newest), steps.c.day.is_not(None))


def _open_steps() -> Select[Any]:
    """Return the query for every open case with its entries, one row where it has none."""
    closed = _closed().with_only_columns(steps.c.reference)
    latest = select(func.max(owners.c.id)).group_by(owners.c.reference)
    owned = select(owners.c.reference, owners.c.owner).where(owners.c.id.in_(latest)).subquery()
    joined = cases.outerjoin(steps, steps.c.reference == cases.c.reference)
    joined = joined.outerjoin(owned, owned.c.reference == cases.c.reference)
    entry = (steps.c.step, steps.c.day, steps.c.decision, steps.c.recorded_by, steps.c.recorded_at)
    wanted = select(cases.c.reference, cases.c.first_received_at, owned.c.owner, *entry).select_from(joined)
    standing = wanted.where(cases.c.status != ERASED, cases.c.reference.not_in(closed))
    return standing.order_by(cases.c.reference, steps.c.id)


def _entry(row: Row[Any], words: Private | None) -> Entry:
    day = date.fromisoformat(row.day) if row.day else None
    decision = Decision(row.decision) if row.decision else None
    return Entry(Step(row.step), day, row.recorded_by, moment(row.recorded_at), decision, words)


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None

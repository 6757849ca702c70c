"""Giving out all that is on record about a case, or an email that is none; who looked is in it.

The giving is written down before anything is given.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from intake.domain.case import Letter, Reference
from intake.domain.case_file import CaseLink, Note
from intake.domain.case_way import Entry
from intake.domain.message import MessageId
from intake.errors import BrokenPromise
from intake.records import case_files, register_rows, ways
from intake.records.case_acts import place_of_reason, refuse_unless_standing
from intake.records.codec import decode, moment
from intake.records.emptying import ERASED
from intake.records.holding import sign_act
from intake.records.keeping import mails_of
from intake.records.log_lines import is_about, is_by_a_person, told_in
from intake.records.schema import exceptions, intake_log, letters, messages, reasons
from intake.records.store import Store

Shown = Mapping[str, Any]
OF_EVERYTHING = ("revealed", "exported")
"""Looks at the whole register: everybody who was in it then was seen."""


@dataclass(frozen=True, slots=True)
class Disclosed:
    """All that is on record: versions (or forms) with every answer, mails whose originals are kept, what was done."""

    versions: Sequence[Shown]
    messages: Sequence[MessageId]
    letters: Sequence[Shown] = ()
    exceptions: Sequence[Shown] = ()
    acts: Sequence[Shown] = ()
    steps: Sequence[Entry] = ()
    notes: Sequence[Note] = ()
    links: Sequence[CaseLink] = ()

    def __repr__(self) -> str:
        """Show nothing of what it holds."""
        return "<disclosed>"


class Disclosing:
    """Gives out what an access request asks for."""

    def __init__(self, store: Store) -> None:
        """Work on ``store``."""
        self._store = store

    def disclose(self, reference: Reference, by: str, reason: str, now: datetime) -> Disclosed:
        """Return all that is on record about a case, once it is written down who had it and why.

        Raises BrokenPromise("no-such-case" | "erased").
        """
        with self._store.writing() as connection:
            refuse_unless_standing(connection, reference)
            sign_act(self._store, connection, now, "case-disclosed", reference, by, reason)
        with self._store.reading() as connection:
            forms = list(register_rows.shown(self._store, connection, reveal=True, reference=reference))
            mine, shared = mails_of(connection, reference)
            mails = [MessageId(each) for each in sorted({*mine, *shared})]
            around = _around(self._store, connection, reference, mails)
            steps = ways.history(self._store, connection, reference)
            notes = case_files.notes_in(self._store, connection, reference)
            linked = case_files.links_in(self._store, connection, reference)
        return Disclosed(forms, mails, *around, steps, notes, linked)

    def disclose_message(self, message: MessageId, by: str, reason: str, now: datetime) -> Disclosed:
        """Return all that is on record about an email that is no case, as :meth:`disclose`.

        Raises BrokenPromise("no-such-message" | "erased").
        """
        with self._store.writing() as connection:
            row = connection.execute(select(messages.c.erased_at).where(messages.c.id == message)).one_or_none()
            if row is None:
                raise BrokenPromise("no-such-message")
            if row.erased_at is not None:
                raise BrokenPromise(ERASED)
            sign_act(self._store, connection, now, "message-disclosed", message, by, reason)
        with self._store.reading() as connection:
            forms = list(register_rows.offered(self._store, connection, message))
            return Disclosed(forms, [message], *_around(self._store, connection, message, [message]))


def _around(
    store: Store, connection: Connection, whose: str, mails: Sequence[str]
) -> tuple[list[Shown], list[Shown], list[Shown]]:
    """Return letters, exceptions and what people did, of a case or message and its mails."""
    sent = select(letters).where(letters.c.message.in_(mails)).order_by(letters.c.id)
    opened = select(exceptions).where(exceptions.c.message.in_(mails)).order_by(exceptions.c.id)
    return (
        [_letter(store, connection, row) for row in connection.execute(sent).all()],
        [_exception(row) for row in connection.execute(opened)],
        list(_acts(store, connection, whose, mails)),
    )


def _letter(store: Store, connection: Connection, row: Row[Any]) -> Shown:
    """Return a letter's kind and times, and the organisations it went to: what stands behind the @ of an address."""
    try:
        letter = decode(store.unseal(connection, f"letters/{row.message}/{row.kind}", row.sealed), Letter)
        to = sorted({address.reveal().rpartition("@")[2] for address in letter.recipients})
    except BrokenPromise:
        to = []
    return {
        "message": row.message, "kind": row.kind, "to": to, "state": row.state, "ordered_at": moment(row.ordered_at),
        "ended_at": _at(row.ended_at), "came_back_at": _at(row.bounced_at),
    }  # fmt: skip


def _exception(row: Row[Any]) -> Shown:
    return {
        "message": row.message, "case": row.reference, "code": row.code, "severity": row.severity,
        "opened_at": moment(row.opened_at), "closed_at": _at(row.closed_at), "closed_by": row.closed_by,
    }  # fmt: skip


def _acts(store: Store, connection: Connection, whose: str, mails: Sequence[str]) -> Iterator[Shown]:
    """Give every line that a person left about these, with the reason; looks too, also those at the whole register."""
    came = select(messages.c.recorded_at).where(messages.c.id.in_(mails)).order_by(messages.c.recorded_at).limit(1)
    began = connection.execute(came).scalar_one_or_none() or ""
    mine = intake_log.c.message.in_(mails) | is_about(connection, whose)
    whole = intake_log.c.event.in_(OF_EVERYTHING) & intake_log.c.message.is_(None) & (intake_log.c.at >= began)
    joined = intake_log.outerjoin(reasons, reasons.c.line == intake_log.c.seq)
    wanted = select(intake_log, reasons.c.reason).select_from(joined).where(is_by_a_person(connection), mine | whole)
    for row in connection.execute(wanted.order_by(intake_log.c.seq)).all():
        told = dict(told_in(row))
        by, _ = told.pop("by", told.get("account")), told.pop("reason_sha256", None)
        yield {
            "at": moment(row.at), "event": row.event, "what": row.why, "by": by, "message": row.message,
            "reason": _reason(store, connection, row), "details": told,
        }  # fmt: skip


def _reason(store: Store, connection: Connection, row: Row[Any]) -> str | None:
    if not row.reason:
        return None
    try:
        place = place_of_reason(row.event, row.message, told_in(row))
        return store.unseal(connection, place, row.reason).decode()
    except BrokenPromise:
        return None


def _at(stamped: str | None) -> datetime | None:
    return moment(stamped) if stamped else None

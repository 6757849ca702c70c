"""Readings made again: found, and written as the next generation; what was read before stays and stays readable."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, exists, insert, select, update

from intake.domain.case import Assessment
from intake.domain.findings import Finding
from intake.domain.message import Message, MessageId
from intake.domain.rereading import ReadAgain, Rereading, Standing, StandingForm
from intake.domain.stages import WORKABLE, Stage
from intake.errors import BrokenPromise, Overtaken
from intake.records import case_register, generations, subjects
from intake.records import exceptions as opening
from intake.records.codec import plain, stamp
from intake.records.messages import message_of
from intake.records.schema import documents, exceptions, findings, messages
from intake.records.store import Store

PAGE = 500
READABLE_AGAIN = (Stage.REGISTERED, Stage.HELD, Stage.PARSED)
"""Where a message rests with readings, or waits for its next leg with them."""

Marks = list[tuple[int, int, int]]


class ReadingsAgain:
    """What reading again finds and writes; a message is one transaction with its line of the log."""

    def __init__(self, store: Store) -> None:
        """Work on ``store``."""
        self._store = store

    def with_readings(self, since: datetime | None = None) -> Iterator[MessageId]:
        """Give every message with forms of ours on record, received since then, oldest first."""
        read = exists().where(documents.c.message == messages.c.id, documents.c.referral.is_not(None))
        wanted = select(messages.c.id, messages.c.number).where(messages.c.stage.in_(READABLE_AGAIN), read)
        if since is not None:
            wanted = wanted.where(messages.c.received_at >= stamp(since))
        after = 0
        while True:
            page = wanted.where(messages.c.number > after).order_by(messages.c.number).limit(PAGE)
            with self._store.reading() as connection:
                rows = connection.execute(page).all()
            yield from (MessageId(row.id) for row in rows)
            if len(rows) < PAGE:
                return
            after = rows[-1].number

    def standing(self, message: MessageId) -> Standing:
        """Return a message with its forms as they stand; BrokenPromise("no-such-message")."""
        with self._store.reading() as connection:
            row = connection.execute(select(messages).where(messages.c.id == message)).one_or_none()
            if row is None:
                raise BrokenPromise("no-such-message")
            ever = connection.execute(
                select(exceptions.c.code, exceptions.c.document).where(exceptions.c.message == message)
            )
            opened = frozenset((one.code, one.document) for one in ever)
            return Standing(message_of(row), generations.standing(self._store, connection, message), opened)

    def read_again(self, seen: Standing, result: Rereading, now: datetime) -> None:
        """Write new readings as the next generation, findings and exceptions with them; no version, no letter.

        Whole or not at all. Overtaken where the message moved, is in work, or was read again or corrected since
        ``seen``: what was found out would not be about what stands.
        """
        message = seen.message
        with self._store.writing() as connection:
            compare(self._store, connection, seen)
            told = write(self._store, connection, message, result, now)
            for reference in sorted({form.before.reference for form in result.forms if form.before.reference}):
                case_register.reindex(self._store, connection, reference)
            subjects.index_message(self._store, connection, message.id, message.stage)
            details = {
                "documents": told,
                "unread": [[document, why] for document, why in sorted(result.unread.items())],
                "exceptions": sorted({item.code for item in result.exceptions}),
            }
            stage = message.stage.value
            self._store.log(
                connection, now, "read-again", "readings-changed", message=message.id, there=stage, details=details
            )


def compare(store: Store, connection: Connection, seen: Standing) -> None:
    """Raise Overtaken where a message moved, is in work, or was read again or corrected since ``seen``."""
    row = connection.execute(select(messages).where(messages.c.id == seen.message.id)).one()
    begun = row.attempts and Stage(row.stage) in WORKABLE
    if begun or (row.stage, row.attempts) != (seen.message.stage.value, seen.message.attempts):
        raise Overtaken
    if _marks(generations.standing(store, connection, seen.message.id)) != _marks(seen.forms):
        raise Overtaken


def write(store: Store, connection: Connection, message: Message, result: Rereading, now: datetime) -> list[list[int]]:
    """Write each form's next generation, and open what it found; give document, generation and answers that differ."""
    told = [_write(store, connection, message, form, now) for form in result.forms]
    opening.open_all(connection, message.id, result.exceptions, now)
    return told


def _write(store: Store, connection: Connection, message: Message, form: ReadAgain, now: datetime) -> list[int]:
    before, number = form.before, form.before.generation + 1
    generations.append(store, connection, (message.id, number), form.read, now)
    if form.assessment is not None:
        generations.assess(store, connection, message.id, number, form.assessment)
        _supersede(connection, message, form.assessment, number)
        if before.reference is not None and before.version is not None:
            case_register.summarise(connection, before.reference, before.version, form.assessment)
    return [before.document, number, len(form.changes)]


def _marks(forms: tuple[StandingForm, ...]) -> Marks:
    return [(form.document, form.generation, len(form.corrections)) for form in forms]


def _supersede(connection: Connection, message: Message, found: Assessment, number: int) -> None:
    """Mark findings that hold no longer by the reading that ended them, and add the new ones under its number."""
    mine = (findings.c.message == message.id, findings.c.document == found.document, findings.c.superseded.is_(None))
    standing = {(row.code, row.detail): row.id for row in connection.execute(select(findings).where(*mine))}
    holding = {_row(finding) for finding in found.findings}
    gone = [identity for said, identity in standing.items() if said not in holding]
    if gone:
        connection.execute(update(findings).where(findings.c.id.in_(gone)).values(superseded=number))
    place: dict[str, Any] = {"message": message.id, "document": found.document, "generation": number}
    new = [{**place, "code": code, "detail": detail} for code, detail in sorted(holding - set(standing))]
    if new:
        connection.execute(insert(findings), new)


def _row(finding: Finding) -> tuple[str, str]:
    return finding.code, plain(dict(finding.detail))

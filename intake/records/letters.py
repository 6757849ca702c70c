"""The outbox: letters are ordered with their outcome, counted before each try, and sent only after the server's 250."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, and_, func, insert, select, update

from intake.domain.case import Letter, LetterKind, LetterState, Reference
from intake.domain.delivery import SENDING, DueLetter, LettersOrdered, UnactedAlert
from intake.domain.findings import ExceptionItem, Severity
from intake.domain.message import Message, MessageId
from intake.domain.outcome import Outcome
from intake.domain.private import Private
from intake.errors import BrokenPromise, Overtaken
from intake.records import exceptions as opening
from intake.records.codec import decode, encode, moment, plain, stamp
from intake.records.schema import exceptions, letters, messages
from intake.records.store import Store

UNREADABLE, KEY_MISSING = "unreadable", "key-missing"
A_WHILE = timedelta(hours=1)
"""Until a letter whose key is missing is looked at again: the ring's file may have lost one that comes back."""
BOUNCED = "acknowledgement-bounced"
"""The item of a mail that brought a letter of ours back."""
TRIED = (LetterState.SENT.value, LetterState.ABANDONED.value)
"""An alert that could not be delivered is one that nobody acted on all the more."""
ANSWERS = (LetterKind.ACKNOWLEDGEMENT.value, LetterKind.RECEIPT.value)
ALERTS_FIRST = (letters.c.kind != LetterKind.SAFETY_ALERT.value, letters.c.id)


def order(store: Store, connection: Connection, message: Message, outcome: Outcome, now: datetime) -> None:
    """Put an outcome's letters into the outbox, but no second of a kind for a message that is walked again."""
    references = plain(sorted({entry.reference for entry in outcome.entries}))
    kinds = set(connection.execute(select(letters.c.kind).where(letters.c.message == message.id)).scalars())
    for letter in (letter for letter in outcome.letters if letter.kind.value not in kinds):
        sealed = store.seal(connection, f"letters/{message.id}/{letter.kind.value}", encode(letter))
        row = {
            "message": message.id, "kind": letter.kind.value, "header_message_id": letter.header_message_id,
            "state": letter.state.value, "why": letter.why, "recipient": _recipients(store, letter.recipients[0])[0],
            "sealed": sealed, "references": references, "next_try": stamp(now), "ordered_at": stamp(now),
        }  # fmt: skip
        connection.execute(insert(letters).values(row))


def bounced(connection: Connection, message: Message, header_message_id: str, now: datetime) -> None:
    """Note on our letter that it came back by a message, and see that somebody is told.

    The item that the message was given is about the letter; where it was given none (a copy, a mail from ourselves)
    one is opened, unless there has been one about the letter before.
    """
    mine = letters.c.header_message_id == header_message_id
    connection.execute(update(letters).where(mine).values(bounced_at=stamp(now)))
    row = connection.execute(select(letters.c.id, letters.c.references).where(mine)).one_or_none()
    if row is not None and not opening.name_letter(connection, message.id, BOUNCED, row.id):
        item = ExceptionItem("acknowledgement-bounced", Severity.TODAY, reference=_only_reference(row.references))
        opening.open_about(connection, row.id, message.id, item, now)


def letter_of(store: Store, header_message_ids: Sequence[str]) -> tuple[MessageId, Sequence[Reference]] | None:
    """Return whose letter of ours bears one of these Message-IDs, and the references it spoke of."""
    wanted = select(letters.c.message, letters.c.references).where(letters.c.header_message_id.in_(header_message_ids))
    with store.reading() as connection:
        row = connection.execute(wanted.order_by(letters.c.id).limit(1)).one_or_none()
    return (MessageId(row.message), decode(row.references.encode(), list[Reference])) if row else None


def ordered(store: Store, address: Private, since: datetime) -> LettersOrdered:
    """Count letters ordered since then: to an address whatever became of them, and answers that nobody must release."""
    lately = letters.c.ordered_at >= stamp(since)
    mine = (letters.c.recipient.in_(_recipients(store, address)), lately)
    answers = (letters.c.kind.in_(ANSWERS), letters.c.state != LetterState.WAITING.value, lately)
    by_agency = (
        select(messages.c.agency, func.count())
        .join(messages, messages.c.id == letters.c.message)
        .where(*answers)
        .group_by(messages.c.agency)
    )
    with store.reading() as connection:
        to_sender = int(connection.execute(select(func.count()).select_from(letters).where(*mine)).scalar_one())
        found = {agency or "": int(count) for agency, count in connection.execute(by_agency)}
    return LettersOrdered(to_sender, {agency: count for agency, count in found.items() if agency}, sum(found.values()))


class Outbox:
    """The :class:`intake.ports.Outbox`; each write is one transaction with its line of the log."""

    def __init__(self, store: Store) -> None:
        """Work on ``store``."""
        self._store = store

    def due_letters(self, now: datetime, limit: int) -> Sequence[DueLetter]:
        """Return queued letters whose time to try has come: safety alerts first, then the longest waiting.

        One that does not open keeps back no other: it is abandoned, or put off while its key is missing, with an
        exception for a person.
        """
        while True:
            found, spoilt = self._due(now, limit)
            for letter, why in spoilt:
                self._set_aside(letter, why, now)
            if found or not spoilt:
                return found

    def _due(self, now: datetime, limit: int) -> tuple[list[DueLetter], list[tuple[int, str]]]:
        """Return the letters that are due and open, and which do not, with why."""
        due = (letters.c.state == LetterState.QUEUED.value, letters.c.next_try <= stamp(now))
        found, spoilt = [], []
        with self._store.reading() as connection:
            for row in connection.execute(select(letters).where(*due).order_by(*ALERTS_FIRST).limit(limit)).all():
                try:
                    letter = self._opened(connection, row)
                except BrokenPromise as broken:
                    spoilt.append((row.id, broken.promise))
                else:
                    found.append(DueLetter(row.id, letter, row.attempts, moment(row.ordered_at)))
        return found, spoilt

    def _set_aside(self, letter: int, why: str, now: datetime) -> None:
        if why != KEY_MISSING:
            self.letter_abandoned(letter, UNREADABLE, now)
            return
        with self._store.writing() as connection:
            row = self._row(connection, letter)
            item = ExceptionItem("letter-unreadable", Severity.TODAY, reference=_only_reference(row.references))
            opening.open_all(connection, row.message, [item], now)
            new = {"why": KEY_MISSING, "next_try": stamp(now + A_WHILE)}
            connection.execute(update(letters).where(letters.c.id == letter).values(**new))
            self._tell(connection, row, "letter-put-off", KEY_MISSING, now)

    def letter_attempt(self, due: DueLetter) -> None:
        """Count an attempt, durably, before it is made: from now until its end is written, the letter is in doubt.

        Overtaken when another post office has begun it since.
        """
        same = (letters.c.state == LetterState.QUEUED.value, letters.c.attempts == due.attempts)
        with self._store.writing() as connection:
            mine = update(letters).where(letters.c.id == due.id, *same)
            if connection.execute(mine.values(attempts=due.attempts + 1, why=SENDING)).rowcount != 1:
                raise Overtaken

    def letter_sent(self, letter: int, queue_code: str, now: datetime) -> None:
        """Record that the server said 250: the letter is theirs now."""
        self._end(letter, "letter-sent", now, state=LetterState.SENT.value, queue_code=queue_code, why=None)

    def letter_found(self, letter: int, now: datetime) -> None:
        """Record that a letter in doubt lies among those the server has sent."""
        self._end(letter, "letter-found", now, state=LetterState.SENT.value, queue_code="found-in-sent", why=None)

    def letter_failed(self, letter: int, code: str, next_try: datetime, now: datetime) -> None:
        """Put a letter off; try not before ``next_try``."""
        with self._store.writing() as connection:
            row = self._row(connection, letter)
            new = {"why": code, "next_try": stamp(next_try)}
            connection.execute(update(letters).where(letters.c.id == letter).values(**new))
            self._tell(connection, row, "letter-put-off", code, now)

    def letter_abandoned(self, letter: int, code: str, now: datetime) -> None:
        """Abandon a letter for good, with an exception for a person, in one transaction."""
        self._end(letter, "letter-abandoned", now, state=LetterState.ABANDONED.value, why=code)

    def unacted_alerts(self, told_before: datetime) -> Sequence[UnactedAlert]:
        """Return alerts whose exception is still open and of which nobody was told since ``told_before``."""
        alert = and_(letters.c.message == exceptions.c.message, letters.c.kind == LetterKind.SAFETY_ALERT.value)
        wanted = select(exceptions, messages.c.received_at).join(letters, alert).join(
            messages, messages.c.id == exceptions.c.message
        ).where(
            exceptions.c.severity == Severity.ALERT.value, exceptions.c.closed_at.is_(None),
            exceptions.c.told_at < stamp(told_before), letters.c.state.in_(TRIED),
        ).order_by(exceptions.c.message, exceptions.c.id)  # fmt: skip
        with self._store.reading() as connection:
            rows = connection.execute(wanted).all()
        return [_unacted(list(mine)) for _, mine in groupby(rows, key=lambda row: row.message)]

    def alert_repeated(self, message: MessageId, now: datetime) -> None:
        """Record that the named human channel was told again: the clock to the next repeat runs anew."""
        mine = (exceptions.c.message == message, exceptions.c.severity == Severity.ALERT.value)
        new = {"told_at": stamp(now), "times_told": exceptions.c.times_told + 1}
        with self._store.writing() as connection:
            connection.execute(update(exceptions).where(*mine, exceptions.c.closed_at.is_(None)).values(**new))
            self._store.log(connection, now, "alert-repeated", "nobody-acted", message=message)

    def _end(self, letter: int, event: str, now: datetime, **new: str | None) -> None:
        with self._store.writing() as connection:
            row = self._row(connection, letter)
            if row.state == LetterState.SENT.value:
                return  # another post had its 250 already: that stands, whatever this one met
            connection.execute(update(letters).where(letters.c.id == letter).values(ended_at=stamp(now), **new))
            if new["state"] == LetterState.ABANDONED.value:
                item = ExceptionItem("letter-abandoned", Severity.TODAY, reference=_only_reference(row.references))
                opening.open_about(connection, letter, row.message, item, now)
            self._tell(connection, row, event, new["why"] or "accepted", now)

    def _row(self, connection: Connection, letter: int) -> Row[Any]:
        row = connection.execute(select(letters).where(letters.c.id == letter)).one_or_none()
        if row is None:
            raise BrokenPromise("no-such-letter")
        return row

    def _tell(self, connection: Connection, row: Row[Any], event: str, why: str, now: datetime) -> None:
        stage = connection.execute(select(messages.c.stage).where(messages.c.id == row.message)).scalar_one()
        details = {"kind": row.kind, "attempts": row.attempts}
        self._store.log(connection, now, event, why, message=row.message, there=stage, details=details)

    def _opened(self, connection: Connection, row: Row[Any]) -> Letter:
        letter = decode(self._store.unseal(connection, f"letters/{row.message}/{row.kind}", row.sealed), Letter)
        return replace(letter, state=LetterState(row.state), why=row.why)


def _only_reference(written: str) -> str | None:
    """Return the case that a letter's row names; None where it names none, or several."""
    references = decode(written.encode(), list[str])
    return references[0] if len(references) == 1 else None


def _recipients(store: Store, address: Private) -> tuple[str, ...]:
    """Return an address as the rows may have it: under the newest key first, then under older ones."""
    return store.ring.blinds("recipient", address.reveal().strip().lower())


def _unacted(rows: Sequence[Row[Any]]) -> UnactedAlert:
    """Return the one reminder for all the open alerts of a message."""
    reference = next((row.reference for row in rows if row.reference), None)
    codes, times = tuple(dict.fromkeys(row.code for row in rows)), max(row.times_told for row in rows)
    return UnactedAlert(MessageId(rows[0].message), reference, codes, moment(rows[0].received_at), times)

"""Committing an outcome: everything a leg decided, in one transaction, with the stage compared and set first."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from intake.domain.case import Assessment
from intake.domain.findings import Finding
from intake.domain.message import Message
from intake.domain.outcome import DocumentRecord, Outcome
from intake.domain.referral import Referral
from intake.domain.stages import WORKABLE
from intake.errors import Overtaken
from intake.records import case_register, generations, letters, subjects
from intake.records import exceptions as opening
from intake.records.codec import encode, plain
from intake.records.schema import documents, findings, messages
from intake.records.store import Store


def commit(store: Store, message: Message, outcome: Outcome, now: datetime) -> None:
    """Write the outcome whole or not at all; raises Overtaken when another worker moved the message first."""
    with store.writing() as connection:
        told = write(store, connection, message, outcome, now)
        here, there = message.stage.value, outcome.stage.value
        store.log(connection, now, "moved", outcome.why, message=message.id, here=here, there=there, details=told)


def write(store: Store, connection: Connection, message: Message, outcome: Outcome, now: datetime) -> Mapping[str, Any]:
    """Write an outcome but for its line of the log, in the caller's transaction; return what that line tells."""
    if outcome.copy_of and outcome.takes_over:
        _take_over(store, connection, message, outcome.copy_of, now)
    _move(store, connection, message, outcome)
    for document in outcome.documents:
        _document(connection, message, document)
    for referral in outcome.referrals:
        _read(store, connection, message, referral, now)
    for assessment in outcome.assessments:
        _assessed(store, connection, message, assessment)
    _findings(connection, message, [*(f for a in outcome.assessments for f in a.findings), *outcome.findings])
    case_register.write(store, connection, message, outcome, now)
    opening.open_all(connection, message.id, outcome.exceptions, now)
    opening.name_case(connection, message.id, {entry.reference for entry in outcome.entries})
    letters.order(store, connection, message, outcome, now)
    if outcome.stage not in WORKABLE:
        subjects.index_message(store, connection, message.id, outcome.stage)
    if outcome.bounced:
        letters.bounced(connection, message, outcome.bounced, now)
    return _told(outcome)


def _take_over(store: Store, connection: Connection, message: Message, earlier: str, now: datetime) -> None:
    """Let a mail go on in place of an earlier one with the same content: later copies are copies of this one."""
    mine = messages.c.id == earlier
    connection.execute(update(messages).where(mine).values(content_sha256=None))
    stage = connection.execute(select(messages.c.stage).where(mine)).scalar_one()
    store.log(
        connection, now, "copy-goes-on", "better-proved", message=earlier, there=stage, details={"copy": message.id}
    )


def _move(store: Store, connection: Connection, message: Message, outcome: Outcome) -> None:
    """Compare and set the stage; nothing else is written when the comparison fails."""
    new: dict[str, Any] = {"stage": outcome.stage.value, "why": outcome.why, "attempts": 0, "next_try": None}
    new["filed_to"] = None
    if outcome.content_sha256:
        new["content_sha256"] = outcome.content_sha256
    if outcome.linked:
        new["linked"] = outcome.linked
    if outcome.screening:
        sender = outcome.screening.sender
        sealed = store.seal(connection, f"messages/{message.id}/screening", encode(outcome.screening))
        new |= {"sender_trust": sender.trust.value, "agency": sender.agency, "screening": sealed}
        new["header_digest"] = _digest(store, outcome.screening.in_reply_to)
    same = (messages.c.id == message.id, messages.c.stage == message.stage.value)
    done = connection.execute(update(messages).where(*same, messages.c.attempts == message.attempts).values(**new))
    if done.rowcount != 1:
        raise Overtaken


def _digest(store: Store, header_message_id: str | None) -> str | None:
    """Return what a Message-ID is known by in the records: nobody can read the sender's server from it."""
    return store.ring.blinds("message-id", header_message_id)[0] if header_message_id else None


def _document(connection: Connection, message: Message, document: DocumentRecord) -> None:
    """Write a document's row, over what an earlier leg knew of it."""
    same = (documents.c.message == message.id, documents.c.index == document.index)
    connection.execute(delete(documents).where(*same))
    row = {name: getattr(document, name) for name in DocumentRecord.__slots__}
    connection.execute(insert(documents).values(message=message.id, **row))


def _read(store: Store, connection: Connection, message: Message, form: Referral, now: datetime) -> None:
    """Seal what was read of a document into its row; where it had been read again, as the newest generation too."""
    _seal(store, connection, message, form)
    last = generations.last(connection, message.id, form.document)
    if last != generations.FIRST:
        generations.append(store, connection, (message.id, last + 1), form, now)


def _assessed(store: Store, connection: Connection, message: Message, found: Assessment) -> None:
    """Seal what was found out about a document into its row, or beside the reading it was found from."""
    last = generations.last(connection, message.id, found.document)
    if last == generations.FIRST:
        _seal(store, connection, message, found)
    else:
        generations.assess(store, connection, message.id, last, found)


def _seal(store: Store, connection: Connection, message: Message, value: Referral | Assessment) -> None:
    column = "referral" if isinstance(value, Referral) else "assessment"
    sealed = store.seal(connection, f"documents/{message.id}/{value.document}/{column}", encode(value))
    same = (documents.c.message == message.id, documents.c.index == value.document)
    connection.execute(update(documents).where(*same).values({column: sealed}))


def _findings(connection: Connection, message: Message, found: Iterable[Finding]) -> None:
    """Write what was found, over what a leg walked once before found of the same."""
    found = list(found)
    for code, document in {(one.code, one.document) for one in found}:
        same = (findings.c.code == code, findings.c.document.is_not_distinct_from(document))
        mine = (findings.c.message == message.id, findings.c.superseded.is_(None))
        connection.execute(delete(findings).where(*mine, *same))
    rows = [
        {"message": message.id, "document": one.document, "code": one.code, "detail": plain(dict(one.detail))}
        for one in found
    ]
    if rows:
        connection.execute(insert(findings), rows)


def _told(outcome: Outcome) -> Mapping[str, Any]:
    """Return what a line of the log tells of an outcome: codes and counts of everything committed with it."""
    assessed: tuple[Assessment, ...] = outcome.assessments
    details = {
        "documents": [[d.index, d.kind, d.state, d.why] for d in outcome.documents],
        "findings": sorted({f.code for a in assessed for f in a.findings} | {f.code for f in outcome.findings}),
        "cases": sorted({entry.reference for entry in outcome.entries}),
        "exceptions": sorted({item.code for item in outcome.exceptions}),
        "copy_of": outcome.copy_of,
        "letters": sorted(f"{letter.kind.value} {letter.state.value}" for letter in outcome.letters),
    }
    if outcome.screening:
        sender = outcome.screening.sender
        details["sender"] = [sender.trust.value, f"dmarc={sender.dmarc.value}", *outcome.screening.sender.notes]
    return {name: value for name, value in details.items() if value}

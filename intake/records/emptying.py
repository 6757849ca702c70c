"""Taking out of the records what an erased case or message held: its data key, its sealed columns, its traces."""

from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from intake.records import seals
from intake.records.codec import stamp
from intake.records.reading_tables import generations, keyed
from intake.records.schema import (
    blind_index,
    cases,
    documents,
    intake_log,
    letters,
    messages,
    reasons,
    subject_index,
    versions,
)
from intake.records.way_tables import ACTS, notes

EMPTY, ERASED = b"", "erased"
TABLES = (
    "data_keys", "messages", "documents", "readings", "letters", "reasons", "case_versions", "keyed_values",
    "case_notes",
)  # fmt: skip
"""Those that held it, and the blind index, whose digests only the key ring can make."""


def of_case(connection: Connection, reference: str, now: datetime) -> None:
    """Leave of a case its number, dates, agency and decision: answers, notes and reasons are gone; nothing finds it."""
    seals.destroy(connection, seals.of_case(reference), now)
    mine = versions.c.reference == reference
    connection.execute(update(versions).where(mine).values(referral=EMPTY, assessment=EMPTY, document_sha256=""))
    connection.execute(update(keyed).where(keyed.c.reference == reference).values(value=EMPTY))
    connection.execute(update(notes).where(notes.c.reference == reference).values(note=EMPTY))
    for table in ACTS:
        lines = select(table.c.line).where(table.c.reference == reference)
        connection.execute(update(reasons).where(reasons.c.line.in_(lines)).values(reason=EMPTY))
    connection.execute(delete(blind_index).where(blind_index.c.reference == reference))
    connection.execute(delete(subject_index).where(subject_index.c.owner == seals.of_case(reference)))
    connection.execute(update(cases).where(cases.c.reference == reference).values(status=ERASED))


def of_message(connection: Connection, message: str, now: datetime) -> None:
    """Leave of a message that it came, when, and where it ended; a mail like it is a new one from now on."""
    seals.destroy(connection, seals.of_message(message), now)
    forms = {"referral": None, "assessment": None, "sha256": ""}  # whoever has a form must not learn that it was here
    connection.execute(update(documents).where(documents.c.message == message).values(**forms))
    connection.execute(
        update(generations).where(generations.c.message == message).values(referral=EMPTY, assessment=None)
    )
    connection.execute(update(letters).where(letters.c.message == message).values(sealed=EMPTY, recipient=""))
    lines = select(intake_log.c.seq).where(intake_log.c.message == message, intake_log.c.event != "message-erased")
    connection.execute(update(reasons).where(reasons.c.line.in_(lines)).values(reason=EMPTY))
    connection.execute(delete(subject_index).where(subject_index.c.owner == seals.of_message(message)))
    gone = {"screening": None, "content_sha256": None, "header_digest": None, "erased_at": stamp(now)}
    connection.execute(update(messages).where(messages.c.id == message).values(**gone))

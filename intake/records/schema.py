"""The tables. The database knows the closed lists and refuses what cannot be; no plain column holds a personal word.

Times are texts in UTC, ISO 8601 with microseconds: they sort as they stand on every database.
"""

from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from intake.domain.case import LetterKind, LetterState, Relation
from intake.domain.findings import Severity
from intake.domain.sign_off import QAStatus
from intake.domain.stages import Stage
from intake.domain.timeliness import Band
from intake.domain.verdict import SenderTrust

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)
Number = BigInteger().with_variant(Integer, "sqlite")


def one_of(column: str, values: Iterable[StrEnum]) -> CheckConstraint:
    """Return the constraint that a column holds one of a closed list."""
    listed = ", ".join(f"'{value.value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


messages = Table(
    "messages",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("id", Text, nullable=False, unique=True),
    Column("mailbox", Text, nullable=False),
    Column("folder", Text, nullable=False),
    Column("uidvalidity", BigInteger, nullable=False),
    Column("uid", BigInteger, nullable=False),
    Column("received_at", Text, nullable=False),
    Column("recorded_at", Text, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("sha256", Text, nullable=False, index=True),
    Column("content_sha256", Text, unique=True),
    Column("header_digest", Text, index=True),
    Column("oversize", Boolean, nullable=False, default=False),
    Column("stage", Text, nullable=False, index=True),
    Column("why", Text, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("next_try", Text),
    Column("sender_trust", Text),
    Column("agency", Text),
    Column("linked", Text),
    Column("filed_to", Text),
    Column("screening", LargeBinary),
    Column("erased_at", Text),
    UniqueConstraint("mailbox", "folder", "uidvalidity", "uid"),
    one_of("stage", Stage),
    CheckConstraint("attempts >= 0", name="attempts"),
    one_of("sender_trust", SenderTrust),
)

documents = Table(
    "documents",
    metadata,
    Column("message", Text, ForeignKey("messages.id"), primary_key=True),
    Column("index", Integer, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("why", Text),
    Column("recognised", Text, nullable=False),
    Column("sheet", Text),
    Column("edition", Text),
    Column("referral", LargeBinary),
    Column("assessment", LargeBinary),
)

findings = Table(
    "findings",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("message", Text, ForeignKey("messages.id"), nullable=False, index=True),
    Column("document", Integer),
    Column("code", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("generation", Integer, nullable=False, server_default=text("1")),
    Column("superseded", Integer),
)

cases = Table(
    "cases",
    metadata,
    Column("reference", Text, primary_key=True),
    Column("first_received_at", Text, nullable=False),
    Column("opened_at", Text, nullable=False),
    Column("status", Text, nullable=False),
)

versions = Table(
    "case_versions",
    metadata,
    Column("reference", Text, ForeignKey("cases.reference"), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("message", Text, ForeignKey("messages.id"), nullable=False),
    Column("document", Integer, nullable=False),
    Column("received_at", Text, nullable=False),
    Column("agency", Text),
    Column("sheet", Text),
    Column("edition", Text),
    Column("type", Text, nullable=False),
    Column("children", Integer, nullable=False),
    Column("band", Text, nullable=False),
    Column("qa_status", Text, nullable=False),
    Column("missing", Text, nullable=False),
    Column("alerts", Text, nullable=False),
    Column("document_sha256", Text, nullable=False),
    Column("referral", LargeBinary, nullable=False),
    Column("assessment", LargeBinary, nullable=False),
    UniqueConstraint("message", "document"),
    CheckConstraint("version >= 1", name="version"),
    one_of("band", Band),
    one_of("qa_status", QAStatus),
)

links = Table(
    "case_links",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("reference", Text, ForeignKey("cases.reference"), nullable=False, index=True),
    Column("message", Text, ForeignKey("messages.id"), nullable=False),
    Column("document", Integer),
    Column("kind", Text, nullable=False),
    Column("other", Text),
    UniqueConstraint("reference", "message", "document", "kind", "other"),
    CheckConstraint(f"kind IN ('{Relation.RESUBMISSION.value}', 'same-incident', 'reply', 'bounce')", name="kind"),
)

blind_index = Table(
    "blind_index",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("digest", Text, primary_key=True),
    Column("reference", Text, ForeignKey("cases.reference"), primary_key=True),
    CheckConstraint("kind IN ('file', 'child', 'incident')", name="kind"),
)

subject_index = Table(
    "subject_index",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("digest", Text, primary_key=True),
    Column("owner", Text, primary_key=True, index=True),
    CheckConstraint("kind IN ('child', 'name', 'born')", name="kind"),
)

exceptions = Table(
    "exceptions",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("message", Text, ForeignKey("messages.id"), nullable=False, index=True),
    Column("reference", Text),
    Column("document", Integer),
    Column("code", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("opened_at", Text, nullable=False),
    Column("told_at", Text),
    Column("times_told", Integer, nullable=False, default=0),
    Column("closed_at", Text, index=True),
    Column("closed_by", Text),
    Column("letter", BigInteger, index=True),
    one_of("severity", Severity),
    CheckConstraint("(closed_at IS NULL) = (closed_by IS NULL)", name="closed"),
)

letters = Table(
    "letters",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("message", Text, ForeignKey("messages.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("header_message_id", Text, nullable=False, unique=True),
    Column("state", Text, nullable=False, index=True),
    Column("why", Text),
    Column("recipient", Text, nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("references", Text, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("next_try", Text, nullable=False),
    Column("ordered_at", Text, nullable=False),
    Column("ended_at", Text),
    Column("queue_code", Text),
    Column("bounced_at", Text),
    UniqueConstraint("message", "kind"),
    one_of("kind", LetterKind),
    one_of("state", LetterState),
    CheckConstraint("(state = 'sent') = (queue_code IS NOT NULL)", name="sent"),
)

intake_log = Table(
    "intake_log",
    metadata,
    Column("seq", Number, primary_key=True, autoincrement=False),
    Column("at", Text, nullable=False),
    Column("message", Text, index=True),
    Column("event", Text, nullable=False),
    Column("here", Text),
    Column("there", Text),
    Column("why", Text, nullable=False),
    Column("details", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("mac", Text, nullable=False),
    Index("ix_intake_log_event", "event", "at"),
)

log_head = Table(
    "intake_log_head",
    metadata,
    Column("one", Integer, primary_key=True, autoincrement=False),
    Column("seq", Number, nullable=False),
    Column("mac", Text, nullable=False),
    CheckConstraint("one = 1", name="one"),
)

reasons = Table(
    "reasons",
    metadata,
    Column("line", Number, ForeignKey("intake_log.seq"), primary_key=True, autoincrement=False),
    Column("reason", LargeBinary, nullable=False),
)

leases = Table(
    "leases",
    metadata,
    Column("name", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("until", Text, nullable=False),
)

health = Table(
    "health",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
    Column("at", Text, nullable=False),
)

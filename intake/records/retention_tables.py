"""The tables of keeping and erasing: the data keys, and the legal holds that forbid erasing."""

from sqlalchemy import CheckConstraint, Column, ForeignKey, LargeBinary, Table, Text

from intake.records.schema import Number, metadata

data_keys = Table(
    "data_keys",
    metadata,
    Column("owner", Text, primary_key=True),
    Column("wrapped", LargeBinary),
    Column("destroyed_at", Text),
    CheckConstraint("(wrapped IS NULL) = (destroyed_at IS NOT NULL)", name="destroyed"),
)

holds = Table(
    "legal_holds",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("reference", Text, ForeignKey("cases.reference"), nullable=False, index=True),
    Column("line", Number, ForeignKey("intake_log.seq"), nullable=False),
    Column("placed_at", Text, nullable=False),
    Column("lifted_at", Text),
    Column("lifted_line", Number, ForeignKey("intake_log.seq")),
    CheckConstraint("(lifted_at IS NULL) = (lifted_line IS NULL)", name="lifted"),
)

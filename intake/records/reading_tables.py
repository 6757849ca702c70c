"""The tables of what was read again and of what people keyed: rows are added, never changed into others.

The first reading of a form stands sealed in its document's row, and in its version's; each later one is a generation
here. What people keyed is kept apart from what was read: the newest of an answer is the one that is shown.
"""

from sqlalchemy import CheckConstraint, Column, ForeignKey, ForeignKeyConstraint, Integer, LargeBinary, Table, Text

from intake.records.schema import Number, metadata

generations = Table(
    "readings",
    metadata,
    Column("message", Text, ForeignKey("messages.id"), primary_key=True),
    Column("document", Integer, primary_key=True),
    Column("generation", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("sheet", Text),
    Column("edition", Text),
    Column("referral", LargeBinary, nullable=False),
    Column("assessment", LargeBinary),
    CheckConstraint("generation >= 2", name="generation"),
)

keyed = Table(
    "keyed_values",
    metadata,
    Column("id", Number, primary_key=True, autoincrement=True),
    Column("reference", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("field", Text, nullable=False),
    Column("child", Integer),
    Column("keyed_by", Text, nullable=False),
    Column("value", LargeBinary, nullable=False),
    Column("line", Number, ForeignKey("intake_log.seq"), nullable=False),
    ForeignKeyConstraint(["reference", "version"], ["case_versions.reference", "case_versions.version"]),
    CheckConstraint("child >= 1", name="child"),
)

"""The tables of the staff pages: local accounts, and sessions by the digest of what their cookie holds."""

from sqlalchemy import CheckConstraint, Column, Integer, LargeBinary, Table, Text

from intake.records.schema import metadata

accounts = Table(
    "staff_accounts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("roles", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("totp", LargeBinary),
    Column("totp_last", Integer),
    Column("failures", Integer, nullable=False, default=0),
    Column("locked_until", Text),
    Column("made_at", Text, nullable=False),
    Column("disabled_at", Text),
    CheckConstraint("failures >= 0", name="failures"),
)

sessions = Table(
    "staff_sessions",
    metadata,
    Column("digest", Text, primary_key=True),
    Column("name", Text, index=True),
    Column("content", LargeBinary, nullable=False),
    Column("begun_at", Text, nullable=False),
    Column("seen_at", Text, nullable=False),
)

"""The staff pages have accounts and sessions, and find messages by stage or agency without reading them all."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

STEPS = (
    """
CREATE TABLE staff_accounts (
    name TEXT NOT NULL,
    roles TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    totp {bytes},
    totp_last INTEGER,
    failures INTEGER NOT NULL,
    locked_until TEXT,
    made_at TEXT NOT NULL,
    disabled_at TEXT,
    PRIMARY KEY (name),
    CONSTRAINT ck_staff_accounts_failures CHECK (failures >= 0)
)
""",
    """
CREATE TABLE staff_sessions (
    digest TEXT NOT NULL,
    name TEXT,
    content {bytes} NOT NULL,
    begun_at TEXT NOT NULL,
    seen_at TEXT NOT NULL,
    PRIMARY KEY (digest)
)
""",
    "CREATE INDEX ix_staff_sessions_name ON staff_sessions (name)",
)
TYPES = {"sqlite": {"bytes": "BLOB"}, "postgresql": {"bytes": "BYTEA"}}


def upgrade() -> None:
    """Make the tables."""
    connection = op.get_bind()
    for statement in STEPS:
        connection.exec_driver_sql(statement.format(**TYPES[connection.dialect.name]))

"""Readings come in generations, people key values, and a finding that no longer holds says since which reading."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STEPS = (
    """
CREATE TABLE readings (
    message TEXT NOT NULL,
    document INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    at TEXT NOT NULL,
    sheet TEXT,
    edition TEXT,
    referral {bytes} NOT NULL,
    assessment {bytes},
    PRIMARY KEY (message, document, generation),
    CONSTRAINT ck_readings_generation CHECK (generation >= 2),
    FOREIGN KEY(message) REFERENCES messages (id)
)
""",
    """
CREATE TABLE keyed_values (
    id {counted} NOT NULL,
    reference TEXT NOT NULL,
    version INTEGER NOT NULL,
    field TEXT NOT NULL,
    child INTEGER,
    keyed_by TEXT NOT NULL,
    value {bytes} NOT NULL,
    line {number} NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(reference, version) REFERENCES case_versions (reference, version),
    CONSTRAINT ck_keyed_values_child CHECK (child >= 1),
    FOREIGN KEY(line) REFERENCES intake_log (seq)
)
""",
    "ALTER TABLE findings ADD COLUMN generation INTEGER DEFAULT 1 NOT NULL",
    "ALTER TABLE findings ADD COLUMN superseded INTEGER",
)
TYPES = {
    "sqlite": {"bytes": "BLOB", "counted": "INTEGER", "number": "INTEGER"},
    "postgresql": {"bytes": "BYTEA", "counted": "BIGSERIAL", "number": "BIGINT"},
}


def upgrade() -> None:
    """Make the tables and columns; what is there already was the first generation."""
    connection = op.get_bind()
    for statement in STEPS:
        connection.exec_driver_sql(statement.format(**TYPES[connection.dialect.name]))

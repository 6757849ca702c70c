"""Each case and message seals under a data key of its own, can be erased by destroying it, and held from it by law."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STEPS = (
    """
CREATE TABLE data_keys (
    owner TEXT NOT NULL,
    wrapped {bytes},
    destroyed_at TEXT,
    PRIMARY KEY (owner),
    CONSTRAINT ck_data_keys_destroyed CHECK ((wrapped IS NULL) = (destroyed_at IS NOT NULL))
)
""",
    """
CREATE TABLE legal_holds (
    id {counted} NOT NULL,
    reference TEXT NOT NULL,
    line {number} NOT NULL,
    placed_at TEXT NOT NULL,
    lifted_at TEXT,
    lifted_line {number},
    PRIMARY KEY (id),
    CONSTRAINT ck_legal_holds_lifted CHECK ((lifted_at IS NULL) = (lifted_line IS NULL)),
    FOREIGN KEY(reference) REFERENCES cases (reference),
    FOREIGN KEY(line) REFERENCES intake_log (seq),
    FOREIGN KEY(lifted_line) REFERENCES intake_log (seq)
)
""",
    "CREATE INDEX ix_legal_holds_reference ON legal_holds (reference)",
    "ALTER TABLE messages ADD COLUMN erased_at TEXT",
)
TYPES = {
    "sqlite": {"bytes": "BLOB", "counted": "INTEGER", "number": "INTEGER"},
    "postgresql": {"bytes": "BYTEA", "counted": "BIGSERIAL", "number": "BIGINT"},
}


def upgrade() -> None:
    """Make the tables and the column; what was sealed before stays under the key ring and opens as it did."""
    connection = op.get_bind()
    for statement in STEPS:
        connection.exec_driver_sql(statement.format(**TYPES[connection.dialect.name]))

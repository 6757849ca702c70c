"""A child is found by date of birth alone too; the program adds what is missing when it is next opened."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

KINDS = "CONSTRAINT ck_subject_index_kind CHECK (kind IN ('child', 'name', 'born'))"
POSTGRESQL = (
    "ALTER TABLE subject_index DROP CONSTRAINT ck_subject_index_kind",
    f"ALTER TABLE subject_index ADD {KINDS}",
)
SQLITE = (
    f"""
CREATE TABLE subject_index_new (
    kind TEXT NOT NULL,
    digest TEXT NOT NULL,
    owner TEXT NOT NULL,
    PRIMARY KEY (kind, digest, owner),
    {KINDS}
)
""",
    "INSERT INTO subject_index_new SELECT kind, digest, owner FROM subject_index",
    "DROP TABLE subject_index",
    "ALTER TABLE subject_index_new RENAME TO subject_index",
    "CREATE INDEX ix_subject_index_owner ON subject_index (owner)",
)
"""SQLite cannot change a constraint: the table is written anew, with every row it had."""


def upgrade() -> None:
    """Allow the kind; that everything was indexed is true no more."""
    connection = op.get_bind()
    for statement in POSTGRESQL if connection.dialect.name == "postgresql" else SQLITE:
        connection.exec_driver_sql(statement)
    connection.exec_driver_sql("DELETE FROM health WHERE name = 'subjects-indexed'")

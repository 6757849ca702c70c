"""A message is found by its Message-ID: a keyed digest of it, so that one used again is told."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

STEPS = (
    "ALTER TABLE messages ADD COLUMN header_digest TEXT",
    "CREATE INDEX ix_messages_header_digest ON messages (header_digest)",
)


def upgrade() -> None:
    """Add the column and its index; mails from before have none, and nothing is told of them."""
    connection = op.get_bind()
    for statement in STEPS:
        connection.exec_driver_sql(statement)

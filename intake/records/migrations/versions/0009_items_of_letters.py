"""An item says which letter it is about, so that closing it ends that letter's case and no other's."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

STEPS = (
    "ALTER TABLE exceptions ADD COLUMN letter BIGINT",
    "CREATE INDEX ix_exceptions_letter ON exceptions (letter)",
    """
UPDATE exceptions SET letter = (
    SELECT min(letters.id) FROM letters WHERE letters.message = exceptions.message AND letters.state = 'abandoned'
) WHERE code = 'letter-abandoned'
""",
    """
UPDATE exceptions SET letter = (SELECT min(letters.id) FROM letters WHERE letters.bounced_at = exceptions.opened_at)
WHERE code = 'acknowledgement-bounced'
""",
)
"""What came back was noted on the letter at the moment its item was opened: one transaction wrote both."""


def upgrade() -> None:
    """Add the column, and say of older items which letter they are about, as far as that is known."""
    connection = op.get_bind()
    for statement in STEPS:
        connection.exec_driver_sql(statement)

"""Items are found by the moment they were opened: what a letter that came back was told with."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the index."""
    op.get_bind().exec_driver_sql("CREATE INDEX ix_exceptions_opened_at ON exceptions (opened_at)")

"""A child is found for an access request by name alone too, and in emails that wait: owners are cases and messages."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

STEPS = (
    """
CREATE TABLE subject_index (
    kind TEXT NOT NULL,
    digest TEXT NOT NULL,
    owner TEXT NOT NULL,
    PRIMARY KEY (kind, digest, owner),
    CONSTRAINT ck_subject_index_kind CHECK (kind IN ('child', 'name'))
)
""",
    "CREATE INDEX ix_subject_index_owner ON subject_index (owner)",
)


def upgrade() -> None:
    """Make the table; the program fills it from what is sealed when it is first opened."""
    for statement in STEPS:
        op.get_bind().exec_driver_sql(statement)

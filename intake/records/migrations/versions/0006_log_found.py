"""The intake log is searched by event, by case and for what people did, without reading all of it."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

STEPS = {
    "sqlite": (
        "CREATE INDEX ix_intake_log_event ON intake_log (event, at)",
        "CREATE INDEX ix_intake_log_case ON intake_log (json_extract(details, '$.case'))",
        """CREATE INDEX ix_intake_log_act ON intake_log ((CASE WHEN instr(details, '"by":') > 0
        OR event IN ('signed-in', 'sign-in-failed') THEN 1 END), seq)""",
    ),
    "postgresql": (
        "CREATE INDEX ix_intake_log_event ON intake_log (event, at)",
        "CREATE INDEX ix_intake_log_case ON intake_log (((details::jsonb) ->> 'case'))",
        """CREATE INDEX ix_intake_log_act ON intake_log ((CASE WHEN strpos(details, '"by":') > 0
        OR event IN ('signed-in', 'sign-in-failed') THEN 1 END), seq)""",
    ),
}
"""The expressions of :mod:`intake.records.log_lines`, as they were when this was written."""


def upgrade() -> None:
    """Make the indexes; they are on what the lines say, and change none."""
    connection = op.get_bind()
    for statement in STEPS[connection.dialect.name]:
        connection.exec_driver_sql(statement)

"""The first tables, frozen as written beside this step, and triggers that keep the intake log append-only."""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

TABLES = Path(__file__).parents[1] / "tables_0001"
SQLITE = """
CREATE TRIGGER intake_log_{what} BEFORE {what} ON intake_log
BEGIN SELECT RAISE(ABORT, 'the intake log is append-only'); END
"""
POSTGRESQL = """
CREATE FUNCTION intake_log_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the intake log is append-only'; END $$;
CREATE TRIGGER intake_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON intake_log
FOR EACH STATEMENT EXECUTE FUNCTION intake_log_refuse();
"""


def upgrade() -> None:
    """Make the tables; the frozen text, never the code of today, whose tables later steps have changed."""
    connection = op.get_bind()
    dialect = connection.dialect.name
    for statement in (TABLES / f"{dialect}.sql").read_text(encoding="utf-8").split(";\n"):
        connection.exec_driver_sql(statement)
    if dialect == "sqlite":
        for what in ("UPDATE", "DELETE"):
            op.execute(SQLITE.format(what=what))
    else:
        op.execute(POSTGRESQL)

"""All records of one database into an empty other one, of either kind, as they were at one moment."""

from sqlalchemy import Connection, Engine, func, insert, select, text

from intake.records.schema import metadata
from intake.records.store import mapped

PAGE = 500


def copy_all(source: Engine, target: Engine) -> None:
    """Copy every row of every table, whole or not at all; both must have today's tables, the target no rows.

    Raises Unavailable where either is away.
    """
    with mapped(), source.connect() as here, target.begin() as there:
        if source.dialect.name == "postgresql":
            here.execution_options(isolation_level="REPEATABLE READ")
        with here.begin():
            for table in metadata.sorted_tables:
                rows = here.execution_options(yield_per=PAGE).execute(select(table)).mappings()
                for page in rows.partitions(PAGE):
                    there.execute(insert(table), list(map(dict, page)))
        if target.dialect.name == "postgresql":
            _count_on(there)


def _count_on(connection: Connection) -> None:
    """Let every counted column of PostgreSQL go on behind the numbers that were copied."""
    for table in metadata.sorted_tables:
        column = table.autoincrement_column
        if column is None:
            continue
        last = connection.execute(select(func.max(column))).scalar()
        if last is not None:
            sequence = text("SELECT setval(pg_get_serial_sequence(:name, :column), :last)")
            connection.execute(sequence, {"name": table.name, "column": column.name, "last": last})

"""The tables as the steps make them are the tables the program speaks of."""

from typing import Any

import pytest
from sqlalchemy import Engine, insert, inspect, text

from intake.errors import BrokenPromise, Misconfigured
from intake.records.schema import health, messages, metadata
from intake.records.store import make_engine
from intake.records.upgrading import is_empty, upgrade
from tests.builders.messages import NOW
from tests.builders.records import Books

OURS = {table.name for table in metadata.sorted_tables}


def shape(engine: Engine) -> dict[str, Any]:
    """Return columns, keys, constraints and indexes of our tables, in no order."""
    look, shapes = inspect(engine), {}
    for table in OURS:
        shapes[table] = {
            "columns": sorted(
                (c["name"], str(c["type"]), c["nullable"], str(c["default"])) for c in look.get_columns(table)
            ),
            "key": look.get_pk_constraint(table)["constrained_columns"],
            "refers": sorted(
                (k["constrained_columns"], k["referred_table"], k["referred_columns"])
                for k in look.get_foreign_keys(table)
            ),
            "unique": sorted(tuple(u["column_names"]) for u in look.get_unique_constraints(table)),
            "checks": sorted((str(c["name"]), c["sqltext"]) for c in look.get_check_constraints(table)),
            "indexes": indexes(engine, table),
        }
    return shapes


def indexes(engine: Engine, table: str) -> list[str]:
    """Return what each index of a table is on, those on expressions too, as the database itself says it."""
    asked = {
        "sqlite": "SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = :table",
        "postgresql": "SELECT indexdef FROM pg_indexes WHERE tablename = :table",
    }[engine.dialect.name]
    with engine.connect() as connection:
        said = connection.execute(text(asked), {"table": table}).scalars()
        return sorted("".join(one.split()).replace("((json_extract", "(json_extract").rstrip(")") for one in said)


@pytest.mark.filterwarnings("ignore:Skipped unsupported reflection")  # indexes() looks for itself
def test_the_steps_make_the_tables_of_the_code(url: str, request: pytest.FixtureRequest) -> None:
    """A table changed in the code without a step of its own would be another table on every house in use."""
    migrated = make_engine(url)
    other = f"{url}-made" if url.startswith("sqlite") else request.getfixturevalue("server").database()
    made = make_engine(other)
    try:
        upgrade(migrated)
        metadata.create_all(made)
        assert shape(migrated) == shape(made)
    finally:
        migrated.dispose()
        made.dispose()


def test_the_steps_are_run_once(books: Books) -> None:
    """A second start changes nothing, and knows whether the house is empty."""
    assert is_empty(books.engine)
    books.receive()
    upgrade(books.engine)
    assert not is_empty(books.engine)
    assert len(books.log()) == 1


def test_a_newer_database_is_refused(books: Books) -> None:
    """A program of yesterday does not write into tables of tomorrow."""
    with books.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Misconfigured, match="newer"):
        upgrade(books.engine)


def test_what_cannot_be_is_refused_as_a_fault_of_ours(books: Books) -> None:
    """A stage that is on no list, or a column left out, is no other worker's doing."""
    message = books.receive()
    with pytest.raises(BrokenPromise, match="database-refused"), books.records.store.writing() as connection:
        connection.execute(messages.update().where(messages.c.id == message.id).values(stage="elsewhere"))
    with pytest.raises(BrokenPromise, match="database-refused"), books.records.store.writing() as connection:
        connection.execute(insert(health).values(name="poll", value="ok", at=None))
    assert books.records.message(message.id) == message


def test_leases_and_health(books: Books) -> None:
    """One holder at a time, renewed by itself, free for others when given back; health keeps the last word."""
    records = books.records
    assert records.take_lease("mailbox:sscp", "one", NOW, 60)
    assert records.take_lease("mailbox:sscp", "one", NOW, 60)
    assert not records.take_lease("mailbox:sscp", "two", NOW, 60)
    records.release_lease("mailbox:sscp", "two")
    assert not records.take_lease("mailbox:sscp", "two", NOW, 60)
    records.release_lease("mailbox:sscp", "one")
    assert records.take_lease("mailbox:sscp", "two", NOW, -60)
    assert records.take_lease("mailbox:sscp", "one", NOW, 60)
    records.note_health("poll:sscp", "ok", NOW)
    records.note_health("poll:sscp", "away", NOW)
    assert records.health_notes() == {"poll:sscp": ("away", NOW)}

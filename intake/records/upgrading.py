"""Bring the database to the tables this program knows; refuse one that a newer program has changed."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from sqlalchemy import Engine, inspect
from sqlalchemy.exc import SQLAlchemyError

from intake.errors import ConfigFault, Misconfigured, Unavailable

MIGRATIONS = Path(__file__).parent / "migrations"


def upgrade(engine: Engine) -> None:
    """Run what steps are missing, in one transaction; Misconfigured when the database is newer than the program."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except CommandError:
        says = "the database is of a newer program than this one"
        raise Misconfigured([ConfigFault("intake.toml", "store.database", says)]) from None
    except SQLAlchemyError as fault:
        raise Unavailable("database", type(fault).__name__.lower()) from None


def is_untouched(engine: Engine) -> bool:
    """Tell whether the database has none of our tables: no program of ours has ever been at it."""
    try:
        with engine.connect() as connection:
            return not inspect(connection).has_table("messages")
    except SQLAlchemyError as fault:
        raise Unavailable("database", type(fault).__name__.lower()) from None


def is_empty(engine: Engine) -> bool:
    """Tell whether the database holds no message (or no table) yet."""
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table("messages"):
                return True
            return connection.exec_driver_sql("SELECT 1 FROM messages LIMIT 1").first() is None
    except SQLAlchemyError as fault:
        raise Unavailable("database", type(fault).__name__.lower()) from None

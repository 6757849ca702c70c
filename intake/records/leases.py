"""Leases (one reader per mailbox) and the last word on each thing's health."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from intake.errors import Overtaken
from intake.records.codec import moment, stamp
from intake.records.schema import health, leases
from intake.records.store import Store


class Leases:
    """Who may do what only one may do at a time, and notes of health."""

    def __init__(self, store: Store) -> None:
        """Work on ``store``."""
        self._store = store

    def take_lease(self, name: str, holder: str, now: datetime, seconds: float) -> bool:
        """Take or renew a lease; False while another holds it."""
        until = stamp(now + timedelta(seconds=seconds))
        free = (leases.c.holder == holder) | (leases.c.until < stamp(now))
        try:
            with self._store.writing() as connection:
                mine = update(leases).where(leases.c.name == name, free).values(holder=holder, until=until)
                if connection.execute(mine).rowcount:
                    return True
                if connection.execute(select(leases).where(leases.c.name == name)).one_or_none():
                    return False
                connection.execute(insert(leases).values(name=name, holder=holder, until=until))
                return True
        except Overtaken:
            return False

    def release_lease(self, name: str, holder: str) -> None:
        """Give a lease back, where it is ours."""
        with self._store.writing() as connection:
            connection.execute(delete(leases).where(leases.c.name == name, leases.c.holder == holder))

    def note_health(self, name: str, value: str, now: datetime) -> None:
        """Note the last word on one thing (``poll:<mailbox>`` ...)."""
        with self._store.writing() as connection:
            put_note(connection, name, value, now)

    def health_notes(self) -> Mapping[str, tuple[str, datetime]]:
        """Return the last word on each thing's health and when it was said."""
        with self._store.reading() as connection:
            return {row.name: (row.value, moment(row.at)) for row in connection.execute(select(health))}


def put_note(connection: Connection, name: str, value: str, now: datetime) -> None:
    """Put a note of health down in the caller's transaction."""
    new = {"value": value, "at": stamp(now)}
    if not connection.execute(update(health).where(health.c.name == name).values(**new)).rowcount:
        connection.execute(insert(health).values(name=name, **new))

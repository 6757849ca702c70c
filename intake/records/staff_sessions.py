"""Sessions of the staff pages: on the server, found by the digest of their cookie, sealed, ended by time."""

from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update

from intake.errors import BrokenPromise
from intake.records.codec import moment, stamp
from intake.records.staff_tables import sessions
from intake.records.store import Store

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=9)
SEEN_AGAIN = timedelta(minutes=1)
"""A session's last moment is written so seldom: a page that is only looked at costs no write."""


class Sessions:
    """Who is in."""

    def __init__(self, store: Store) -> None:
        """Work on ``store``."""
        self._store = store

    def session(self, digest: str, now: datetime) -> bytes | None:
        """Return what a session holds; None where there is none, or its time is over."""
        with self._store.reading() as connection:
            row = connection.execute(select(sessions).where(sessions.c.digest == digest)).one_or_none()
            if row is None or not _lives(moment(row.begun_at), moment(row.seen_at), now):
                return None
            try:
                content = self._store.unseal(connection, f"sessions/{digest}", row.content)
            except BrokenPromise:  # sealed by a key that is gone: whoever it was signs in again
                return None
        if now - moment(row.seen_at) > SEEN_AGAIN:
            with self._store.writing() as connection:
                connection.execute(update(sessions).where(sessions.c.digest == digest).values(seen_at=stamp(now)))
        return content

    def keep_session(self, digest: str, name: str | None, content: bytes, now: datetime) -> None:
        """Begin a session, or change what it holds; sessions that are over are swept away with the first."""
        with self._store.writing() as connection:
            sealed = self._store.seal(connection, f"sessions/{digest}", content)
            new = {"name": name, "content": sealed, "seen_at": stamp(now)}
            if connection.execute(update(sessions).where(sessions.c.digest == digest).values(**new)).rowcount == 0:
                over = (sessions.c.begun_at < stamp(now - ABSOLUTE)) | (sessions.c.seen_at < stamp(now - IDLE))
                connection.execute(delete(sessions).where(over))
                connection.execute(insert(sessions).values(**new, digest=digest, begun_at=stamp(now)))

    def end_session(self, digest: str) -> None:
        """End a session; nothing happens where there is none."""
        with self._store.writing() as connection:
            connection.execute(delete(sessions).where(sessions.c.digest == digest))


def _lives(begun: datetime, seen: datetime, now: datetime) -> bool:
    return now - begun < ABSOLUTE and now - seen < IDLE

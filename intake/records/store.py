"""The database as the records use it: whole transactions, serialised writers, no library's exception past this edge."""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, insert, make_url, select, text, update
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from intake import folders
from intake.errors import BrokenPromise, Overtaken, Unavailable
from intake.records import marked_writes, seals
from intake.records.anchors import Anchors
from intake.records.codec import moment, plain, stamp
from intake.records.marks import ROWS
from intake.records.ring import Ring
from intake.records.schema import intake_log, log_head

BUSY_MILLISECONDS, SETTLE_MILLISECONDS = 30_000, 5_000
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")
"""Durable at each commit; what is deleted is overwritten."""
UNIQUE_VIOLATION = "23505"
"""PostgreSQL, appendix A."""
LOCK = 7_318_842
"""Our advisory lock's number on PostgreSQL: writers of the chained log go one after another."""
MARKED_LATER = "rows-marked"
"""The event of a line that tells of rows alone."""


def make_engine(url: str) -> Engine:
    """Return an engine on SQLite (WAL, fully synchronous, one writer) or PostgreSQL; no parameter is ever shown."""
    is_sqlite, database = make_url(url).get_backend_name() == "sqlite", make_url(url).database
    if is_sqlite and database:
        folders.make(Path(database).parent)
    engine = create_engine(url, hide_parameters=True, pool_pre_ping=not is_sqlite)
    if is_sqlite:
        event.listen(engine, "do_connect", _keep_private)
        event.listen(engine, "connect", _prepare)
        event.listen(engine, "begin", _begin)
    marked_writes.watch(engine)
    return engine


def _keep_private(_dialect: object, _record: object, arguments: list[Any], _parameters: object) -> None:
    """Make a database that is not there yet, for us alone; SQLite gives what it keeps beside it the same mode."""
    file = Path(arguments[0])
    try:
        if not file.exists():
            with suppress(FileExistsError):  # another program of ours is starting too
                os.close(folders.opened_new(file))
            folders.sync(file.parent)
    except OSError as fault:
        raise sqlite3.OperationalError(type(fault).__name__) from None


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # the driver's own BEGIN loses updates (libraries.md); ours is below
    for pragma in (*PRAGMAS, f"busy_timeout={BUSY_MILLISECONDS}"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes", True) else "BEGIN")


class Store:
    """The engine, the ring and the log; ``anchors`` are files outside the database that keep the log's heads."""

    def __init__(self, engine: Engine, ring: Ring, *anchors: Path) -> None:
        """Use a migrated database."""
        self.engine, self.ring = engine, ring
        self.anchors = tuple(map(Anchors, anchors))

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a transaction that reads, and sees the records as they were at one moment."""
        options: dict[str, Any] = {"writes": False}
        if self.engine.dialect.name == "postgresql":
            options["isolation_level"] = "REPEATABLE READ"
        with mapped(), self.engine.connect() as connection:
            connection.execution_options(**options)
            with connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a transaction that is written whole or not at all; writers go one after another.

        What it writes after its last line, or without one, gets a line of its own: no row is without its mark.
        """
        with mapped(), self.engine.begin() as connection:
            connection.execution_options(**{marked_writes.WRITES: marked_writes.Writes()})
            if connection.dialect.name == "postgresql":
                connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
            yield connection
            self._mark_the_rest(connection)
            head = connection.execute(select(log_head.c.seq, log_head.c.mac)).one_or_none()
        for anchors in self.anchors:
            if head is not None:
                anchors.append(head.seq, head.mac)

    def seal(self, connection: Connection, place: str, plain_: bytes) -> bytes:
        """Seal for one place (table/row/...) under its owner's data key (:mod:`intake.records.seals`)."""
        return seals.seal(self.ring, connection, place, plain_)

    def unseal(self, connection: Connection, place: str, sealed: bytes) -> bytes:
        """Open what :meth:`seal` made; BrokenPromise("erased" | "seal-broken" | "key-missing")."""
        return seals.unseal(self.ring, connection, place, sealed)

    def unseal_all(self, connection: Connection, sealed: Mapping[str, bytes]) -> dict[str, bytes]:
        """Open what :meth:`seal` made at many places, by place; raises as :meth:`unseal`."""
        return seals.unseal_all(self.ring, connection, sealed)

    def log(
        self,
        connection: Connection,
        now: datetime,
        event_: str,
        why: str,
        *,
        message: str | None = None,
        here: str | None = None,
        there: str | None = None,
        details: Mapping[str, Any] | None = None,
    ) -> int:
        """Append a line in the caller's transaction, chained to the line before by a keyed MAC; return its number.

        It tells of every row written since the line before, by its mark (:mod:`intake.records.marks`).
        """
        head = connection.execute(select(log_head.c.seq, log_head.c.mac)).one_or_none()
        seq, previous = (head.seq + 1, head.mac) if head else (1, "")
        told, marks = dict(details or {}), self._marks(connection)
        if marks or seq == 1:  # the first says that this log has marks
            told.setdefault(ROWS, marks)
        row = {
            "seq": seq, "at": stamp(now), "message": message, "event": event_, "here": here, "there": there,
            "why": why, "details": plain(told),
        }  # fmt: skip
        mac = ":".join(self.ring.mac(signed(row, previous)))
        connection.execute(insert(intake_log).values(**row, previous=previous, mac=mac))
        if head:
            connection.execute(update(log_head).values(seq=seq, mac=mac))
        else:
            for anchors in self.anchors:
                anchors.begin()
            connection.execute(insert(log_head).values(one=1, seq=seq, mac=mac))
        return seq

    def _marks(self, connection: Connection) -> list[str]:
        writes = marked_writes.writes_of(connection)
        return writes.marks(self.ring, connection) if writes else []

    def _mark_the_rest(self, connection: Connection) -> None:
        """Write a line for what the lines of this transaction do not tell, at the time of the newest line."""
        marks = self._marks(connection)
        last = select(intake_log.c.at).order_by(intake_log.c.seq.desc()).limit(1)
        at = connection.execute(last).scalar_one_or_none() if marks else None
        if at is not None:
            self.log(connection, moment(at), MARKED_LATER, "written-after-its-line", details={ROWS: marks})

    def settle(self, tables: Iterable[str], wait_milliseconds: int = SETTLE_MILLISECONDS) -> bool:
        """Let nothing of what was erased from these tables stay behind in the database's own files.

        False where another connection still reads what was there before: then the write-ahead log keeps it.
        """
        with mapped():
            if self.engine.dialect.name == "sqlite":
                return _is_cut_down(self.engine, wait_milliseconds)
            with self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                for table in tables:
                    connection.exec_driver_sql(f"VACUUM {table}")
        return True


def _is_cut_down(engine: Engine, wait_milliseconds: int) -> bool:
    """Move all of SQLite's write-ahead log into the database and cut it to nothing; False where it is still read."""
    with closing(engine.raw_connection()) as raw, closing(raw.cursor()) as cursor:
        try:
            cursor.execute(f"PRAGMA busy_timeout={wait_milliseconds}")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            (busy, *_) = cursor.fetchone() or (1,)
        finally:
            cursor.execute(f"PRAGMA busy_timeout={BUSY_MILLISECONDS}")
    return busy == 0


def signed(row: Mapping[str, Any], previous: str) -> bytes:
    """Return the bytes a line's MAC is over: everything it says, and the MAC before it."""
    said = {name: row[name] for name in ("seq", "at", "message", "event", "here", "there", "why", "details")}
    return f"{plain(said)}\n{previous}".encode()


@contextmanager
def mapped() -> Iterator[None]:
    """Let the database's faults out as ours alone: Overtaken, BrokenPromise, Unavailable."""
    try:
        yield
    except IntegrityError as refused:
        raise (Overtaken() if _is_second(refused) else BrokenPromise("database-refused")) from None
    except (SQLAlchemyError, sqlite3.Error) as fault:
        raise Unavailable("database", type(fault).__name__.lower()) from None


def _is_second(refused: IntegrityError) -> bool:
    """Tell whether somebody else was first (a row that may be there once is there), or we wrote what cannot be."""
    name, state = getattr(refused.orig, "sqlite_errorname", ""), getattr(refused.orig, "sqlstate", None)
    return name in {"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"} or state == UNIQUE_VIOLATION

"""``intake backup DIR``: a consistent copy, verified, while the programs work; it opens with the key ring alone.

The order makes it consistent: the anchors first, for each of them is of a line that is in the database copied after
them; the database in one moment; the originals last, for each was there before its row. What is erased meanwhile is
taken out again. The key ring is no part of it (threat 45). The copy's database is SQLite whatever the records lie in:
it is verified as it stands, and goes back into either.
"""

import sqlite3
import sys
from argparse import Namespace
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import select

from intake import folders
from intake.edges.vault import SUFFIX
from intake.errors import Unavailable
from intake.programs import backup_list
from intake.programs.backup_list import DATABASE, VAULT, VERSION, Listed, copied, engine_of, refused
from intake.programs.opening import House, opened
from intake.programs.remains import ANCHOR, sqlite_file
from intake.records.copying import copy_all
from intake.records.schema import messages
from intake.records.store import mapped
from intake.records.upgrading import upgrade
from intake.settings import Settings

FOUND = 1
MOST_TRIES = 5
"""How often a copy is begun again because something was erased while it was made."""


def command(options: Namespace, settings: Settings) -> int:
    """Copy all records and originals into an empty folder and verify the copy; 1 where it is not as it should be."""
    folder: Path = options.folder
    _refuse_unless_empty(folder)
    with opened(settings) as house:
        try:
            kept = _taken(folder, house, settings)
            found = backup_list.discrepancies(folder / DATABASE, folder / VAULT, folder / ANCHOR, house.keys)
            if found:
                says = f"{len(found)} discrepancies: `intake verify` says what is wrong with the records"
                sys.stderr.write(f"{folder}: {says}\n")
                return FOUND
            names = (DATABASE, ANCHOR, *(f"{VAULT}/{message}{SUFFIX}" for message in kept))
            files = dict(backup_list.digests(folder, names))
            backup_list.write(folder, Listed(VERSION, house.clock(), len(kept), files), house.keys)
        except (OSError, sqlite3.Error):
            raise Unavailable("backup", "cannot-be-written") from None
    told = f"{len(kept)} originals and all records, verified. It opens with the key ring alone."
    sys.stdout.write(f"{folder}: {told}\n")
    return 0


def _taken(folder: Path, house: House, settings: Settings) -> list[str]:
    """Copy everything, again where something was erased meanwhile; return the messages whose originals are in it."""
    folders.make(folder / VAULT)
    for _ in range(MOST_TRIES):
        for name in (ANCHOR, DATABASE):
            (folder / name).unlink(missing_ok=True)
        _copy_anchors(settings, folder)
        _copy_records(house, folder / DATABASE, sqlite_file(settings.program.store.database))
        kept = _kept(folder / DATABASE)
        _copy_originals(settings.program.store.vault, folder / VAULT, kept)
        if set(kept).isdisjoint(house.records.erased()):
            return kept
    raise Unavailable("backup", "records-being-erased")


def _copy_anchors(settings: Settings, folder: Path) -> None:
    with suppress(FileNotFoundError):
        copied(settings.program.store.vault.parent / ANCHOR, folder / ANCHOR)


def _copy_records(house: House, target: Path, source: Path | None) -> None:
    """Copy the records as they are at one moment; SQLite's own way where they lie in SQLite."""
    folders.private_file(target)
    if source is not None:
        with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target)) as there:
            here.backup(there)
        return
    with engine_of(f"sqlite:///{target.absolute()}") as copy:
        upgrade(copy)
        copy_all(house.records.store.engine, copy)


def _kept(database: Path) -> list[str]:
    """Return the messages whose originals the copied records speak of."""
    standing = select(messages.c.id).where(messages.c.erased_at.is_(None)).order_by(messages.c.id)
    with mapped(), engine_of(f"sqlite:///{database.absolute()}") as engine, engine.connect() as connection:
        return list(connection.execute(standing).scalars())


def _copy_originals(vault: Path, target: Path, kept: list[str]) -> None:
    """Copy what is not there yet, take out what is not kept; one that is missing is found when the copy is verified."""
    wanted = {f"{message}{SUFFIX}" for message in kept}
    there = {path.name for path in target.iterdir()}
    for name in there - wanted:
        (target / name).unlink()
    for name in sorted(wanted - there):
        with suppress(FileNotFoundError):
            copied(vault / name, target / name)


def _refuse_unless_empty(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise refused(folder.name, "is not an empty folder")

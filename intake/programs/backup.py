"""``intake backup DIR`` and ``intake restore DIR``: a consistent copy, verified; it opens with the key ring alone.

The database is copied in one moment, the originals after it: no row of the copy is without its original. The key ring
is no part of it (threat 45). The list of files with their digests is written last: without it a copy is unfinished.
The copy's database is SQLite whatever the records lie in: it is verified as it stands, and goes back into either.
"""

import hashlib
import os
import shutil
import sqlite3
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

import msgspec
from sqlalchemy import Engine, make_url

from intake import folders
from intake.edges.keyring import KeyRing
from intake.edges.vault import FileVault
from intake.errors import ConfigFault, Misconfigured, Unavailable
from intake.programs.opening import ANCHOR, House, opened
from intake.records import SqlRecords
from intake.records.copying import copy_all
from intake.records.store import make_engine
from intake.records.upgrading import is_empty, upgrade
from intake.records.verification import verify
from intake.settings import Settings

DATABASE, VAULT, LIST = "intake.db", "vault", "backup.json"
FOUND = 1
CHUNK = 1 << 20


class Listed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a copy holds: each file by its name within, with its SHA-256 in hex."""

    version: int
    made: datetime
    messages: int
    files: dict[str, str]


def command(options: Namespace, settings: Settings) -> int:
    """Copy all records and originals into an empty folder and verify the copy; 1 where it is not as it should be."""
    folder: Path = options.folder
    _refuse_unless_empty(folder)
    with opened(settings) as house:
        _copied(folder, house, settings)
        found = _discrepancies(folder, house.keys)
        messages = len(house.vault().ids())
        listed = Listed(1, house.clock(), messages, dict(_digests(folder)))
    if found:
        sys.stderr.write(f"{folder}: {found} discrepancies: `intake verify` says what is wrong with the records\n")
        return FOUND
    _write(folder / LIST, msgspec.json.format(msgspec.json.encode(listed), indent=1) + b"\n")
    sys.stdout.write(f"{folder}: {messages} originals and all records, verified. It opens with the key ring alone.\n")
    return 0


def restore(options: Namespace, settings: Settings) -> int:
    """Put a copy where the configuration has the records, if nothing is there yet; 1 where it is not whole."""
    folder: Path = options.folder
    url, vault = settings.program.store.database, settings.program.store.vault
    if _has_records(url) or (vault.is_dir() and any(vault.iterdir())):
        raise _refused("store.database", "there are records already: nothing is written over")
    broken = _broken(folder)
    if broken:
        sys.stderr.write("".join(f"{name}: is not as it was written\n" for name in broken))
        return FOUND
    ring = KeyRing.load(settings.program.store.keyring_file)
    found = _discrepancies(folder, ring)
    if found:
        sys.stderr.write(f"{folder}: {found} discrepancies, or another key ring: nothing was restored\n")
        return FOUND
    folders.make(vault)
    for name in _names(folder):
        if name != DATABASE:
            _copy(folder / name, vault.parent / name.replace(VAULT, vault.name, 1))
    _restore_records(folder / DATABASE, url)  # last: rows without their originals would be a loss
    sys.stdout.write(f"{folder}: restored and verified. Start the programs again.\n")
    return 0


def _copied(folder: Path, house: House, settings: Settings) -> None:
    try:
        folders.make(folder / VAULT)
        _copy_records(house, folder / DATABASE, _sqlite(settings.program.store.database))
        (folder / DATABASE).chmod(0o600)
        vault = settings.program.store.vault
        for message in sorted(house.vault().ids()):
            _copy(vault / f"{message}.sealed", folder / VAULT / f"{message}.sealed")
        if (vault.parent / ANCHOR).exists():
            _copy(vault.parent / ANCHOR, folder / ANCHOR)
    except (OSError, sqlite3.Error):
        raise Unavailable("backup", "cannot-be-written") from None


def _copy_records(house: House, target: Path, source: Path | None) -> None:
    """Copy the records as they are at one moment; SQLite's own way where they lie in SQLite."""
    if source is not None:
        with closing(sqlite3.connect(source)) as here, closing(sqlite3.connect(target)) as there:
            here.backup(there)
        return
    with _engine(f"sqlite:///{target.absolute()}") as copy:
        upgrade(copy)
        copy_all(house.records.store.engine, copy)


def _restore_records(source: Path, url: str) -> None:
    target = _sqlite(url)
    if target is not None:
        _copy(source, target)
        return
    with _engine(f"sqlite:///{source.absolute()}") as copy, _engine(url) as engine:
        upgrade(engine)
        copy_all(copy, engine)


def _has_records(url: str) -> bool:
    target = _sqlite(url)
    if target is not None:
        return target.exists()
    with _engine(url) as engine:
        return not is_empty(engine)


@contextmanager
def _engine(url: str) -> Iterator[Engine]:
    engine = make_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def _discrepancies(folder: Path, ring: KeyRing) -> int:
    with _engine(f"sqlite:///{(folder / DATABASE).absolute()}") as engine:
        records = SqlRecords(engine, ring, folder / ANCHOR)
        return sum(1 for _ in verify(records.store, FileVault(folder / VAULT, ring)))


def _broken(folder: Path) -> list[str]:
    """Return which files of a copy are gone or changed; raises Misconfigured where it is none."""
    try:
        listed = msgspec.json.decode((folder / LIST).read_bytes(), type=Listed)
    except (OSError, msgspec.MsgspecError):
        raise _refused(folder.name, "is no finished backup") from None
    now = dict(_digests(folder))
    return sorted(name for name, digest in listed.files.items() if now.get(name) != digest)


def _digests(folder: Path) -> Iterator[tuple[str, str]]:
    for name in _names(folder):
        with (folder / name).open("rb") as file:
            yield name, hashlib.file_digest(file, "sha256").hexdigest()


def _names(folder: Path) -> list[str]:
    originals = sorted(f"{VAULT}/{path.name}" for path in (folder / VAULT).glob("*.sealed"))
    return [name for name in (DATABASE, ANCHOR) if (folder / name).exists()] + originals


def _copy(source: Path, target: Path) -> None:
    with source.open("rb") as here, open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as there:  # noqa: PTH123 - mode
        shutil.copyfileobj(here, there, CHUNK)
        there.flush()
        os.fsync(there.fileno())


def _write(target: Path, content: bytes) -> None:
    with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # noqa: PTH123 - mode
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sqlite(database: str) -> Path | None:
    """Return the file of a database in SQLite, None for PostgreSQL."""
    url = make_url(database)
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def _refuse_unless_empty(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise _refused(folder.name, "is not an empty folder")


def _refused(what: str, says: str) -> Misconfigured:
    return Misconfigured([ConfigFault("backup", what, says)])

"""What a copy of the records holds, and that it is one: a list of its files with their digests, proven by the key ring.

The list is written last: without it a copy is unfinished. Nothing that it does not name is part of the copy.
"""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Protocol

import msgspec
from sqlalchemy import Engine

from intake import folders
from intake.edges.vault import SUFFIX, FileVault
from intake.errors import ConfigFault, Misconfigured
from intake.programs.remains import ANCHOR
from intake.records import SqlRecords
from intake.records.ring import Ring
from intake.records.store import make_engine
from intake.records.verification import verify
from intake.records.verifying.discrepancy import Discrepancy

DATABASE, VAULT, LIST = "intake.db", "vault", "backup.json"
VERSION = 2
PURPOSE = "backup"
NAMES = re.compile(rf"{re.escape(DATABASE)}|{re.escape(ANCHOR)}|{VAULT}/[A-Za-z0-9-]{{1,64}}{re.escape(SUFFIX)}")
CHUNK = 1 << 20


class Proofs(Protocol):
    """What of the key ring proves a list."""

    def token(self, purpose: str, text: str) -> str:
        """Return a keyed code."""

    def is_token(self, purpose: str, text: str, token: str) -> bool:
        """Tell whether a code is ours."""


class Listed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a copy holds: each file by its name within, with its SHA-256 in hex; ``proof`` is keyed over all of it."""

    version: int
    made: datetime
    messages: int
    files: dict[str, str]
    proof: str = ""

    def said(self) -> str:
        """Return what the proof is over."""
        return msgspec.json.encode(msgspec.structs.replace(self, proof=""), order="sorted").decode()


def write(folder: Path, listed: Listed, keys: Proofs) -> None:
    """Write the list, proven, and keep every name in the copy; raises OSError."""
    proven = msgspec.structs.replace(listed, proof=keys.token(PURPOSE, listed.said()))
    folders.sync(folder / VAULT)
    folders.private_file(folder / LIST, msgspec.json.format(msgspec.json.encode(proven), indent=1) + b"\n")
    folders.sync(folder)


def read(folder: Path, keys: Proofs) -> Listed | None:
    """Return a copy's list, None where this ring does not prove it; Misconfigured where there is none."""
    try:
        listed = msgspec.json.decode((folder / LIST).read_bytes(), type=Listed)
    except (OSError, msgspec.MsgspecError):
        raise refused(folder.name, "is no finished backup") from None
    if listed.version != VERSION or not all(map(NAMES.fullmatch, listed.files)) or DATABASE not in listed.files:
        raise refused(folder.name, "is no backup of this version")
    return listed if keys.is_token(PURPOSE, listed.said(), listed.proof) else None


def digests(folder: Path, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Give the SHA-256 of each file that is there."""
    for name in names:
        if (folder / name).is_file():
            with (folder / name).open("rb") as file:
                yield name, hashlib.file_digest(file, "sha256").hexdigest()


def copied(source: Path, target: Path) -> str:
    """Copy a file into a new one that only we may read, durably; return the digest of what was copied."""
    digest = hashlib.sha256()
    with source.open("rb") as here, os.fdopen(folders.opened_new(target), "wb") as there:
        while chunk := here.read(CHUNK):
            digest.update(chunk)
            there.write(chunk)
        there.flush()
        os.fsync(there.fileno())
    return digest.hexdigest()


def discrepancies(database: Path, vault: Path, anchor: Path, ring: Ring) -> list[Discrepancy]:
    """Return what is not as it was written in records that lie in these files."""
    with engine_of(f"sqlite:///{database.absolute()}") as engine:
        return list(verify(SqlRecords(engine, ring, anchor).store, FileVault(vault, ring)))


@contextmanager
def engine_of(url: str) -> Iterator[Engine]:
    """Give an engine on a database, and let go of it."""
    engine = make_engine(url)
    try:
        yield engine
    finally:
        engine.dispose()


def refused(what: str, says: str) -> Misconfigured:
    """Return the refusal."""
    return Misconfigured([ConfigFault("backup", what, says)])

"""``intake restore DIR``: puts a copy where the records were, whole or not at all, however often it is tried.

Everything is drafted under other names and verified where it is to stay; the database gets its name last, so that as
long as a restore is unfinished no program takes the place for one with records. What survived is written over nowhere:
originals that are those of the copy stay, an anchor file is kept aside under another name.
"""

import sqlite3
import sys
from argparse import Namespace
from pathlib import Path

from intake import folders
from intake.domain.message import MessageId
from intake.edges.claim import claimed
from intake.edges.keyring import KeyRing
from intake.edges.vault import SUFFIX, FileVault
from intake.errors import Unavailable
from intake.programs import backup_list
from intake.programs.backup_list import DATABASE, VAULT, Listed, copied, engine_of, refused
from intake.programs.remains import ANCHOR, is_absent, side_files, sqlite_file
from intake.programs.surviving import anchors_beside, refuse_other_originals
from intake.records import SqlRecords
from intake.records.copying import copy_all
from intake.records.upgrading import is_empty, upgrade
from intake.records.verification import verify
from intake.settings import Settings

FOUND = 1
DRAFT = ".restoring"


class Place:
    """Where the records are to be, and where they are drafted."""

    def __init__(self, settings: Settings) -> None:
        """Take the places from the configuration; nothing is made yet."""
        store = settings.program.store
        self.url, self.vault, self.database = store.database, store.vault, sqlite_file(store.database)
        self.anchor = self.vault.parent / ANCHOR
        named = self.database or self.vault.parent / DATABASE
        self.draft, self.anchor_draft = (path.with_name(f"{path.name}{DRAFT}") for path in (named, self.anchor))


def command(options: Namespace, settings: Settings) -> int:
    """Put a copy where the configuration has the records, if none are there; 1 where the copy is not whole."""
    copy, place = options.folder, Place(settings)
    try:
        folders.make(place.vault.parent)
        with claimed(place.vault.parent / "restore.lock"):
            _refuse_over_records(place)
            ring = KeyRing.load(settings.program.store.keyring_file)
            listed = backup_list.read(copy, ring)
            found = ["is of another key ring, or was changed"] if listed is None else _broken(copy, listed)
            if listed is None or found:
                sys.stderr.write("".join(f"{copy}: {says}: nothing was restored\n" for says in found))
                return FOUND
            return _restored(copy, listed, place, ring)
    except (OSError, sqlite3.Error):
        raise Unavailable("restore", "cannot-be-written") from None


def _restored(copy: Path, listed: Listed, place: Place, ring: KeyRing) -> int:
    younger = _put_originals(copy, listed, place.vault, ring)
    _draft(copy, listed, place)
    found = backup_list.discrepancies(place.draft, place.vault, place.anchor_draft, ring)
    if found:
        sys.stderr.write("".join(f"{each.code}: {each.where}\n" for each in found))
        sys.stderr.write(f"{copy}: {len(found)} discrepancies: nothing was restored\n")
        return FOUND
    aside = anchors_beside(place.anchor, place.anchor_draft, place.draft)
    for line in aside.says:
        sys.stderr.write(f"{line}\n")
    if aside.contradicts:
        return FOUND
    _name(place, aside.keep_as)
    if place.database is None and _differs(place, ring):
        return FOUND
    if younger:
        sys.stderr.write(f"{younger} originals are younger than the copy: they stay, no record speaks of them\n")
    sys.stdout.write(f"{copy}: restored and verified. Start the programs again.\n")
    return 0


def _refuse_over_records(place: Place) -> None:
    """Raise Misconfigured where there are records, or what SQLite would play into them."""
    if place.database is None:
        with engine_of(place.url) as engine:
            if not is_empty(engine):
                raise refused("store.database", "there are records already: nothing is written over")
        return
    if not is_absent(place.database):
        raise refused("store.database", "there are records already: nothing is written over")
    left = side_files(place.database)
    if left:
        names = " and ".join(path.name for path in left)
        raise refused("store.database", f"{names} of an earlier database would be played into this: move it away first")


def _broken(copy: Path, listed: Listed) -> list[str]:
    """Return which files of a copy are gone or changed."""
    now = dict(backup_list.digests(copy, listed.files))
    return sorted(
        f"{name}: is not as it was written" for name, digest in listed.files.items() if now.get(name) != digest
    )


def _put_originals(copy: Path, listed: Listed, vault: Path, ring: KeyRing) -> int:
    """Put each original of the copy into the vault, those that are there left alone; return how many are there besides.

    Raises Misconfigured where one of another content bears the same name.
    """
    folders.make(vault)
    names = [name.removeprefix(f"{VAULT}/") for name in listed.files if name.startswith(f"{VAULT}/")]
    refuse_other_originals(names, copy / VAULT, vault, ring)
    for name in names:
        if not (vault / name).exists():
            draft = _drafted(copy, listed, f"{VAULT}/{name}", vault / f"{name}{DRAFT}")
            draft.rename(vault / name)
    folders.sync(vault)
    return len(FileVault(vault, ring).ids() - {MessageId(name.removesuffix(SUFFIX)) for name in names})


def _draft(copy: Path, listed: Listed, place: Place) -> None:
    """Draft database and anchors beside where they are to be; a draft of a restore that was cut short is replaced."""
    for stale in (place.anchor_draft, *side_files(place.draft)):
        stale.unlink(missing_ok=True)
    if ANCHOR in listed.files:
        _drafted(copy, listed, ANCHOR, place.anchor_draft)
    _drafted(copy, listed, DATABASE, place.draft)
    with engine_of(f"sqlite:///{place.draft.absolute()}") as engine:
        upgrade(engine)


def _drafted(copy: Path, listed: Listed, name: str, draft: Path) -> Path:
    """Copy a file of the copy, and hold what came out to what is listed."""
    draft.unlink(missing_ok=True)
    if copied(copy / name, draft) != listed.files[name]:
        raise Unavailable("backup", "changes-while-read")
    return draft


def _name(place: Place, aside: Path | None) -> None:
    """Give everything its name, durably, the database last."""
    if side_files(place.draft):
        raise Unavailable("restore", "draft-in-use")
    if aside is not None:
        place.anchor.rename(aside)
    if place.anchor_draft.exists():
        place.anchor_draft.rename(place.anchor)
    folders.sync(place.anchor.parent)
    if place.database is None:
        with engine_of(f"sqlite:///{place.draft.absolute()}") as draft, engine_of(place.url) as engine:
            upgrade(engine)
            copy_all(draft, engine)
        place.draft.unlink()
        return
    _refuse_over_records(place)
    place.draft.rename(place.database)
    folders.sync(place.database.parent)


def _differs(place: Place, ring: KeyRing) -> bool:
    """Verify records that were put into a server, where nothing can be drafted; say what is not as it was written."""
    with engine_of(place.url) as engine:
        found = list(verify(SqlRecords(engine, ring, place.anchor).store, FileVault(place.vault, ring)))
    sys.stderr.write("".join(f"{each.code}: {each.where}\n" for each in found))
    return bool(found)

"""What there is of a store, file by file: where something is left and the database is not, nothing is made anew.

An empty database in the place of a lost one would look like an intake without a referral.
"""

from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine, make_url

from intake.edges.vault import SUFFIX
from intake.errors import ConfigFault, Misconfigured
from intake.records.upgrading import is_untouched
from intake.settings import Settings

ANCHOR = "intake-log.anchor"
"""The intake log's heads, kept beside the vault, outside the database they prove."""
SIDE_FILES = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database and would play into whatever lies in its place."""


def sqlite_file(database: str) -> Path | None:
    """Return the file of a database in SQLite, None for PostgreSQL."""
    url = make_url(database)
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def side_files(database: Path) -> list[Path]:
    """Return what SQLite left beside a database."""
    beside = (database.with_name(f"{database.name}{ending}") for ending in SIDE_FILES)
    return [path for path in beside if path.exists()]


def is_absent(database: Path) -> bool:
    """Tell whether there is no database, or none was ever begun in the file."""
    return not database.exists() or database.stat().st_size == 0


def refuse_to_begin_anew(settings: Settings, engine: Engine) -> None:
    """Refuse (Misconfigured) to make a database beside what an earlier one has left; call it before any is made.

    Asked twice: another program that starts at the same time makes the database before anything else of a store.
    """
    file = sqlite_file(settings.program.store.database)
    if not _is_missing(file, engine):
        return
    left = list(_left(settings, file))
    if left and _is_missing(file, engine):
        says = f"is not there, but {' and '.join(left)} of an earlier one: restore a backup (nothing was made)"
        raise Misconfigured([ConfigFault("intake.toml", "store.database", says)])


def _is_missing(file: Path | None, engine: Engine) -> bool:
    return is_absent(file) if file is not None else is_untouched(engine)


def _left(settings: Settings, file: Path | None) -> Iterator[str]:
    store = settings.program.store
    if store.keyring_file.exists():
        yield "the key ring"
    if store.vault.is_dir() and any(path.suffix == SUFFIX for path in store.vault.iterdir()):
        yield "originals"
    if (store.vault.parent / ANCHOR).exists():
        yield "the log's anchors"
    if file is not None:
        yield from (path.name for path in side_files(file))

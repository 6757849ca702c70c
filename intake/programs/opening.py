"""Open the house: records, keys, vault, reader and post as the configuration names them, for one program to work in."""

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

import structlog
from sqlalchemy import Engine

from intake import folders
from intake.edges.clock import SystemClock
from intake.edges.keyring import KeyRing, has_drafts, making
from intake.edges.opening_reader import OpeningReader
from intake.edges.reader import WalledReader
from intake.edges.smime import mail_keys
from intake.edges.vault import FileVault
from intake.errors import ConfigFault, Misconfigured, Unavailable, refuse_if_passing
from intake.ports import World
from intake.programs.gate import Gate
from intake.programs.night import gathered
from intake.programs.post import Dispatch
from intake.programs.remains import ANCHOR, refuse_to_begin_anew
from intake.programs.report import Desk
from intake.programs.servers import post_office, reader_of, scanner_of, secret_of, sender_keys_of, sent_folder
from intake.records import SqlRecords
from intake.records.marking import mark_once
from intake.records.store import make_engine
from intake.records.subjects import index_once
from intake.records.upgrading import is_empty, upgrade
from intake.settings import Settings
from parsers.contract import HOLDS

log = structlog.get_logger("opening")
RANDOM_BITS = 64


@dataclass(frozen=True, slots=True)
class House:
    """What a program works in. Nothing is connected, and no reader started, before it is needed."""

    settings: Settings
    clock: Callable[[], datetime]
    records: SqlRecords
    keys: KeyRing
    reader: OpeningReader

    @property
    def anchor(self) -> Path:
        """The intake log's heads, outside the database."""
        return self.settings.program.store.vault.parent / ANCHOR

    def vault(self) -> FileVault:
        """Return the sealed originals; not every program may reach them."""
        return FileVault(self.settings.program.store.vault, self.keys)

    def world(self) -> World:
        """Return what the journey asks of the world."""
        scanner, sender_keys = scanner_of(self.settings), sender_keys_of(self.settings)
        return World(self.reader, self.vault(), scanner, self.keys, self.records, _chance, sender_keys)

    def tell_what_holds(self) -> None:
        """Say in the operations log by what the wall's children are kept; Unavailable where nothing may be read.

        A unit that is away is told too, and waited for: mail is taken in meanwhile.
        """
        try:
            held = self.reader.holds()
        except Unavailable as away:
            if not self.settings.program.reader.socket or away.detail == "not-confined":
                raise
            log.warning("waiting-for", what=away.what, detail=away.detail)
            return
        (log.info if held == HOLDS else log.warning)("wall", **{name: name in held for name in HOLDS})

    def gates(self) -> tuple[Gate, ...]:
        """Return what watching works with, for each mailbox."""
        originals, folder = self.vault(), _beside_the_vault(self.settings)
        return tuple(
            Gate(
                mailbox=mailbox,
                records=self.records,
                originals=originals,
                secret=secret_of(mailbox),
                clock=self.clock,
                randomness=_chance,
                lock=folder / f"watch-{mailbox.name}.lock",
            )
            for mailbox in self.settings.program.mailbox
        )

    def dispatch(self) -> Dispatch:
        """Return what posting works with, with a connection of its own."""
        office = post_office(self.settings.program.post)
        return Dispatch(self.records, office, self.keys, self.settings, self.clock, sent_folder(self.settings))

    def desk(self) -> Desk:
        """Return what reporting works with, with a connection of its own."""
        office = post_office(self.settings.program.post)
        gather = partial(gathered, self.records, self.settings)
        return Desk(gather, self.records.open_items, office, self.keys, self.settings, self.clock)


@contextmanager
def opened(settings: Settings, clock: Callable[[], datetime] | None = None) -> Iterator[House]:
    """Bring the records up to date, find (or, for an empty store, make) the key ring, and give the house.

    Raises Misconfigured where the store cannot be what the configuration says, Unavailable where it is away.
    """
    engine = _engine(settings.program.store.database)
    try:
        refuse_to_begin_anew(settings, engine)
        upgrade(engine)
        ring = _ring(settings.program.store.keyring_file, engine)
        with reader_of(settings) as reader:
            _keep_names(engine)
            now = clock or SystemClock().now
            records = SqlRecords(engine, ring, *_anchors(settings))
            mark_once(records.store, now())
            index_once(records.store, now())
            yield House(settings, now, records, ring, _opening_reader(settings, reader))
    finally:
        engine.dispose()


def _opening_reader(settings: Settings, reader: WalledReader) -> OpeningReader:
    """Return the reader with our keys for encrypted mail, each read when it is needed."""
    named = settings.program.decryption
    return OpeningReader(reader, (lambda: mail_keys(named)) if named else None)


def _engine(database: str) -> Engine:
    try:
        return make_engine(database)
    except ImportError:
        says = "needs the PostgreSQL driver: pip install 'sscp-intake[postgres]'"
    except OSError as fault:
        refuse_if_passing(fault, "database")
        raise _misplaced("database", fault) from None
    raise Misconfigured([ConfigFault("intake.toml", "store.database", says)])


def _misplaced(key: str, fault: OSError) -> Misconfigured:
    says = f"its folder cannot be made ({type(fault).__name__})"
    return Misconfigured([ConfigFault("intake.toml", f"store.{key}", says)])


def _ring(file: Path, engine: Engine) -> KeyRing:
    """Load the ring; where there is none or it is just being written, only one program at a time looks and makes it."""
    try:
        if file.exists() and not (has_drafts(file) and os.access(file.parent, os.W_OK)):
            return KeyRing.load(file)
    except Misconfigured:
        pass  # told below, if it is still so when nobody else is at it
    with making(file):
        return KeyRing.open_or_create(file, store_is_empty=is_empty(engine))


def _keep_names(engine: Engine) -> None:
    """Keep the names of SQLite's own files: it syncs them only in the process that made them, which may have died."""
    if engine.dialect.name == "sqlite" and engine.url.database:
        try:
            folders.sync(Path(engine.url.database).parent)
        except OSError:
            raise Unavailable("database", "io") from None


def _anchors(settings: Settings) -> list[Path]:
    """Return where the log's heads are kept: beside the vault, and where the configuration says too."""
    second = settings.program.store.anchor_file
    return [_beside_the_vault(settings) / ANCHOR, *([second] if second is not None else [])]


def _beside_the_vault(settings: Settings) -> Path:
    folder = settings.program.store.vault.parent
    try:
        folders.make(folder)
    except OSError as fault:
        refuse_if_passing(fault, "vault")
        raise _misplaced("vault", fault) from None
    return folder


def _chance() -> int:
    return secrets.randbits(RANDOM_BITS)

"""What outlived its database, held against a copy: originals must be the copy's, and the anchors may know of more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from sqlalchemy import select

from intake.domain.message import MessageId
from intake.edges.vault import SUFFIX, FileVault
from intake.errors import BrokenPromise
from intake.programs.backup_list import digests, engine_of, refused
from intake.records.anchors import Anchors
from intake.records.ring import Ring
from intake.records.schema import intake_log
from intake.records.store import mapped


@dataclass(frozen=True, slots=True)
class Aside:
    """What is to become of it: the name to keep it under (None: nothing to keep), what to say, whether it objects."""

    keep_as: Path | None = None
    says: tuple[str, ...] = ()
    contradicts: bool = False


def anchors_beside(anchor: Path, copied: Path, database: Path) -> Aside:
    """Compare the file that is there with a copy's log; what is in both must be the same. Raises OSError."""
    if not anchor.exists() or (copied.exists() and anchor.read_bytes() == copied.read_bytes()):
        return Aside()
    macs = _macs(database)
    found = [each for each in Anchors(anchor).read() if each is not None]
    wrong = [each.seq for each in found if macs.get(each.seq, each.mac) != each.mac]
    if wrong:
        says = f"{anchor.name}: contradicts the copy at line {wrong[0]} of the log: nothing was restored"
        return Aside(None, (f"{says}. Where the copy is right, move that file away.",), contradicts=True)
    name = next(path for at in count(1) if not (path := anchor.with_name(f"{anchor.name}.before-{at}")).exists())
    last = max((each.seq for each in found), default=0)
    told = (
        f"{anchor.name}: kept as {name.name}; it knows of {last} lines of the log, the copy of {max(macs, default=0)}"
    )
    return Aside(name, (told,))


def _macs(database: Path) -> Mapping[int, str]:
    with mapped(), engine_of(f"sqlite:///{database.absolute()}") as engine, engine.connect() as connection:
        return {line.seq: line.mac for line in connection.execute(select(intake_log.c.seq, intake_log.c.mac))}


def refuse_other_originals(names: Sequence[str], copy: Path, vault: Path, ring: Ring) -> None:
    """Raise Misconfigured where an original of the copy and one in the vault share a name and nothing else."""
    differing = [name for name in names if (vault / name).exists() and not _same(name, copy, vault, ring)]
    if differing:
        says = f"{len(differing)} originals there are not the copy's ({differing[0]} ...): move the vault away first"
        raise refused("store.vault", says)


def _same(name: str, copy: Path, vault: Path, ring: Ring) -> bool:
    """Tell whether two originals are the same, byte for byte or, where a key was rotated since, in what they hold."""
    if list(digests(copy, [name])) == list(digests(vault, [name])):
        return True
    message = MessageId(name.removesuffix(SUFFIX))
    try:
        return FileVault(copy, ring).digest(message) == FileVault(vault, ring).digest(message)
    except BrokenPromise:
        return False

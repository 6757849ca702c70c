"""A mail opened whole: every leaf with its kind, its own parts told before any container is opened, each in its turn.

What lies openly in a mail was weighed with it and is told whatever else hangs beside it; containers share what the mail
may spend, and the time that is left. One that gets no more of either stays one closed leaf with a code of why.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from email.message import Message
from itertools import islice
from typing import Final

from parsers.containers.kinds import Told, tell, untold
from parsers.containers.leaf import Leaf, leaf_of
from parsers.containers.mime import MimeLeaf, Place, leaves
from parsers.containers.transfer import undeclared
from parsers.containers.unpacking import Unpacking
from parsers.contract import Kind
from parsers.limits import LEAST_TURN_SECONDS, MAX_PARTS, Allowance, OutOfTime, OverLimit, within

_NO_TIME: Final = "time"


@dataclass(frozen=True, slots=True)
class Keys:
    """What opens locked parts: an operator's password, and what our key opened one part to (its number, from 1)."""

    password: str = ""
    part: int = 0
    entity: bytes = b""


def open_mail(root: Message, allowance: Allowance, raw: bytes = b"", password: str = "") -> tuple[Leaf, ...]:
    """Return every leaf of a mail in order; raises OverLimit where the mail itself holds too much.

    ``raw`` is the mail byte for byte, for its signatures; ``password`` is tried on each locked part.
    """
    parts = list(islice(leaves(root, allowance, Place(), raw), MAX_PARTS + 1))
    if len(parts) > MAX_PARTS:
        raise OverLimit("too-many-parts")
    return _opened(parts, Unpacking(allowance, password))


def open_instead(leaf: Leaf, allowance: Allowance, keys: Keys) -> tuple[Leaf, ...]:
    """Return the leaves of the MIME entity that our key opened an encrypted part to, as they stand in its place.

    A part that is no encrypted one stays itself: where opening ran out of time, the numbers are another survey's.
    """
    if leaf.told.kind is not Kind.SMIME_ENCRYPTED:
        return (leaf,)
    place = replace(leaf.place.inside(), containers=leaf.place.containers)
    unpacking = Unpacking(allowance, keys.password)
    inner = _opened(list(unpacking.mail(keys.entity, place)), unpacking)
    return tuple(replace(each, told=each.told.noting("smime-decrypted")) for each in inner)


def single_file(data: bytes, password: str = "") -> Leaf:
    """Return a file that came by itself, nothing being declared of it."""
    part = MimeLeaf(Place().step(1), undeclared(""), data)
    return Unpacking(Allowance(), password).unlocked(part, tell(data, part.declared))


def _opened(parts: Sequence[MimeLeaf], unpacking: Unpacking) -> tuple[Leaf, ...]:
    """Tell all parts, then open those that hold others, the smallest first: each has its share of the time left."""
    unpacking.allowance.leaf(len(parts))
    by_size = sorted(range(len(parts)), key=lambda at: len(parts[at].data))
    told = {at: _told_in_turn(unpacking, parts[at], len(parts) - behind) for behind, at in enumerate(by_size)}
    found: dict[int, tuple[Leaf, ...]] = {
        at: (leaf_of(parts[at], what),) for at, what in told.items() if what and unpacking.is_done(what)
    }
    waiting = [at for at in by_size if at not in found]
    for behind, at in enumerate(waiting):
        found[at] = _opened_in_turn(unpacking, parts[at], told[at], len(waiting) - behind)
    return tuple(leaf for at in range(len(parts)) for leaf in found[at])


def _told_in_turn(unpacking: Unpacking, part: MimeLeaf, waiting: int) -> Told | None:
    """Return what a part is, None where it took longer than its turn: then it is told when all others have been."""
    try:
        with within(max(unpacking.allowance.left() / waiting, LEAST_TURN_SECONDS)):
            return unpacking.told(part)
    except OutOfTime:
        return None


def _opened_in_turn(unpacking: Unpacking, part: MimeLeaf, told: Told | None, waiting: int) -> tuple[Leaf, ...]:
    """Return what a part holds; the part itself, closed, where it took longer than its turn."""
    allowance = unpacking.allowance
    left, leaves_before = allowance.left() / waiting, allowance.leaves
    try:
        if left > 0:
            with within(left):
                found = unpacking.opened(part, told or unpacking.told(part))
            allowance.leaf(-1 if found[0].place != part.place else 0)  # what holds others is none itself
            return found
    except OutOfTime:
        allowance.leaves = leaves_before
    closed = told or untold(part.data).noting(*part.codes)
    return (leaf_of(part, closed.noting(_NO_TIME)),)

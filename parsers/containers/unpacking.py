"""What one container of a mail holds, taken out and told, two containers deep, within what the mail may still spend."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from parsers.containers import outlook, smime, tnef
from parsers.containers import zip as zips
from parsers.containers.as_mime import as_mime
from parsers.containers.kinds import Told, tell
from parsers.containers.leaf import Leaf, leaf_of
from parsers.containers.mime import MimeLeaf, Place, leaves
from parsers.containers.transfer import undeclared
from parsers.containers.tree import from_its_head, parse
from parsers.containers.unlocking import NOT_OPENED, WrongPassword, unlocked
from parsers.contract import Kind
from parsers.limits import MAX_CONTAINERS_DEEP, Allowance, OverLimit, gate

_CONTAINERS: Final = frozenset({Kind.ZIP, Kind.MAIL, Kind.OUTLOOK_MSG, Kind.TNEF, Kind.SMIME_SIGNED})
_OVER: Final = "over-limit"
_CLOSING: Final[dict[type[Exception], tuple[str, ...]]] = {
    OverLimit: (),
    zips.BrokenZip: ("broken-zip",),
    WrongPassword: (NOT_OPENED,),
    outlook.BrokenMessage: ("broken-msg",),
    tnef.BrokenTnef: ("broken-tnef",),
    smime.NothingInside: (),
    MemoryError: ("memory", _OVER),
}
"""Why a container stays closed; an OverLimit brings its own code, a signature that holds no mail is none."""
_CLOSED_BY: Final = tuple(_CLOSING)


@dataclass(frozen=True, slots=True)
class Unpacking:
    """One mail being opened: what it may still spend, and the password for what is locked (empty: none)."""

    allowance: Allowance
    password: str = ""

    def told(self, part: MimeLeaf) -> Told:
        """Tell what a part is, with what was odd about its way here."""
        told = tell(part.data, part.declared, self.allowance)
        return replace(told, codes=(*part.codes, *told.codes))

    def is_done(self, told: Told) -> bool:
        """Tell whether a part is a leaf as it is: neither a container to open nor a lock to try."""
        return not self._holds(told) and not (told.locked and self.password)

    def opened(self, part: MimeLeaf, told: Told) -> tuple[Leaf, ...]:
        """Return what the container that a part is holds, else the one leaf that it is; each leaf is to be paid."""
        if not self._holds(told):
            return (self.unlocked(part, told),)
        if part.place.containers >= MAX_CONTAINERS_DEEP:
            return (leaf_of(part, told.noting("nested-too-deep")),)
        leaves_before = self.allowance.leaves
        try:
            inside = tuple(self._inside(part, told.kind))
        except _CLOSED_BY as why:
            self.allowance.leaves = leaves_before  # they come to nothing; what was spent on getting at them did not
            codes = (why.code, _OVER) if isinstance(why, OverLimit) else _CLOSING[type(why)]
            return (leaf_of(part, told.noting(*codes)),)
        return inside or (leaf_of(part, told.noting("nothing-inside")),)

    def mail(self, raw: bytes, place: Place) -> Iterator[MimeLeaf]:
        """Take apart a mail that stands inside another."""
        raw = from_its_head(raw)
        gate(raw)
        return leaves(parse(raw, self.allowance), self.allowance, place, raw)

    def _holds(self, told: Told) -> bool:
        opens = not told.locked or (bool(self.password) and told.kind is Kind.ZIP)
        return opens and told.kind in _CONTAINERS and "nested-too-deep" not in told.codes

    def unlocked(self, part: MimeLeaf, told: Told) -> Leaf:
        """Return the leaf, a locked document opened where the password opens it."""
        if not told.locked or not self.password:
            return leaf_of(part, told)
        try:
            data = unlocked(told.kind, part.data, self.password)
        except WrongPassword:
            return leaf_of(part, told.noting(NOT_OPENED))
        if data is None:
            return leaf_of(part, told)
        within = tell(data, part.declared, self.allowance).noting(*part.codes, "unlocked")
        return replace(leaf_of(replace(part, data=data), within), locked_data=part.data)

    def _inside(self, part: MimeLeaf, kind: Kind) -> Iterator[Leaf]:
        for inner in self._held(part, kind, part.place.inside()):
            for leaf in self.opened(inner, self.told(inner)):
                if leaf.place == inner.place:  # what a container inside holds has been paid there
                    self.allowance.leaf()
                yield leaf

    def _held(self, part: MimeLeaf, kind: Kind, place: Place) -> Iterator[MimeLeaf]:
        if kind is Kind.ZIP:
            entries = zips.unpack(part.data, self.password, self.allowance)
            for number, entry in enumerate(entries, start=1):
                odd = ("unsafe-name",) if entry.unsafe else ()
                yield MimeLeaf(place.step(number), undeclared(entry.name), entry.data, odd)
            return
        for leaf in self._mail_held(part, kind, place):
            self.allowance.unpack(len(leaf.data))
            yield leaf

    def _mail_held(self, part: MimeLeaf, kind: Kind, place: Place) -> Iterator[MimeLeaf]:
        match kind:
            case Kind.OUTLOOK_MSG:
                yield from self.mail(as_mime(outlook.letter_of(part.data)), place)
            case Kind.TNEF:
                yield from self.mail(as_mime(tnef.letter_of(part.data)), place)
            case Kind.SMIME_SIGNED:
                entity, code = smime.unwrapped(part.data)
                for leaf in self.mail(entity, place):
                    yield replace(leaf, codes=(code, *leaf.codes))
            case _:
                yield from self.mail(part.data, place)

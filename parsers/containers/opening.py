"""A mail opened whole: every leaf with its kind, containers inside opened two deep, bodies told from documents."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import Message
from typing import Final

from parsers.containers import outlook, smime, tnef
from parsers.containers import zip as zips
from parsers.containers.as_mime import as_mime
from parsers.containers.kinds import Told, tell
from parsers.containers.mime import MimeLeaf, Place, leaves
from parsers.containers.text import clean
from parsers.containers.transfer import Declared
from parsers.containers.tree import parse
from parsers.containers.unlocking import NOT_OPENED, WrongPassword, unlocked
from parsers.contract import Kind
from parsers.limits import MAX_CONTAINERS_DEEP, MAX_PARTS, Allowance, OverLimit, gate

_BODY_TYPES: Final = frozenset({"text/plain", "text/html", "text/enriched"})
_BODY_KINDS: Final = frozenset({Kind.TEXT, Kind.HTML, Kind.EMPTY})
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
class Keys:
    """What opens locked parts: an operator's password, and what our key opened one part to (its number, from 1)."""

    password: str = ""
    part: int = 0
    entity: bytes = b""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One leaf told: its place, its own account, its content, what it really is."""

    place: Place
    declared: Declared
    data: bytes
    told: Told
    body: bool
    dressing: bool
    locked_data: bytes = b""
    """The bytes as they came, where a password opened them: a part is known by these."""

    @property
    def sent(self) -> bytes:
        """The part as it was sent."""
        return self.locked_data or self.data


def open_mail(root: Message, allowance: Allowance, raw: bytes = b"", password: str = "") -> tuple[Leaf, ...]:
    """Return every leaf of a mail in order; raises OverLimit where the mail itself holds too much.

    A container inside that holds too much, or is broken, stays one closed leaf with a code of why. ``raw`` is the mail
    byte for byte, for its signatures; ``password`` is tried on each locked part.
    """
    opening = _Opening(allowance, password)
    found = []
    for count, part in enumerate(leaves(root, allowance, Place(), raw), start=1):
        if count > MAX_PARTS:
            raise OverLimit("too-many-parts")
        found += list(opening.opened(part))
    return tuple(found)


def open_instead(leaf: Leaf, allowance: Allowance, keys: Keys) -> tuple[Leaf, ...]:
    """Return the leaves of the MIME entity that our key opened an encrypted part to, as they stand in its place."""
    place = replace(leaf.place.inside(), containers=leaf.place.containers)
    opening = _Opening(allowance, keys.password)
    inner = tuple(each for part in opening.mail(keys.entity, place) for each in opening.opened(part))
    return tuple(replace(each, told=each.told.noting("smime-decrypted")) for each in inner)


def single_file(data: bytes, password: str = "") -> Leaf:
    """Return a file that came by itself, nothing being declared of it."""
    part = MimeLeaf(Place().step(1), _undeclared(""), data)
    return _Opening(Allowance(), password).unlocked(part, tell(data, part.declared))


@dataclass(frozen=True, slots=True)
class _Opening:
    """One mail being opened: what it may still spend, and the password for what is locked (empty: none)."""

    allowance: Allowance
    password: str

    def opened(self, part: MimeLeaf) -> Iterator[Leaf]:
        """Yield the leaf, or what the container it is holds."""
        told = tell(part.data, part.declared)
        told = replace(told, codes=(*part.codes, *told.codes))
        if (told.locked and not self._opens(told)) or told.kind not in _CONTAINERS or "nested-too-deep" in told.codes:
            yield self.unlocked(part, told)
            return
        if part.place.containers >= MAX_CONTAINERS_DEEP:
            yield self._leaf(part, told.noting("nested-too-deep"))
            return
        before = replace(self.allowance)
        try:
            inside = tuple(self._inside(part, told.kind))
            yield from inside or (self._leaf(part, told.noting("nothing-inside")),)
        except _CLOSED_BY as why:
            spent = self.allowance
            spent.leaves, spent.nodes, spent.unpacked = before.leaves, before.nodes, before.unpacked
            codes = (why.code, _OVER) if isinstance(why, OverLimit) else _CLOSING[type(why)]
            yield self._leaf(part, told.noting(*codes))

    def mail(self, raw: bytes, place: Place) -> Iterator[MimeLeaf]:
        """Take apart a mail that stands inside another."""
        gate(raw)
        return leaves(parse(raw, self.allowance), self.allowance, place, raw)

    def unlocked(self, part: MimeLeaf, told: Told) -> Leaf:
        """Return the leaf, a locked document opened where the password opens it."""
        if not told.locked or not self.password:
            return self._leaf(part, told)
        try:
            data = unlocked(told.kind, part.data, self.password)
        except WrongPassword:
            return self._leaf(part, told.noting(NOT_OPENED))
        if data is None:
            return self._leaf(part, told)
        within = self._leaf(replace(part, data=data), tell(data, part.declared).noting(*part.codes, "unlocked"))
        return replace(within, locked_data=part.data)

    def _opens(self, told: Told) -> bool:
        return bool(self.password) and told.kind is Kind.ZIP

    def _inside(self, part: MimeLeaf, kind: Kind) -> Iterator[Leaf]:
        for inner in self._held(part, kind, part.place.inside()):
            yield from self.opened(inner)

    def _held(self, part: MimeLeaf, kind: Kind, place: Place) -> Iterator[MimeLeaf]:
        match kind:
            case Kind.ZIP:
                for number, entry in enumerate(zips.unpack(part.data, self.password), start=1):
                    odd = ("unsafe-name",) if entry.unsafe else ()
                    yield MimeLeaf(place.step(number), _undeclared(entry.name), entry.data, odd)
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

    def _leaf(self, part: MimeLeaf, told: Told) -> Leaf:
        # what lies openly in the mail was weighed with it: no container may use up the form beside it
        self.allowance.leaf(len(part.data) if part.place.containers else 0)
        return Leaf(part.place, part.declared, part.data, told, _is_body(part, told), part.dressing)


def _is_body(part: MimeLeaf, told: Told) -> bool:
    own = part.declared
    return own.type in _BODY_TYPES and not own.attachment and not own.name and told.kind in _BODY_KINDS


def _undeclared(name: str) -> Declared:
    return Declared(type="application/octet-stream", name=clean(name, 300), attachment=True, charset="", encoding="")

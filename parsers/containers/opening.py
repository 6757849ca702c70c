"""A mail opened whole: every leaf with its kind, zips and mails inside opened two deep, bodies told from documents."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import Message
from typing import Final

from parsers.containers import zip as zips
from parsers.containers.kinds import Told, tell
from parsers.containers.mime import MimeLeaf, Place, leaves
from parsers.containers.text import clean
from parsers.containers.transfer import Declared
from parsers.containers.tree import parse
from parsers.contract import Kind
from parsers.limits import MAX_CONTAINERS_DEEP, MAX_PARTS, Allowance, OverLimit, gate

_BODY_TYPES: Final = frozenset({"text/plain", "text/html", "text/enriched"})
_BODY_KINDS: Final = frozenset({Kind.TEXT, Kind.HTML, Kind.EMPTY})
_OVER: Final = "over-limit"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One leaf told: its place, its own account, its content, what it really is."""

    place: Place
    declared: Declared
    data: bytes
    told: Told
    body: bool
    dressing: bool


def open_mail(root: Message, allowance: Allowance) -> tuple[Leaf, ...]:
    """Return every leaf of a mail in order; raises OverLimit where the mail itself holds too much.

    A container inside that holds too much, or is broken, stays one closed leaf with a code of why.
    """
    found = []
    for count, part in enumerate(leaves(root, allowance, Place()), start=1):
        if count > MAX_PARTS:
            raise OverLimit("too-many-parts")
        found += list(_opened(part, allowance))
    return tuple(found)


def single_file(data: bytes) -> Leaf:
    """Return a file that came by itself, nothing being declared of it."""
    declared = _undeclared("")
    return Leaf(Place().step(1), declared, data, tell(data, declared), body=False, dressing=False)


def _opened(part: MimeLeaf, allowance: Allowance) -> Iterator[Leaf]:
    """Yield the leaf, or what the container it is holds."""
    told = tell(part.data, part.declared)
    told = replace(told, codes=(*part.codes, *told.codes))
    if told.locked or told.kind not in {Kind.ZIP, Kind.MAIL} or "nested-too-deep" in told.codes:
        yield _leaf(part, told, allowance)
        return
    if part.place.containers >= MAX_CONTAINERS_DEEP:
        yield _leaf(part, replace(told, codes=(*told.codes, "nested-too-deep")), allowance)
        return
    before = replace(allowance)
    try:
        yield from tuple(_inside(part, told.kind, allowance))
    except (OverLimit, zips.BrokenZip) as why:
        allowance.leaves, allowance.nodes, allowance.unpacked = before.leaves, before.nodes, before.unpacked
        codes = (why.code, _OVER) if isinstance(why, OverLimit) else ("broken-zip",)
        yield _leaf(part, replace(told, codes=tuple(dict.fromkeys((*told.codes, *codes)))), allowance)


def _inside(part: MimeLeaf, kind: Kind, allowance: Allowance) -> Iterator[Leaf]:
    place = part.place.inside()
    if kind is Kind.MAIL:
        gate(part.data)
        for inner in leaves(parse(part.data, allowance), allowance, place):
            yield from _opened(inner, allowance)
        return
    for number, entry in enumerate(zips.unpack(part.data), start=1):
        odd = ("unsafe-name",) if _is_unsafe(entry.name) else ()
        yield from _opened(MimeLeaf(place.step(number), _undeclared(entry.name), entry.data, odd), allowance)


def _leaf(part: MimeLeaf, told: Told, allowance: Allowance) -> Leaf:
    allowance.leaf(len(part.data))
    return Leaf(part.place, part.declared, part.data, told, _is_body(part, told), part.dressing)


def _is_body(part: MimeLeaf, told: Told) -> bool:
    own = part.declared
    return own.type in _BODY_TYPES and not own.attachment and not own.name and told.kind in _BODY_KINDS


def _undeclared(name: str) -> Declared:
    return Declared(type="application/octet-stream", name=clean(name, 300), attachment=True, charset="", encoding="")


def _is_unsafe(name: str) -> bool:
    """Tell a name that would leave the folder it is unpacked in; we unpack into none, a person's tool might."""
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or name[:1] in {"/", "\\"} or ":" in name or "\x00" in name

"""What the parts of an Office package refer to (ECMA-376 part 2, 9.3): read of every part, none of it followed."""

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from parsers.containers.zip import Listing
from parsers.signs import is_afar

MAX_PARTS_READ: Final = 200
MAX_BYTES: Final = 8 * 1024 * 1024
"""Of all relations together; a text of a thousand links has a third of a megabyte."""
_PARSER: Final = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
_MACROS: Final = frozenset({"vbaproject", "wordvbadata", "xlmacrosheet", "xlintlmacrosheet"})
_TEMPLATES: Final = frozenset({"attachedtemplate", "mailmergesource", "mailmergeheadersource"})
"""What every document made from a template or for letters names, so that only one from afar is worth telling."""
_FETCHED: Final = frozenset({"oleobject", "package", "frame", "subdocument", "afchunk", "control", "vbaproject"})
"""What a program fetches and opens by itself, or at one click on its picture."""
_OF_INTEREST: Final = _MACROS | {"oleobject", "package"}
"""Of what lies inside."""


@dataclass(frozen=True, slots=True)
class Relation:
    """One thing a part refers to: what it is to it (the last word of its type, without capitals), and where it lies."""

    kind: str
    target: str
    outside: bool
    source: str
    """The name of the part that refers to it."""

    @property
    def part(self) -> str:
        """The name of the part it is, where it is inside."""
        folder = posixpath.dirname(self.source)
        return posixpath.normpath(posixpath.join("/", folder, self.target.replace("\\", "/"))).lstrip("/")


def relations_of(found: Listing) -> tuple[tuple[Relation, ...], bool]:
    """Return what lies outside or acts of the relations of every part, and whether all were read."""
    parts = [entry for entry in found.entries if entry.filename.lower().endswith(".rels")]
    whole = len(parts) <= MAX_PARTS_READ and sum(entry.file_size for entry in parts) <= MAX_BYTES
    told: list[Relation] = []
    left = MAX_BYTES
    for entry in parts[:MAX_PARTS_READ]:
        data = found.content(entry, min(entry.file_size, left))
        left -= len(data)
        told += _told(data, _source(entry.filename))
    return tuple(told), whole


def has_macros(relations: Iterable[Relation]) -> bool:
    """Tell whether a part is a macro project, or a sheet of macros, to another."""
    return any(each.kind in _MACROS for each in relations)


def from_outside(relations: Iterable[Relation]) -> Iterator[str]:
    """Yield codes of what lies outside the package; links that a person may follow are none of it."""
    outside = [each for each in relations if each.outside and each.kind != "hyperlink"]
    if any(each.kind in _TEMPLATES and is_afar(each.target) for each in outside):
        yield "has-remote-template"
    if any(each.kind in _FETCHED and is_afar(each.target) for each in outside):
        yield "has-remote-object"
    if any(each.kind not in _TEMPLATES for each in outside):
        yield "has-external-links"


def _source(name: str) -> str:
    folder, _, own = name.rpartition("_rels/")
    return folder + own[: -len(".rels")]


def _told(data: bytes, source: str) -> Iterator[Relation]:
    try:
        root = etree.fromstring(data, _PARSER)
    except (etree.XMLSyntaxError, ValueError):
        return
    for each in root.iter("{*}Relationship"):
        kind = each.get("Type", "").rpartition("/")[2].lower()
        outside = each.get("TargetMode", "").lower() == "external"
        if outside or kind in _OF_INTEREST:
            yield Relation(kind, each.get("Target", ""), outside, source)

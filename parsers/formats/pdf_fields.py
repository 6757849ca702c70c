"""The fields of a PDF form: what each holds, and where it stands (ISO 32000-1, 12.7).

What a field holds and what its boxes show must agree; where they do not, neither is taken.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import pikepdf

from parsers.document import Control
from parsers.formats.pdf_notes import HIDDEN
from parsers.formats.pdf_objects import MAX_VALUE, Object, number_of, of, text_of

MAX_FIELDS: Final = 2_000
MAX_DEPTH: Final = 20
MAX_NAME: Final = 200
MAX_CHOSEN: Final = 50
_RADIO, _PUSH, _PASSWORD = 1 << 15, 1 << 16, 1 << 13
_INHERITED: Final = ("/FT", "/V", "/Ff", "/Opt")
_PLAIN_YES: Final = frozenset({"Yes", "On", "1", "True"})
"""Names of a ticked state that say nothing of themselves."""
_MARKUP: Final = re.compile(r"<[^<>]{0,1000}>")
_LINE_END: Final = re.compile(r"(?i)</p>|<br ?/?>")


Seen = set[tuple[int, int]]
"""Objects that were looked at, by their numbers."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field that holds a value, with what it has from its parents and its boxes on pages."""

    name: str
    node: Object
    traits: dict[str, Object]
    widgets: tuple[Object, ...]

    @property
    def kind(self) -> str:
        """Its type as the format names it, empty where it has none."""
        return str(self.traits.get("/FT", ""))

    @property
    def value(self) -> Object:
        """What it holds, its own or a parent's, or None."""
        return self.traits.get("/V")

    @property
    def flags(self) -> int:
        """Its flags."""
        return number_of(self.traits.get("/Ff"))


@dataclass(slots=True)
class Fields:
    """The fields of a form, the page each stands on, and what was odd about them."""

    found: list[Field] = field(default_factory=list)
    pages: dict[tuple[int, int], int] = field(default_factory=dict)
    codes: set[str] = field(default_factory=set)

    def controls(self) -> Iterator[Control]:
        """Walk all but the signatures and the buttons that only do something."""
        for number, each in enumerate(self.found, 1):
            if each.kind == "/Btn" and not each.flags & _PUSH:
                text, checked = self._button(each)
            elif each.kind in {"/Tx", "/Ch"}:
                text, checked = _words(each), None
            else:
                continue
            if all(number_of(of(widget, "/F")) & HIDDEN for widget in each.widgets):
                self.codes.update({"hidden-field"} if text or checked else ())
                continue
            yield self.control(each, number, text, checked=checked)

    def control(self, each: Field, number: int, text: str, *, checked: bool | None = None) -> Control:
        """Return a field as a control, with its place."""
        title = text_of(of(each.node, "/TU"))[:MAX_NAME]
        page = next((self.pages[w.objgen] for w in each.widgets if w.objgen in self.pages), None)
        place = f"field '{title or each.name}'"
        where = f"page {page}, {place}" if page else place
        return Control(each.name[:MAX_NAME], title, text[:MAX_VALUE], checked, -number, where[:300])

    def _button(self, each: Field) -> tuple[str, bool | None]:
        """Return the chosen one of several options as text, or whether a single box is ticked."""
        shown = {_name(of(w, "/AS")) for w in each.widgets} - {"", "Off"}
        states = {state for w in each.widgets for state in _states(w)}
        held = _name(each.value)
        several = bool(each.flags & _RADIO) or len(states) > 1
        if each.value is None:
            held = next(iter(shown)) if len(shown) == 1 else "Off"
        if shown != {held} - {"", "Off"} and any("/AS" in w for w in each.widgets):
            self.codes.add("field-disagrees")
            return "", None if several else False
        ticked = held not in {"", "Off"}
        label = _option(each, held) if ticked else ""
        if several:
            return label, None
        return "" if label in _PLAIN_YES else label, ticked


def fields_of(file: pikepdf.Pdf, pages: list[Object]) -> Fields:
    """Return every field of a form, those too that only a page knows."""
    done = Fields()
    form = file.Root.get("/AcroForm")
    seen: Seen = set()
    for root in form.get("/Fields", ()) if isinstance(form, pikepdf.Dictionary) else ():
        _add(done, root, seen)
    for number, page in enumerate(pages, 1):
        annotations = page.get("/Annots")
        for thing in annotations if isinstance(annotations, pikepdf.Array) else ():
            if isinstance(thing, pikepdf.Dictionary) and thing.is_indirect:
                done.pages[thing.objgen] = number
                if thing.objgen not in seen and thing.get("/Subtype") == "/Widget":
                    _add(done, _top(thing), seen)
    return done


def _add(done: Fields, root: Object, seen: Seen) -> None:
    for each in _walk(root, "", {}, seen, 0):
        if len(done.found) >= MAX_FIELDS:
            done.codes.add("fields-cut")
            return
        done.found.append(each)


def _top(thing: Object) -> Object:
    for _ in range(MAX_DEPTH):
        parent = thing.get("/Parent")
        if not isinstance(parent, pikepdf.Dictionary):
            break
        thing = parent
    return thing


def _walk(
    node: Object, name: str, traits: dict[str, Object], seen: set[tuple[int, int]], depth: int
) -> Iterator[Field]:
    """Walk a field's leaves by their full names."""
    if not isinstance(node, pikepdf.Dictionary) or depth > MAX_DEPTH or (node.is_indirect and node.objgen in seen):
        return
    seen.add(node.objgen)
    own = text_of(of(node, "/T"))
    name = f"{name}.{own}" if name and own else own or name
    traits = traits | {key: value for key in _INHERITED if (value := of(node, key)) is not None}
    kids = of(node, "/Kids")
    inner = [kid for kid in kids if isinstance(kid, pikepdf.Dictionary)] if isinstance(kids, pikepdf.Array) else []
    fields = [kid for kid in inner if "/T" in kid]
    for kid in fields:
        yield from _walk(kid, name, traits, seen, depth + 1)
    if not fields:
        seen.update(kid.objgen for kid in inner)
        yield Field(name, node, traits, tuple(inner) or (node,))


def _words(each: Field) -> str:
    if each.flags & _PASSWORD and each.kind == "/Tx":
        return ""
    if each.kind == "/Ch":
        return ", ".join(filter(None, (_option(each, text_of(one)) for one in _listed(each.value))))
    text = text_of(each.value)
    if not text and each.value is None and "/RV" in each.node:
        rich = _LINE_END.sub("\n", text_of(each.node["/RV"])[: 2 * MAX_VALUE])
        text = "\n".join(line.strip() for line in _MARKUP.sub("", rich).split("\n")).strip()
    return text


def _option(each: Field, held: str) -> str:
    """Return what an option is called on the page, by its export value or its number."""
    options = each.traits.get("/Opt")
    if not isinstance(options, pikepdf.Array):
        return held
    listed = [[text_of(one) for one in _listed(option)] for option in list(options)[:MAX_FIELDS]]
    if each.kind == "/Btn":
        return listed[int(held)][0] if held.isdecimal() and int(held) < len(listed) and listed[int(held)] else held
    return next((option[-1] for option in listed if option and option[0] == held), held)


def _states(widget: Object) -> Iterator[str]:
    """Walk the names of a box's ticked states."""
    looks = widget.get("/AP")
    normal = looks.get("/N") if isinstance(looks, pikepdf.Dictionary) else None
    if isinstance(normal, pikepdf.Dictionary) and not isinstance(normal, pikepdf.Stream):
        yield from (name.removeprefix("/") for name in normal.keys() if name != "/Off")  # noqa: SIM118 - it is no mapping


def _listed(value: Object) -> list[Object]:
    return list(value)[:MAX_CHOSEN] if isinstance(value, pikepdf.Array) else [] if value is None else [value]


def _name(value: Object) -> str:
    return text_of(value).removeprefix("/")

"""What a PDF unpacks to, weighed before PDFium sees it, for PDFium unpacks without limit (2.1 GB from a small file).

Each packed stream is unpacked here in pieces that are thrown away, and stopped at its limit; forms that draw forms
are multiplied out, for PDFium draws each as often as it is called (security.md 2.1, 28).
"""

import re
from typing import Final

import pikepdf

from parsers.formats.pdf_objects import Object
from parsers.formats.pdf_unpacking import MOST, PLAIN, TEXTS, TooHeavy, filters_of, unpacked_size

MAX_OBJECTS: Final = 100_000
MAX_STREAM: Final = 30_000_000
MAX_PICTURE: Final = 120_000_000
"""A page in colour at 600 dpi is 100 MB."""
MAX_WORDS: Final = 80_000_000
"""All streams but pictures together."""
MAX_DRAWN: Final = 60_000_000
"""Bytes of drawing of one page, forms counted as often as they are drawn."""
MAX_GUESSED: Final = 20_000_000
"""What small streams may unpack to at worst before they are unpacked to see."""
_FIGURES: Final = frozenset({"/Widths", "/W", "/Parent", "/P", "/Dest", "/A", "/AA", "/Popup"})
"""What leads to no stream, or back to other pages."""
MAX_FORMS_DEEP: Final = 30
_DRAWING: Final = -1
"""The weight of a form while it is weighed: to meet it again is to meet it inside itself."""
_DO: Final = re.compile(rb"/([^\s/\[\]<>()%]{1,100})\s+Do\b")


class Scales:
    """Weighs page after page what drawing it takes, each stream once for the whole file."""

    def __init__(self, *, notes: bool = False) -> None:
        """Begin with nothing on the scales; with ``notes``, what is laid onto pages is weighed too."""
        self._notes = notes
        self._seen: set[tuple[int, int]] = set()
        self._things = 0
        self._words = 0
        self._guessed = 0

    def page(self, page: Object) -> None:
        """Weigh one page's drawing, its fonts and its pictures; raises TooHeavy."""
        contents = page.get("/Contents")
        resources = resources_of(page)
        waiting: list[Object] = [contents, resources, page.get("/Annots") if self._notes else None]
        while waiting:
            self._open(waiting.pop(), waiting)
        if isinstance(resources, pikepdf.Dictionary) and _forms(resources):
            streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
            drawn = _Drawn()
            weights = (drawn.weight(each, resources, 0) for each in streams if isinstance(each, pikepdf.Stream))
            if sum(weights) > MAX_DRAWN:
                raise TooHeavy

    def _open(self, thing: Object, waiting: list[Object]) -> None:
        """Weigh one object and put what it points to on the list."""
        stream = isinstance(thing, pikepdf.Stream)
        if not stream and not isinstance(thing, pikepdf.Dictionary | pikepdf.Array):
            return
        if thing.is_indirect:
            if thing.objgen in self._seen:
                return
            self._seen.add(thing.objgen)
        self._things += 1
        if stream:
            self._words += self._weight(thing)
        if self._things > MAX_OBJECTS or self._words > MAX_WORDS:
            raise TooHeavy
        if isinstance(thing, pikepdf.Array):
            waiting += [each for each in thing if isinstance(each, pikepdf.Object)]
        else:
            waiting += [each for key, each in thing.items() if key not in _FIGURES and isinstance(each, pikepdf.Object)]

    def _weight(self, stream: Object) -> int:
        """Return what counts of a stream towards the whole: nothing for pictures, each within its own limit."""
        filters = filters_of(stream)
        packed = stream.read_raw_bytes()
        if not filters or filters[-1] in PLAIN:
            return len(packed)
        worst = len(packed) * MOST
        if sum(name not in TEXTS for name in filters) == 1 and self._guessed + worst < MAX_GUESSED:
            self._guessed += worst
            return len(packed)
        picture = stream.get("/Subtype") == "/Image"
        size = unpacked_size(packed, filters, MAX_PICTURE if picture else MAX_STREAM)
        return 0 if picture else size


def resources_of(page: Object) -> Object:
    """Return the resources of a page, its own or inherited (ISO 32000-1, 7.7.3.4)."""
    for _ in range(30):
        found, parent = page.get("/Resources"), page.get("/Parent")
        if found is not None or not isinstance(parent, pikepdf.Dictionary):
            return found
        page = parent
    return None


class _Drawn:
    """Multiplies forms out, each looked at once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], int] = {}

    def weight(self, stream: Object, resources: Object, depth: int) -> int:
        """Return the bytes that drawing a stream takes; raises TooHeavy, for one that draws itself too.

        PDFium draws such a form as often as it is called at each of its steps down, and dies of it.
        """
        key = stream.objgen
        known = self._known.get(key)
        if known == _DRAWING or depth > MAX_FORMS_DEEP:
            raise TooHeavy
        if known is not None:
            return known
        self._known[key] = _DRAWING
        content = stream.read_bytes()
        own = stream.get("/Resources", resources)
        forms = _forms(own) if isinstance(own, pikepdf.Dictionary) else {}
        total = len(content)
        for name in _DO.findall(content):
            inner = forms.get(f"/{name.decode('latin-1')}")
            if inner is not None:
                total += self.weight(inner, own, depth + 1)
            if total > MAX_DRAWN:
                raise TooHeavy
        self._known[key] = total
        return total


def _forms(resources: Object) -> dict[str, Object]:
    found = resources.get("/XObject")
    if not isinstance(found, pikepdf.Dictionary):
        return {}
    return {
        name: thing
        for name, thing in found.items()
        if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") != "/Image"
    }

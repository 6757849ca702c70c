"""What was laid onto pages later: form fields' places, words typed with a viewer's tool, stamps, striking out.

Many people fill a flat PDF with the typewriter of their viewer: such words count as printed where they stand.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

import pikepdf

from parsers.formats.pdf_shapes import Rect, Sight, Word

MAX_NOTES: Final = 5_000
"""Of one page."""
MAX_TYPED: Final = 20_000
HIDDEN: Final = 0x02 | 0x20
"""Flags of what is not shown (ISO 32000-1, 12.5.3)."""
_SIZE: Final = re.compile(r"([0-9.]{1,9})\s{1,9}Tf")
_LINE: Final = 1.17
"""From line to line, in sizes of type."""
_KINDS: Final = frozenset({"/Widget", "/FreeText", "/Stamp", "/Ink", "/StrikeOut"})


@dataclass(frozen=True, slots=True)
class Note:
    """One thing laid onto a page: its kind, its corners in the file's points, its words and their size (0: unknown)."""

    kind: str
    corners: tuple[float, float, float, float]
    text: str = ""
    size: float = 0.0


def notes_of(page: Any) -> list[Note]:  # noqa: ANN401 - pikepdf's objects answer with any of their kinds
    """Return what is laid onto a page and shown."""
    annotations = page.get("/Annots")
    if not isinstance(annotations, pikepdf.Array):
        return []
    return [note for thing in islice(annotations, MAX_NOTES) for note in _notes(thing)]


def _notes(thing: Any) -> Iterator[Note]:  # noqa: ANN401 - as above
    if not isinstance(thing, pikepdf.Dictionary):
        return
    kind = str(thing.get("/Subtype", ""))
    if kind not in _KINDS or int(thing.get("/F", 0)) & HIDDEN:
        return
    try:
        corners = list(map(float, thing.get("/Rect", ())))
        quads = [float(each) for each in thing.get("/QuadPoints", ())] if kind == "/StrikeOut" else []
    except (TypeError, ValueError):
        return
    if quads:
        for at in range(0, len(quads) - 7, 8):
            across, down = quads[at : at + 8 : 2], quads[at + 1 : at + 8 : 2]
            yield Note(kind, (min(across), min(down), max(across), max(down)))
    elif len(corners) == 4:
        text = str(thing.get("/Contents", ""))[:MAX_TYPED] if kind == "/FreeText" else ""
        size = _SIZE.search(str(thing.get("/DA", ""))) if kind == "/FreeText" else None
        yield Note(kind, (corners[0], corners[1], corners[2], corners[3]), text, _number(size[1]) if size else 0.0)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def lay(sight: Sight, notes: list[Note], point: Callable[[float, float], tuple[float, float]]) -> None:
    """Put notes into what is seen of a page; ``point`` turns the file's points into points that are seen."""
    for note in notes:
        (x0, y0), (x1, y1) = point(*note.corners[:2]), point(*note.corners[2:])
        box = Rect(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        if note.kind == "/Widget":
            sight.fields.append(box)
        elif note.kind == "/StrikeOut":
            sight.struck.append(box)
        elif note.kind == "/FreeText":
            sight.words += _typed(note, box)
        else:
            sight.pictures.append(box)


def _typed(note: Note, box: Rect) -> Iterator[Word]:
    """Walk the lines typed into a box, from its top; a line that is too long counts as one all the same."""
    lines = note.text.replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n")
    size = note.size if 4 <= note.size <= 40 else max(4.0, min(11.0, box.height / len(lines) / _LINE))
    spare = max(0.0, box.height - len(lines) * size * _LINE) if len(lines) == 1 else 0.0
    for number, line in enumerate(lines):
        text = " ".join(line.split())
        if text:
            base = box.top + spare / 2 + (number + 0.85) * size * _LINE
            right = min(box.right, box.left + len(text) * size * 0.5)
            yield Word(text, Rect(box.left + 1, base - size * 0.8, right, base + size * 0.2), base, size)

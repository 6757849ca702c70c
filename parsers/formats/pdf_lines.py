"""Words to lines of letters: what stands in one line on the page, and where a gap parts a label from its value.

Words that begin at the same place of a page begin at the same letter of their lines, so that columns stay columns.
"""

import itertools
import re
from collections.abc import Iterable, Sequence
from operator import attrgetter
from statistics import median
from typing import NamedTuple

from parsers.document import TICKED, UNTICKED
from parsers.formats.pdf_shapes import Rect, Rule, Word

WIDE = 0.8
"""A gap of so many sizes of type parts; a blank is a quarter to a third, two typed ones are less than this."""
NARROW = 0.12
"""A smaller gap than this is none: one word in two pieces."""
BLANK = 0.25
SAME_LINE = 0.35
SAME_START = 2.0
"""Points between beginnings that are one column."""
LETTER = 0.5
"""Width of a letter in sizes of type, about."""
_HALF = re.compile(r"[^\W\d_]-$")
ITEM = (TICKED, UNTICKED, "•", "-", "\u2013", "▪", "○", "*", "o ")
"""What begins a line of its own in a list."""


class Piece(NamedTuple):
    """Words of one line without a wide gap between them."""

    text: str
    box: Rect


class Line(NamedTuple):
    """One line as seen: its pieces from left to right."""

    pieces: tuple[Piece, ...]
    base: float
    size: float
    bold: bool = False
    """Every word of it."""

    @property
    def box(self) -> Rect:
        """What the line covers."""
        boxes = [piece.box for piece in self.pieces]
        return Rect(boxes[0].left, min(b.top for b in boxes), boxes[-1].right, max(b.bottom for b in boxes))


def lines_of(words: Iterable[Word], upright: Sequence[Rule] = ()) -> list[Line]:
    """Return the lines that words stand in, from the top; an upright rule between two words parts them too."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=attrgetter("base")):
        if lines and word.base - lines[-1][0].base <= max(2.0, SAME_LINE * min(word.size, lines[-1][0].size)):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [_line(sorted(line, key=attrgetter("box")), upright) for line in lines]


def _line(words: list[Word], upright: Sequence[Rule]) -> Line:
    base, size = words[0].base, words[0].size
    if len(words) == 1:
        return Line((Piece(words[0].text, words[0].box),), base, size, words[0].bold)
    near = [rule for rule in upright if rule.start <= base <= rule.end + size]
    pieces: list[list[Word]] = [[words[0]]]
    texts = [words[0].text]
    for before, word in itertools.pairwise(words):
        gap, type_size = word.box.left - before.box.right, max(before.size, word.size)
        if gap > WIDE * type_size or (near and _ruled_between(before, word, near)):
            pieces.append([word])
            texts.append(word.text)
        else:
            pieces[-1].append(word)
            texts[-1] += word.text if gap < NARROW * type_size else f" {word.text}"
    done = (Piece(text, _around(piece)) for text, piece in zip(texts, pieces, strict=True))
    return Line(tuple(done), base, size, all(word.bold for word in words))


def _ruled_between(before: Word, word: Word, upright: Sequence[Rule]) -> bool:
    return any(before.box.right - 1 <= rule.at <= word.box.left + 1 for rule in upright)


def _around(words: list[Word]) -> Rect:
    return Rect(
        words[0].box.left,
        min(word.box.top for word in words),
        max(word.box.right for word in words),
        max(word.box.bottom for word in words),
    )


def laid_out(lines: Sequence[Line]) -> list[str]:
    """Return each line's text, its pieces at the letters of their columns with two blanks and more between."""
    if not lines:
        return []
    letter = LETTER * median(line.size for line in lines) or 1.0
    starts = _columns(piece.box.left for line in lines for piece in line.pieces)
    placed = [[(starts[round(piece.box.left, 1)], piece.text) for piece in line.pieces] for line in lines]
    room: dict[float, list[tuple[float, int]]] = {}
    for line in placed:
        for (before, text), (start, _) in itertools.pairwise(line):
            room.setdefault(start, []).append((before, len(text) + 2))
    letters: dict[float, int] = {}
    for start in sorted(set(starts.values())):
        pushed = (letters[before] + length for before, length in room.get(start, ()) if before < start)
        letters[start] = max(0, round(start / letter), max(pushed, default=0))
    return [_text(line, letters) for line in placed]


def _columns(lefts: Iterable[float]) -> dict[float, float]:
    """Tell for each beginning the first one of its column."""
    columns: dict[float, float] = {}
    first = float("-inf")
    for left in sorted({round(left, 1) for left in lefts}):
        first = left if left - first > SAME_START else first
        columns[left] = first
    return columns


def _text(line: list[tuple[float, str]], letters: dict[float, int]) -> str:
    text = ""
    for start, words in line:
        at = max(letters[start], len(text) + 2 if text else 0)
        text = f"{text:<{at}}{words}"
    return text


def flowing(lines: Sequence[Line], place: Rect) -> str:
    """Return the text of a cell at ``place``: a line that broke only because the cell ended goes on after a blank."""
    if not lines:
        return ""
    edge = place.right - max(0.0, min(line.box.left for line in lines) - place.left)
    text = ""
    before: Line | None = None
    for line in lines:
        words = "  ".join(piece.text for piece in line.pieces)
        text += "" if before is None else _between(text, words) if _wrapped(before, line, words, edge) else "\n"
        text += words
        before = line
    return text


def _between(text: str, words: str) -> str:
    """Return what stands between two halves of a broken line: nothing behind a hyphen within a word."""
    return "" if _HALF.search(text) and words[:1].isalnum() else " "


def _wrapped(before: Line, line: Line, words: str, edge: float) -> bool:
    """Tell whether the first word of a line had no room on the line before."""
    if words.startswith(ITEM) or before.pieces[-1].text.endswith(("?", ":")):
        return False
    if line.base - before.base > 2 * max(line.size, before.size):
        return False
    first = line.pieces[0]
    share = len(words.split(maxsplit=1)[0]) / max(1, len(first.text))
    return before.box.right + share * first.box.width + BLANK * line.size > edge

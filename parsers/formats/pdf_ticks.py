"""Tick-boxes that are drawn, not written: a little square beside words, with a cross, a tick or nothing in it.

What is not plain is left out: squares in a row that take one letter each, squares with other words in them, squares
that a form field covers.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from parsers.document import TICKED, UNTICKED
from parsers.formats.pdf_shapes import Rect, Sight, Word

BESIDE: Final = 60.0
"""Points from a box to the words it stands by."""
_CROSSES: Final = frozenset("xX✓✔✕✖✗✘☒☑/√■●")
_SMALLER: Final = 0.9
"""A filled square as large as the box is its shade, no mark."""


def with_ticks(sight: Sight, words: Sequence[Word], fields: Sequence[Rect]) -> list[Word]:
    """Return the words with drawn tick-boxes among them, and without the crosses written into such boxes."""
    squares = [square for square in _apart(sight.squares) if not any(_overlap(square, field) for field in fields)]
    if not squares:
        return list(words)
    crosses: set[int] = set()
    boxes: list[Word] = []
    for square in squares:
        inside = [n for n, word in enumerate(words) if square.holds(word.box.centre)]
        beside = _beside(square, [word for n, word in enumerate(words) if n not in inside])
        if beside is None or any(words[n].text not in _CROSSES for n in inside):
            continue
        ticked = bool(inside) or any(_marks(square, mark) for mark in sight.marks)
        crosses.update(inside)
        boxes.append(Word(TICKED if ticked else UNTICKED, square, beside.base, beside.size))
    return [*(word for n, word in enumerate(words) if n not in crosses), *boxes]


def _apart(squares: Sequence[Rect]) -> Iterator[Rect]:
    """Walk the squares that stand alone: one drawn twice once, none of a row of squares for single letters."""
    kept: list[Rect] = []
    for square in squares:
        if not any(_same(square, other) for other in kept):
            kept.append(square)
    for square in kept:
        if not any(square is not other and _touch(square, other) for other in kept):
            yield square


def _same(one: Rect, other: Rect) -> bool:
    return other.holds(one.centre) and one.holds(other.centre)


def _touch(one: Rect, other: Rect) -> bool:
    return abs(one.top - other.top) < 1.5 and min(abs(one.right - other.left), abs(other.right - one.left)) < 1.5


def _overlap(one: Rect, other: Rect) -> bool:
    return one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom


def _marks(square: Rect, mark: Rect) -> bool:
    return square.holds(mark.centre) and min(mark.width, mark.height) < _SMALLER * square.width and mark.height > 1


def _beside(square: Rect, words: Sequence[Word]) -> Word | None:
    """Return the nearest word in the square's line."""
    found = [
        (gap, n)
        for n, word in enumerate(words)
        if word.box.top < square.centre[1] < word.box.bottom
        and (gap := max(word.box.left - square.right, square.left - word.box.right)) < BESIDE
    ]
    return words[min(found)[1]] if found else None

"""One page as seen: its ruled lines, its tick-boxes, its words, in the points that reading a PDF counts in too."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from PIL import Image, ImageFilter

from parsers.document import TICKED, UNTICKED
from parsers.formats.pdf_shapes import Rect, Sight, Word
from parsers.workshop.boxes import Square, squares
from parsers.workshop.ink import Ink, inked
from parsers.workshop.ruled import ruled
from parsers.workshop.tesseract import Seen, turn_of, words_of
from parsers.workshop.upright import POINTS, straight

SURE: Final = 85.0
"""Of 100: a word below this is shaky."""
LEAST_SURE: Final = 0.5
"""Share of words: with no more sure ones a page may lie on its side, and is looked at once more."""
SOFTENED: Final = ImageFilter.GaussianBlur(0.8)
AGAIN: Final = 8
"""Pixels within which a word read twice stands."""
_PAPER: Final = 255
_RESTS: Final = frozenset("|_~")
_DESCENDING: Final = frozenset("gjpqyQ,;()[]{}|/@$_")
_AFLOAT: Final = frozenset("-~=+\u2013\u2014'\"\u2018\u2019\u201c\u201d*\u00b7\u2022")
_FLAT: Final = frozenset("acegmnopqrsuvwxyz.,:;-_~=+")
_TALL_SHARE, _FLAT_SHARE, _DESCENT = 0.72, 0.52, 0.2
"""Of the size of type: how high a capital and a small letter stand, and how deep a tail hangs."""
_LEAST_TYPE, _MOST_TYPE = 6.0, 30.0


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page, and which of its words the engine was not sure of."""

    sight: Sight
    shaky: frozenset[str]
    read: bool
    """Whether most of its words were read surely, so that it stands upright."""


def see(picture: Image.Image) -> Page:
    """Look at one page, whichever way up; NotRead where there is no engine to read its words."""
    page = _look(straight(picture))
    if not page.read:
        turn = turn_of(straight(picture))
        if turn:
            return _look(straight(picture.rotate(-turn, expand=True)))
    return page


def _look(picture: Image.Image) -> Page:
    ink = inked(picture)
    level, upright, lines = ruled(ink)
    ink &= ~lines
    boxes = squares(ink)
    words = [each for each in _read_twice(_wiped(picture, lines, boxes)) if not _is_speck(each)]
    sight = Sight(picture.width * POINTS, picture.height * POINTS, level=level, upright=upright)
    sight.words = _on_lines([_word(each) for each in words])
    sight.words += [_box(box) for box in boxes if box.ticked is not None]
    sure = sum(each.sure >= SURE for each in words)
    return Page(sight, frozenset(each.text for each in words if each.sure < SURE), sure > LEAST_SURE * len(words))


def _wiped(picture: Image.Image, lines: Ink, boxes: list[Square]) -> Image.Image:
    """Return the page without what is drawn on it, which would be read as letters."""
    shades = np.array(picture)
    shades[lines] = _PAPER
    for box in boxes:
        top, left = max(0, box.top - 3), max(0, box.left - 3)
        shades[top : box.top + box.side + 3, left : box.left + box.side + 3] = _PAPER
    return Image.fromarray(shades)


def _read_twice(page: Image.Image) -> list[Seen]:
    """Read a page as it is and once more softened; where the two readings differ, the first is not sure.

    Of 1,948 words on eight worn pages the engine misread 7 and was sure of 2 to 3; none of these was read so again.
    """
    again = {(each.text, each.left // AGAIN, each.top // AGAIN) for each in words_of(page.filter(SOFTENED))}

    def agreed(seen: Seen) -> bool:
        near = range(-1, 2)
        return any((seen.text, seen.left // AGAIN + x, seen.top // AGAIN + y) in again for x in near for y in near)

    return [each if agreed(each) else replace(each, sure=0.0) for each in words_of(page)]


def _is_speck(seen: Seen) -> bool:
    """Tell the rest of a line or a spot of dirt from a word."""
    return (seen.sure < SURE or set(seen.text) <= _RESTS) and not any(letter.isalnum() for letter in seen.text)


def _word(seen: Seen) -> Word:
    """Return a word with the line it stands on and its size of type, as far as its letters tell."""
    flat, descending = _FLAT.issuperset(seen.text), not _DESCENDING.isdisjoint(seen.text)
    share = (_FLAT_SHARE if flat else _TALL_SHARE) + (_DESCENT if descending else 0.0)
    size = min(max(seen.height * POINTS / share, _LEAST_TYPE), _MOST_TYPE)
    top, bottom = seen.top * POINTS, (seen.top + seen.height) * POINTS
    base = bottom - (_DESCENT * size if descending else 0.0)
    return Word(seen.text, Rect(seen.left * POINTS, top, (seen.left + seen.width) * POINTS, bottom), base, size)


def _on_lines(words: list[Word]) -> list[Word]:
    """Set dashes and the like on the line of the word next to them: by themselves they do not tell where it runs."""
    standing = [word for word in words if not _AFLOAT.issuperset(word.text)]

    def beside(dash: Word) -> Word:
        middle = dash.box.centre[1]
        near = [word for word in standing if word.box.top - 1 <= middle <= word.box.bottom + 1]
        if not near:
            return dash
        next_to = min(near, key=lambda word: abs(word.box.centre[0] - dash.box.centre[0]))
        return dash._replace(base=next_to.base, size=next_to.size)

    return [beside(word) if _AFLOAT.issuperset(word.text) else word for word in words]


def _box(box: Square) -> Word:
    left, top, side = box.left * POINTS, box.top * POINTS, box.side * POINTS
    base = top + side * (1 - _DESCENT / 2)
    return Word(TICKED if box.ticked else UNTICKED, Rect(left, top, left + side, top + side), base, side / _TALL_SHARE)

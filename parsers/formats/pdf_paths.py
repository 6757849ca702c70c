"""Lines, squares, marks, shades and pictures of a page, from PDFium's page objects."""

from collections.abc import Callable, Iterator
from ctypes import byref, c_int
from itertools import pairwise
from typing import Any, Final

import pypdfium2.raw as pdfium

from parsers.formats.pdf_outlines import (
    PLAIN,
    Matrix,
    Point,
    bounds_of,
    box_of,
    corners_of,
    is_rectangle,
    is_white,
    matrix_of,
    moved,
    subpaths,
    times,
)
from parsers.formats.pdf_shapes import Rect, Rule, Sight

MAX_OBJECTS: Final = 40_000
"""Of one page with the forms drawn on it."""
MAX_POINTS: Final = 200
"""A path with more is a drawing."""
MAX_DEPTH: Final = 8
_THIN: Final = 2.6
_RECTANGLE: Final = 5
"""Points of one: the first again at the end."""
_SQUARE: Final = (5.0, 18.0)
_SHORT: Final = 4.0
_LEVEL: Final = 0.5

_FILL, _STROKE = c_int(), c_int()
_DRAWN_AT: Final = (byref(_FILL), byref(_STROKE))
"""Where PDFium puts its answers; one child reads one page at a time."""


class TooManyObjects(Exception):
    """A page holds more drawings than are looked at."""


class Paths:
    """Walks everything drawn on a page but its letters."""

    def __init__(self, sight: Sight, turn: Callable[[float, float], Point]) -> None:
        """Put what is found into ``sight``; ``turn`` makes a point of the file a point that is seen."""
        self._sight, self._turn = sight, turn
        self._left = MAX_OBJECTS

    def walk(self, page: Any) -> None:  # noqa: ANN401 - a ctypes pointer of PDFium, which names no types
        """Look at every object; raises TooManyObjects."""
        count = pdfium.FPDFPage_CountObjects(page)
        self._each((pdfium.FPDFPage_GetObject(page, n) for n in range(count)), count, PLAIN, 0)

    def _each(self, objects: Iterator[Any], count: int, outer: Matrix, depth: int) -> None:
        self._left -= count
        if self._left < 0:
            raise TooManyObjects
        for drawn in objects:
            kind = pdfium.FPDFPageObj_GetType(drawn)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._path(drawn, outer)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self._sight.pictures.append(self._rect(bounds_of(drawn), outer))
            elif kind == pdfium.FPDF_PAGEOBJ_SHADING:
                self._sight.shades.append(self._rect(bounds_of(drawn), outer))
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
                inner = pdfium.FPDFFormObj_CountObjects(drawn)
                objects_inside = (pdfium.FPDFFormObj_GetObject(drawn, n) for n in range(inner))
                self._each(objects_inside, inner, times(matrix_of(drawn), outer), depth + 1)

    def _path(self, drawn: Any, outer: Matrix) -> None:  # noqa: ANN401 - as above
        count = pdfium.FPDFPath_CountSegments(drawn)
        if not 0 < count <= MAX_POINTS or not pdfium.FPDFPath_GetDrawMode(drawn, *_DRAWN_AT):
            return
        filled = _FILL.value != 0 and not is_white(drawn, pdfium.FPDFPageObj_GetFillColor)
        stroked = _STROKE.value != 0 and not is_white(drawn, pdfium.FPDFPageObj_GetStrokeColor)
        if not filled and not stroked:
            return
        placed = times(matrix_of(drawn), outer)
        corners = corners_of(drawn) if count == _RECTANGLE else None
        if corners is not None:
            self._rectangle(self._rect(corners, placed), stroked=stroked, filled=filled)
            return
        for points, curved in subpaths(drawn, count):
            seen = [self._turn(*moved(point, placed)) for point in points]
            if len(seen) > 3 and not curved and is_rectangle(seen):
                self._rectangle(box_of(seen), stroked=stroked, filled=filled)
            else:
                self._shape(seen, stroked=stroked and not curved)

    def _shape(self, points: list[Point], *, stroked: bool) -> None:
        """Take a line, or anything that is no rectangle."""
        box = box_of(points)
        if min(box.width, box.height) <= _THIN:
            self._rule(box)
            return
        if max(box.width, box.height) <= _SQUARE[1]:
            self._sight.marks.append(box)
        if stroked:
            for (x0, y0), (x1, y1) in pairwise(points):
                if min(abs(x1 - x0), abs(y1 - y0)) <= _LEVEL:
                    self._rule(Rect(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))

    def _rectangle(self, box: Rect, *, stroked: bool, filled: bool) -> None:
        left, top, right, bottom = box
        sight = self._sight
        if right - left <= _THIN or bottom - top <= _THIN:
            self._rule(box)
        elif is_square(box):
            (sight.squares if stroked else sight.marks).append(box)
        else:
            if filled:
                sight.shades.append(box)
            if stroked:
                sight.level += (Rule(top, left, right), Rule(bottom, left, right))
                sight.upright += (Rule(left, top, bottom), Rule(right, top, bottom))

    def _rule(self, box: Rect) -> None:
        x, y = box.centre
        if box.width >= max(box.height, _SHORT):
            self._sight.level.append(Rule(y, box.left, box.right))
        elif box.height >= _SHORT:
            self._sight.upright.append(Rule(x, box.top, box.bottom))

    def _rect(self, corners: tuple[Point, Point], outer: Matrix) -> Rect:
        (x0, y0), (x1, y1) = self._turn(*moved(corners[0], outer)), self._turn(*moved(corners[1], outer))
        return Rect(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def is_square(box: Rect) -> bool:
    """Tell whether a rectangle has the size and the shape of a tick-box."""
    least, most = _SQUARE
    return least <= box.width <= most and least <= box.height <= most and abs(box.width - box.height) <= 2

"""One object that PDFium found on a page: its points, its place, its colour."""

from collections.abc import Callable, Iterator
from ctypes import byref, c_float, c_uint
from itertools import pairwise
from typing import Any, Final

import pypdfium2.raw as pdfium

from parsers.formats.pdf_shapes import Rect

WHITE: Final = 245
"""From this on of 255, in each of three colours."""
Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
PLAIN: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_COLOUR: Final = tuple(c_uint() for _ in range(4))
_COLOUR_AT: Final = tuple(map(byref, _COLOUR))
_MATRIX: Final = pdfium.FS_MATRIX()
_MATRIX_AT: Final = byref(_MATRIX)
_X, _Y = c_float(), c_float()
_POINT_AT: Final = (byref(_X), byref(_Y))
"""Where PDFium puts its answers; one child reads one page at a time."""


def corners_of(drawn: Any) -> tuple[Point, Point] | None:  # noqa: ANN401 - a ctypes pointer of PDFium, which names no types
    """Return two corners of a path of five points if its first sides stand square: a rectangle, the most there are."""
    x0, y0 = _point(pdfium.FPDFPath_GetPathSegment(drawn, 0))
    x1, y1 = _point(pdfium.FPDFPath_GetPathSegment(drawn, 1))
    x2, y2 = _point(pdfium.FPDFPath_GetPathSegment(drawn, 2))
    square = (x0 == x1 and y1 == y2) or (y0 == y1 and x1 == x2)
    if not square or _point(pdfium.FPDFPath_GetPathSegment(drawn, 4)) != (x0, y0):
        return None
    return (x0, y0), (x2, y2)


def _point(segment: Any) -> Point:  # noqa: ANN401 - as above
    pdfium.FPDFPathSegment_GetPoint(segment, *_POINT_AT)
    return _X.value, _Y.value


def subpaths(drawn: Any, count: int) -> Iterator[tuple[list[Point], bool]]:  # noqa: ANN401 - as above
    """Walk the lines of a path, each with whether it has curves; a closed one ends where it began."""
    points: list[Point] = []
    curved = False
    last = None
    for n in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(drawn, n)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        point = _point(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield _closed(points, last), curved
            points, curved = [], False
        curved = curved or kind == pdfium.FPDF_SEGMENT_BEZIERTO
        points.append(point)
        last = segment
    if len(points) > 1:
        yield _closed(points, last), curved


def _closed(points: list[Point], last: Any) -> list[Point]:  # noqa: ANN401 - as above
    return [*points, points[0]] if points[0] != points[-1] and pdfium.FPDFPathSegment_GetClose(last) else points


def is_rectangle(points: list[Point]) -> bool:
    """Tell whether every side is level or upright."""
    return all(abs(a[0] - b[0]) < 0.5 or abs(a[1] - b[1]) < 0.5 for a, b in pairwise(points))


def is_white(drawn: Any, colour_of: Callable[..., int]) -> bool:  # noqa: ANN401 - as above
    """Tell whether one of an object's colours is white or clear."""
    if not colour_of(drawn, *_COLOUR_AT):
        return False
    red, green, blue, alpha = _COLOUR
    return alpha.value == 0 or (red.value >= WHITE and green.value >= WHITE and blue.value >= WHITE)


def matrix_of(drawn: Any) -> Matrix:  # noqa: ANN401 - as above
    """Return where an object puts its points."""
    pdfium.FPDFPageObj_GetMatrix(drawn, _MATRIX_AT)
    return _MATRIX.a, _MATRIX.b, _MATRIX.c, _MATRIX.d, _MATRIX.e, _MATRIX.f


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """Return the matrix that does ``inner`` and then ``outer`` (ISO 32000-1, 8.3.4)."""
    if outer == PLAIN:
        return inner
    a, b, c, d, e, f = inner
    k, m, n, o, p, q = outer
    return a * k + b * n, a * m + b * o, c * k + d * n, c * m + d * o, e * k + f * n + p, e * m + f * o + q


def moved(point: Point, matrix: Matrix) -> Point:
    """Return a point as a matrix places it."""
    if matrix == PLAIN:
        return point
    (x, y), (a, b, c, d, e, f) = point, matrix
    return a * x + c * y + e, b * x + d * y + f


def bounds_of(drawn: Any) -> tuple[Point, Point]:  # noqa: ANN401 - as above
    """Return two corners of what an object covers."""
    edges = [c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(drawn, *map(byref, edges))
    left, bottom, right, top = (edge.value for edge in edges)
    return (left, bottom), (right, top)


def box_of(points: list[Point]) -> Rect:
    """Return the rectangle around points."""
    across, down = zip(*points, strict=True)
    return Rect(min(across), min(down), max(across), max(down))

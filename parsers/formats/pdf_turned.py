"""A page as it is shown: cut to its box, turned by quarters, measured from its top left corner."""

from collections.abc import Callable
from ctypes import byref
from typing import Any

import pypdfium2.raw as pdfium


class Turned:
    """Points of the file's page as points of the page that is seen."""

    def __init__(self, page: Any) -> None:  # noqa: ANN401 - a ctypes pointer of PDFium, which names no types
        box = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, byref(box))
        self._left, self._bottom, self._right, self._top = box.left, box.bottom, box.right, box.top
        self.quarters: int = pdfium.FPDFPage_GetRotation(page)
        across, down = box.right - box.left, box.top - box.bottom
        self.width, self.height = (down, across) if self.quarters % 2 else (across, down)
        turns: tuple[Callable[[float, float], tuple[float, float]], ...] = (
            lambda x, y: (x - self._left, self._top - y),
            lambda x, y: (y - self._bottom, x - self._left),
            lambda x, y: (self._right - x, y - self._bottom),
            lambda x, y: (self._top - y, self._right - x),
        )
        self.point = turns[self.quarters % 4]

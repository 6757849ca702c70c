"""How the letters of a page are drawn: their font, their size, their ink. Asked once for each piece of text."""

from ctypes import addressof, byref, c_double, c_uint, create_string_buffer
from dataclasses import dataclass
from math import hypot
from typing import Any, Final

import pypdfium2.raw as pdfium

from parsers.formats.pdf_outlines import WHITE
from parsers.formats.pdf_turned import Turned
from parsers.formats.symbols import FONTS, symbol

_UNSEEN_MODE: Final = 3
_LIGATURES: Final = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_SYMBOL_NAMES: Final = {font.replace(" ", ""): font for font in FONTS}
_BOLD: Final = ("bold", "black", "heavy")
_HEAVY: Final = 600
"""Of a font's weight: from here on it is bold."""
_QUARTER: Final = 1.5707963
_LEVEL: Final = 0.05
"""Radians by which a line may lean and still be level."""
_MATRIX: Final = pdfium.FS_MATRIX()
_MATRIX_AT: Final = byref(_MATRIX)
_X, _Y = c_double(), c_double()
_ORIGIN: Final = (byref(_X), byref(_Y))
_COLOUR: Final = tuple(c_uint() for _ in range(4))
_COLOUR_AT: Final = tuple(map(byref, _COLOUR))
"""Where PDFium puts its answers; one child reads one page at a time."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a piece of text is drawn."""

    font: str | None
    """The symbol font it is set in."""
    level: bool
    seen: bool
    """Its ink is neither clear nor left out."""
    white: bool
    size: float
    """Of its type, in points."""
    bold: bool
    base: float
    """The line its letters stand on, where that is level, from the top of the page."""


class Looks:
    """The pieces of text of one page."""

    def __init__(self, turned: Turned, text_page: Any) -> None:  # noqa: ANN401 - a ctypes pointer of PDFium, which names no types
        """Begin with nothing known."""
        self._turned, self._page = turned, text_page
        self._fonts: dict[int, tuple[str | None, bool]] = {}
        self._drawn: dict[int, Look] = {}

    def at(self, letter: int) -> Look:
        """Return how the text is drawn that a letter belongs to."""
        drawn = pdfium.FPDFText_GetTextObject(self._page, letter)
        if not drawn:
            return self._new(drawn, letter)
        key = addressof(drawn.contents)
        known = self._drawn.get(key)
        if known is None:
            known = self._drawn[key] = self._new(drawn, letter)
        return known

    def _new(self, drawn: Any, letter: int) -> Look:  # noqa: ANN401 - as above
        known = pdfium.FPDFText_GetFillColor(self._page, letter, *_COLOUR_AT)
        angle = pdfium.FPDFText_GetCharAngle(self._page, letter) - self._turned.quarters * _QUARTER
        font, bold = self._font(drawn) if drawn else (None, False)
        return Look(
            font=font,
            bold=bold,
            level=abs((angle + 2 * _QUARTER) % (4 * _QUARTER) - 2 * _QUARTER) < _LEVEL,
            seen=(not known or _COLOUR[3].value > 0)
            and (not drawn or pdfium.FPDFTextObj_GetTextRenderMode(drawn) != _UNSEEN_MODE),
            size=self._size(letter),
            base=self._base(letter),
            white=bool(known) and min(each.value for each in _COLOUR[:3]) >= WHITE,
        )

    def _base(self, letter: int) -> float:
        pdfium.FPDFText_GetCharOrigin(self._page, letter, *_ORIGIN)
        return float(self._turned.point(_X.value, _Y.value)[1])

    def _size(self, letter: int) -> float:
        pdfium.FPDFText_GetMatrix(self._page, letter, _MATRIX_AT)
        return float(pdfium.FPDFText_GetFontSize(self._page, letter)) * hypot(_MATRIX.c, _MATRIX.d)

    def _font(self, drawn: Any) -> tuple[str | None, bool]:  # noqa: ANN401 - as above
        """Return the symbol font that a text is set in, None for any other, and whether its letters are bold."""
        font = pdfium.FPDFTextObj_GetFont(drawn)
        if not font:
            return None, False
        key = addressof(font.contents)
        if key not in self._fonts:
            name = create_string_buffer(128)
            pdfium.FPDFFont_GetBaseFontName(font, name, 128)
            plain = name.value.decode("latin-1").rpartition("+")[2].casefold().replace(" ", "")
            bold = any(word in plain for word in _BOLD) or pdfium.FPDFFont_GetWeight(font) >= _HEAVY
            self._fonts[key] = _SYMBOL_NAMES.get(plain.split("-")[0]), bold
        return self._fonts[key]


def as_seen(text: str, font: str | None) -> str:
    """Return letters of a symbol font, bare or in the private area, as what they show; ligatures as their letters."""
    if font is not None:
        return "".join(symbol(font, ord(letter)) or _plain_symbol(letter) for letter in text)
    return "".join(_LIGATURES.get(each) or (_private(each) if 0xF020 <= ord(each) <= 0xF0FF else each) for each in text)


def _private(letter: str) -> str:
    return symbol("wingdings", ord(letter))


def _plain_symbol(letter: str) -> str:
    """Return a letter that a symbol font's own table has made a sign of Unicode, nothing for its other drawings."""
    return letter if 0x2000 <= ord(letter) < 0xE000 else ""

"""The words of a page, from the letters that PDFium found; what nobody sees is kept apart."""

import re
from collections.abc import Iterator
from ctypes import byref, c_ushort
from typing import Any, Final

import pypdfium2.raw as pdfium

from parsers.formats.pdf_looks import Look, Looks, as_seen
from parsers.formats.pdf_paths import TooManyObjects
from parsers.formats.pdf_shapes import Rect, Sight, Word
from parsers.formats.pdf_turned import Turned

MAX_LETTERS: Final = 60_000
"""Of one page; a page of small print has 10,000."""
_GAP: Final = 0.2
"""Of the type's size: a jump as wide parts words even where the file has no blank."""
_SMALL: Final = 1.5
"""Points of type below which nobody reads."""
_UNKNOWN: Final = "\ufffd"
_LETTERS: Final = (
    dict.fromkeys(range(32), _UNKNOWN) | dict.fromkeys((9, 10, 13, 160), " ") | dict.fromkeys((2, 0xAD, 0xFFFE), "-")
)
"""Blanks and the hyphens of PDFium's own kind as the usual ones; other control letters are unknown."""
_LETTER: Final = 0.62
_EDGE: Final = 0.3
"""In sizes of type: what a letter of a word takes on average, and what a word may take more."""
_BETWEEN_BLANKS: Final = re.compile(r"[^ ]+")
_TYPE: Final = 0.85
"""Of a letter's full height: the size of its type, about."""
_LEAST: Final = 0.3
"""Of a letter's height: a smaller size of type that the file tells is not believed."""
_Run = tuple[Look, int, int, float, float, float, float]
"""A word's look, its first letter, the one behind its last, and left, bottom, right and top on the file's page."""


class Words:
    """Puts letters together and leaves out what nobody sees."""

    def __init__(self, sight: Sight, turned: Turned, text_page: Any) -> None:  # noqa: ANN401 - a ctypes pointer of PDFium, which names no types
        """Put the words of ``text_page`` into ``sight``."""
        self._sight, self._turned, self._page = sight, turned, text_page
        self._looks = Looks(turned, text_page)
        self._unseen: list[Word] = []

    def read(self) -> None:
        """Fill in the words of the page."""
        count = pdfium.FPDFText_CountChars(self._page)
        if count > MAX_LETTERS:
            raise TooManyObjects
        letters = _letters(self._page, count)
        for found in self._runs(letters):
            self._take(found, letters[found[1] : found[2]])
        sight = self._sight
        if self._unseen and not sight.words:
            sight.laid_over, sight.words = bool(sight.pictures), self._unseen if sight.pictures else []
        sight.unseen = sight.unseen or (bool(self._unseen) and not sight.laid_over)

    def _runs(self, letters: str) -> Iterator[_Run]:
        """Walk the words. PDFium put a blank where letters stand apart; what looks otherwise is looked at closely."""
        page, rect = self._page, pdfium.FS_RECTF()
        reference, box_of = byref(rect), pdfium.FPDFText_GetLooseCharBox
        for found in _BETWEEN_BLANKS.finditer(letters):
            first, end = found.span()
            look = self._looks.at(first)
            if box_of(page, first, reference):
                left, bottom, right, top = rect.left, rect.bottom, rect.right, rect.top
                if end - first == 1:
                    yield look, first, end, left, bottom, right, top
                    continue
                if box_of(page, end - 1, reference) and "-" not in found[0]:
                    room, apart = look.size * (_LETTER * (end - first) + _EDGE), abs(rect.bottom - bottom)
                    if 0 < rect.right - left < room and apart < look.size:
                        yield look, first, end, left, min(bottom, rect.bottom), rect.right, max(top, rect.top)
                        continue
            yield from self._jumps(look, first, end)

    def _jumps(self, look: Look, start: int, end: int) -> Iterator[_Run]:
        """Walk the pieces of a word letter by letter: it may go on in the next line, run upright or be spaced out."""
        rect = pdfium.FS_RECTF()
        reference = byref(rect)
        first = -1
        left = bottom = right = top = 0.0
        for at in range(start, end):
            if not pdfium.FPDFText_GetLooseCharBox(self._page, at, reference):
                continue
            x0, y0, x1, y1 = rect.left, rect.bottom, rect.right, rect.top
            size = max(look.size, 1.0)
            goes_on = -size < x0 - right < _GAP * size and y0 < top + size / 2 and y1 > bottom - size / 2
            if first >= 0 and (goes_on or not look.level):
                left, bottom, right, top = min(left, x0), min(bottom, y0), max(right, x1), max(top, y1)
                continue
            if first >= 0:
                yield look, first, at, left, bottom, right, top
                look = self._looks.at(at)
            first, left, bottom, right, top = at, x0, y0, x1, y1
        if first >= 0:
            yield look, first, end, left, bottom, right, top

    def _take(self, found: _Run, text: str) -> None:
        look, _, _, left, bottom, right, top = found
        if look.font is not None or not text.isascii():
            text = as_seen(text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"), look.font)
            self._sight.unknown_glyphs += text.count(_UNKNOWN)
        if not text:
            return
        if not look.level:
            self._sight.aslant.append(text)
            return
        turned = self._turned.point
        (x0, y0), (x1, y1) = turned(left, bottom), turned(right, top)
        box = (
            Rect(x0, y1, x1, y0) if x0 <= x1 and y1 <= y0 else Rect(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        )
        size = look.size if look.size > _LEAST * box.height else box.height * _TYPE
        word = Word(text, box, look.base, size, look.bold)
        if not self._sight.covers(box):
            self._sight.unseen = True
        elif self._is_seen(word, look):
            self._sight.words.append(word)
        else:
            self._unseen.append(word)

    def _is_seen(self, word: Word, look: Look) -> bool:
        if word.size < _SMALL or not look.seen:
            return False
        if not look.white:
            return True
        centre = word.box.centre
        return any(behind.holds(centre) for behind in (*self._sight.shades, *self._sight.pictures))


def _letters(page: Any, count: int) -> str:  # noqa: ANN401 - as above
    """Return the page's letters, as many as it has places: all blanks as one kind, surrogates as they come."""
    room = (c_ushort * (count + 1))()
    got = pdfium.FPDFText_GetText(page, 0, count, room) - 1
    text = bytes(room).decode("utf-16-le", "surrogatepass")[:got]
    if len(text) != count:  # PDFium leaves out what it cannot tell, so places would not agree
        codes = (pdfium.FPDFText_GetUnicode(page, at) for at in range(count))
        text = "".join(chr(code) if code <= 0xFFFF else _UNKNOWN for code in codes)
    return text.translate(_LETTERS)

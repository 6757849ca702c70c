"""What PDFium sees of one page, as shapes of our own: letters to words, paths to lines, squares and marks.

The calls are PDFium's C functions through ctypes; every figure is in points and turned as a reader sees the page.
"""

from typing import Any

from parsers.formats.pdf_notes import Note, lay
from parsers.formats.pdf_paths import Paths
from parsers.formats.pdf_shapes import Sight
from parsers.formats.pdf_turned import Turned
from parsers.formats.pdf_words import Words


def look(page: Any, text_page: Any, notes: list[Note]) -> Sight:  # noqa: ANN401 - pointers of PDFium, which names no types
    """Return all that is seen of a page and of the notes laid onto it; raises TooManyObjects."""
    turned = Turned(page)
    sight = Sight(turned.width, turned.height)
    Paths(sight, turned.point).walk(page)
    Words(sight, turned, text_page).read()
    lay(sight, notes, turned.point)
    return sight

"""The pages of a PDF as blocks, read by PDFium."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import pypdfium2
import pypdfium2.raw as pdfium

from parsers.contract import DocumentState
from parsers.document import Block, NotRead, Paragraph
from parsers.formats.pdf_engine import look
from parsers.formats.pdf_joined import Standing, joined
from parsers.formats.pdf_notes import Note
from parsers.formats.pdf_page import Press
from parsers.formats.pdf_shapes import Sight

MAX_TEXT: Final = 1_000_000
GARBLED: Final = 0.1
"""Share of letters nobody can tell, from which a text layer is none."""


def letters_of(blocks: Sequence[Block]) -> int:
    """Count the letters of blocks, without blanks."""
    return sum(map(_letters, blocks))


def _letters(block: Block) -> int:
    texts = [block.text] if isinstance(block, Paragraph) else [cell.text for row in block.rows for cell in row]
    return sum(len("".join(text.split())) for text in texts)


def read_pages(data: bytes, password: str, notes: Sequence[list[Note]]) -> tuple[list[Block], set[str]]:
    """Return the blocks of as many pages as there are lists of notes, and codes of what was met.

    Raises NotRead where there is too much text, pypdfium2.PdfiumError where PDFium cannot open the file, and
    TooManyObjects.
    """
    press, codes = Press(), set[str]()
    pages: list[list[Standing]] = []
    letters = 0
    with pypdfium2.PdfDocument(data, password=password or None) as file:
        for number, laid in enumerate(notes[: len(file)], 1):
            sight = _sight(file, number - 1, laid)
            if sight is None:
                codes.add("pages-unread")
                continue
            found = list(press.blocks(sight, number))
            codes |= set(_odd(sight))
            letters += letters_of([standing.block for standing in found])
            if letters > MAX_TEXT:
                raise NotRead(DocumentState.OVER_LIMIT, "too-much-text")
            pages.append(found)
    return joined(pages), codes | press.codes


def _sight(file: pypdfium2.PdfDocument, index: int, notes: list[Note]) -> Sight | None:
    """Look at one page; None where PDFium cannot load it."""
    page: Any = pdfium.FPDF_LoadPage(file, index)
    if not page:
        return None
    try:
        text_page: Any = pdfium.FPDFText_LoadPage(page)
        if not text_page:
            return None
        try:
            return look(page, text_page, notes)
        finally:
            pdfium.FPDFText_ClosePage(text_page)
    finally:
        pdfium.FPDF_ClosePage(page)


def _odd(sight: Sight) -> Iterator[str]:
    """Name what is odd about a page."""
    if sight.unseen:
        yield "hidden-text"
    if sight.laid_over:
        yield "text-of-recognition"
    if sight.pictures and not sight.words:
        yield "picture-page"
    if sight.unknown_glyphs:
        yield "unknown-glyphs"
    if sight.unknown_glyphs > GARBLED * sum(len(word.text) for word in sight.words):
        yield "garbled-text"

"""Pictures of pages, read as a printed PDF is: every page seen, then laid out as lines and tables.

Every word the engine was not sure of is told of with its line or cell. Who reads on knows by the code ``by-ocr``.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

import pypdfium2
from msgspec.structs import replace as with_changes
from PIL import Image

from parsers.contract import DocumentState
from parsers.document import Block, Cell, Document, NotRead, Paragraph, Table
from parsers.formats.pdf import read_pdf
from parsers.formats.pdf_joined import Standing, joined
from parsers.formats.pdf_page import Press
from parsers.workshop.pictures import pages_of
from parsers.workshop.seen import see
from parsers.workshop.upright import LONG_SIDE

MAX_PAGES: Final = 20


def read_picture(data: bytes) -> Document:
    """Return the words of a picture; NotRead with a state and a code where it cannot be read."""
    return _document(pages_of(data))


def read_scanned_pdf(data: bytes) -> Document:
    """Return what a PDF says, and where it has no text of its own, what its pages look like."""
    try:
        return read_pdf(data)
    except NotRead as fault:
        if fault.code != "no-text-layer":
            raise
        carried = fault.codes
    try:
        seen = _document(_rendered(data))
    except NotRead as fault:
        raise NotRead(fault.state, fault.code, (*carried, *fault.codes)) from None
    return replace(seen, codes=(*seen.codes, *carried))


def _document(pages: Iterable[Image.Image]) -> Document:
    press, codes = Press(), ["by-ocr"]
    seen: list[list[Standing]] = []
    for number, picture in enumerate(pages, 1):
        if number > MAX_PAGES:
            codes.append("pages-cut")
            break
        page = see(picture)
        standing = press.blocks(page.sight, number)
        seen.append([each._replace(block=_doubted(each.block, page.shaky)) for each in standing])
    return Document(tuple(joined(seen)), codes=(*codes, *sorted(press.codes)))


def _rendered(data: bytes) -> Iterator[Image.Image]:
    """Walk the pages of a PDF as a printer would show them."""
    try:
        with pypdfium2.PdfDocument(data) as file:
            for number in range(len(file)):
                page = file[number]
                share = LONG_SIDE / max(1.0, *page.get_size())
                yield page.render(scale=share, grayscale=True, may_draw_forms=False).to_pil().convert("L")
    except pypdfium2.PdfiumError:
        raise NotRead(DocumentState.UNREADABLE, "broken-pdf") from None


def _doubted(block: Block, shaky: frozenset[str]) -> Block:
    """Say of a block which of its words are shaky; a word that was once read unsurely is so all over its page."""
    if isinstance(block, Paragraph):
        return with_changes(block, where=f"{block.where} (OCR)", shaky=_of(block.text, shaky))
    return replace(block, rows=tuple(tuple(_cell(cell, shaky) for cell in row) for row in block.rows))


def _cell(cell: Cell, shaky: frozenset[str]) -> Cell:
    inner = tuple(table for table in (_doubted(each, shaky) for each in cell.tables) if isinstance(table, Table))
    return with_changes(cell, shaky=_of(cell.text, shaky), tables=inner)


def _of(text: str, shaky: frozenset[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in text.split() if word in shaky))

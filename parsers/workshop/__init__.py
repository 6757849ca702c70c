"""Slow reading, by a child with limits of its own (parsers.confine.workshop).

Old formats are converted by LibreOffice, pictures of pages read by Tesseract: programs of the machine. Where it has one
of them not, that one's files are held for a person.
"""

from collections.abc import Callable, Mapping

from parsers.contract import Kind
from parsers.document import Document
from parsers.formats.docx import read_docx
from parsers.workshop.convert import read_doc, read_odt, read_rtf
from parsers.workshop.scans import read_picture, read_scanned_pdf

WORKSHOP: Mapping[Kind, Callable[[bytes], Document]] = {
    Kind.DOCX: read_docx,
    Kind.DOCM: read_docx,
    Kind.DOTX: read_docx,
    Kind.PDF: read_scanned_pdf,
    Kind.DOC: read_doc,
    Kind.ODT: read_odt,
    Kind.RTF: read_rtf,
    Kind.IMAGE: read_picture,
}
"""The readers of a slow task: those of a fast one, and what only the workshop can."""

__all__ = ["WORKSHOP"]

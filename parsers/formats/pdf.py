"""PDF files: the values of form fields, the text and ruled tables as they are seen, digital signatures.

pikepdf reads the file's objects and weighs them, PDFium reads the pages, pypdf what these two cannot open. Field
values are no part of the text. A file locked for owners only is readable; one without a text layer is a picture.
Nothing in it is run, followed or unpacked: scripts, launches and embedded files are only told of (threats 28, 29).
"""

import logging
from io import BytesIO
from typing import Final

import pikepdf
import pypdfium2

from parsers.contract import DocumentState
from parsers.document import Block, Control, Document, NotRead
from parsers.formats.pdf_actions import actions_of
from parsers.formats.pdf_fallback import read_lines
from parsers.formats.pdf_fields import Fields, fields_of
from parsers.formats.pdf_notes import notes_of
from parsers.formats.pdf_pages import MAX_TEXT, letters_of, read_pages
from parsers.formats.pdf_paths import TooManyObjects
from parsers.formats.pdf_signatures import signatures_of
from parsers.formats.pdf_unpacking import TooHeavy
from parsers.formats.pdf_weigh import Scales
from parsers.formats.pdf_xfa import read_xfa, xfa_of
from parsers.limits import OutOfTime
from parsers.signs import actions_named

MAX_PAGES: Final = 60
LEAST_LETTERS: Final = 20
"""Pages with fewer letters than this in all have no text layer worth the name."""
WAITING: Final = "please wait"
"""How the one page of a purely dynamic XFA form begins."""

logging.getLogger("pikepdf").setLevel(logging.CRITICAL)  # its warnings quote the file


def read_pdf(data: bytes, password: str = "") -> Document:
    """Return fields, lines and tables of a PDF; NotRead with a state and a code where it cannot be read."""
    carried: set[str] = set()
    """Codes of what acts, filled while it is read: they are told whatever comes of the reading."""
    try:
        return _read(data, password, carried)
    except OutOfTime as over:
        over.codes = tuple(sorted(carried))
        raise
    except MemoryError:
        raise
    except Exception as fault:  # noqa: BLE001 - whatever a broken file provokes in three libraries becomes one code
        raise _not_read(fault, carried) from None


def _not_read(fault: Exception, carried: set[str]) -> NotRead:
    """Return why a file was not read, with what it would do when a person opens it all the same."""
    codes = tuple(sorted(carried))
    match fault:
        case NotRead():
            return NotRead(fault.state, fault.code, codes)
        case TooHeavy() | TooManyObjects():
            return NotRead(DocumentState.OVER_LIMIT, "pdf-limit", codes)
        case RecursionError():
            return NotRead(DocumentState.OVER_LIMIT, "too-deep", codes)
        case _:
            return NotRead(DocumentState.UNREADABLE, "broken-pdf", codes)


def _read(data: bytes, password: str, carried: set[str]) -> Document:
    try:
        file = pikepdf.open(BytesIO(data), password=password)
    except pikepdf.PasswordError:
        carried.update(actions_named(data))
        raise NotRead(DocumentState.LOCKED, "pdf-password") from None
    except pikepdf.PdfError:
        carried.update(actions_named(data))
        return _with_text(list(read_lines(data, password, MAX_PAGES, MAX_TEXT)), (), {"pdf-repaired", *carried})
    with file:
        carried.update(actions_of(file))
        return _opened(file, data, password, carried)


def _opened(file: pikepdf.Pdf, data: bytes, password: str, carried: set[str]) -> Document:
    pages = [page.obj for page in file.pages[:MAX_PAGES]]
    if not pages:
        raise NotRead(DocumentState.UNREADABLE, "no-pages")
    scales = Scales()
    for page in pages:
        scales.page(page)
    codes = carried | ({"pages-cut"} if len(file.pages) > MAX_PAGES else set())
    fields = fields_of(file, pages)
    controls = [*fields.controls(), *_signed(fields, data, password, codes)]
    try:
        blocks, odd = read_pages(data, password, [notes_of(page) for page in pages])
    except pypdfium2.PdfiumError:
        blocks, odd = list(read_lines(data, password, MAX_PAGES, MAX_TEXT)), {"pdf-repaired"}
    entry = xfa_of(file)
    if entry is not None and not controls and (not blocks or WAITING in _beginning(blocks)):
        return _xfa(read_xfa(entry), codes | odd)
    return _with_text(blocks, tuple(controls), codes | fields.codes | odd)


def _with_text(blocks: list[Block], controls: tuple[Control, ...], codes: set[str]) -> Document:
    if not controls and ("garbled-text" in codes or letters_of(blocks) < LEAST_LETTERS):
        raise NotRead(DocumentState.UNSUPPORTED, "no-text-layer")
    return Document(tuple(blocks), controls, tuple(sorted(codes)))


def _xfa(controls: tuple[Control, ...], codes: set[str]) -> Document:
    if not controls:
        raise NotRead(DocumentState.UNSUPPORTED, "pdf-xfa")
    return Document((), controls, (*sorted(codes), "xfa"))


def _beginning(blocks: list[Block]) -> str:
    return " ".join(getattr(block, "text", "") for block in blocks[:3]).strip().casefold()[:200]


def _signed(fields: Fields, data: bytes, password: str, codes: set[str]) -> list[Control]:
    """Return the fields for signatures, each with its signature if it has one."""
    places = [(number, each) for number, each in enumerate(fields.found, 1) if each.kind == "/Sig"]
    if not places:
        return []
    signed = {each.name for _, each in places if isinstance(each.value, pikepdf.Dictionary)}
    found = signatures_of(data, password) if signed else {}
    codes |= {signature.code for signature in found.values()}
    codes |= {"signature-unread"} if signed - set(found) else set()
    texts = {name: found[name].text if name in found else "[digital signature]" for name in signed}
    return [fields.control(each, number, texts.get(each.name, "")) for number, each in places]

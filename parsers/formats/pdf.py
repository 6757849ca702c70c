"""PDF files: the values of form fields, and the text as laid out on the page (pypdf, within limits of our own).

Field values are no part of the text. A file locked for owners only is readable; one without a text layer is a picture.
Nothing in it is run, followed or unpacked: scripts, launches and embedded files are only told of (threats 28, 29).
"""

import logging
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import Configuration, PdfReader, apply_configuration
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError, PyPdfError
from pypdf.generic import ArrayObject, IndirectObject

from parsers.contract import DocumentState
from parsers.document import Control, Document, NotRead, Paragraph

MAX_PAGES = 60
MAX_FIELDS = 2_000
MAX_TEXT = 1_000_000
MAX_VALUE = 65_536
LEAST_LETTERS = 20
"""A page with fewer letters than this in all has no text layer worth the name."""
EMBEDS = {"/OpenAction": "pdf-open-action", "/AA": "pdf-actions"}
EMBEDDED_NAMES = {"/EmbeddedFiles": "pdf-embedded-files", "/JavaScript": "pdf-javascript"}

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its warnings quote the file

LIMITS = Configuration(
    maximum_declared_stream_length=30_000_000,
    array_based_stream_maximum_output_length=20_000_000,
    lzw_maximum_output_length=20_000_000,
    run_length_maximum_output_length=20_000_000,
    zlib_maximum_output_length=20_000_000,
    zlib_maximum_recovery_input_length=1_000_000,
    brotli_maximum_output_length=20_000_000,
    stream_filters_maximum_length=4,
    stream_decoding_work_maximum_length=60_000_000,
    stream_parsing_work_maximum_count=400_000,
    page_tree_maximum_entries=5_000,
    page_tree_maximum_depth=30,
    page_tree_maximum_page_entries=100_000,
    form_fields_maximum_entries=MAX_FIELDS,
    form_fields_maximum_depth=20,
    xform_maximum_invocations_per_extraction=500,
    jbig2dec_binary=None,
)


def read_pdf(data: bytes) -> Document:
    """Return fields and lines of a PDF; NotRead with a state and a code where it cannot be read."""
    try:
        with apply_configuration(LIMITS):
            return _read(data)
    except (NotRead, MemoryError, RecursionError):
        raise
    except LimitReachedError:
        raise NotRead(DocumentState.OVER_LIMIT, "pdf-limit") from None
    except (DependencyError, NotImplementedError):
        raise NotRead(DocumentState.UNSUPPORTED, "pdf-feature") from None
    except FileNotDecryptedError:
        raise NotRead(DocumentState.LOCKED, "pdf-password") from None
    except (PyPdfError, OSError):
        raise NotRead(DocumentState.UNREADABLE, "broken-pdf") from None
    except Exception:  # noqa: BLE001 - pypdf raises whatever a broken file provokes (security.md 4.1 counts ten kinds)
        raise NotRead(DocumentState.UNREADABLE, "broken-pdf") from None


def _read(data: bytes) -> Document:
    reader = PdfReader(BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise NotRead(DocumentState.LOCKED, "pdf-password")
    pages = reader.pages[:MAX_PAGES]
    if not pages:
        raise NotRead(DocumentState.UNREADABLE, "no-pages")
    codes = [code for key, code in EMBEDS.items() if key in reader.root_object]
    names = reader.root_object.get("/Names")
    codes += [code for key, code in EMBEDDED_NAMES.items() if names is not None and key in names.get_object()]
    codes += ["pages-cut"] if len(reader.pages) > MAX_PAGES else []
    controls = tuple(_controls(reader))
    lines = tuple(_lines(pages))
    if not controls and sum(len(line.text.replace(" ", "")) for line in lines) < LEAST_LETTERS:
        raise NotRead(DocumentState.UNSUPPORTED, "no-text-layer")
    return Document(blocks=lines, controls=controls, codes=tuple(codes))


def _lines(pages: Any) -> Iterator[Paragraph]:  # noqa: ANN401 - a slice of pypdf's lazy list, whose type it keeps to itself
    """Walk the lines of all pages; blank ones are left out."""
    letters = spot = 0
    for number, page in enumerate(pages, 1):
        text: str = page.extract_text(extraction_mode="layout")
        letters += len(text)
        if letters > MAX_TEXT:
            raise NotRead(DocumentState.OVER_LIMIT, "too-much-text")
        for at, line in enumerate(filter(str.strip, text.split("\n")), 1):
            spot += 1
            yield Paragraph(line.rstrip(), spot, f"page {number}, line {at}", printed=True)


def _controls(reader: PdfReader) -> Iterator[Control]:
    """Walk the form fields by their full names; buttons that only do something are left out."""
    pages = _pages_of(reader)
    for number, (name, field) in enumerate((reader.get_fields() or {}).items(), 1):
        kind = field.get("/FT")
        if kind is None or number > MAX_FIELDS:
            continue
        title = _text(field.get("/TU"))[:200]
        value = field.get("/V")
        checked = _is_ticked(value) if kind == "/Btn" else None
        text = "" if kind == "/Btn" and checked is not None and value in {None, "/Off", "/Yes"} else _text(value)
        page = pages.get(name)
        where = f"page {page}, field '{title or name}'" if page else f"field '{title or name}'"
        yield Control(name[:200], title, text[:MAX_VALUE], checked, -number, where[:300])


def _pages_of(reader: PdfReader) -> dict[str, int]:
    """Tell on which page each field's box stands."""
    pages: dict[str, int] = {}
    for number, page in enumerate(reader.pages[:MAX_PAGES], 1):
        for reference in page.get("/Annots") or ():
            widget = reference.get_object()
            if widget is not None and widget.get("/Subtype") == "/Widget":
                pages.setdefault(_full_name(widget), number)
    return pages


def _full_name(widget: Any) -> str:  # noqa: ANN401 - pypdf's dictionaries answer with any of its objects
    names: list[str] = []
    for _ in range(20):
        if "/T" in widget:
            names.append(_text(widget["/T"]))
        parent = widget.get("/Parent")
        if parent is None:
            break
        widget = parent.get_object()
    return ".".join(reversed(names))


def _is_ticked(value: object) -> bool:
    return value is not None and str(value) not in {"", "/Off", "Off"}


def _text(value: object) -> str:
    """Return a field's value as text; several chosen values side by side, nothing for what is no text."""
    if isinstance(value, IndirectObject):
        value = value.get_object()
    if isinstance(value, ArrayObject):
        return ", ".join(_text(each) for each in value[:50])
    if isinstance(value, bytes):
        return value.decode("latin-1")
    return str(value).removeprefix("/") if isinstance(value, str) else ""

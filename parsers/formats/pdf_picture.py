"""Pages as pictures, for what reads pictures of pages (PDFium draws, notes and fields are drawn too)."""

from collections.abc import Iterator
from io import BytesIO
from typing import Final

import pikepdf
import pypdfium2
from PIL import Image

from parsers.contract import DocumentState
from parsers.document import NotRead
from parsers.formats.pdf_unpacking import TooHeavy
from parsers.formats.pdf_weigh import Scales

MAX_PIXELS: Final = 30_000_000
"""Of one page; A3 at 300 dpi has 17 million."""
POINTS: Final = 72


def render_pages(data: bytes, password: str = "", dpi: int = 200, pages: int = 20) -> Iterator[Image.Image]:
    """Walk the first pages as grey pictures of so many dots an inch, fewer where a page would be too large.

    Raises NotRead with a state and a code: locked, broken, or over a limit.
    """
    _weigh(data, password, pages)
    try:
        with pypdfium2.PdfDocument(data, password=password or None) as file:
            for index in range(min(pages, len(file))):
                yield _drawn(file, index, dpi)
    except pypdfium2.PdfiumError:
        raise NotRead(DocumentState.UNREADABLE, "broken-pdf") from None


def _drawn(file: pypdfium2.PdfDocument, index: int, dpi: int) -> Image.Image:
    page = file[index]
    try:
        width, height = page.get_size()
        scale = dpi / POINTS
        if width * height * scale * scale > MAX_PIXELS:
            scale = (MAX_PIXELS / (width * height)) ** 0.5
        bitmap = page.render(scale=max(scale, 0.01), grayscale=True)
        try:
            picture: Image.Image = bitmap.to_pil().copy()
        finally:
            bitmap.close()
        return picture
    finally:
        page.close()


def _weigh(data: bytes, password: str, pages: int) -> None:
    """Stop at what PDFium should not unpack; raises NotRead."""
    try:
        with pikepdf.open(BytesIO(data), password=password) as file:
            scales = Scales(notes=True)
            for page in file.pages[:pages]:
                scales.page(page.obj)
    except pikepdf.PasswordError:
        raise NotRead(DocumentState.LOCKED, "pdf-password") from None
    except TooHeavy:
        raise NotRead(DocumentState.OVER_LIMIT, "pdf-limit") from None
    except (MemoryError, RecursionError):
        raise
    except Exception:  # noqa: BLE001 - whatever a broken file provokes in qpdf becomes one code
        raise NotRead(DocumentState.UNREADABLE, "broken-pdf") from None

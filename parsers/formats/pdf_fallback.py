"""What pypdf makes of a file that the faster readers cannot open: its lines, within limits of our own; no fields."""

import logging
from collections.abc import Iterator
from io import BytesIO

from pypdf import Configuration, PdfReader, apply_configuration
from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError, PyPdfError

from parsers.contract import DocumentState
from parsers.document import NotRead, Paragraph

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
    form_fields_maximum_entries=2_000,
    form_fields_maximum_depth=20,
    xform_maximum_invocations_per_extraction=500,
    jbig2dec_binary=None,
)


def read_lines(data: bytes, password: str, pages: int, letters: int) -> tuple[Paragraph, ...]:
    """Return the lines of so many pages and letters at most; NotRead with a state and a code where there are none."""
    try:
        with apply_configuration(LIMITS):
            return tuple(_lines(_opened(data, password), pages, letters))
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


def _opened(data: bytes, password: str) -> PdfReader:
    reader = PdfReader(BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(password):
        raise NotRead(DocumentState.LOCKED, "pdf-password")
    return reader


def _lines(reader: PdfReader, pages: int, letters: int) -> Iterator[Paragraph]:
    spot = 0
    for number, page in enumerate(reader.pages[:pages], 1):
        text: str = page.extract_text(extraction_mode="layout")
        letters -= len(text)
        if letters < 0:
            raise NotRead(DocumentState.OVER_LIMIT, "too-much-text")
        for at, line in enumerate(filter(str.strip, text.split("\n")), 1):
            spot += 1
            yield Paragraph(line.rstrip(), spot, f"page {number}, line {at}", printed=True)

"""PDFs are weighed before they are unpacked or drawn: what is too heavy is over the limit, in no time."""

import zlib

import pytest

from parsers.contract import DocumentState
from parsers.document import NotRead
from parsers.formats.pdf import read_pdf
from parsers.formats.pdf_objects import MAX_TEXT_STREAM
from parsers.formats.pdf_xfa import MAX_PACKET
from tests.hostile.pdfs import FORM, drawing, drawn, letter, stream, zeros

FLATE = b"/Filter /FlateDecode"
WAITING = {4: stream(b"BT /F1 12 Tf 72 700 Td (Please wait...) Tj ET")}


def is_over(made: bytes) -> bool:
    """Tell whether a file is refused for its weight."""
    try:
        read_pdf(made)
    except NotRead as refused:
        return (refused.state, refused.code) == (DocumentState.OVER_LIMIT, "pdf-limit")
    return False


def answered(packed: bytes) -> bytes:
    """Return a letter with one field whose answer is a packed stream."""
    field = b"<< /T (a) /FT /Tx /V 11 0 R /Subtype /Widget /Rect [0 0 9 9] >>"
    catalog = b"/AcroForm << /Fields [10 0 R] >>"
    return letter(catalog=catalog, page=b"/Annots [10 0 R]", more={10: field, 11: stream(packed, FLATE)})


def with_xfa(packed: bytes) -> bytes:
    """Return a page that waits for a program, and the form's data as one packed stream."""
    catalog = b"/AcroForm << /Fields [] /XFA [(datasets) 10 0 R] >>"
    return letter(catalog=catalog, more={**WAITING, 10: stream(packed, FLATE)})


@pytest.mark.parametrize(
    ("made", "most"), [(answered, MAX_TEXT_STREAM), (with_xfa, MAX_PACKET)], ids=["answer", "form's data"]
)
def test_a_stream_that_swells_is_not_unpacked(made, most: int) -> None:
    """A few kilobytes that would be more than is read of an answer, or of the form's data, close the file."""
    assert is_over(made(zeros(most + 1, b"a")))


def test_an_answer_as_a_stream_is_read() -> None:
    """Long answers stand in streams in honest forms."""
    (control,) = read_pdf(answered(zlib.compress(b"the long answer"))).controls
    assert control.text == "the long answer"


@pytest.mark.parametrize("times", [1, 9])
def test_a_form_that_draws_itself_is_over_the_limit(times: int) -> None:
    """PDFium would draw it until it dies: it is told by its first step into itself."""
    own = b"/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 10 0 R >> >>"
    assert is_over(drawing(own, b"/X Do " * times))


def test_a_form_drawn_twice_is_drawn_twice() -> None:
    """The same stamp on a page in two places is honest."""
    assert not is_over(drawn({10: stream(b"0 0 9 9 re f", FORM)}, content=b"/X Do /X Do"))

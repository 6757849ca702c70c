"""PDF files give fields and lines, or a state and a code; the library's own words never come out."""

from contextlib import suppress
from io import BytesIO

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject
from reportlab.pdfgen.canvas import Canvas

from parsers.contract import DocumentState
from parsers.document import NotRead
from parsers.formats.pdf import read_pdf
from tests.builders import forms
from tests.builders.fill_pdf import locked


def refused(data: bytes) -> tuple[DocumentState, str]:
    """Return the state and the code a file is refused with."""
    with pytest.raises(NotRead) as caught:
        read_pdf(data)
    return caught.value.state, caught.value.code


def printed(*lines: str) -> bytes:
    """Return a page with these lines."""
    made = BytesIO()
    canvas = Canvas(made, invariant=1)
    for number, line in enumerate(lines):
        canvas.drawString(50, 750 - 20 * number, line)
    canvas.save()
    return made.getvalue()


def test_fields_and_their_values_are_read_with_their_page() -> None:
    """A filled field gives its name, its value, whether it is ticked, and the page it stands on."""
    controls = {control.tag: control for control in read_pdf(forms.to_pdf()).controls}
    assert controls["referrer:name"].text == "Orla Example"
    assert controls["referrer:name"].where == "page 1, field 'Name of referrer'"
    assert controls["referral:criteria=2"].checked is True
    assert controls["referral:criteria=1"].checked is False


def test_lines_keep_their_gaps() -> None:
    """A printed page gives its lines with the gaps that part label and value."""
    document = read_pdf(forms.to_flat_pdf())
    assert document.printed
    line = next(block.text for block in document.blocks if "Orla Example" in getattr(block, "text", ""))
    assert "Name of referrer  " in line


def test_a_password_is_locked_and_an_owners_lock_is_not() -> None:
    """A file that opens only with a password asks for a person; one locked against changes alone is read."""
    assert refused(locked(printed("A line of words that is long enough."), "invented")) == (
        DocumentState.LOCKED,
        "pdf-password",
    )
    writer = PdfWriter(clone_from=BytesIO(printed("A line of words that is long enough.")))
    writer.encrypt("", owner_password="invented", algorithm="AES-256")
    made = BytesIO()
    writer.write(made)
    assert len(read_pdf(made.getvalue()).blocks) == 1


def test_a_page_without_words_has_no_text_layer() -> None:
    """A scan is told as what it is."""
    assert refused(printed("")) == (DocumentState.UNSUPPORTED, "no-text-layer")


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"%PDF-1.7\n1 0 obj\n<<\n", b"not a pdf at all"])
def test_a_broken_file_is_unreadable(data: bytes) -> None:
    """Whatever the library raises becomes one code."""
    assert refused(data) == (DocumentState.UNREADABLE, "broken-pdf")


def test_truncated_and_altered_files_end_in_a_state() -> None:
    """A file cut or altered anywhere is read or refused, nothing else."""
    whole = forms.to_flat_pdf()
    for at in range(0, len(whole), len(whole) // 12):
        for data in (whole[:at], whole[:at] + b"\x00\xff" + whole[at + 2 :]):
            with suppress(NotRead):
                assert read_pdf(data).blocks


def test_a_flood_of_operators_is_over_the_limit() -> None:
    """A page of a million strokes is stopped by count, not by the clock."""
    writer = PdfWriter()
    page = writer.add_blank_page(600, 800)
    stream = DecodedStreamObject()
    stream.set_data(b"0 0 m 1 1 l S\n" * 200_000)
    page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    made = BytesIO()
    writer.write(made)
    assert refused(made.getvalue()) == (DocumentState.OVER_LIMIT, "pdf-limit")

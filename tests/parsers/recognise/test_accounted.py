"""Where controls hold every word that was written, labels are not asked; one word beside them, and they are."""

import pytest

from parsers.contract import Kind
from parsers.formats.docx import read_docx
from parsers.recognise import read_document
from parsers.recognise.accounted import is_accounted_for
from parsers.recognise.known import known_of
from tests.builders.fill_word import part_of, with_part
from tests.builders.forms import FilledForm, library, sheet_of, to_docx

FORM = FilledForm().but(qa__name="")


def is_all_in_controls(docx: bytes, sheet: str) -> bool:
    """Tell of a Word file whether its controls hold all that was written."""
    known = known_of(library())
    return is_accounted_for(read_docx(docx), set(known.asked(sheet_of(sheet))), known, sheet_of(sheet))


@pytest.mark.parametrize("sheet", ["sscp-2023", "sscp-seriously-good-outcome"])
def test_a_form_filled_in_its_controls_needs_no_look_at_labels(sheet: str) -> None:
    """Titles, labels, options and guidance are the form's own words, whatever the controls hold."""
    assert is_all_in_controls(to_docx(sheet=sheet), sheet)
    assert is_all_in_controls(to_docx(FORM, sheet), sheet)
    assert not is_all_in_controls(to_docx(sheet=sheet, controls=False), sheet)


def test_an_answer_typed_behind_a_control_is_found_by_its_label() -> None:
    """A word that no control holds sends the whole page to be read by its labels."""
    docx = to_docx(FORM)
    xml = part_of(docx)
    at = xml.index(b"</w:sdt>", xml.index(b'w:val="qa.name"')) + len(b"</w:sdt>")
    typed = with_part(docx, xml[:at] + b"<w:r><w:t>Quinn Sample</w:t></w:r>" + xml[at:])
    assert not is_all_in_controls(typed, "sscp-2023")
    reading = read_document(1, Kind.DOCX, typed, library())
    assert {each.untrusted_text for each in reading.readings if each.field == "qa.name"} == {"Quinn Sample"}

"""The blank is made from its sheet: every question is on it under its name, and the same sheet gives the same file."""

import re
from io import BytesIO

import pytest
from docx import Document
from lxml import etree
from pypdf import PdfReader

from intake.blank_form.pdf import blank_pdf, pdf_name
from intake.blank_form.plan import TABLE_ROWS, numbered, options, rows
from intake.blank_form.word import blank_docx
from parsers.template import FieldKind, Sheet
from tests.builders.fill_word import W, part_of
from tests.builders.forms import library

SHEETS = pytest.mark.parametrize("sheet", library().sheets, ids=[sheet.key for sheet in library().sheets])


def wanted(sheet: Sheet) -> list[str]:
    """Return the name of every control the sheet calls for, in order of its questions."""
    names: list[str] = []
    for section in sheet.sections:
        for row in rows(section, library()):
            for child in range(1, section.children + 1) if section.children else (None,):
                boxes = [tag for tag, _ in options(row, child)]
                if row.field.kind is FieldKind.TABLE:
                    columns = range(1, len(row.field.columns) + 1)
                    names += [
                        numbered(row.tag, line, column) for line in range(1, TABLE_ROWS + 1) for column in columns
                    ]
                else:
                    names += boxes or [numbered(row.tag, child)]
    return names


@SHEETS
def test_word_has_one_control_for_every_answer(sheet: Sheet) -> None:
    """Each question, option, child and table cell has a control of its name, once, with an id of its own."""
    root = etree.fromstring(part_of(blank_docx(sheet, library())))
    tags = [tag.get(f"{{{W}}}val") for tag in root.iter(f"{{{W}}}tag")]
    assert sorted(map(str, tags)) == sorted(wanted(sheet))
    ids = [each.get(f"{{{W}}}val") for each in root.iter(f"{{{W}}}id")]
    assert len(set(ids)) == len(ids) == len(tags)


@SHEETS
def test_pdf_has_one_field_for_every_answer(sheet: Sheet) -> None:
    """The fillable PDF has the same fields as the Word file, each with words for a screen reader."""
    fields = PdfReader(BytesIO(blank_pdf(sheet, library()))).get_fields() or {}
    assert sorted(fields) == sorted(map(pdf_name, wanted(sheet)))
    assert all(field.get("/TU") for field in fields.values())


@SHEETS
def test_the_header_stands_on_every_page(sheet: Sheet) -> None:
    """The handling marking is on each page of either file."""
    reader = PdfReader(BytesIO(blank_pdf(sheet, library())))
    assert all(sheet.header in page.extract_text() for page in reader.pages)
    word = Document(BytesIO(blank_docx(sheet, library())))
    assert [section.header.paragraphs[0].text for section in word.sections] == [sheet.header]


@SHEETS
def test_sections_stand_in_the_sheets_order(sheet: Sheet) -> None:
    """Headings follow the sheet, and a reconstruction says that it is one."""
    word = Document(BytesIO(blank_docx(sheet, library())))
    headings = [p.text for p in word.paragraphs if p.style is not None and p.style.name == "Heading 1"]
    assert headings == [section.title for section in sheet.sections]
    assert any("Reconstructed" in paragraph.text for paragraph in word.paragraphs)
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(blank_pdf(sheet, library()))).pages)
    found = [text.index(section.title) for section in sheet.sections]
    assert found == sorted(found)


@SHEETS
def test_the_same_sheet_gives_the_same_file(sheet: Sheet) -> None:
    """Nothing of the time or place of making is in a blank."""
    assert blank_docx(sheet, library()) == blank_docx(sheet, library())
    assert blank_pdf(sheet, library()) == blank_pdf(sheet, library())


def test_dates_have_pickers_and_choices_have_boxes() -> None:
    """Every date question is a date picker, every option a tick-box."""
    xml = part_of(blank_docx(library().sheets[0], library())).decode()
    controls = re.findall(r"<w:sdtPr>.*?</w:sdtPr>", xml, re.DOTALL)
    dates = {name.group(1) for c in controls if "<w:date>" in c and (name := re.search(r'w:tag w:val="([^"#]+)', c))}
    assert dates == {
        field.name for field in library().fields if field.kind in {FieldKind.DATE, FieldKind.APPROXIMATE_DATE}
    }
    boxes = [c for c in controls if "w14:checkbox" in c]
    assert len(boxes) == 4 + 4 * 5 + 5 + 8 + 2

"""No cell of a form becomes a formula or a link in anybody's spreadsheet."""

import csv
import io
from zipfile import ZipFile

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from intake.report.spreadsheets import FORMULA_STARTS, csv_of, harmless, xlsx_of

NASTY = [
    "=1+1",
    "+44 161 496 0000",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "  =1",
    "=HYPERLINK(A1)",
    "http://agency.example/",
    "a\x00b",
    "Zoë",
]
SHEET = "xl/worksheets/sheet1.xml"


@given(st.text())
def test_no_cell_begins_as_a_formula_does(text: str) -> None:
    """Whatever is typed into a form, its cell begins with none of the signs, spaces before them or not."""
    assert not str(harmless(text)).lstrip(" ").startswith(FORMULA_STARTS)


@given(st.text(alphabet=st.characters(categories=["L", "N"])))
def test_ordinary_words_stay_as_they_are(text: str) -> None:
    """A name or a number that is no formula is not changed."""
    assert harmless(text) == text


def test_csv_keeps_every_row_and_column() -> None:
    """Commas, quotes and line ends inside a cell come back as they went in."""
    made = csv_of(("A", "B"), [('x, "y"\nz', 3), (None, "=1")])
    rows = list(csv.reader(io.StringIO(made.decode("utf-8-sig"), newline="")))
    assert rows == [["A", "B"], ['x, "y"\nz', "3"], ["", "'=1"]]


def test_a_workbook_holds_no_formula_and_no_link() -> None:
    """In the workbook every text is a text cell; there is not one formula and not one link."""
    made = xlsx_of(("VALUE", "N"), [(cell, 1) for cell in NASTY])
    with ZipFile(io.BytesIO(made)) as book:
        sheet = etree.fromstring(book.read(SHEET))
        assert not [name for name in book.namelist() if "sheet1.xml.rels" in name]
    names = [etree.QName(element).localname for element in sheet.iter()]
    assert not {"f", "hyperlink"} & set(names)
    assert names.count("row") == len(NASTY) + 1

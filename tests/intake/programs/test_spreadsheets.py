"""No cell of a form becomes a formula or a link in anybody's spreadsheet."""

import csv
import io
import stat
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from intake.errors import Misconfigured
from intake.programs.spreadsheets import FORMULA_STARTS, harmless, write_csv, write_xlsx

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


def test_csv_keeps_every_row_and_column(tmp_path: Path) -> None:
    """Commas, quotes and line ends inside a cell come back as they went in."""
    path = tmp_path / "register.csv"
    write_csv(path, ("A", "B"), [('x, "y"\nz', 3), (None, "=1")])
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    assert rows == [["A", "B"], ['x, "y"\nz', "3"], ["", "'=1"]]


def test_a_workbook_holds_no_formula_and_no_link(tmp_path: Path) -> None:
    """In the workbook every text is a text cell; there is not one formula and not one link."""
    path = tmp_path / "register.xlsx"
    write_xlsx(path, ("VALUE", "N"), [(cell, 1) for cell in NASTY])
    with ZipFile(path) as book:
        sheet = etree.fromstring(book.read(SHEET))
        assert not [name for name in book.namelist() if "sheet1.xml.rels" in name]
    names = [etree.QName(element).localname for element in sheet.iter()]
    assert not {"f", "hyperlink"} & set(names)
    assert names.count("row") == len(NASTY) + 1


@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_what_is_written_is_for_its_owner_alone(write: Callable[..., None], tmp_path: Path) -> None:
    """A register on disk is readable by nobody else."""
    path = tmp_path / "register"
    write(path, ("A",), [("x",)])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """A folder that is not there is misuse with the file's name, not a traceback."""
    with pytest.raises(Misconfigured, match="cannot be written"):
        write_csv(tmp_path / "nowhere" / "register.csv", ("A",), [])

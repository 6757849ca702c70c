"""A drafted sheet reads filled forms as the shipped one does: the same answers, places and certainty."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from msgspec.structs import replace

from intake.blank_form.drafted_sheet import drafted_sheet
from parsers.contract import DocumentReading, Kind, Recognised, decode_answer, encode
from parsers.recognise import read_document
from parsers.template import Library
from tests.builders.drafts import drafted, in_use, toml_of
from tests.builders.forms import FilledForm, blank_docx, blank_pdf, library, sheet_of, to_docx, to_flat_pdf, to_pdf

SHEETS = tuple(sheet.key for sheet in library().sheets)


@dataclass(frozen=True)
class Filled:
    """One way of filling a form: its kind and what makes it of a sheet's key."""

    name: str
    kind: Kind
    made: Callable[[str], bytes]


GOLDEN = sorted(
    path for path in (Path(__file__).parents[2] / "golden" / "forms").iterdir() if path.suffix in {".docx", ".pdf"}
)
WAYS = (
    Filled("in Word", Kind.DOCX, lambda key: to_docx(FilledForm(), key)),
    Filled("in Word, controls lost", Kind.DOCX, lambda key: to_docx(FilledForm(), key, controls=False)),
    Filled("in the PDF", Kind.PDF, lambda key: to_pdf(FilledForm(), key)),
    Filled("printed", Kind.PDF, lambda key: to_flat_pdf(FilledForm(), key)),
)


def read(way: Filled, key: str, with_library: Library) -> DocumentReading:
    """Return what is read from a filled form."""
    return read_document(0, way.kind, way.made(key), with_library)


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
@pytest.mark.parametrize("kind", [Kind.DOCX, Kind.PDF])
@pytest.mark.parametrize("key", SHEETS)
def test_a_drafted_sheet_reads_as_the_shipped_one(key: str, kind: Kind, way: Filled, tmp_path: Path) -> None:
    """Drafted from the blank and put in place of all sheets, it loads and reads every rendering alike."""
    blank = blank_docx(key) if kind is Kind.DOCX else blank_pdf(key)
    others = () if key == "sscp-2023" else ("sscp-2023.toml",)
    drafted = in_use(toml_of(blank, kind), tmp_path, beside=others)
    shipped = replace(library(), sheets=(*(s for s in library().sheets if s.key in others), sheet_of(key)))
    ours, theirs = read(way, key, shipped), read(way, key, drafted)
    assert theirs.recognised is Recognised.OURS
    assert theirs.edition == ours.edition
    assert theirs.readings == ours.readings
    assert theirs.conflicts == ours.conflicts
    assert len(theirs.readings) > 10


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.name)
def test_the_draft_of_any_form_crosses_the_wall_and_loads(path: Path, tmp_path: Path) -> None:
    """Whatever form is given, filled, foreign or none: its draft keeps the contract, and loads beside the shipped."""
    draft = drafted(path.read_bytes(), Kind(path.suffix[1:]))
    assert decode_answer(encode(draft)) == draft
    toml = drafted_sheet(draft, library()).toml
    shipped = tuple(f"{sheet.key}.toml" for sheet in library().sheets)
    assert len(in_use(toml, tmp_path, beside=shipped).sheets) == len(shipped) + 1

"""Reading beside what it cannot do without, side by side in one run: ratios, not seconds."""

import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

import pypdf
from lxml import etree

from parsers.contract import Kind
from parsers.formats.docx import read_docx
from parsers.formats.pdf import read_pdf
from parsers.recognise import read_document
from tests.builders import forms

ROUNDS = 40


@dataclass(frozen=True)
class Ratio:
    """What is measured beside what, both in milliseconds (the best of many rounds), and the bar."""

    name: str
    ours: float
    beside: float
    most: float

    @property
    def ratio(self) -> float:
        """How many times the other's time ours is."""
        return self.ours / self.beside


def ratios() -> tuple[Ratio, ...]:
    """Return reading a .docx of 60 fields beside zip and one parse, a PDF form beside pypdf."""
    word, pdf, library = forms.to_docx(), forms.to_pdf(), forms.library()
    opened, parsed = _in_turn(
        lambda: read_document(0, Kind.DOCX, word, library), lambda: _zip_and_parse(word), rounds=ROUNDS
    )
    fields, pypdfs = _in_turn(lambda: read_document(0, Kind.PDF, pdf, library), lambda: _pypdf(pdf), rounds=ROUNDS // 4)
    body, _ = _in_turn(lambda: read_docx(word), lambda: None, rounds=ROUNDS)
    page, _ = _in_turn(lambda: read_pdf(pdf), lambda: None, rounds=ROUNDS // 4)
    return (
        Ratio(".docx read whole / zip opened and parsed once", opened, parsed, 3.0),
        Ratio("  of it the document alone", body, parsed, 3.0),
        Ratio("PDF form read whole / pypdf get_fields and extract_text", fields, pypdfs, 0.5),
        Ratio("  of it the document alone", page, pypdfs, 0.5),
    )


def _in_turn(ours: Callable[[], object], beside: Callable[[], object], *, rounds: int) -> tuple[float, float]:
    """Return the best time of each in milliseconds, run in turn so that a busy moment hits both."""
    best = [float("inf"), float("inf")]
    for _ in range(rounds):
        for which, call in enumerate((ours, beside)):
            begun = time.perf_counter()
            call()
            best[which] = min(best[which], time.perf_counter() - begun)
    return best[0] * 1000, best[1] * 1000


def _zip_and_parse(docx: bytes) -> etree._Element:
    with zipfile.ZipFile(BytesIO(docx)) as file:
        return etree.fromstring(file.read("word/document.xml"))


def _pypdf(pdf: bytes) -> None:
    reader = pypdf.PdfReader(BytesIO(pdf))
    reader.get_fields()
    for page in reader.pages:
        page.extract_text()

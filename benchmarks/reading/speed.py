"""Reading beside what it cannot do without, side by side in one run: ratios, not seconds."""

import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from random import Random

import pypdf
from lxml import etree

from benchmarks.reading.case import invent
from benchmarks.reading.machines import converted
from benchmarks.reading.rendered import Rendered
from parsers.contract import Kind
from parsers.formats.docx import read_docx
from parsers.recognise import read_document
from tests.builders import forms

ROUNDS = 40


@dataclass(frozen=True)
class Ratio:
    """What is measured beside what, both in milliseconds (the best of many rounds), and the bar if there is one."""

    name: str
    ours: float
    beside: float
    most: float | None = None

    @property
    def ratio(self) -> float:
        """How many times the other's time ours is."""
        return self.ours / self.beside

    @property
    def cleared(self) -> bool:
        """Whether there is no bar or it is kept."""
        return self.most is None or self.ratio <= self.most


def ratios() -> Iterator[Ratio]:
    """Walk reading a .docx of 60 fields beside zip and one parse, and reading a PDF form beside pypdf.

    A form comes as a word processor saved it: its markup is more than twice what our blank's is, read in the same run.
    """
    blank, pdf, library = forms.to_docx(), forms.to_pdf(), forms.library()
    unsaved = Rendered(blank, "docx", frozenset(), "blank", invent(Random("blank")))
    saved = [each.data for each in converted([unsaved], "docx", "saved")]
    for name, word, most in [*(("as a word processor saves it", each, 3.0) for each in saved), ("bare", blank, None)]:
        yield Ratio(
            f".docx {name}: opened and read / zip opened, parsed once",
            *_in_turn(partial(read_docx, word), partial(_zip_and_parse, word), rounds=ROUNDS),
            most,
        )
        yield Ratio(
            f".docx {name}: read and understood / zip opened, parsed once",
            *_in_turn(
                partial(read_document, 0, Kind.DOCX, word, library), partial(_zip_and_parse, word), rounds=ROUNDS
            ),
        )
    yield Ratio(
        "PDF form: read and understood / pypdf get_fields and extract_text",
        *_in_turn(partial(read_document, 0, Kind.PDF, pdf, library), partial(_pypdf, pdf), rounds=ROUNDS // 2),
        0.5,
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

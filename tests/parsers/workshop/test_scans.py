"""Pictures of pages: words in their cells, boxes where they are plain, and every doubt told."""

import pytest
from PIL import Image

from parsers.contract import DocumentState
from parsers.document import Document, NotRead, Paragraph, Table
from parsers.formats.pdf_shapes import Sight
from parsers.workshop import scans, tesseract
from parsers.workshop.scans import read_picture, read_scanned_pdf
from parsers.workshop.seen import Page
from tests.builders.pictures import ROWS, noisy, page, saved
from tests.hostile.pdfs import letter, stream


def cells(document: Document) -> list[list[str]]:
    """Return the texts of the first table, row by row."""
    return [[cell.text for cell in row] for row in next(document.tables()).rows]


def lines(document: Document) -> list[str]:
    """Return the lines outside tables, without their margin."""
    return [block.text.strip() for block in document.blocks if isinstance(block, Paragraph)]


@pytest.mark.parametrize(("slant", "noise"), [(0.0, 0.0), (1.4, 8.0), (-2.0, 14.0)], ids=["clean", "aslant", "noisy"])
def test_a_scanned_page_is_read(slant: float, noise: float) -> None:
    """Answers stand in their cells, tick-boxes before their options, all of it marked as read from a picture."""
    document = read_picture(saved(noisy(page(), slant=slant, noise=noise), "JPEG"))
    assert cells(document) == [list(row) for row in ROWS]
    assert lines(document) == [
        "Referral for a Child Safeguarding Practice Review",
        "☐ Option one",
        "☒ Option two",
    ]
    assert document.codes == ("by-ocr",)
    assert document.printed
    assert all("(OCR)" in block.where for block in document.blocks if isinstance(block, Paragraph))


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_on_its_side_is_turned(turn: int) -> None:
    """However it lay on the glass."""
    assert cells(read_picture(saved(page().rotate(turn, expand=True)))) == [list(row) for row in ROWS]


def test_a_scanned_pdf_is_read_by_its_pages() -> None:
    """Every page, in order; a table that goes on over the page's end, its header printed again, is one."""
    document = read_scanned_pdf(saved(page(), "PDF", page((ROWS[0], ("Agency", "Fable Primary School")))))
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert [(table.number, table.page, len(table.rows)) for table in tables] == [(1, 1, len(ROWS) + 1)]
    assert [cell.text for cell in tables[0].rows[-1]] == ["Agency", "Fable Primary School"]


def test_a_word_the_engine_doubts_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """With its cell, so that no answer that holds it is taken for certain; a doubted speck is no word at all."""
    seen = [
        tesseract.Seen("Orla", 715, 275, 60, 22, 60.0),
        tesseract.Seen("Example", 790, 275, 120, 28, 96.0),
        tesseract.Seen("|", 930, 275, 4, 28, 30.0),
    ]
    monkeypatch.setattr("parsers.workshop.seen.words_of", lambda _: seen)
    document = read_picture(saved(page()))
    cell = next(document.tables()).rows[0][1]
    assert (cell.text, cell.shaky) == ("Orla Example", ("Orla",))


def test_a_word_read_differently_the_second_time_is_doubted(monkeypatch: pytest.MonkeyPatch) -> None:
    """However sure the engine was of each."""
    readings = [[tesseract.Seen(text, 715, 275, 200, 22, 96.0)] for text in ("14/11/2026", "11/11/2026")]
    monkeypatch.setattr("parsers.workshop.seen.words_of", lambda _: readings.pop())
    monkeypatch.setattr("parsers.workshop.seen.turn_of", lambda _: 0)
    cell = next(read_picture(saved(page())).tables()).rows[0][1]
    assert cell.shaky == ("14/11/2026",)


def test_letters_are_no_tick_boxes() -> None:
    """Round and straight capitals as large as a box stay letters."""
    document = read_picture(saved(page((("OD BOD DO", "HOOD DEED 00 88"),), boxes=())))
    assert not set("☐☒") & set("".join(cell for row in cells(document) for cell in row))


def test_without_an_engine_the_kind_is_unsupported(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without Tesseract says so."""
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(NotRead) as fault:
        read_picture(saved(page()))
    assert (fault.value.state, fault.value.code) == (DocumentState.UNSUPPORTED, "no-ocr")


def test_an_empty_page_has_no_words() -> None:
    """White paper is a document without blocks."""
    assert read_picture(saved(Image.new("L", (1654, 2339), 255))).blocks == ()


LAUNCHING = letter(catalog=b"/OpenAction << /S /Launch /F (cmd.exe) >>", more={4: stream(b"")})


def test_a_page_without_words_tells_what_the_file_would_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was told before its pages were looked at is told after, whether or not anything could be read there."""
    monkeypatch.setattr(scans, "see", lambda _: Page(Sight(595.0, 842.0), frozenset(), read=True))
    assert read_scanned_pdf(LAUNCHING).codes == ("by-ocr", "pdf-launch")

    def failed(_: object) -> Page:
        raise NotRead(DocumentState.UNREADABLE, "ocr-failed")

    monkeypatch.setattr(scans, "see", failed)
    with pytest.raises(NotRead) as fault:
        read_scanned_pdf(LAUNCHING)
    assert (fault.value.code, fault.value.codes) == ("ocr-failed", ("pdf-launch",))

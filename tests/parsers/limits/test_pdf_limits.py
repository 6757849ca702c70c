"""Limits of PDFs, met from both sides: what just fits is read, one more is over the limit, cut or told."""

from io import BytesIO

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from parsers.document import Document
from parsers.formats import (
    pdf,
    pdf_grid,
    pdf_open_sides,
    pdf_pages,
    pdf_paths,
    pdf_words,
)
from parsers.formats.pdf import read_pdf
from parsers.formats.pdf_shapes import Rule
from tests.builders.documents import texts
from tests.builders.limits import both_sides, code_of, over
from tests.hostile.pdfs import FORM, TEXT, drawn, letter, stream


def many_pages(count: int) -> bytes:
    """Return a file of so many pages of words."""
    made = BytesIO()
    canvas = Canvas(made, invariant=1)
    for number in range(count):
        canvas.drawString(72, 700, f"An invented letter with words enough, page {number}.")
        canvas.showPage()
    canvas.save()
    return made.getvalue()


@both_sides
def test_pages_are_counted(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Those behind are not read, and the file says so."""
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    document = read_pdf(many_pages(2 + more))
    assert len(texts(document)) == 2
    assert ("pages-cut" in document.codes) is bool(more)


@both_sides
def test_letters_of_a_file_are_counted(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Over all its pages."""
    most = len(b"".join(TEXT[TEXT.index(b"(") + 1 : TEXT.index(b")")].split()))
    monkeypatch.setattr(pdf_pages, "MAX_TEXT", most - more)
    assert code_of(read_pdf, letter()) == over(more, "too-much-text")


@both_sides
def test_letters_of_a_page_are_counted(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Seen ones and unseen ones, before any is looked at."""
    with pypdfium2.PdfDocument(letter()) as file:
        most = file[0].get_textpage().count_chars()
    monkeypatch.setattr(pdf_words, "MAX_LETTERS", most - more)
    assert code_of(read_pdf, letter()) == over(more, "pdf-limit")


@both_sides
def test_drawings_of_a_page_are_counted(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Those of forms drawn on it too."""
    monkeypatch.setattr(pdf_paths, "MAX_OBJECTS", 5)
    lines = stream(b"0 0 m 9 9 l S\n" * (2 + more), FORM)
    assert code_of(read_pdf, drawn({10: lines}, content=b"/X Do 0 0 m 9 9 l S")) == over(more, "pdf-limit")


def ruled(monkeypatch: pytest.MonkeyPatch, content: bytes) -> int:
    """Return how many level lines are seen on a page."""
    seen: list[int] = []
    real = pdf_pages.look
    monkeypatch.setattr(pdf_pages, "look", lambda *given: seen.append(len((sight := real(*given)).level)) or sight)
    read_pdf(content)
    return seen[0]


@both_sides
def test_a_path_of_many_points_is_a_drawing(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Its lines are no lines of a table."""
    monkeypatch.setattr(pdf_paths, "MAX_POINTS", 4)
    path = b"10 10 m 200 10 l 200 60 l" + b" 10 60 l" * (1 + more) + b" S"
    assert ruled(monkeypatch, letter(path)) == (0 if more else 2)


@both_sides
def test_forms_are_looked_into_to_their_depth(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """The lines of one that is drawn deeper are not seen."""
    monkeypatch.setattr(pdf_paths, "MAX_DEPTH", 2)
    depth = 2 + more
    inner = FORM.replace(b"9 9", b"600 700") + b" /Resources << /XObject << /X %d 0 R >> >>"
    forms = {10 + at: stream(b"/X Do", inner % (11 + at)) for at in range(depth - 1)}
    forms[9 + depth] = stream(b"10 10 m 200 10 l S", inner % 5)
    assert ruled(monkeypatch, drawn(forms)) == 1 - more


@pytest.mark.parametrize("limit", ["MAX_RULES", "MAX_PLACES"])
@both_sides
def test_lines_that_make_tables_are_counted(monkeypatch: pytest.MonkeyPatch, limit: str, more: int) -> None:
    """So are the places between them; where there are too many there is no table."""
    level, upright = ([Rule(at, 0.0, 200.0) for at in (0.0, 100.0, 200.0)] for _ in range(2))
    monkeypatch.setattr(pdf_grid, limit, {"MAX_RULES": 6, "MAX_PLACES": 9}[limit] - more)
    assert pdf_grid.MAX_RULES + pdf_grid.MAX_PLACES > 9
    assert len(pdf_grid.grids(level, upright)) == 1 - more


@both_sides
def test_the_words_beside_a_box_are_few(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """More are running text, and no labels of the boxes they stand beside."""
    monkeypatch.setattr(pdf_open_sides, "MOST_WORDS", 1)
    made = BytesIO()
    canvas = Canvas(made, invariant=1)
    canvas.setFont("Helvetica", 9)
    for number, (label, answer) in enumerate((("Name", "Kit Example"), ("Role", ""), ("Agency" + " x" * more, ""))):
        canvas.rect(150, 700 - 24 * number, 150, 24)
        canvas.drawString(60, 708 - 24 * number, label)
        canvas.drawString(154, 708 - 24 * number, answer)
    canvas.save()
    (table,) = read_pdf(made.getvalue()).tables()
    assert max(len(row) for row in table.rows) == 2 - more


def test_a_letter_is_read() -> None:
    """Were it not, every test above that expects a limit would be about nothing."""
    assert isinstance(read_pdf(letter()), Document)

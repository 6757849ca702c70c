"""Prints a filled form to PDF the way a word processor does: labels and answers as text, no fields left."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from intake.blank_form.plan import TABLE_ROWS, Row, bands, numbered, options, rows
from parsers.template import FieldKind, Library, Section, Sheet

LEFT, STEP, SIZE = 45.0, 13.0, 9.0
VALUE = 235.0


class _Print:
    def __init__(self, held: Mapping[str, str]) -> None:
        self.held = held
        self.made = BytesIO()
        self.canvas: Any = Canvas(self.made, pagesize=A4, invariant=1)
        self.y = A4[1] - 60

    def line(self, *pieces: tuple[float, str], bold: bool = False) -> None:
        if self.y < 60:
            self.canvas.showPage()
            self.y = A4[1] - 60
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", SIZE)
        for x, text in pieces:
            self.canvas.drawString(x, self.y, text)
        self.y -= STEP

    def pair(self, label: str, text: str) -> None:
        room = 560 - VALUE
        lines = [each for part in text.split("\n") for each in simpleSplit(part, "Helvetica", SIZE, room)] or [""]
        self.line((LEFT, label), (VALUE, lines[0]))
        for more in lines[1:]:
            self.line((VALUE, more))

    def grid(self, cells: list[str], width: float) -> None:
        """Draw one row of a table, its cells wrapped."""
        wrapped = [simpleSplit(cell, "Helvetica", SIZE, width - 12) or [""] for cell in cells]
        for at in range(max(map(len, wrapped))):
            pieces = [(LEFT + n * width, lines[at]) for n, lines in enumerate(wrapped) if at < len(lines) and lines[at]]
            self.line(*pieces)


def printed(sheet: Sheet, library: Library, held: Mapping[str, str]) -> bytes:
    """Return a page of text for the sheet's sections in order."""
    page = _Print(held)
    page.line((LEFT, sheet.title), bold=True)
    for section in sheet.sections:
        page.y -= STEP
        page.line((LEFT, section.title), bold=True)
        for text in section.text:
            page.line((LEFT, text))
        if section.children:
            _children(page, section, rows(section, library))
        else:
            for row in rows(section, library):
                _question(page, row)
    page.canvas.save()
    return page.made.getvalue()


def _question(page: _Print, row: Row) -> None:
    if row.field.kind is FieldKind.TABLE:
        width = 515 / len(row.field.columns)
        page.grid(list(row.field.columns), width)
        for number in range(1, TABLE_ROWS + 1):
            cells = [page.held.get(numbered(row.tag, number, n + 1), "") for n in range(len(row.field.columns))]
            if any(cells):
                page.grid(cells, width)
    elif row.options:
        page.line((LEFT, row.question.label))
        for tag, words in row.options:
            page.line((LEFT + 12, f"{'[x]' if tag in page.held else '[ ]'} {words}"))
    else:
        page.pair(row.question.label, page.held.get(row.tag, ""))


def _children(page: _Print, section: Section, asked: tuple[Row, ...]) -> None:
    for band in bands(asked):
        width = 515 / (len(band) + 1)
        page.grid(["", *(row.question.label for row in band)], width)
        for child in range(1, section.children + 1):
            page.grid([f"Child {child}", *(_answer(page, row, child) for row in band)], width)


def _answer(page: _Print, row: Row, child: int) -> str:
    boxes = options(row, child)
    if boxes:
        return ", ".join(words for tag, words in boxes if tag in page.held)
    return page.held.get(numbered(row.tag, child), "")

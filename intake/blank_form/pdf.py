"""The blank as a fillable PDF: the same rows as the Word file, drawn with form fields of the same names."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from intake.blank_form.plan import TABLE_ROWS, Row, bands, numbered, options, rows
from parsers.template import FieldKind, Library, Section, Sheet

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN = 45.0
WIDTH = PAGE_WIDTH - 2 * MARGIN
LABEL = 165.0
LINE = 22.0
LARGE = 84.0
OPTION = 15.0
INK, SHADE, OFFICE, LINE_COLOUR, GREY = (
    HexColor(colour) for colour in ("#1D3C5A", "#E8EEF4", "#EDEDED", "#8A97A5", "#595959")
)
MULTILINE = "multiline"

Draw = Callable[[float, float, float, float], None]
"""Draws into a box: its left, its bottom, its width and its height, in points."""


def blank_pdf(sheet: Sheet, library: Library) -> bytes:
    """Return the blank form of a sheet as a fillable PDF; the same sheet gives the same bytes."""
    return _Pdf(sheet, library).made()


def pdf_name(tag: str) -> str:
    """Return a control's name as a PDF field bears it: a point would nest it (ISO 32000-1, 12.7.3.2)."""
    return tag.replace(".", ":")


class _Pdf:
    """One blank being drawn, from the top of the page downwards."""

    def __init__(self, sheet: Sheet, library: Library) -> None:
        self._sheet, self._library = sheet, library
        self._made = BytesIO()
        self._canvas: Any = Canvas(self._made, pagesize=A4, invariant=1)
        self._canvas.setTitle(sheet.title)
        self._y = 0.0
        self._page = 0

    def made(self) -> bytes:
        """Draw the whole sheet."""
        self._next_page()
        self._words(self._sheet.title, 18, bold=True, colour=INK)
        self._words(self._sheet.edition_line, 8, colour=GREY)
        for section in self._sheet.sections:
            self._section(section)
        self._canvas.save()
        return self._made.getvalue()

    def _next_page(self) -> None:
        if self._page:
            self._canvas.showPage()
        self._page += 1
        self._canvas.setFont("Helvetica-Bold", 9)
        self._canvas.setFillColor(INK)
        self._canvas.drawCentredString(PAGE_WIDTH / 2, PAGE_HEIGHT - 30, self._sheet.header)
        self._canvas.setFont("Helvetica", 8)
        self._canvas.drawCentredString(PAGE_WIDTH / 2, 24, f"Page {self._page}")
        self._y = PAGE_HEIGHT - 48

    def _room(self, height: float) -> None:
        """Go to the next page unless this much is left."""
        if self._y - height < MARGIN:
            self._next_page()

    def _words(self, text: str, size: float, *, bold: bool = False, colour: Any = None) -> None:  # noqa: ANN401 - reportlab ships no types
        font = "Helvetica-Bold" if bold else "Helvetica"
        for line in simpleSplit(text, font, size, WIDTH):
            self._room(size * 1.4)
            self._y -= size * 1.3
            self._canvas.setFont(font, size)
            self._canvas.setFillColor(colour or INK)
            self._canvas.drawString(MARGIN, self._y, line)
        self._y -= 4

    def _section(self, section: Section) -> None:
        self._y -= 8
        self._room(70)
        self._words(section.title, 12, bold=True)
        asked = rows(section, self._library)
        if not section.answers:
            self._unread(section)
        elif section.children:
            for band in bands(asked):
                self._band(band, section.children)
        else:
            for row in asked:
                self._question(row)

    def _unread(self, section: Section) -> None:
        if all(len(text) < 40 for text in section.text):
            for text in section.text:
                self._line([(LABEL, self._label(text, "", OFFICE)), (WIDTH - LABEL, self._shade(OFFICE))], LINE)
            return
        for text in section.text:
            self._words(f"\u2022 {text}", 9, colour=GREY)

    def _question(self, row: Row) -> None:
        label, guidance = row.question.label, row.question.guidance
        if row.field.kind is FieldKind.TABLE:
            self._table(row)
        elif row.wide:
            self._room(LINE + LARGE)
            self._line([(WIDTH, self._label(label, guidance))], LINE)
            self._line([(WIDTH, self._field(row.tag, label, MULTILINE))], LARGE)
        else:
            boxes = row.options
            height = max(OPTION * len(boxes) + 6, LINE, self._label_height(label, guidance, LABEL))
            answer = self._boxes(boxes, 9) if boxes else self._field(row.tag, label)
            self._line([(LABEL, self._label(label, guidance)), (WIDTH - LABEL, answer)], height)

    def _table(self, row: Row) -> None:
        columns = row.field.columns
        width = WIDTH / len(columns)
        self._room(LINE * (TABLE_ROWS + 1))
        self._line([(width, self._label(column, "")) for column in columns], LINE)
        for number in range(1, TABLE_ROWS + 1):
            tags = [numbered(row.tag, number, part) for part in range(1, len(columns) + 1)]
            cells = [(width, self._field(t, f"{c} {number}")) for t, c in zip(tags, columns, strict=True)]
            self._line(cells, LINE)

    def _band(self, band: tuple[Row, ...], children: int) -> None:
        first = 48.0
        width = (WIDTH - first) / len(band)
        tall = max((OPTION * len(options(row, 1)) + 6 for row in band), default=LINE)
        height = max(LINE + 8, tall)
        self._room(30 + height * children)
        heads = [(width, self._label(row.question.label, row.question.guidance)) for row in band]
        self._line([(first, self._shade(SHADE)), *heads], 30)
        for child in range(1, children + 1):
            cells = [(width, self._answer(row, child)) for row in band]
            self._line([(first, self._label(f"Child {child}", "")), *cells], height)
        self._y -= 6

    def _answer(self, row: Row, child: int) -> Draw:
        boxes = options(row, child)
        if boxes:
            return self._boxes(boxes, 7)
        return self._field(numbered(row.tag, child), f"{row.question.label}, child {child}", MULTILINE)

    def _line(self, cells: list[tuple[float, Draw]], height: float) -> None:
        """Draw cells side by side, each in its frame."""
        self._room(height)
        self._y -= height
        x = MARGIN
        for width, draw in cells:
            draw(x, self._y, width, height)
            self._canvas.setStrokeColor(LINE_COLOUR)
            self._canvas.rect(x, self._y, width, height, stroke=1, fill=0)
            x += width

    def _shade(self, colour: Any) -> Draw:  # noqa: ANN401 - as above
        def draw(x: float, y: float, width: float, height: float) -> None:
            self._canvas.setFillColor(colour)
            self._canvas.rect(x, y, width, height, stroke=0, fill=1)

        return draw

    def _label_height(self, label: str, guidance: str, width: float) -> float:
        lines = simpleSplit(label, "Helvetica-Bold", 9, width - 8)
        return 11.0 * len(lines) + 9.5 * len(simpleSplit(guidance, "Helvetica", 7.5, width - 8)) + 8

    def _label(self, label: str, guidance: str, colour: Any = SHADE) -> Draw:  # noqa: ANN401 - as above
        def draw(x: float, y: float, width: float, height: float) -> None:
            self._shade(colour)(x, y, width, height)
            at = y + height - 4
            for text, font, size, step in ((label, "Helvetica-Bold", 9, 11), (guidance, "Helvetica", 7.5, 9.5)):
                for line in simpleSplit(text, font, size, width - 8):
                    at -= step
                    self._canvas.setFont(font, size)
                    self._canvas.setFillColor(INK if font.endswith("Bold") else GREY)
                    self._canvas.drawString(x + 4, at, line)

        return draw

    def _field(self, tag: str, title: str, flags: str = "") -> Draw:
        def draw(x: float, y: float, width: float, height: float) -> None:
            self._canvas.acroForm.textfield(
                name=pdf_name(tag), tooltip=title, x=x + 1.5, y=y + 1.5, width=width - 3, height=height - 3,
                fontName="Helvetica", fontSize=9, borderWidth=0, fieldFlags=flags, maxlen=20_000,
                fillColor=HexColor("#FFFFFF"), forceBorder=False,
            )  # fmt: skip

        return draw

    def _boxes(self, boxes: tuple[tuple[str, str], ...], size: float) -> Draw:
        def draw(x: float, y: float, width: float, height: float) -> None:
            del width
            for number, (tag, words) in enumerate(boxes, 1):
                at = y + height - OPTION * number
                self._canvas.acroForm.checkbox(
                    name=pdf_name(tag), tooltip=words, x=x + 4, y=at, size=10, borderWidth=0.7, buttonStyle="cross"
                )
                self._canvas.setFont("Helvetica", size)
                self._canvas.setFillColor(INK)
                self._canvas.drawString(x + 18, at + 2, words)

        return draw

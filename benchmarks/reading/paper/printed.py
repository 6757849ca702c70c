"""A described form as it comes out of a printer driver: text and rules on A4 pages, no fields, ticks as drawn marks."""

from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from benchmarks.reading.paper.blocks import (
    TICKED,
    UNTICKED,
    Beside,
    Block,
    Cell,
    Framed,
    Grid,
    Heading,
    Line,
    Paper,
    columns_of,
    grid,
    placed,
)

WIDTH = 500.0
PLAIN = ParagraphStyle("plain", fontName="Helvetica", fontSize=9, leading=11.5)
MARKS = {TICKED: "\N{HEAVY BALLOT X}", UNTICKED: "\N{LOWER RIGHT DROP-SHADOWED WHITE SQUARE}"}
DARK = 0x60


def printed(paper: Paper) -> bytes:
    """Return the form as .pdf, the same bytes each time."""
    made = BytesIO()
    document = SimpleDocTemplate(made, pagesize=A4, leftMargin=45, rightMargin=45, invariant=1)

    def edges(canvas: Canvas, page: SimpleDocTemplate) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(45, A4[1] - 40, paper.header)
        canvas.drawString(45, 40, paper.footer)
        canvas.drawRightString(A4[0] - 45, 40, f"Page {page.page}")

    story = [flowable for block in paper.blocks for flowable in _flowables(block)]
    document.build(story, onFirstPage=edges, onLaterPages=edges)
    return made.getvalue()


def _flowables(block: Block) -> list[Flowable]:
    if isinstance(block, Heading):
        size = 15 if block.level == 0 else 11.5
        return [_words(block.text, bold=True, size=size), Spacer(1, 5)]
    if isinstance(block, Line):
        return [_words(block.text, bold=block.bold, size=7.5 if block.small else 9), Spacer(1, 3)]
    if isinstance(block, Grid):
        return [_table(block, WIDTH), Spacer(1, 9)]
    if isinstance(block, Beside):
        half = WIDTH / 2 - 8
        pair = Table([[_table(block.left, half), _table(block.right, half)]], colWidths=[WIDTH / 2] * 2)
        return [pair, Spacer(1, 9)]
    return [_table(_boxed(block), WIDTH), Spacer(1, 9)]


def _boxed(box: Framed) -> Grid:
    return grid(("\n".join(box.lines),))


def _table(block: Grid, width: float) -> Table:
    count = columns_of(block)
    shares = block.widths or (1.0,) * count
    widths = [share / sum(shares) * width for share in shares]
    held: list[list[Any]] = [[""] * count for _ in block.rows]
    style: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP")]
    if block.lined:
        style.append(("GRID", (0, 0), (-1, -1), 0.5, colors.black))
    for row, column, cell in placed(block):
        held[row][column] = _cell(cell, sum(widths[column : column + cell.span]))
        corners = (column, row), (column + cell.span - 1, row + cell.down - 1)
        style.append(("SPAN", *corners))
        if cell.shade:
            style.append(("BACKGROUND", *corners, colors.HexColor(f"#{cell.shade}")))
    return Table(held, colWidths=widths, style=style, splitInRow=1)


def _cell(cell: Cell, width: float) -> list[Flowable]:
    dark = bool(cell.shade) and int(cell.shade[:2], 16) < DARK
    made: list[Flowable] = [_words(cell.text, bold=cell.bold, light=dark)]
    if cell.note:
        made.append(_words(cell.note, size=7))
    if cell.inside:
        made.append(_table(cell.inside, width - 14))
    return made


def _words(text: str, *, bold: bool = False, size: float = 9, light: bool = False) -> Paragraph:
    marked = escape(text).replace("\n", "<br/>").replace("\t", "&nbsp;" * 8)
    for mark, drawn in MARKS.items():
        marked = marked.replace(mark, drawn)
    font = "Helvetica-Bold" if bold else "Helvetica"
    style = ParagraphStyle(
        "words",
        PLAIN,
        fontName=font,
        fontSize=size,
        leading=size * 1.3,
        textColor=colors.white if light else colors.black,
    )
    return Paragraph(marked, style)

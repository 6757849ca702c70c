"""A described form as a Word document: styled or plain headings, merged, nested and controlled cells, text boxes."""

from io import BytesIO
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Emu, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from benchmarks.reading.paper.blocks import Beside, Block, Cell, Framed, Grid, Heading, Line, Paper, columns_of, placed

PROMPT = "Click or tap here to enter text."
PAGE = 9000.0  # the width between margins, in twentieths of a point
DARK = 0x60
BOX = """<w:r {w}><w:pict xmlns:v="urn:schemas-microsoft-com:vml"><v:shape style="width:430pt;height:{height}pt">
<v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"""
CONTROL = """<w:sdt {w}><w:sdtPr>{showing}<w:text/></w:sdtPr>
<w:sdtContent><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:sdtContent></w:sdt>"""


def word(paper: Paper) -> bytes:
    """Return the form as .docx."""
    document = Document()
    document.styles["Normal"].font.size = Pt(10)
    document.sections[0].header.paragraphs[0].text = paper.header
    document.sections[0].footer.paragraphs[0].text = paper.footer
    for block in paper.blocks:
        _block(document, block)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _block(document: WordDocument, block: Block) -> None:
    if isinstance(block, Heading):
        _heading(document, block)
    elif isinstance(block, Line):
        _words(document.add_paragraph(), block.text, bold=block.bold, size=8 if block.small else 0)
    elif isinstance(block, Grid):
        _table(document.add_table(rows=len(block.rows), cols=columns_of(block)), block)
        document.add_paragraph()
    elif isinstance(block, Beside):
        outer = document.add_table(rows=1, cols=2)
        for cell, inner in zip(outer.rows[0].cells, (block.left, block.right), strict=True):
            _table(cell.add_table(rows=len(inner.rows), cols=columns_of(inner)), inner, PAGE / 2 - 300)
        document.add_paragraph()
    else:
        _framed(document, block)


def _heading(document: WordDocument, heading: Heading) -> None:
    if heading.styled:
        document.add_heading(heading.text, heading.level)
    else:
        _words(document.add_paragraph(), heading.text, bold=True, size=16 if heading.level == 0 else 12)


def _framed(document: WordDocument, box: Framed) -> None:
    inner = "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in box.lines)
    paragraph = document.add_paragraph()
    height = 20 + sum(24 + 14 * (len(line) // 80) for line in box.lines)
    xml = BOX.format(w=nsdecls("w"), height=height, inner=inner)
    paragraph._p.insert_element_before(parse_xml(xml))


def _table(table: Table, block: Grid, width: float = PAGE) -> None:
    if block.lined:
        table.style = "Table Grid"
    table.autofit = False
    shares = block.widths or (1.0,) * columns_of(block)
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Emu(round(share / sum(shares) * width * 635))
    places = {(row, column): cell for row, column, cell in placed(block)}
    held = [list(row.cells) for row in table.rows]
    for (row, column), cell in places.items():
        first, last = held[row][column], held[row + cell.down - 1][column + cell.span - 1]
        _cell(first if (cell.span, cell.down) == (1, 1) else first.merge(last), cell)


def _cell(made: _Cell, cell: Cell) -> None:
    dark = bool(cell.shade) and int(cell.shade[:2], 16) < DARK
    paragraph = made.paragraphs[0]
    if cell.control:
        showing = "" if cell.text else "<w:showingPlcHdr/>"
        text = escape(cell.text or PROMPT)
        xml = CONTROL.format(w=nsdecls("w"), showing=showing, text=text)
        paragraph._p.insert_element_before(parse_xml(xml))
    else:
        for number, line in enumerate(cell.text.split("\n")):
            _words(made.add_paragraph() if number else paragraph, line, bold=cell.bold, light=dark)
    if cell.note:
        _words(made.add_paragraph(), cell.note, size=8)
    if cell.shade:
        shading = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{cell.shade}"/>')
        made._tc.get_or_add_tcPr().insert_element_before(shading)
    if cell.inside:
        _table(made.add_table(rows=len(cell.inside.rows), cols=columns_of(cell.inside)), cell.inside)
        made.add_paragraph()


def _words(paragraph: Paragraph, text: str, *, bold: bool = False, size: int = 0, light: bool = False) -> None:
    run = paragraph.add_run(text)
    run.bold = bold
    if size:
        run.font.size = Pt(size)
    if light:
        run.font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)

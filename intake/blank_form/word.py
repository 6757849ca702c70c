"""The blank as a Word file: tables of label and answer, content controls, date pickers, tick-boxes."""

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from intake.blank_form.plan import (
    DATE_PROMPT,
    PROMPT,
    SHORT_DATE_PROMPT,
    SHORT_PROMPT,
    TABLE_ROWS,
    Row,
    bands,
    numbered,
    options,
    rows,
)
from intake.blank_form.word_controls import Controls
from parsers.template import FieldKind, Library, Section, Sheet

DATES = frozenset({FieldKind.DATE, FieldKind.APPROXIMATE_DATE})
WIDTH = 17.4
LABEL = 5.4
SHADE, OFFICE_SHADE = "E8EEF4", "EDEDED"
INK = RGBColor(0x1D, 0x3C, 0x5A)
GREY = RGBColor(0x59, 0x59, 0x59)
MADE = datetime(2023, 7, 1, tzinfo=UTC)
"""A file of the same sheet is the same file: no time of making in it."""


def blank_docx(sheet: Sheet, library: Library) -> bytes:
    """Return the blank form of a sheet as .docx; the same sheet gives the same bytes."""
    return _Word(library).made(sheet)


class _Word:
    """One blank being made."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._controls = Controls()
        self._doc: Any = Document()

    def made(self, sheet: Sheet) -> bytes:
        """Lay out the whole sheet."""
        self._page(sheet)
        title = self._doc.add_heading(sheet.title, level=0)
        title.paragraph_format.space_after = Pt(2)
        self._small(self._doc.add_paragraph(), sheet.edition_line)
        for section in sheet.sections:
            self._section(section)
        for line in self._doc.element.body.iter(qn("w:tr")):
            line.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        return _same_bytes(self._doc)

    def _page(self, sheet: Sheet) -> None:
        page = self._doc.sections[0]
        page.page_width, page.page_height = Cm(21), Cm(29.7)
        page.left_margin = page.right_margin = Cm(1.8)
        page.top_margin = page.bottom_margin = Cm(1.8)
        head = page.header.paragraphs[0]
        run = head.add_run(sheet.header)
        run.bold, run.font.size = True, Pt(9)
        head.alignment = 1
        normal = self._doc.styles["Normal"]
        normal.font.name, normal.font.size = "Arial", Pt(10)
        normal.paragraph_format.space_after = Pt(2)
        for name, size in (("Title", 18), ("Heading 1", 12)):
            style = self._doc.styles[name]
            style.font.name, style.font.size, style.font.color.rgb = "Arial", Pt(size), INK
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                style.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
        facts = self._doc.core_properties
        facts.title, facts.author, facts.comments = sheet.title, "", ""
        facts.created = facts.modified = MADE.replace(tzinfo=None)

    def _section(self, section: Section) -> None:
        heading = self._doc.add_heading(section.title, level=1)
        heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(10), Pt(3)
        asked = rows(section, self._library)
        if not section.answers:
            self._unread(section)
        elif section.children:
            self._children(section, asked)
        else:
            self._questions(asked)

    def _unread(self, section: Section) -> None:
        """Print what is not for the referrer to answer: short words as a grey table, sentences as a list."""
        if all(len(text) < 40 for text in section.text):
            table = self._table((LABEL, WIDTH - LABEL))
            for text in section.text:
                cells = table.add_row().cells
                self._label(cells[0], text, "", OFFICE_SHADE)
                _shade(cells[1], OFFICE_SHADE)
            return
        for text in section.text:
            self._doc.add_paragraph(text, style="List Bullet")

    def _questions(self, asked: tuple[Row, ...]) -> None:
        table: Any = None
        for row in asked:
            if row.field.kind is FieldKind.TABLE:
                self._rows_of(row)
                table = None
                continue
            table = table or self._table((LABEL, WIDTH - LABEL))
            line = table.add_row()
            if not row.wide:
                self._label(line.cells[0], row.question.label, row.question.guidance)
                self._answer(line.cells[1], row, None)
                continue
            self._label(line.cells[0].merge(line.cells[1]), row.question.label, row.question.guidance)
            below = table.add_row()
            below.height, below.height_rule = Cm(2.6), WD_ROW_HEIGHT_RULE.AT_LEAST
            self._answer(below.cells[0].merge(below.cells[1]), row, None)

    def _rows_of(self, row: Row) -> None:
        columns = row.field.columns
        table = self._table((WIDTH / len(columns),) * len(columns))
        for cell, column in zip(table.add_row().cells, columns, strict=True):
            self._label(cell, column, "")
        for number in range(1, TABLE_ROWS + 1):
            for part, cell in enumerate(table.add_row().cells, 1):
                title = f"{columns[part - 1]} {number}"
                control = self._controls.text(numbered(row.tag, number, part), title, SHORT_PROMPT)
                cell.paragraphs[0]._p.append(control)  # noqa: SLF001 - python-docx has no content controls

    def _children(self, section: Section, asked: tuple[Row, ...]) -> None:
        for band in bands(asked):
            first = 1.6
            table = self._table((first, *((WIDTH - first) / len(band),) * len(band)))
            head = table.add_row().cells
            _shade(head[0], SHADE)
            for cell, row in zip(head[1:], band, strict=True):
                self._label(cell, row.question.label, row.question.guidance)
            for child in range(1, section.children + 1):
                cells = table.add_row().cells
                self._label(cells[0], f"Child {child}", "")
                for cell, row in zip(cells[1:], band, strict=True):
                    self._answer(cell, row, child)
            self._doc.add_paragraph().paragraph_format.space_after = Pt(0)

    def _answer(self, cell: Any, row: Row, child: int | None) -> None:  # noqa: ANN401 - python-docx ships no types
        paragraph = cell.paragraphs[0]
        boxes = options(row, child)
        if not boxes:
            tag, label, narrow = numbered(row.tag, child), row.question.label, child is not None
            if row.field.kind in DATES:
                control = self._controls.date(tag, label, SHORT_DATE_PROMPT if narrow else DATE_PROMPT)
            else:
                control = self._controls.text(tag, label, SHORT_PROMPT if narrow else PROMPT)
            paragraph._p.append(control)  # noqa: SLF001 - as above
            return
        for at, (tag, words) in enumerate(boxes):
            line = paragraph if at == 0 else cell.add_paragraph()
            line._p.append(self._controls.box(tag, words))  # noqa: SLF001 - as above
            line.add_run(f" {words}").font.size = Pt(8 if child else 10)

    def _label(self, cell: Any, words: str, guidance: str, shade: str = SHADE) -> None:  # noqa: ANN401 - as above
        _shade(cell, shade)
        run = cell.paragraphs[0].add_run(words)
        run.bold, run.font.size = True, Pt(9)
        if guidance:
            self._small(cell.add_paragraph(), guidance)

    def _small(self, paragraph: Any, words: str) -> None:  # noqa: ANN401 - as above
        run = paragraph.add_run(words)
        run.italic, run.font.size, run.font.color.rgb = True, Pt(8), GREY

    def _table(self, widths: tuple[float, ...]) -> Any:  # noqa: ANN401 - as above
        table = self._doc.add_table(rows=0, cols=len(widths))
        table.style, table.autofit, table.alignment = "Table Grid", False, WD_TABLE_ALIGNMENT.CENTER
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(width)
        return table


def _shade(cell: Any, colour: str) -> None:  # noqa: ANN401 - as above
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), colour)
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - python-docx has no shading


def _same_bytes(document: Any) -> bytes:  # noqa: ANN401 - as above
    """Save a document with no time of making in its zip."""
    made, kept = BytesIO(), BytesIO()
    document.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=MADE.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return kept.getvalue()

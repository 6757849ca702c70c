"""The walk through a settled part of a Word document: paragraphs, tables, and controls in every position.

Content controls (``w:sdt``) may stand round a word, a paragraph, a cell, a row or a table: the walk asks of an element
what it is and not where it stands, so that a wrapped cell never shifts its neighbour into its place (incident 81). All
counts are bounded (threat 27).
"""

from lxml import etree

from parsers.contract import DocumentState
from parsers.document import TICKED, UNTICKED, Block, NotRead, Paragraph, Table
from parsers.formats.word_controls import DATE, FULL_DATE, PROMPT, TAG, TITLE, properties_of, ticked
from parsers.formats.word_dates import shown_or_exact
from parsers.formats.word_ink import Ink
from parsers.formats.word_line import Line, Notes, Reader
from parsers.formats.word_names import (
    ACROSS,
    BEFORE,
    CELL,
    CHECKBOX,
    COLUMNS,
    CONTINUED,
    CONTROL,
    CONTROL_PR,
    LEVEL,
    ROW,
    TABLE,
)
from parsers.formats.word_names import P as PARAGRAPH
from parsers.formats.word_names import T as WORDS
from parsers.formats.word_tables import MAX_COLUMNS, Counts, GrowingTable
from parsers.formats.word_xml import WORD, is_on, number, value

MAX_DEPTH = 40
MAX_PARAGRAPHS = 20_000


class Walk:
    """Reads parts into blocks; its ink holds the controls met on the way, ``codes`` what else was met."""

    def __init__(self, notes: Notes | None = None) -> None:
        """Begin at the first paragraph; ``notes`` are read where they are referred to."""
        self.ink = Ink()
        self._line = Line(self.ink, notes or {})
        self.codes = self._line.codes
        self._part = ""
        self._blocks: list[Block] = []
        self._texts: list[str] = []
        """Of the cell being read, paragraph by paragraph."""
        self._tables: list[Table] = []
        """Of the cell being read."""
        self._table: GrowingTable | None = None
        self._counts = Counts()
        self._depth = self._paragraphs = 0
        self._readers: dict[object, Reader] = self._line.readers | {
            PARAGRAPH: self._paragraph,
            CONTROL: self._control,
            TABLE: self._whole_table,
            ROW: self._row,
            CELL: self._cell,
            CONTROL_PR: lambda _: None,
        }

    def blocks(self, parent: etree._Element, part: str = "") -> list[Block]:
        """Return the paragraphs and tables of a settled part in order; ``part`` names it for a person."""
        self._part, self._blocks, self._paragraphs = part, [], 0
        self._inside(parent)
        return self._blocks

    def _inside(self, parent: etree._Element) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise NotRead(DocumentState.OVER_LIMIT, "too-deep")
        readers, say = self._readers, self.ink.say
        for element in parent:
            tag = element.tag
            if tag == WORDS:  # a quarter of all that is met
                say(element.text)
            elif tag in readers:
                readers[tag](element)
            elif isinstance(tag, str) and tag.startswith(WORD, 1):  # a wrapper nobody told us of
                self._inside(element)
        self._depth -= 1

    def _paragraph(self, paragraph: etree._Element) -> None:
        self._paragraphs += 1
        if self._paragraphs > MAX_PARAGRAPHS:
            raise NotRead(DocumentState.OVER_LIMIT, "too-many-paragraphs")
        ink = self.ink
        ink.spot = ink.cell or ink.next_spot()
        begun = len(ink.words)
        self._inside(paragraph)
        boxes = self._line.end() if self._line.unfinished else ()
        text = ink.paragraph(begun)
        if ink.cell:
            self._texts.append(text)
        else:
            where = f"{self._part}paragraph {self._paragraphs}"
            self._blocks.append(Paragraph(text, ink.spot, where, number(paragraph.get(LEVEL), 0, 9)))
        for box in boxes:
            self._inside(box)

    def _whole_table(self, element: etree._Element) -> None:
        around, self._table = self._table, self._counts.another_table(self._part)
        table = self._table
        self._inside(element)
        self._table = around
        if self.ink.cell:
            self._tables.append(table.finished())
        else:
            self._blocks.append(table.finished())

    def _row(self, row: etree._Element) -> None:
        if self._table is not None:
            self._table.begin_row(number(row.get(BEFORE), 0, MAX_COLUMNS))
        self._inside(row)

    def _cell(self, cell: etree._Element) -> None:
        self._counts.another_cell()
        table = self._table
        if table is None:  # a cell of no table: its words alone
            self._inside(cell)
            return
        ink, texts, tables, around = self.ink, self._texts, self._tables, self.ink.cell
        self._table, self._texts, self._tables = None, [], []
        spot = ink.cell = ink.next_spot()
        self._inside(cell)
        columns, text = number(cell.get(COLUMNS), 1, MAX_COLUMNS), "\n".join(self._texts).strip("\n")
        across, continued = cell.get(ACROSS) is not None, cell.get(CONTINUED) is not None
        if across or continued:
            table.join(columns, text, tuple(self._tables), spot, across=across)
        else:
            table.add(columns, text, tuple(self._tables), spot)
        self._table, self._texts, self._tables, ink.cell = table, texts, tables, around

    def _control(self, control: etree._Element) -> None:
        """Read a content control: prompts are silent, tick-boxes and dates speak in one way."""
        ink, told = self.ink, properties_of(control)
        state = ticked(control, told[CHECKBOX]) if CHECKBOX in told else None
        if state is not None:
            ink.say(TICKED if state else UNTICKED)
        mark, silent = ink.mark(), state is not None or is_on(told.get(PROMPT))
        ink.muted += silent
        self._inside(control)
        ink.muted -= silent
        text = "" if silent else ink.since(mark)
        if text and DATE in told and text != (exact := shown_or_exact(text, value(told[DATE], FULL_DATE)[:10])):
            ink.instead(mark, exact)
            text = exact
        tag, title = value(told.get(TAG)), value(told.get(TITLE))
        if tag or title:
            ink.hold(mark, tag, title, text, state)

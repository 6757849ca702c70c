"""One form as it stands on the page, whatever file it came in: paragraphs, tables and filled controls, in order.

Tick-boxes of any make stand in the text as ``☒`` or ``☐``; a control that shows its prompt has no text. Every piece
has a number (``spot``) by which a control is known to stand inside a cell or a paragraph.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import msgspec

from parsers.contract import DocumentState

TICKED = "☒"
UNTICKED = "☐"


class NotRead(Exception):
    """A file cannot be read: the state it ends in, a code of why, and codes of what it carries all the same.

    Holds no word of the file.
    """

    def __init__(self, state: DocumentState, code: str, codes: tuple[str, ...] = ()) -> None:
        """``code`` and ``codes`` are from closed lists of kebab-case words."""
        super().__init__(code)
        self.state = state
        self.code = code
        self.codes = codes


class Control(msgspec.Struct, frozen=True):
    """A content control, legacy form field or PDF field: its name, its title for people, what it holds."""

    tag: str
    title: str
    text: str
    checked: bool | None
    """None where it is no tick-box."""
    spot: int
    where: str = ""
    """Its place, where no cell or paragraph of the document tells it (PDF fields)."""


class Paragraph(msgspec.Struct, frozen=True):
    """One paragraph or line outside tables; ``heading`` is its outline level from 1, 0 for running text.

    ``text`` keeps runs of blanks and tabs: on a printed page they are all that parts a label from its value.
    """

    text: str
    spot: int
    where: str
    heading: int = 0
    printed: bool = False
    """A line as laid out on a PDF page: columns of its characters have a meaning."""
    shaky: tuple[str, ...] = ()
    """Words of this line that were read from a picture and may be misread: an answer that holds one is doubtful."""
    bold: bool = False
    """All of it is set bold, or larger than the text around it, as people set titles without a style."""


class Cell(msgspec.Struct, frozen=True):
    """One cell, merged ones whole: row and column from 1, columns and rows it covers, its text by lines."""

    row: int
    column: int
    columns: int
    rows: int
    text: str
    spot: int
    tables: "tuple[Table, ...]" = ()
    shaky: tuple[str, ...] = ()
    """As of a paragraph: words that may be misread."""


@dataclass(frozen=True)
class Table:
    """One table: its number in the document from 1 and its rows, a cell standing in the row where it begins."""

    number: int
    rows: tuple[tuple[Cell, ...], ...]
    page: int = 0
    """The page of a PDF that it is printed on, from 1; 0 in any other file."""
    part: str = ""
    """What stands before its number for a person where it is not in the body of the file: "header ", "footer "."""

    @cached_property
    def _covered(self) -> dict[tuple[int, int], Cell]:
        return {
            (row, column): cell
            for line in self.rows
            for cell in line
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        }

    @cached_property
    def _lines(self) -> dict[int, tuple[Cell, ...]]:
        lines: dict[int, dict[int, Cell]] = {}
        for (row, _), cell in sorted(self._covered.items(), key=lambda item: item[0]):
            lines.setdefault(row, {})[cell.spot] = cell
        return {row: tuple(cells.values()) for row, cells in lines.items()}

    def at(self, row: int, column: int) -> Cell | None:
        """Return the cell that covers this place, or None."""
        return self._covered.get((row, column))

    def across(self, row: int) -> tuple[Cell, ...]:
        """Return every cell that covers this row, left to right, those begun in a row above too."""
        return self._lines.get(row, ())

    @property
    def place(self) -> str:
        """Name the table for a person: "page 2, table 3", "header table 1"."""
        page = f"page {self.page}, " if self.page else ""
        return f"{page}{self.part}table {self.number}"

    def where(self, cell: Cell) -> str:
        """Name the cell's place for a person."""
        return f"{self.place}, row {cell.row}, column {cell.column}"


Block = Paragraph | Table


@dataclass(frozen=True)
class Document:
    """One file's content. ``codes`` tell what was met on the way (macros, external links), never words of it."""

    blocks: tuple[Block, ...]
    controls: tuple[Control, ...] = ()
    codes: tuple[str, ...] = ()

    @cached_property
    def shaky(self) -> frozenset[str]:
        """The words that may be misread, without capitals, wherever they stand."""
        cells = (cell for table in self.tables() for row in table.rows for cell in row)
        lines = (block for block in self.blocks if isinstance(block, Paragraph))
        words = (*(cell.shaky for cell in cells), *(line.shaky for line in lines))
        return frozenset(word.casefold() for group in words for word in group)

    @property
    def printed(self) -> bool:
        """Tell whether this is a PDF's page, where a control's answer is no part of the text."""
        return any(block.printed if isinstance(block, Paragraph) else block.page > 0 for block in self.blocks)

    def tables(self) -> Iterator[Table]:
        """Walk every table, nested ones after their parents."""
        waiting = [block for block in self.blocks if isinstance(block, Table)]
        while waiting:
            table = waiting.pop(0)
            yield table
            waiting[:0] = [inner for row in table.rows for cell in row for inner in cell.tables]

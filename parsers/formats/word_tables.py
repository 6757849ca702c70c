"""Word's tables: rows and cells through whatever wraps them, columns counted, cells merged downwards joined."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Protocol

from lxml import etree

from parsers.contract import DocumentState
from parsers.document import Block, Cell, NotRead, Paragraph, Table
from parsers.formats.word_ink import Ink
from parsers.formats.word_runs import GONE
from parsers.formats.word_xml import child, name_of, number, value

MAX_CELLS = 20_000
MAX_COLUMNS = 63  # Word's own limit


class Inside(Protocol):
    """What reads the inside of a cell: the walk that met the table."""

    ink: Ink

    def blocks(self, parent: etree._Element) -> Iterator[Block]:
        """Walk the paragraphs and tables under an element in order."""

    def control(self, control: etree._Element) -> AbstractContextManager[etree._Element]:
        """Listen to a content control; gives its content."""

    def deeper(self) -> AbstractContextManager[None]:
        """Count how deep elements are nested, and refuse too much of it."""


@dataclass
class _Grown:
    """A table as it grows, with what joins cells merged downwards."""

    above: dict[int, int]
    """Column -> index in ``cells`` of the cell that a continued one below belongs to."""
    cells: list[Cell]
    rows: int = 0


class Tables:
    """Numbers and reads the tables of one document."""

    def __init__(self, inside: Inside) -> None:
        """Read what is inside cells by ``inside``."""
        self._inside = inside
        self._tables = self._cells = 0

    def read(self, table: etree._Element) -> Table:
        """Read one table, those inside its cells too."""
        self._tables += 1
        number_of_table = self._tables
        grown = _Grown({}, [])
        self._rows(table, grown)
        return Table(number_of_table, _by_row(grown))

    def _rows(self, parent: etree._Element, grown: _Grown) -> None:
        with self._inside.deeper():
            for element in parent:
                name = name_of(element)
                if name == "tr":
                    if child(element, "trPr", "del") is None:
                        self._row(element, grown)
                elif name == "sdt":
                    with self._inside.control(element) as content:
                        self._rows(content, grown)
                elif name and name not in GONE and not name.startswith("~"):
                    self._rows(element, grown)

    def _row(self, row: etree._Element, grown: _Grown) -> None:
        grown.rows += 1
        column = 1 + number(child(row, "trPr", "gridBefore"), 0, MAX_COLUMNS)
        above, grown.above = grown.above, {}
        for cell in self._cells_of(row, column, grown.rows):
            merged = above.get(cell.column) if cell.rows == 0 else None
            if merged is None:
                grown.cells.append(replace(cell, rows=1))
                grown.above[cell.column] = len(grown.cells) - 1
            else:
                kept = grown.cells[merged]
                text = "\n".join(filter(None, (kept.text, cell.text)))
                grown.cells[merged] = replace(kept, rows=grown.rows - kept.row + 1, text=text)
                grown.above[cell.column] = merged

    def _cells_of(self, parent: etree._Element, column: int, row: int) -> Iterator[Cell]:
        """Walk a row's cells; one that continues the cell above has ``rows`` 0."""
        with self._inside.deeper():
            for element in parent:
                name = name_of(element)
                if name == "tc":
                    cell = self._cell(element, column, row)
                    yield cell
                    column += cell.columns
                elif name == "sdt":
                    with self._inside.control(element) as content:
                        for cell in self._cells_of(content, column, row):
                            yield cell
                            column = cell.column + cell.columns
                elif name and name not in GONE and not name.startswith("~"):
                    for cell in self._cells_of(element, column, row):
                        yield cell
                        column = cell.column + cell.columns

    def _cell(self, element: etree._Element, column: int, row: int) -> Cell:
        self._cells += 1
        if self._cells > MAX_CELLS:
            raise NotRead(DocumentState.OVER_LIMIT, "too-many-cells")
        properties = child(element, "tcPr")
        around, self._inside.ink.cell = self._inside.ink.cell, self._inside.ink.next_spot()
        spot = self._inside.ink.cell
        blocks = tuple(self._inside.blocks(element))
        self._inside.ink.cell = around
        merge = child(properties, "vMerge")
        continued = merge is not None and value(merge) != "restart"
        return Cell(
            row=row,
            column=column,
            columns=number(child(properties, "gridSpan"), 1, MAX_COLUMNS),
            rows=0 if continued else 1,
            text="\n".join(block.text for block in blocks if isinstance(block, Paragraph)).strip("\n"),
            spot=spot,
            tables=tuple(block for block in blocks if isinstance(block, Table)),
        )


def _by_row(grown: _Grown) -> tuple[tuple[Cell, ...], ...]:
    rows: list[list[Cell]] = [[] for _ in range(grown.rows)]
    for cell in grown.cells:
        rows[cell.row - 1].append(cell)
    return tuple(map(tuple, rows))

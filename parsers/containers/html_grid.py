"""A page's table while it is being read: which places its cells cover, what stands in them."""

from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from parsers.containers.html_marks import span
from parsers.document import Cell, Table

MAX_COLUMNS: Final = 60
MAX_ROWS: Final = 200
"""Of one merged cell."""


@dataclass(slots=True)
class OpenCell:
    """A cell being filled: the places it covers, its lines and the tables in it in order, the line that is begun."""

    row: int
    column: int
    columns: int
    rows: int
    spot: int
    items: list[str | Table] = field(default_factory=list)
    line: list[str] = field(default_factory=list)


@dataclass(slots=True)
class OpenTable:
    """A table being read: its rows, the places covered so far, the cell whose words are being read."""

    number: int
    rows: list[list[OpenCell]] = field(default_factory=list)
    covered: set[tuple[int, int]] = field(default_factory=set)
    cell: OpenCell | None = None

    def open(self, element: etree._Element, spot: int, places: int) -> OpenCell | None:
        """Begin the row's next cell, covering at most ``places``, else its own alone; None where there is none."""
        if not self.rows:
            self.rows.append([])
        if places < 1:
            return None
        row, line = len(self.rows), self.rows[-1]
        column = line[-1].column + line[-1].columns if line else 1
        while (row, column) in self.covered:
            column += 1
        columns, rows = span(element, "colspan", MAX_COLUMNS), span(element, "rowspan", MAX_ROWS)
        if columns * rows > places:
            columns = rows = 1
        self.cell = OpenCell(row, column, columns, rows, spot)
        line.append(self.cell)
        self.covered |= {(row + down, column + right) for down in range(rows) for right in range(columns)}
        return self.cell

    def items(self) -> list[str | Table]:
        """Return what the table comes to: itself, the content of its only cell, or nothing where it is empty."""
        cells = [cell for row in self.rows for cell in row]
        if len(cells) == 1:
            return cells[0].items
        rows = tuple(tuple(self._finished(cell) for cell in row) for row in self.rows)
        return [Table(self.number, rows)] if any(cell.items for cell in cells) else []

    def _finished(self, cell: OpenCell) -> Cell:
        return Cell(
            row=cell.row,
            column=cell.column,
            columns=cell.columns,
            rows=min(cell.rows, len(self.rows) - cell.row + 1),
            text="\n".join(item for item in cell.items if isinstance(item, str)),
            spot=cell.spot,
            tables=tuple(item for item in cell.items if isinstance(item, Table)),
        )

"""Word's tables as they grow: columns counted, cells merged downwards and across joined, rows where they begin."""

from dataclasses import dataclass, field

from msgspec.structs import replace

from parsers.contract import DocumentState
from parsers.document import Cell, NotRead, Table

MAX_CELLS = 20_000
MAX_COLUMNS = 63  # Word's own limit


@dataclass(slots=True)
class GrowingTable:
    """One table while its rows are met."""

    number: int
    part: str
    _rows: list[list[Cell]] = field(default_factory=list)
    _above: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Column -> row and place in it of the cell that a continued one below belongs to, both from 0."""
    _here: dict[int, tuple[int, int]] = field(default_factory=dict)
    _column: int = 1

    def begin_row(self, before: int) -> None:
        """Begin a row that leaves out so many columns."""
        self._rows.append([])
        self._above, self._here = self._here, {}
        self._column = 1 + before

    def add(self, columns: int, text: str, tables: tuple[Table, ...], spot: int) -> None:
        """Add the next cell of the row."""
        if not self._rows:
            self.begin_row(0)
        line, column = self._rows[-1], self._column
        self._here[column] = len(self._rows) - 1, len(line)
        line.append(Cell(len(self._rows), column, columns, 1, text, spot, tables))
        self._column = column + columns

    def join(self, columns: int, text: str, tables: tuple[Table, ...], spot: int, *, across: bool) -> None:
        """Add what goes on the cell above, or across the one to the left, to it; by itself where there is none."""
        column, row = self._column, len(self._rows)
        place = next(reversed(self._here.values()), None) if across else self._above.get(column)
        if place is None:
            self.add(columns, text, tables, spot)
            return
        kept = self._rows[place[0]][place[1]]
        self._rows[place[0]][place[1]] = replace(
            kept,
            rows=row - kept.row + 1,
            columns=max(kept.columns, column + columns - kept.column),
            text="\n".join(filter(None, (kept.text, text))),
            tables=kept.tables + tables,
        )
        self._here[kept.column] = place
        self._column = column + columns

    def finished(self) -> Table:
        """Return the table."""
        return Table(self.number, tuple([tuple(row) for row in self._rows]), part=self.part)


@dataclass(slots=True)
class Counts:
    """How many tables and cells a document has so far; tables are numbered by it."""

    tables: int = 0
    cells: int = 0

    def another_table(self, part: str) -> GrowingTable:
        """Begin the next table."""
        self.tables += 1
        return GrowingTable(self.tables, part)

    def another_cell(self) -> None:
        """Count a cell, and refuse too many."""
        self.cells += 1
        if self.cells > MAX_CELLS:
            raise NotRead(DocumentState.OVER_LIMIT, "too-many-cells")

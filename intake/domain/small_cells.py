"""The cells of one table of counts of which the margins are shown: which to hide so that no small one can be known."""

from collections.abc import Iterator, Mapping
from itertools import product

from intake.domain.figures import Hidden

SMALL = range(1, 5)
"""Counts that could point at somebody; nought does not."""

Cell = tuple[str, str]
"""Row and column."""
Cells = Mapping[Cell, int]
Marks = dict[Cell, Hidden]
FREE = Hidden.NOT_SHOWN


def may_be(mark: Hidden, count: int) -> bool:
    """Tell whether a count could stand behind a mark, for somebody who knows by what rule numbers are hidden."""
    return count in SMALL if mark is Hidden.FEWER else count >= 0 and count not in SMALL


def small_cells(cells: Cells, rows: Mapping[str, Hidden], columns: Mapping[str, Hidden]) -> Marks:
    """Return what to hide, ``rows`` and ``columns`` being the ones that are hidden whole.

    A small cell is safe beside three others with which it could give or take a case round a rectangle: no margin would
    change. Where no rectangle can be had, no cell of the table is shown: its margins alone, none of them small, say of
    no small cell what it is.
    """
    whole: Marks = {cell: FREE for cell in cells if cell[0] in rows or cell[1] in columns}
    marks: Marks = {cell: Hidden.FEWER for cell, count in cells.items() if count in SMALL and cell not in whole}
    table = _Table(cells, whole, marks)
    for cell in list(marks):
        cheapest = min(table.rectangles(cell), key=table.price, default=None)
        if cheapest is None:
            return dict.fromkeys(cells, FREE)
        for corner in cheapest:
            if corner not in whole:
                marks.setdefault(corner, Hidden.NOT_SHOWN)
    return whole | marks


class _Table:
    def __init__(self, cells: Cells, whole: Marks, marks: Marks) -> None:
        self.cells, self.whole, self.marks = cells, whole, marks
        self.rows, self.columns = ({cell[axis]: None for cell in cells} for axis in (0, 1))

    def rectangles(self, cell: Cell) -> Iterator[tuple[Cell, ...]]:
        """Give the corners of each rectangle round which ``cell`` could give or take a case, all being hidden."""
        row, column = cell
        for other_row, other_column, step in product(self.rows, self.columns, (1, -1)):
            if other_row == row or other_column == column:
                continue
            plus, minus = (cell, (other_row, other_column)), ((row, other_column), (other_row, column))
            if all(self._may(one, step) for one in plus) and all(self._may(one, -step) for one in minus):
                yield *plus, *minus

    def price(self, corners: tuple[Cell, ...]) -> tuple[int, int, tuple[Cell, ...]]:
        """Return how many cells more would be hidden, and how large ones."""
        new = [corner for corner in corners if corner not in self.whole and corner not in self.marks]
        return len(new), sum(self.cells[corner] for corner in new), corners

    def _may(self, cell: Cell, step: int) -> bool:
        """Tell whether a cell could hold one case more or less and look the same; one not hidden yet would be."""
        count = self.cells[cell]
        if cell in self.whole:
            return count + step >= 0
        mark = self.marks.get(cell, Hidden.NOT_SHOWN)
        return may_be(mark, count) and may_be(mark, count + step)

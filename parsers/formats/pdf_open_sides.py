"""Boxes whose labels stand outside the ruling: left of them, or between two columns of them. Geometry alone, no PDF.

A form that rules only the answers reads like one that rules everything, once the missing lines are thought of.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from parsers.formats.pdf_grid import NEAR, Box, Grid
from parsers.formats.pdf_shapes import Rect, Rule, Word

FARTHEST: Final = 260.0
"""Points between a box and the beginning of its label."""
WIDEST: Final = 30.0
"""Points of a box to tick."""
MOST_WORDS: Final = 16
"""Of the label of one box; more are running text."""


class Missing(NamedTuple):
    """Lines to think of: level ones and upright ones."""

    level: list[Rule]
    upright: list[Rule]


def missing(grids: Sequence[Grid], words: Mapping[int, Mapping[Box, Sequence[Word]]], loose: Sequence[Word]) -> Missing:
    """Return the lines that would close what is open; ``words`` are those in the cells of the grid at each index."""
    found = Missing([], [])
    for at, grid in enumerate(grids):
        _left(grid, grids, loose, found)
        for box, inside in words.get(at, {}).items():
            found.level.extend(_between(grid, box, inside))
    return found


def ladder(grids: Sequence[Grid]) -> list[Rect]:
    """Return the boxes to tick that are drawn as one column of them, a line between each two."""
    narrow = (grid for grid in grids if len(grid.xs) == 2 and len(grid.ys) > 2 and grid.place.width <= WIDEST)
    return [box.place for grid in narrow for box in grid.boxes if box.place.height <= WIDEST]


def _left(grid: Grid, grids: Sequence[Grid], loose: Sequence[Word], found: Missing) -> None:
    """Close the side on which labels stand outside, as far as the boxes of the column left of them."""
    left, top, _, bottom = grid.place
    beside = [other for other in grids if other.place.right <= left + NEAR and _alongside(other, grid)]
    edge = max((other.place.right for other in beside), default=left - FARTHEST)
    labels = [
        word
        for word in loose
        if top <= word.box.centre[1] <= bottom and edge - NEAR <= word.box.left and word.box.right <= left + NEAR
    ]
    rows = len(grid.ys) - 1
    labelled = {row for word in labels for row in range(rows) if grid.ys[row] <= word.box.centre[1] < grid.ys[row + 1]}
    if 2 * len(labelled) < rows or len(labels) > MOST_WORDS * rows or not labels:
        return
    start = edge if any(_same_rows(other, grid) for other in beside) else min(word.box.left for word in labels) - NEAR
    found.upright.append(Rule(start, top, bottom))
    found.level.extend(Rule(y, start, left) for y in grid.ys)


def _alongside(other: Grid, grid: Grid) -> bool:
    return other.place.top < grid.place.bottom and grid.place.top < other.place.bottom


def _same_rows(other: Grid, grid: Grid) -> bool:
    """Tell whether two columns of boxes have their lines at the same heights."""
    return all(min(abs(y - each) for each in other.ys) <= NEAR for y in grid.ys)


def _between(grid: Grid, box: Box, inside: Sequence[Word]) -> list[Rule]:
    """Return the lines that part the labels between two columns of boxes, each label at the height of its boxes."""
    rows = range(box.row, box.row + box.rows)
    sides = (box.column - 1, box.column + box.columns)
    if box.rows == 1 or any(_boxed(grid, row, side) != 1 for row in rows for side in sides):
        return []
    labelled = {row for word in inside for row in rows if grid.ys[row] <= word.box.centre[1] < grid.ys[row + 1]}
    if len(labelled) < box.rows:
        return []
    return [Rule(grid.ys[row], box.place.left, box.place.right) for row in rows[1:]]


def _boxed(grid: Grid, row: int, column: int) -> int:
    """Return how many rows the box at a place covers; 0 where there is none."""
    box = grid.at.get((row, column))
    return box.rows if box is not None else 0

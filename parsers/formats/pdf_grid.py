"""Ruled tables: from the lines drawn on a page to cells, merged ones whole. Geometry alone, no PDF.

Borders come as strokes, as thin filled bars, singly, doubled or dashed into pieces; so lines close to each other are
one line, and a cell ends where a line covers most of its side.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from parsers.formats.pdf_shapes import Rect, Rule

NEAR = 3.0
"""Points between lines that are one line."""
COVER = 0.6
"""Of a cell's side: a line that covers as much divides."""
MAX_RULES = 6_000
MAX_PLACES = 6_000


class Box(NamedTuple):
    """One cell: row and column from 0, how many it covers, and its place."""

    row: int
    column: int
    rows: int
    columns: int
    place: Rect


@dataclass(frozen=True, slots=True)
class Grid:
    """One ruled table: where its lines stand, and the cell at each row and column between them."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    at: dict[tuple[int, int], Box]
    place: Rect
    """What it covers of the page."""

    @property
    def boxes(self) -> tuple[Box, ...]:
        """Each cell once, row by row."""
        return tuple(dict.fromkeys(self.at[place] for place in sorted(self.at)))

    def box_of(self, point: tuple[float, float]) -> Box | None:
        """Return the cell a point lies in."""
        return self.at.get((bisect_right(self.ys, point[1]) - 1, bisect_right(self.xs, point[0]) - 1))


_AT, _START = itemgetter(0), itemgetter(1)
"""Of a rule."""


def grids(level: Sequence[Rule], upright: Sequence[Rule]) -> list[Grid]:
    """Return the tables that lines make, from the top of the page; none where there are too many lines to look at."""
    if len(level) + len(upright) > MAX_RULES:
        return []
    rows, columns = merged(level), merged(upright)
    made = (_grid(*group) for group in _touching(rows, columns))
    return sorted((grid for grid in made if grid is not None), key=lambda grid: (grid.ys[0], grid.xs[0]))


def merged(rules: Iterable[Rule]) -> list[Rule]:
    """Return lines with those that are one line put together."""
    done: list[Rule] = []
    for level in _levels(rules):
        at = sum(rule.at for rule in level) / len(level)
        level.sort(key=_START)
        start, end = level[0].start, level[0].end
        for rule in level[1:]:
            if rule.start > end + NEAR:
                done.append(Rule(at, start, end))
                start, end = rule.start, rule.end
            end = max(end, rule.end)
        done.append(Rule(at, start, end))
    return done


def _levels(rules: Iterable[Rule]) -> list[list[Rule]]:
    levels: list[list[Rule]] = []
    first = float("-inf")
    for rule in sorted(rules, key=_AT):
        if rule.at - first <= NEAR:
            levels[-1].append(rule)
        else:
            levels.append([rule])
            first = rule.at
    return levels


def _touching(rows: list[Rule], columns: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Part the lines, each kind in its order, into groups that touch each other."""
    group = list(range(len(rows) + len(columns)))

    def root(of: int) -> int:
        while group[of] != of:
            group[of] = group[group[of]]
            of = group[of]
        return of

    ats = [column.at for column in columns]
    for n, (at, start, end) in enumerate(rows):
        for m in range(bisect_left(ats, start - NEAR), bisect_right(ats, end + NEAR)):
            if columns[m].start - NEAR <= at <= columns[m].end + NEAR:
                group[root(n)] = root(len(rows) + m)
    parted: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for n, rule in enumerate([*rows, *columns]):
        parted.setdefault(root(n), ([], []))[n >= len(rows)].append(rule)
    return list(parted.values())


def _grid(rows: list[Rule], columns: list[Rule]) -> Grid | None:
    """Make a table of lines that touch; sides that are not drawn are where the lines across them end."""
    if not rows or not columns:
        return None
    xs = _edges([rule.at for rule in columns], [end for rule in rows for end in (rule.start, rule.end)])
    ys = _edges([rule.at for rule in rows], [end for rule in columns for end in (rule.start, rule.end)])
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > MAX_PLACES:
        return None
    return Grid(xs, ys, _boxes(xs, ys, rows, columns), Rect(xs[0], ys[0], xs[-1], ys[-1]))


def _edges(drawn: list[float], ends: list[float]) -> tuple[float, ...]:
    edges = sorted(drawn)
    least, most = min(ends), max(ends)
    if least < edges[0] - NEAR:
        edges.insert(0, least)
    if most > edges[-1] + NEAR:
        edges.append(most)
    kept = edges[:1]
    kept += [edge for before, edge in pairwise(edges) if edge - before > 0.01]
    return tuple(kept)


def _boxes(
    xs: tuple[float, ...], ys: tuple[float, ...], rows: list[Rule], columns: list[Rule]
) -> dict[tuple[int, int], Box]:
    """Tell cells apart: grow each to the right and down until a line divides."""
    level, upright = _by_place(rows), _by_place(columns)
    over = [_covers(level.get(y, []), xs) for y in ys]
    beside = [_covers(upright.get(x, []), ys) for x in xs]
    at: dict[tuple[int, int], Box] = {}
    for row in range(len(ys) - 1):
        for column in range(len(xs) - 1):
            if (row, column) in at:
                continue
            right = column + 1
            while right < len(xs) - 1 and not beside[right][row] and (row, right) not in at:
                right += 1
            down = row + 1
            while down < len(ys) - 1 and not any(over[down][column:right]) and (down, column) not in at:
                down += 1
            place = Rect(xs[column], ys[row], xs[right], ys[down])
            box = Box(row, column, down - row, right - column, place)
            at |= {(r, c): box for r in range(row, down) for c in range(column, right) if (r, c) not in at}
    return at


def _covers(rules: list[Rule], across: tuple[float, ...]) -> list[bool]:
    """Tell for each piece between two crossing lines whether one of these lines covers most of it."""
    if len(rules) == 1 and rules[0].start <= across[0] and across[-1] <= rules[0].end:
        return [True] * (len(across) - 1)  # a line from side to side, as most are
    return [
        any(min(rule.end, end) - max(rule.start, start) >= COVER * (end - start) for rule in rules)
        for start, end in pairwise(across)
    ]


def _by_place(rules: list[Rule]) -> dict[float, list[Rule]]:
    found: dict[float, list[Rule]] = {}
    for rule in rules:
        found.setdefault(rule.at, []).append(rule)
    return found

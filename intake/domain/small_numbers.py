"""Small numbers hidden before figures leave the unit: 1 to 4 cases, and whatever they could be worked out from.

A hidden number is safe when all that is shown fits another number in its place as well. So others are hidden beside it
until a case could be moved from one to the other and everything shown stayed true: between two agencies (or months, or
bands), or round four cells of a table, whose margins then stay as they are. Rows and columns hidden in one figure are
hidden in all that are given together, since they share their margins. Whoever is given figures of overlapping periods
can take the one from the other: give out whole quarters or years, once.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from intake.domain.figures import Cell, Dimension, Figure, Hidden, Population, Role, Row
from intake.domain.small_cells import SMALL, may_be, small_cells

Margin = tuple[Population, Dimension]
Marks = Mapping[str, Hidden]


def fit_to_leave(figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """Return figures of one period with their small numbers hidden, all together.

    ValueError where two figures count the same thing differently, being of different facts; TypeError where numbers are
    hidden already.
    """
    counts: dict[Margin, dict[str, int]] = {}
    marks: dict[Margin, Marks] = {}
    for figure in figures:
        for margin, mine in _margins(figure):
            if counts.setdefault(margin, mine) != mine:
                raise ValueError("figures of different facts")
            if margin not in marks:
                marks[margin] = _hidden_days(figure, mine) if margin[1] is Dimension.DAYS else hidden(mine)
    return tuple(_fit(figure, marks) for figure in figures)


def hidden(counts: Mapping[str, int]) -> Marks:
    """Return what to hide of numbers whose sum is shown: the small ones, and others until none can be worked out."""
    marks = {key: Hidden.FEWER for key, count in counts.items() if count in SMALL}
    while any(not _is_safe(key, counts, marks) for key in marks if counts[key] in SMALL):
        others = [key for key, count in counts.items() if key not in marks and count > SMALL.stop]
        if not others:
            return dict.fromkeys(counts, Hidden.NOT_SHOWN)
        marks[min(others, key=lambda key: (counts[key], key))] = Hidden.NOT_SHOWN
    return marks


def _is_safe(key: str, counts: Mapping[str, int], marks: Marks) -> bool:
    """Tell whether a case could be moved between this number and another hidden one."""
    return any(
        may_be(marks[key], counts[key] + step) and may_be(marks[other], counts[other] - step)
        for other in marks
        if other != key
        for step in (1, -1)
    )


def _hidden_days(figure: Figure, counts: Mapping[str, int]) -> Marks:
    """Hide within the limit and beyond it apart: how many came within it is shown elsewhere too."""
    keys = list(counts)
    cut = keys.index(figure.line.after) + 1 if figure.line else len(keys)
    sides = [{key: counts[key] for key in side} for side in (keys[:cut], keys[cut:])]
    if any(len(side) == 1 and set(side.values()) & set(SMALL) for side in sides):
        return dict.fromkeys(counts, Hidden.NOT_SHOWN)
    return {key: mark for side in sides for key, mark in hidden(side).items()}


def _margins(figure: Figure) -> Iterator[tuple[Margin, dict[str, int]]]:
    yield (figure.of, figure.by), {row.key: _number(row.cells[figure.whole]) for row in figure.rows}
    if figure.across is not None:
        parts = {figure.columns[place].code: _number(figure.total.cells[place]) for place in figure.parts}
        yield (figure.of, figure.across), parts


def _fit(figure: Figure, marks: Mapping[Margin, Marks]) -> Figure:
    if _number(figure.total.cells[figure.whole]) in SMALL:
        return _with_nothing(figure)
    rows = marks[figure.of, figure.by]
    parts = marks[figure.of, figure.across] if figure.across is not None else {}
    places = {place: figure.columns[place].code for place in figure.parts}
    inner = {(row.key, code): _number(row.cells[place]) for row in figure.rows for place, code in places.items()}
    cells = small_cells(inner, rows, parts)
    masked = []
    for row in figure.rows:
        marks_of = {code: mark for (key, code), mark in cells.items() if key == row.key}
        whole = {figure.columns[figure.whole].code: rows[row.key]} if row.key in rows else {}
        masked.append(_masked(figure, row, marks_of | whole))
    return replace(figure, rows=tuple(masked), total=_masked(figure, figure.total, parts))


def _masked(figure: Figure, row: Row, marks: Marks) -> Row:
    """Hide what is marked; a statistic too where a count of its row is, and always one that is a single case's own."""
    counts: list[Cell] = []
    for column, cell in zip(figure.columns, row.cells, strict=True):
        if column.role is not Role.STATISTIC:
            counts.append(marks.get(column.code, cell))
    is_hidden = any(isinstance(cell, Hidden) for cell in counts)
    rest = [
        Hidden.NOT_SHOWN if is_hidden or (column.is_extreme and cell is not None) else cell
        for column, cell in zip(figure.columns[len(counts) :], row.cells[len(counts) :], strict=True)
    ]
    return Row(row.key, (*counts, *rest))


def _with_nothing(figure: Figure) -> Figure:
    """Return a figure of too few cases to show anything of."""
    nothing = tuple(Hidden.FEWER if column.role is Role.WHOLE else Hidden.NOT_SHOWN for column in figure.columns)
    blank = (Hidden.NOT_SHOWN,) * len(figure.columns)
    return replace(figure, rows=tuple(Row(row.key, blank) for row in figure.rows), total=Row(figure.total.key, nothing))


def _number(cell: Cell) -> int:
    """Return a count; TypeError for a figure whose numbers are hidden already."""
    if not isinstance(cell, int):
        raise TypeError("no count")
    return cell

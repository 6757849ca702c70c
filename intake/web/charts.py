"""Figures drawn: bars with their numbers beside them, in one narrow column that is as legible on a telephone.

Every number of the figure's counts stands in the drawing; a hidden one stands as what hides it, without a bar.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from math import ceil

from markupsafe import Markup

from intake.domain.figures import TOTAL, Cell, Dimension, Drawing, Figure, Hidden, Row
from intake.web.figure_words import COLUMNS, Names, cell_in_words, column_name, head_of, row_name, title
from intake.web.fills import BLUE, definitions, fill
from intake.web.svg import SOFT, TYPE, WIDTH, bar, label, lines, picture, rule

LINE = 18
"""From one line of text to the next."""
BAR, GAP = 16, 14
STRIP = 46
"""The height of a strip's longest bar."""
NAME_WIDTH, MONTH_WIDTH = 118, 64
CHARACTERS = 38
"""That stand in one line in bold type."""
LEGEND_CHARACTERS = 17
SHORT: Mapping[Hidden, str] = {Hidden.FEWER: "<5", Hidden.NOT_SHOWN: "*"}
EXPLAINED: Mapping[Hidden, str] = {Hidden.FEWER: "<5: fewer than 5", Hidden.NOT_SHOWN: "*: not shown"}

BARS_FOR: Mapping[Dimension, str] = {
    Dimension.AGENCY: "for each agency", Dimension.MONTH: "for each month", Dimension.DECISION: "for each decision",
    Dimension.TYPE: "for each reason", Dimension.SECTION: "for each section of the form",
}  # fmt: skip

Drawn = tuple[list[Markup], float]
"""Pieces, and where the next may begin."""


def chart(figure: Figure, names: Names) -> Markup:
    """Return a figure as an SVG picture to stand in a page; ``names`` may hold anything."""
    drawn = figure if figure.drawing is Drawing.DISTRIBUTION else replace(figure, rows=_with_any(figure))
    pieces, foot = DRAWN_BY[figure.drawing](drawn, names)
    left_out = len(figure.rows) - len(drawn.rows)
    if left_out:
        pieces.append(
            label(0, foot + LINE, f"{left_out} without any {'is' if left_out == 1 else 'are'} left out here", fill=SOFT)
        )
        foot += LINE
    marks = sorted({cell for row in (*figure.rows, figure.total) for cell in row.cells if isinstance(cell, Hidden)})
    for mark in marks:
        pieces.append(label(0, foot + LINE, EXPLAINED[mark], fill=SOFT))
        foot += LINE
    return picture(figure.code, title(figure), _says(figure), foot + 6, pieces)


def _with_any(figure: Figure) -> tuple[Row, ...]:
    """Return the rows that have anything to draw; the table has them all."""
    return tuple(row for row in figure.rows if row.cells[figure.whole] != 0)


def _says(figure: Figure) -> str:
    """Return what the picture shows, for whoever does not see it; the numbers themselves stand in the table."""
    whole = cell_in_words(figure.total.cells[figure.whole], figure.columns[figure.whole].unit)
    by = BARS_FOR.get(figure.by, "by days")
    line = f" A line marks {figure.line.days} days." if figure.line else ""
    return f"Bars {by}. {whole} in all.{line} The same numbers are in the table after the picture."


def _stacks(figure: Figure, names: Names) -> Drawn:
    """Draw a legend, then for each row its name, its bar and under it a swatch and a number for each part."""
    pieces, y = _legend(figure)
    most = max((_count(row.cells[figure.whole]) for row in figure.rows), default=0)
    for row in (*figure.rows, figure.total):
        is_total = row is figure.total
        named, y = _name(_row_name(figure, row, names), row.cells[figure.whole], y)
        pieces += named
        if not is_total:
            y += 4
            pieces += _stack(figure, row, y, (WIDTH - 2) / most if most else 0)
            y += BAR + 4
        pieces += _numbers(figure, row, y)
        y += LINE + GAP
    return pieces, y - GAP


def _stack(figure: Figure, row: Row, y: float, scale: float) -> Iterator[Markup]:
    x = 0.0
    for number, place in enumerate(figure.parts):
        width = _count(row.cells[place]) * scale
        if width:
            tip = f"{column_name(figure.columns[place])}: {_short(row.cells[place])}"
            yield bar(x, y, width, BAR, fill(figure.code, number), tip=tip)
        x += width
    yield rule(0, y - 2, 0, y + BAR + 2)


def _numbers(figure: Figure, row: Row, y: float) -> Iterator[Markup]:
    """Give a swatch and a number for each part, in columns of their own."""
    step = WIDTH / len(figure.parts)
    for number, place in enumerate(figure.parts):
        x = number * step
        yield bar(x + 0.5, y + 3, 12, 12, fill(figure.code, number))
        yield label(x + 18, y + LINE - 4, _short(row.cells[place]))


def _legend(figure: Figure) -> Drawn:
    """Draw what each swatch stands for, two in a line."""
    pieces, y = [definitions(figure.code, len(figure.parts))], 0.0
    for number, place in enumerate(figure.parts):
        x, said = number % 2 * WIDTH / 2, lines(column_name(figure.columns[place]), LEGEND_CHARACTERS)
        pieces.append(bar(x + 0.5, y + 3, 12, 12, fill(figure.code, number)))
        pieces += [label(x + 18, y + LINE * (at + 1) - 4, part) for at, part in enumerate(said)]
        if number % 2 or number == len(figure.parts) - 1:
            pair = figure.parts[number - number % 2 : number + 1]
            y += LINE * max(len(lines(column_name(figure.columns[one]), LEGEND_CHARACTERS)) for one in pair)
    return pieces, y + GAP


def _bars(figure: Figure, names: Names) -> Drawn:
    """Draw for each row its name, its number at the end of the line, and its bar below."""
    pieces: list[Markup] = []
    y, most = 0.0, max((_count(row.cells[figure.whole]) for row in figure.rows), default=0)
    for row in (*figure.rows, figure.total):
        cell, name = row.cells[figure.whole], _row_name(figure, row, names)
        named, y = _name(name, cell, y)
        pieces += named
        if row is not figure.total:
            width = _count(cell) * (WIDTH - 2) / most if most else 0
            pieces += [bar(0, y + 4, width, BAR, BLUE, tip=f"{name}: {_short(cell)}")] if width else []
            pieces.append(rule(0, y + 2, 0, y + BAR + 6))
            y += BAR + GAP
    return pieces, y


def _strips(figure: Figure, names: Names) -> Drawn:
    """Draw for each row, the total first, its name and a strip of bars, one for each month, all to one scale."""
    pieces: list[Markup] = []
    y, rows = 0.0, (figure.total, *figure.rows)
    most = max(_highest(figure, row) for row in rows)
    scale = STRIP / most if most else 0
    for row in rows:
        named, y = _name(_row_name(figure, row, names), row.cells[figure.whole], y)
        foot = y + LINE + _highest(figure, row) * scale
        pieces += [*named, *_strip(figure, row, foot, scale)]
        y = foot + LINE + GAP
    return pieces, y - GAP


def _strip(figure: Figure, row: Row, foot: float, scale: float) -> Iterator[Markup]:
    slot = WIDTH / len(figure.parts)
    every = ceil(MONTH_WIDTH / slot)
    for number, place in enumerate(figure.parts):
        height, x = _count(row.cells[place]) * scale, number * slot
        name, width = column_name(figure.columns[place]), min(slot - 4, 40)
        if height:
            yield bar(x, foot - height, width, height, BLUE, tip=f"{name}: {_short(row.cells[place])}")
        yield label(x + width / 2, foot - height - 4, _short(row.cells[place]), "middle")
        if number % every == 0:
            yield rule(x, foot, x, foot + 4)
            yield label(x + 2, foot + LINE - 1, head_of(figure.columns[place]), fill=SOFT)
    yield rule(0, foot, WIDTH, foot)


def _distribution(figure: Figure, names: Names) -> Drawn:
    """Draw for each row its name, a bar and its number in one line, and the line where it belongs."""
    pieces: list[Markup] = []
    y, most = 4.0, max((_count(row.cells[figure.whole]) for row in figure.rows), default=0)
    scale = (WIDTH - NAME_WIDTH - 36) / most if most else 0
    for row in figure.rows:
        cell, name = row.cells[figure.whole], _row_name(figure, row, names)
        width = _count(cell) * scale
        pieces.append(label(0, y + TYPE, name))
        if width:
            pieces.append(bar(NAME_WIDTH, y + 1, width, BAR, BLUE, tip=f"{name}: {_short(cell)}"))
        pieces.append(label(NAME_WIDTH + width + 6, y + TYPE, _short(cell)))
        y += LINE + 6
        if figure.line and row.key == figure.line.after:
            pieces += [
                rule(0, y + 2, WIDTH, y + 2, dashes="6 4", width=2),
                label(WIDTH, y + LINE, f"Limit: {figure.line.days} days", "end", weight="bold"),
            ]
            y += LINE + 8
    pieces.append(rule(NAME_WIDTH, 0, NAME_WIDTH, y))
    return [
        *pieces,
        label(0, y + LINE, f"{COLUMNS[TOTAL]} {_short(figure.total.cells[figure.whole])}", weight="bold"),
    ], y + LINE


DRAWN_BY: Mapping[Drawing, Callable[[Figure, Names], Drawn]] = {
    Drawing.STRIPS: _strips, Drawing.STACKS: _stacks, Drawing.BARS: _bars, Drawing.DISTRIBUTION: _distribution,
}  # fmt: skip


def _name(name: str, whole: Cell, y: float) -> Drawn:
    """Draw a row's name, in as many lines as it takes, its whole at the end of the last."""
    said = lines(name, CHARACTERS)
    pieces = [label(0, y + TYPE + at * LINE, part, weight="bold") for at, part in enumerate(said)]
    y += len(said) * LINE
    return [*pieces, label(WIDTH, y - LINE + TYPE, _short(whole), "end", weight="bold")], y


def _row_name(figure: Figure, row: Row, names: Names) -> str:
    return COLUMNS[TOTAL] if row is figure.total else row_name(figure, row.key, names)


def _highest(figure: Figure, row: Row) -> int:
    return max(_count(row.cells[place]) for place in figure.parts)


def _short(cell: Cell) -> str:
    """Return a cell as it stands in a drawing."""
    return SHORT[cell] if isinstance(cell, Hidden) else str(cell)


def _count(cell: Cell) -> int:
    """Return how long a cell's bar is; a hidden one has none."""
    return cell if isinstance(cell, int) else 0

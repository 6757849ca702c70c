"""What a form is made of, in no format yet: headings, lines, grids of cells, grids side by side, text boxes."""

from dataclasses import dataclass, replace

TICKED, UNTICKED = "☒", "☐"


@dataclass(frozen=True)
class Cell:
    """One cell: its words (lines by newline), how many columns and rows it covers, how it looks."""

    text: str = ""
    span: int = 1
    down: int = 1
    shade: str = ""
    """Six hex digits, or none."""
    bold: bool = False
    note: str = ""
    """Guidance in small print under the words."""
    control: bool = False
    """In Word the words stand in a content control; without words it shows its prompt."""
    inside: "Grid | None" = None
    """A table in the cell, under its words."""


@dataclass(frozen=True)
class Grid:
    """One table. A row's cells leave out the places that a cell begun in a row above covers."""

    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...] = ()
    """Shares of the page's width by column; equal ones where empty."""
    lined: bool = True


@dataclass(frozen=True)
class Heading:
    """A heading; level 0 is the form's title. ``styled`` false: only a bold line, as most people make them."""

    text: str
    level: int = 1
    styled: bool = True


@dataclass(frozen=True)
class Line:
    """A paragraph outside tables; tabs and newlines in it stay."""

    text: str = ""
    bold: bool = False
    small: bool = False


@dataclass(frozen=True)
class Beside:
    """Two tables next to each other."""

    left: Grid
    right: Grid


@dataclass(frozen=True)
class Framed:
    """A text box standing on the page."""

    lines: tuple[str, ...]


Block = Heading | Line | Grid | Beside | Framed


@dataclass(frozen=True)
class Paper:
    """One filled form with what stands at each page's head and foot."""

    blocks: tuple[Block, ...]
    header: str = ""
    footer: str = ""


def grid(*rows: tuple[Cell | str, ...], widths: tuple[float, ...] = (), lined: bool = True) -> Grid:
    """Return a table of these rows, a bare text being a plain cell."""
    made = tuple(tuple(cell if isinstance(cell, Cell) else Cell(cell) for cell in row) for row in rows)
    return Grid(made, widths, lined)


def label(text: str, *, span: int = 1, note: str = "", shade: str = "E7E6E6") -> Cell:
    """Return a shaded cell in bold, as labels mostly look."""
    return Cell(text, span=span, note=note, shade=shade, bold=True)


def bar(text: str, columns: int, *, shade: str = "1F3864") -> tuple[Cell, ...]:
    """Return a row that is one shaded heading across the table."""
    return (Cell(text, span=columns, shade=shade, bold=True),)


def wide(text: str, columns: int) -> tuple[Cell, ...]:
    """Return a row that is one plain cell across the table."""
    return (Cell(text, span=columns),)


def controlled(cell: Cell | str) -> Cell:
    """Return the cell with its words in a content control."""
    return replace(cell if isinstance(cell, Cell) else Cell(cell), control=True)


def columns_of(table: Grid) -> int:
    """Return how many columns the table has."""
    return sum(cell.span for cell in table.rows[0])


def placed(table: Grid) -> list[tuple[int, int, Cell]]:
    """Return each cell with its row and column from 0, after what is covered from above."""
    taken: set[tuple[int, int]] = set()
    found: list[tuple[int, int, Cell]] = []
    for row, cells in enumerate(table.rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            found.append((row, column, cell))
            taken |= {(row + i, column + j) for i in range(cell.down) for j in range(cell.span)}
            column += cell.span
    return found

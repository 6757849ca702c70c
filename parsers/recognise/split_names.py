"""Names that a form asks for in two cells, forename and surname: joined, a person is read whole or not at all."""

from collections.abc import Callable
from dataclasses import replace as replaced
from itertools import pairwise

from msgspec.structs import replace

from parsers.document import Cell, Table
from parsers.values.text import gist, plain

Row = tuple[Cell, ...]
FORENAMES = ("forename", "forenames", "first name", "first names", "given name", "given names")
SURNAMES = ("surname", "last name", "family name")
MAX_LETTERS = 60


def whole_name(label: str) -> str | None:
    """Return a label that asks for forename and surname as one that asks for the name, None for any other."""
    fore = _without(plain(label), FORENAMES) if len(label) <= MAX_LETTERS else None
    whole = _without(fore, SURNAMES) if fore is not None else None
    return f"name {whole}".strip() if whole is not None else None


def with_whole_names(table: Table, blank: Callable[[str], bool]) -> Table:
    """Return a table with forename and surname in one cell, label and answer both, wherever they stand in two."""
    rows = list(table.rows)
    for number, row in enumerate(rows):
        at = next((at for at, (left, right) in enumerate(pairwise(row)) if _are_halves(left, right)), None)
        if at is not None:
            rows[number:] = [
                _columns_joined(below, row[at], row[at + 1], _Joint(blank, row[at])) for below in rows[number:]
            ]
        elif len(row) == 4 and _are_halves(row[0], row[2]):
            joint = _Joint(blank, row[0])
            rows[number] = (joint.of(row[0], row[2]), joint.of(row[1], row[3]))
        elif (
            number + 1 < len(rows)
            and len(row) == len(rows[number + 1]) == 2
            and _are_halves(row[0], rows[number + 1][0])
        ):
            below = rows[number + 1]
            joint = _Joint(blank, row[0])
            rows[number] = (joint.of(row[0], below[0]), joint.of(row[1], below[1]))
            rows[number + 1] = ()
    return table if rows == list(table.rows) else replaced(table, rows=tuple(rows))


def _are_halves(first: Cell, second: Cell) -> bool:
    """Tell whether one cell asks for a forename and the other for the surname of the same person, in either order."""
    if max(len(first.text), len(second.text)) > MAX_LETTERS:
        return False
    one, other = (second, first) if _asks_surname(first) else (first, second)
    fore, sur = _without(plain(one.text), FORENAMES), _without(plain(other.text), SURNAMES)
    return fore is not None and sur is not None and gist(fore) == gist(sur)


def _asks_surname(label: Cell) -> bool:
    return _without(plain(label.text), SURNAMES) is not None


def _without(label: str | None, parts: tuple[str, ...]) -> str | None:
    """Return a label without the words for one part of a name, None where it asks for none."""
    words = f" {label} "
    part = next((each for each in sorted(parts, key=len, reverse=True) if f" {each} " in words), None)
    return words.replace(f" {part} ", " ", 1).strip() if part is not None else None


class _Joint:
    """How two cells are made one: the surname goes last, whichever the form asks for first."""

    def __init__(self, blank: Callable[[str], bool], first_label: Cell) -> None:
        """``blank`` tells what is no answer."""
        self._blank, self._turned = blank, _asks_surname(first_label)

    def of(self, first: Cell, second: Cell) -> Cell:
        """Return both cells as one that stands where they stand."""
        words = [cell.text.strip() for cell in (first, second) if not self._blank(cell.text)]
        beside = second.row == first.row
        return replace(
            first,
            text=" ".join(reversed(words) if self._turned else words),
            columns=second.column + second.columns - first.column if beside else first.columns,
        )


def _columns_joined(row: Row, left: Cell, right: Cell, joint: _Joint) -> Row:
    """Join the cells of a row that stand under the two halves."""
    by_column = {cell.column: cell for cell in row}
    first, second = by_column.get(left.column), by_column.get(right.column)
    if first is None or second is None or (first.columns, second.columns) != (left.columns, right.columns):
        return row
    return tuple(joint.of(cell, second) if cell is first else cell for cell in row if cell is not second)

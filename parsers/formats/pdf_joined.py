"""Tables that go on over the end of a page, put together again.

Only where nothing stands between but what every page repeats, and where the columns are the same.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Final, NamedTuple

from msgspec.structs import replace as cell_with

from parsers.document import Block, Cell, Paragraph, Table

SAME: Final = 3.0
"""Points by which what is repeated, and a column, may stand elsewhere on the next page."""
_NUMBER: Final = re.compile(r"\d+")


class Standing(NamedTuple):
    """A block, how far from the top of its page it begins, and a table's upright lines."""

    block: Block
    top: float
    edges: tuple[float, ...] = ()


def joined(pages: Sequence[Sequence[Standing]]) -> list[Block]:
    """Return the blocks of all pages, a table that goes on as one table where it begins."""
    done: list[Block] = []
    table: Table | None = None
    place = 0
    above: Sequence[Standing] = ()
    for page in pages:
        start = _goes_on(above, page)
        for at, (block, _, _) in enumerate(page):
            if table is not None and isinstance(block, Table) and at == start:
                table = done[place] = _both(table, block)
                continue
            if isinstance(block, Table):
                table, place = block, len(done)
            done.append(block)
        above = page
    return done


def _goes_on(above: Sequence[Standing], page: Sequence[Standing]) -> int | None:
    """Return the place of the table that goes on with the last of the page above, or None."""
    before = list(takewhile(lambda each: not isinstance(each.block, Table), page))
    after = list(takewhile(lambda each: not isinstance(each.block, Table), reversed(above)))
    if len(before) == len(page) or len(after) == len(above):
        return None
    edges, last = page[len(before)].edges, above[len(above) - 1 - len(after)].edges
    same = len(edges) == len(last) and all(abs(a - b) <= SAME for a, b in zip(edges, last, strict=True))
    furniture = all(_repeated(each, above) for each in before) and all(_repeated(each, page) for each in after)
    return len(before) if same and furniture else None


def _repeated(line: Standing, other: Sequence[Standing]) -> bool:
    """Tell whether another page has the same line at the same place, but for numbers."""
    words = _words(line.block)
    return any(abs(line.top - each.top) <= SAME and _words(each.block) == words for each in other)


def _words(block: Block) -> str | None:
    return _NUMBER.sub("#", " ".join(block.text.split())) if isinstance(block, Paragraph) else None


def _both(one: Table, other: Table) -> Table:
    """Return two tables as one; a header row that is printed again and a row that goes on are no rows of their own."""
    rows = list(one.rows)
    added = list(other.rows)
    if _texts(added[0]) == _texts(rows[0]) and any(_texts(rows[0])):
        added = added[1:]
    elif _is_rest(rows[-1], added[0]):
        rows[-1] = tuple(_with_rest(cell, rest) for cell, rest in zip(rows[-1], added[0], strict=True))
        added = added[1:]
    lift = len(rows) - (len(other.rows) - len(added))
    rows += (tuple(cell_with(cell, row=cell.row + lift) for cell in row) for row in added)
    return replace(one, rows=tuple(rows))


def _texts(row: Sequence[Cell]) -> list[str]:
    return [cell.text for cell in row]


def _is_rest(row: Sequence[Cell], rest: Sequence[Cell]) -> bool:
    """Tell whether a label with its answer goes on: no label, but more of the answer."""
    pairs = len(row) == len(rest) == 2 and row[0].rows == rest[0].rows == 1
    return pairs and bool(row[0].text.strip() and row[1].text.strip() and rest[1].text.strip()) and not rest[0].text


def _with_rest(cell: Cell, rest: Cell) -> Cell:
    return cell_with(
        cell, text=f"{cell.text}\n{rest.text}" if rest.text else cell.text, tables=cell.tables + rest.tables
    )

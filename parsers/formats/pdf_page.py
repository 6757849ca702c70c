"""One page as blocks: ruled tables as tables, everything else as lines, in the order from the top."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from statistics import median
from typing import Final

from parsers.document import Cell, Paragraph, Table
from parsers.formats.pdf_grid import Box, Grid, grids
from parsers.formats.pdf_joined import Standing
from parsers.formats.pdf_lines import ITEM, Line, flowing, laid_out, lines_of
from parsers.formats.pdf_open_sides import ladder, missing
from parsers.formats.pdf_shapes import Rect, Sight, Word
from parsers.formats.pdf_ticks import with_ticks

PICTURE: Final = "[picture]"
FRAME: Final = 0.5
"""Of the page: a single box as large is a frame around it."""
COLUMNS_INSIDE: Final = 3
"""So many lines with gaps in one cell: the ruling frames a layout of its own and is no table."""
WHOLE_PAGE: Final = 0.25
LARGE: Final = 1.2
"""Type so much larger than the page's usual one is a title's."""


@dataclass(slots=True)
class _Placed:
    """A table of the page, the words of each of its cells, and the tables inside cells."""

    grid: Grid
    words: dict[Box, list[Word]] = field(default_factory=dict)
    lines: dict[Box, list[Line]] = field(default_factory=dict)
    inner: dict[Box, list["_Placed"]] = field(default_factory=dict)
    pictures: set[Box] = field(default_factory=set)


class Press:
    """Makes blocks page after page, counting spots and tables on."""

    def __init__(self) -> None:
        """Begin at the first spot and the first table."""
        self._spots, self._tables = count(1), count(1)
        self.codes: set[str] = set()

    def blocks(self, sight: Sight, number: int) -> Iterator[Standing]:
        """Walk the blocks of one page."""
        ruled = [] if sight.laid_over else grids(sight.level, sight.upright)
        sight.squares += ladder(ruled)
        words = self._without_struck(with_ticks(sight, sight.words, sight.fields), sight)
        tables, loose = ([], words) if sight.laid_over else _tables(sight, ruled, words)
        outer = [table for table in tables if not _within_another(table, tables)]
        for picture in sight.pictures:
            loose += _picture(picture, sight, tables, loose)
        lines = lines_of(loose, sight.upright)
        usual = median(word.size for word in words) if words else 0.0
        tops: list[tuple[float, int, Line | _Placed, str]] = [
            (line.box.top, 1, line, text) for line, text in zip(lines, laid_out(lines), strict=True)
        ]
        tops += [(table.grid.ys[0], 0, table, "") for table in outer]
        at = count(1)
        for top, _, thing, text in sorted(tops, key=lambda each: each[:2]):
            if isinstance(thing, _Placed):
                yield Standing(self._table(thing, number), top, thing.grid.xs)
            else:
                bold = thing.bold or thing.size > LARGE * usual
                yield Standing(self._line(text, f"page {number}, line {next(at)}", sight, bold=bold), top)
        for text in (" ".join(sight.aslant),) if sight.aslant else ():
            yield Standing(self._line(text, f"page {number}, aslant", sight), sight.height)

    def _line(self, text: str, where: str, sight: Sight, *, bold: bool = False) -> Paragraph:
        shaky = tuple(dict.fromkeys(text.split())) if sight.laid_over else ()
        return Paragraph(text, next(self._spots), where, printed=True, shaky=shaky, bold=bold)

    def _table(self, placed: _Placed, page: int) -> Table:
        number = next(self._tables)
        rows: list[list[Cell]] = [[] for _ in placed.grid.ys[1:]]
        for box in placed.grid.boxes:
            rows[box.row].append(self._cell(placed, box, page))
        return Table(number, tuple(map(tuple, rows)), page)

    def _cell(self, placed: _Placed, box: Box, page: int) -> Cell:
        spot = next(self._spots)
        inner = tuple(self._table(each, page) for each in placed.inner.get(box, ()))
        text = flowing(placed.lines.get(box, ()), box.place)
        text = PICTURE if not text and box in placed.pictures else text
        return Cell(box.row + 1, box.column + 1, box.columns, box.rows, text, spot, inner)

    def _without_struck(self, words: list[Word], sight: Sight) -> list[Word]:
        """Leave out words that a line runs through: an answer by deletion."""
        rules = sorted(sight.level, key=lambda rule: rule.at)
        ats = [rule.at for rule in rules]

        def struck(word: Word) -> bool:
            if sight.struck and any(each.holds(word.box.centre) for each in sight.struck):
                return True
            low = bisect_left(ats, word.base - 0.45 * word.size)
            high = bisect_left(ats, word.base - 0.12 * word.size, low)
            return low < high and any(
                rule.start <= word.box.left + 1 and rule.end >= word.box.right - 1 for rule in rules[low:high]
            )

        kept = [word for word in words if not struck(word)]
        if len(kept) < len(words):
            self.codes.add("struck-text")
        return kept


def _tables(sight: Sight, ruled: list[Grid], words: list[Word]) -> tuple[list[_Placed], list[Word]]:
    """Return the tables of a page, smallest first, and the words outside; frames around a layout are no tables."""
    kept = _kept(ruled, sight)
    loose = _placed(kept, words)
    open_sides = missing([table.grid for table in kept], {at: t.words for at, t in enumerate(kept)}, loose)
    if open_sides.level:
        closed = grids([*sight.level, *open_sides.level], [*sight.upright, *open_sides.upright])
        kept = _kept(closed, sight)
        loose = _placed(kept, words)
    tables = [table for table in kept if not any(map(_is_layout, table.lines.values()))]
    if len(tables) < len(kept):
        tables = [_Placed(table.grid) for table in tables]
        loose = _placed(tables, words)
    return tables, loose


def _kept(ruled: list[Grid], sight: Sight) -> list[_Placed]:
    """Return the tables among what is ruled, smallest first: no dots, and no single box around all of the page."""
    page = sight.width * sight.height
    return [
        _Placed(grid)
        for grid in sorted(ruled, key=_area)
        if grid.place.width > 30 and grid.place.height > 8 and (_area(grid) <= FRAME * page or len(grid.boxes) > 1)
    ]


def _area(grid: Grid) -> float:
    return grid.place.width * grid.place.height


def _is_layout(lines: Sequence[Line]) -> bool:
    parted = [line for line in lines if len(line.pieces) > 1]
    return sum(not any(piece.text.startswith(ITEM) for piece in line.pieces) for line in parted) >= COLUMNS_INSIDE


def _placed(tables: Sequence[_Placed], words: Sequence[Word]) -> list[Word]:
    """Put each word into the cell of the smallest table around it; returns the words outside tables."""
    loose = []
    places = [(table.grid.place, table) for table in tables]
    for word in words:
        left, top, right, bottom = word.box
        x, y = point = (left + right) / 2, (top + bottom) / 2
        for (begins, first, ends, last), table in places:
            if begins <= x <= ends and first <= y <= last:
                box = table.grid.box_of(point)
                break
        else:
            box = None
        if box is None:
            loose.append(word)
        else:
            table.words.setdefault(box, []).append(word)
    for table in tables:
        table.lines = {box: lines_of(inside) for box, inside in table.words.items()}
    return loose


def _within_another(table: _Placed, tables: Sequence[_Placed]) -> bool:
    """Tell whether a table stands in a cell of another, and put it there."""
    for other in tables:
        if other is table or _area(other.grid) <= _area(table.grid):
            continue
        box = other.grid.box_of(table.grid.place.centre)
        if box is not None and other.grid.place.holds(table.grid.place.centre):
            other.inner.setdefault(box, []).append(table)
            return True
    return False


def _picture(picture: Rect, sight: Sight, tables: Sequence[_Placed], words: Sequence[Word]) -> list[Word]:
    """Note a picture in a cell, or return it as a word of the line that asks for a signature."""
    if picture.width * picture.height > WHOLE_PAGE * sight.width * sight.height:
        return []
    for table in tables:
        box = table.grid.box_of(picture.centre)
        if box is not None:
            table.pictures.add(box)
            return []
    asking = (
        word
        for word in words
        if "sign" in word.text.casefold()
        and word.box.right <= picture.left + 2
        and picture.top - word.size <= word.base <= picture.bottom + word.size
    )
    return [Word(PICTURE, picture, word.base, word.size) for word in asking][:1]

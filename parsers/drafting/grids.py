"""Questions in the tables of a blank form: beside an empty cell, above one, as a header row over empty rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from parsers.document import Cell, Table
from parsers.drafting.cells import is_empty, stands_beside, takes_answer, takes_next
from parsers.drafting.lines import SHORT, box_words, is_box, labels_of, may_be_heading, parted
from parsers.drafting.pieces import Asked, Band, Boxes, Heading, Piece, Told
from parsers.drafting.words import Words
from parsers.recognise.headers import child_columns
from parsers.recognise.page import numbered_child

LONGEST_MARK = 12
"""Letters of what numbers a row ("Child 1", "2.")."""


@dataclass
class Grid:
    """One table being walked, row by row."""

    table: Table
    words: Words
    pending: Asked | None = None
    """A label alone on its row, or on the line above the table, whose answer may be the next row."""
    children: int = 0
    """Columns for children, once a row has numbered them."""
    people: tuple[tuple[int, str], ...] = ()
    """Columns that are about one person each, with their headings."""
    skip_to: int = 0

    def pieces(self) -> Iterator[Piece]:
        """Walk the table and those inside it."""
        for number in range(1, len(self.table.rows) + 1):
            if number > self.skip_to:
                yield from self._row(number, self.table.across(number))
            for cell in self.table.rows[number - 1]:
                for inner in cell.tables:
                    yield from self._settled()
                    yield from Grid(inner, self.words).pieces()
        yield from self._settled()

    def _settled(self) -> Iterator[Piece]:
        """Give up waiting for the answer of a label alone: it was a heading, or an explanation."""
        waiting, self.pending = self.pending, None
        if waiting is not None:
            text = waiting.label
            yield Heading(text, waiting.where) if may_be_heading(text) else Told(f"{text}\n{waiting.guidance}".strip())

    def _row(self, number: int, cells: tuple[Cell, ...]) -> Iterator[Piece]:
        if len(cells) > 1 and cells[0].rows > 1 and self.words.begins_section(cells[0].text):
            if cells[0].row == number:
                yield from self._settled()
                yield Heading(parted(cells[0].text)[0], self._where(cells[0]))
            cells = cells[1:]
        if len(cells) == 1:
            yield from self._alone(cells[0])
            return
        yield from self._settled()
        band = self._band(number, cells)
        if band is not None:
            self.skip_to = number + band.rows
            yield band
        elif (children := child_columns(cells)) and not any(is_empty(cell, self.words) for cell in cells[1:]):
            self.children = max(children.values())
        elif people := self._people(cells):
            self.people = people
        else:
            yield from self._pairs(cells)

    def _alone(self, cell: Cell) -> Iterator[Piece]:
        """Take a cell that has its row to itself: an answer below its label, a label, a heading, a line."""
        text, waiting = cell.text.strip(), self.pending
        if waiting is not None and is_empty(cell, self.words):
            self.pending = None
            yield replace(waiting, spots=(*waiting.spots, cell.spot), options=box_words(text))
            return
        if waiting is not None and self.words.options(text, waiting.label):
            self.pending = None
            yield replace(waiting, spots=(cell.spot,), beside=text)
            return
        yield from self._settled()
        if is_box(text):
            yield Boxes(box_words(text), self._where(cell), (cell.spot,))
        elif text and (numbered_child(text) is not None or self.words.is_title(text)) and not self._empty_below(cell):
            yield Heading(parted(text)[0], self._where(cell))
        elif text:
            yield from self._said(cell, text)

    def _said(self, cell: Cell, text: str) -> Iterator[Piece]:
        below = self._empty_below(cell)
        asked = [] if below else self._in_cell(cell)
        if asked:
            yield from asked
            return
        label, guidance = parted(text)
        if len(label) > SHORT * 3 and not below:
            yield Told(text)
            return
        self.pending = Asked(label, self._where(cell), (), guidance)

    def _in_cell(self, cell: Cell) -> list[Asked]:
        """Return the questions whose answers go into the cell they stand in."""
        named = cell.spot in self.words.filled_in
        lines = [line for line in cell.text.split("\n") if line.strip()]
        found = [
            (label, told) for line in lines for label, told in labels_of(line, filled_in=named and len(lines) == 1)
        ]
        return [Asked(label, self._where(cell), (cell.spot,), told) for label, told in found]

    def _band(self, number: int, cells: Sequence[Cell]) -> Band | None:
        """Return the header these cells are and how many empty rows stand below it."""
        heads = cells[1:] if not cells[0].text.strip() or numbered_child(cells[0].text) else cells
        if not heads or any(is_empty(cell, self.words) or len(parted(cell.text)[0]) > SHORT for cell in heads):
            return None
        rows, numbered = 0, False
        while (below := self.table.across(number + rows + 1)) and self._is_row_of(below, heads):
            numbered = numbered or numbered_child(below[0].text) is not None
            rows += 1
        if rows == 0 or (len(heads) == 1 and not numbered):
            return None
        under = [self.table.at(number + 1, cell.column) for cell in heads]
        asked = tuple(
            self._asked(cell, (value,) if value is not None else ()) for cell, value in zip(heads, under, strict=True)
        )
        return Band(asked, rows, self._where(cells[0]), numbered)

    def _is_row_of(self, cells: Sequence[Cell], heads: Sequence[Cell]) -> bool:
        columns = {cell.column for cell in heads}
        if not columns <= {cell.column for cell in cells}:
            return False
        first = cells[0]
        mark = first.text.strip()
        marked = numbered_child(mark) is not None or (mark[:1].isdigit() and len(mark) <= LONGEST_MARK)
        others = cells[1:] if marked or first.column not in columns else cells
        return all(takes_answer(cell, self.words) for cell in others if cell.column in columns)

    def _people(self, cells: Sequence[Cell]) -> tuple[tuple[int, str], ...]:
        named = [(cell.column, cell.text.strip()) for cell in cells[1:] if cell.text.strip()]
        keys = {self.words.section_key(text) for _, text in named}
        return tuple(named) if len(named) == len(cells) - 1 and None not in keys and len(keys) >= 2 else ()

    def _pairs(self, cells: Sequence[Cell]) -> Iterator[Piece]:
        """Take labels and what stands right of each."""
        if self.people and cells[0].text.strip():
            for column, heading in self.people:
                value = self.table.at(cells[0].row, column)
                yield Heading(heading, self._where(cells[0]))
                yield self._asked(cells[0], (value,) if value is not None else ())
            return
        at = 0
        while at < len(cells):
            end = at + 1
            while end < len(cells) and is_empty(cells[end], self.words):
                end += 1
            yield from self._pair(cells[at], cells[at + 1 : end], cells[end : end + 1])
            both = end == at + 1 and end < len(cells) and takes_next(cells[at], cells[end], self.words)
            at = end + 1 if both else end

    def _pair(self, cell: Cell, values: Sequence[Cell], after: Sequence[Cell]) -> Iterator[Piece]:
        text = cell.text.strip()
        if is_box(text) and box_words(text):
            yield Boxes(box_words(text), self._where(cell), (cell.spot,))
        elif is_box(text) and after:  # a box in a cell of its own, its words right of it
            yield Boxes((parted(after[0].text)[0],), self._where(cell), (cell.spot,))
        elif text and values and is_box(values[0].text) and not box_words(values[0].text) and len(values) == 1:
            yield Boxes((parted(text)[0],), self._where(cell), (values[0].spot,))
        elif text and values:
            yield self._asked(cell, values)
        elif text and after and stands_beside(cell, after[0], self.words):
            yield replace(self._asked(cell, after), beside=after[0].text)
        elif text:
            begins = bool(after) and bool(after[0].tables) and self.words.begins_section(text)
            yield from self._in_cell(cell) or ((Heading(parted(text)[0], self._where(cell)) if begins else Told(text)),)

    def _asked(self, cell: Cell, values: Sequence[Cell]) -> Asked:
        label, guidance = parted(cell.text)
        options = tuple(word for value in values for word in box_words(value.text))
        beside = "" if options or not values else values[0].text.strip()
        copies = len(values) if self.children and len(values) > 1 else 0
        spots = tuple(value.spot for value in values)
        return Asked(label, self._where(cell), spots, guidance, beside, options, copies)

    def _empty_below(self, cell: Cell) -> bool:
        below = self.table.across(cell.row + cell.rows)
        return len(below) == 1 and is_empty(below[0], self.words)

    def _where(self, cell: Cell) -> str:
        return self.table.where(cell)

"""A blank form from top to bottom: its lines and its tables as pieces, in their order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from parsers.document import TICKED, UNTICKED, Document, Paragraph, Table
from parsers.drafting.front import furniture_of
from parsers.drafting.grids import Grid
from parsers.drafting.lines import (
    LONGEST_LABEL,
    SHORT,
    box_words,
    is_box,
    labels_of,
    looks_counted,
    looks_numbered,
    may_be_heading,
)
from parsers.drafting.pieces import Asked, Boxes, Heading, Piece, Told
from parsers.drafting.words import Words
from parsers.recognise.page import numbered_child
from parsers.values.text import clean

_BOX: Final = re.compile(f"[{TICKED}{UNTICKED}]|\\[ ?\\]")


@dataclass
class Walk:
    """One blank being walked; ``pieces`` may be asked once."""

    document: Document
    words: Words
    _furniture: frozenset[str] = field(init=False)
    _styled: bool = field(init=False)

    def __post_init__(self) -> None:
        """Look once at what pages repeat and whether headings are styled as such."""
        self._furniture = furniture_of(self.document)
        lines = [block for block in self.document.blocks if isinstance(block, Paragraph)]
        self._styled = sum(line.heading > 0 for line in lines) > 1

    def pieces(self) -> Iterator[Piece]:
        """Walk every block; a label right above a cell to write in is that cell's."""
        blocks = self.document.blocks
        waiting: Asked | None = None
        for at, block in enumerate(blocks):
            if isinstance(block, Table):
                yield from Grid(block, self.words, pending=waiting).pieces()
                waiting = None
                continue
            text = clean(block.text)
            if not text or text in self._furniture:
                continue
            below = blocks[at + 1] if at + 1 < len(blocks) else None
            if isinstance(below, Table) and self._opens_with_a_box(below) and self._asks(text):
                waiting = Asked(text, block.where)
            else:
                yield from self._line(block, text, above_table=isinstance(below, Table))

    def _line(self, block: Paragraph, text: str, *, above_table: bool) -> Iterator[Piece]:
        if self._is_heading(block, text) or (above_table and self._stands_as_heading(text)):
            yield Heading(text, block.where, block.heading)
        elif is_box(text):
            yield from self._boxes(block, text)
        elif asked := labels_of(block.text, filled_in=block.spot in self.words.filled_in):
            spots = (block.spot,) if len(asked) == 1 else ()
            yield from (Asked(label, block.where, spots, guidance) for label, guidance in asked)
        elif self.words.is_label(text):
            yield Asked(text, block.where)
        else:
            yield Told(text)

    def _is_heading(self, block: Paragraph, text: str) -> bool:
        if block.heading > 0 or numbered_child(text) is not None:
            return len(text) <= LONGEST_LABEL
        if looks_numbered(text) or (may_be_heading(text) and self.words.is_title(text)):
            return True
        counted = looks_counted(text) and may_be_heading(text) and not text.endswith("?")
        return counted and not self._styled and not self.words.is_label(text)

    def _stands_as_heading(self, text: str) -> bool:
        """Tell whether a short line right above a table heads it; it may be no known one: that only makes less sure."""
        return may_be_heading(text) and not is_box(text) and not text.endswith("?") and not self.words.is_label(text)

    def _boxes(self, block: Paragraph, text: str) -> Iterator[Piece]:
        """Take a line of tick-boxes, with the question before the first where it has one."""
        first = _BOX.search(text)
        before = text[: first.start()].strip() if first else ""
        if before.endswith((":", "?")) and first is not None:
            yield Asked(before, block.where, (block.spot,), options=box_words(text[first.start() :]))
        else:
            yield Boxes(box_words(text), block.where, (block.spot,))

    def _opens_with_a_box(self, table: Table) -> bool:
        """Tell whether a table begins with one empty cell of its whole width."""
        first = table.across(1)
        return len(first) == 1 and not first[0].tables and self.words.blank(first[0].text)

    def _asks(self, text: str) -> bool:
        return len(text) <= SHORT and (self.words.is_label(text) or not text.endswith((".", ";", ",")))

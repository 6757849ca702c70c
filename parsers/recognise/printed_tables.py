"""Tables printed to PDF: only columns of letters are left; what is not plainly under one header is not taken."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from parsers.document import Paragraph
from parsers.recognise.controls import row_text
from parsers.recognise.headers import column_index
from parsers.recognise.page import Page, numbered_child, quoted
from parsers.recognise.wordings import Match
from parsers.template import Field

_PIECE = re.compile(r"\S+(?: \S+)*")
SLACK = 2
APART = 100
"""Letters between the columns of a line parted by tabs: more than :data:`SLACK`."""
MOST_OF_A_ROW = 0.6
"""Share of the columns that a line must fill to be a row for sure."""
"""Letters by which words may stand beside the beginning of their header."""


@dataclass(frozen=True, slots=True)
class Segment:
    """Words between wide gaps, and the column where they begin."""

    column: int
    text: str


def segments(line: str) -> list[Segment]:
    """Part a line where a tab or two blanks part it."""
    return [Segment(found.start(), found.group()) for found in _PIECE.finditer(line.replace("\u00a0", " "))]


def by_tabs(line: str) -> list[Segment]:
    """Part a typed line at its tabs, one column each, however long the words: a table pasted into plain words."""
    parts = line.split("\t") if "\t" in line else ()
    return [Segment(APART * at, part.strip(" :")) for at, part in enumerate(parts) if part.strip()]


@dataclass
class _Row:
    """One row: its child, where it begins, and column of the page -> the words of its lines."""

    child: int
    where: str
    spot: int
    words: dict[int, list[str]] = field(default_factory=dict)
    begun: int = 0
    """Columns with words on its first line."""
    spoilt: bool = False
    """It has words that stand under no header: none of it is taken."""


@dataclass
class PrintedTable:
    """A header line and the rows read under it."""

    labels: dict[int, str]
    matches: dict[int, Match]
    table: Field | None
    indices: dict[int, int]
    rows: list[_Row] = field(default_factory=list)
    numbered: bool = False
    """Rows say whose they are ("Child 2"): then every other line goes on with the row above."""

    def take(self, pieces: list[Segment], paragraph: Paragraph, page: Page) -> bool:
        """Take one line of the table; False where the line begins something else."""
        child = numbered_child(pieces[0].text)
        if child is None and page.labels.split(pieces[0].text, page.section) is not None:
            return False
        if child is not None:
            self.numbered = True
            pieces = pieces[1:]
            self.rows.append(_Row(child, paragraph.where, paragraph.spot))
        elif self._begins_row(pieces):
            self.rows.append(_Row(len(self.rows) + 1, paragraph.where, paragraph.spot, begun=len(pieces)))
        if self.rows:  # before the first row: a second line of the header itself
            for piece in pieces:
                self._put(piece, self.rows[-1])
        return True

    def end(self, page: Page) -> None:
        """Give the rows to the page; where rows can only be told from wrapped lines by their look, as doubtful."""
        full = all(row.begun >= MOST_OF_A_ROW * len(self.labels) for row in self.rows)
        doubtful = not self.numbered and len(self.rows) > 1 and not full
        put = page.put_doubtful if doubtful else page.put_likely
        for row in self.rows:
            if not row.spoilt:
                for match, child, where, text in self._answers(row, page):
                    put(match, child, text, where, row.spot)

    def _answers(self, row: _Row, page: Page) -> Iterator[tuple[Match, int | None, str, str]]:
        texts = {column: " ".join(words) for column, words in row.words.items()}
        if self.table is not None:
            cells = [""] * len(self.table.columns)
            for column, index in self.indices.items():
                text = texts.get(column, "")
                cells[index] = "" if page.answers.blank(text) else text
            yield Match(self.table, exact=False), None, row.where, row_text(cells)
        for column, match in self.matches.items():
            where = f"{row.where}, under {quoted(self.labels[column])}"
            yield match, row.child if match.field.per_child else None, where, texts.get(column, "")

    def _begins_row(self, pieces: list[Segment]) -> bool:
        """Tell a new row from a wrapped line: it begins under the first header, with more than that one cell."""
        first = abs(pieces[0].column - min(self.labels)) <= SLACK
        return not self.numbered and first and (len(pieces) > 1 or not self.rows)

    def _put(self, piece: Segment, row: _Row) -> None:
        near = [column for column in self.labels if abs(column - piece.column) <= SLACK]
        if len(near) == 1:
            row.words.setdefault(near[0], []).append(piece.text)
        else:
            row.spoilt = True


def start_of(pieces: list[Segment], page: Page) -> PrintedTable | None:
    """Return the table whose header this line is: nothing on it but labels or columns, two and more."""
    if len(pieces) < 2:
        return None
    labels = {piece.column: piece.text for piece in pieces}
    for table, least in page.tables():
        found = {piece.column: column_index(piece.text, table) for piece in pieces}
        indices = {column: index for column, index in found.items() if index is not None}
        if len(indices) == len(pieces) >= least and len(set(indices.values())) == len(indices):
            return PrintedTable(labels, {}, table, indices)
    matched = {piece.column: page.labels.match(piece.text, page.section) for piece in pieces}
    matches = {column: match for column, match in matched.items() if match is not None}
    if len(matches) == len(pieces) and page.section is not None and page.section.children:
        return PrintedTable(labels, matches, None, {})
    return None

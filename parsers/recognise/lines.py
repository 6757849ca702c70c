"""Running text and printed pages line by line: headings, page furniture, options, tables, labels and answers."""

import re

from parsers.document import TICKED, UNTICKED, Block, Paragraph, Table
from parsers.recognise.options import read_option_line
from parsers.recognise.page import Page, numbered_child
from parsers.recognise.pairs import Pairs
from parsers.recognise.printed_tables import PrintedTable, Segment, by_tabs, segments, start_of
from parsers.recognise.wordings import Match
from parsers.template import FieldKind, Section

_FURNITURE = re.compile(r"(?:page\s+)?\d{1,3}\s*(?:(?:of|/)\s*\d{1,3})?", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:section|part|stage)\s+[0-9a-z]{1,3}\b|[0-9]{1,2}[.)]?\s+\D|[A-Z][.)]\s", re.IGNORECASE)
LEAST_CAPITALS, MAX_CAPITALS = 5, 60
MAX_TITLE_OVER = 90
LOWEST = 4
"""Styled headings down to this level may tell by their words what a section is about."""
CHAPTER = 2
"""Styled headings down to this level begin something new, known or not."""


class Lines:
    """Reads paragraphs in order; :meth:`end` must be called before anything that is none."""

    def __init__(self, page: Page, furniture: frozenset[str]) -> None:
        """``furniture`` are lines every page repeats (the header), without capitals."""
        self._page = page
        self._furniture = furniture
        self._pairs = Pairs(page)
        self._table: PrintedTable | None = None
        self._below: Block | None = None

    def end(self) -> None:
        """Take the answer that was being read."""
        if self._table is not None:
            self._table.end(self._page)
            self._table = None
        self._pairs.end()

    def box(self, table: Table) -> bool:
        """Take a table of one cell as the box under a label that stands before it."""
        cells = [cell for row in table.rows for cell in row]
        return len(cells) == 1 and not cells[0].tables and self._pairs.box(cells[0].text, cells[0].spot)

    def read(self, paragraph: Paragraph, below: Block | None = None) -> None:
        """Read one paragraph, line by line; ``below`` is what stands under it."""
        words, self._below = paragraph.text.strip(), below
        if paragraph.heading and self._heading(words, styled=paragraph.heading):
            return
        if self._is_title_over(words) and self._heading(words, styled=LOWEST):
            return
        if paragraph.bold and self._stands_out(words) and self._heading(words, styled=CHAPTER):
            return
        for at, line in enumerate(paragraph.text.split("\n")):
            if at and self._pairs.telling and not paragraph.printed:
                self._pairs.go_on(line)
            else:
                self._line(line, paragraph)

    def _line(self, line: str, paragraph: Paragraph) -> None:
        words = line.strip()
        if not words:
            self._pairs.pause()
        if not words or words.casefold() in self._furniture or (paragraph.printed and _FURNITURE.fullmatch(words)):
            return
        if self._page.labels.is_closing(words):
            self.end()
            self._page.stand_upright()
            return
        if self._heading(words) or self._page.skipping:
            return
        pieces = self._parted_at_box(segments(line))
        columns = pieces if paragraph.printed else by_tabs(line)
        if columns and self._printed_table(columns, paragraph):
            return
        rest = self._without_options(pieces, paragraph)
        if rest:
            self._pairs.take(rest, paragraph)

    def _heading(self, words: str, styled: int = 0) -> bool:
        """Enter a section by its title; a styled heading that no section knows ends the one before it."""
        looks = 0 < styled <= LOWEST or _NUMBERED.match(words) is not None
        section, child = self._page.heading(words, looks=looks), numbered_child(words)
        if section is None and child is None and styled and looks:
            return self._title_that_asks(words, styled)
        if section is not None:
            self.end()
            self._page.enter(section)
            if child is not None:
                self._page.child = child
            return not self._asks_below(words, section)
        if child is not None and self._table is None:
            self.end()
            self._page.child = child
            return True
        return self._cries(words)

    def _stands_out(self, words: str) -> bool:
        """Tell whether a bold line, on a form we do not know, is a title: short, no label, no answer waited for."""
        short = 0 < len(words) <= MAX_CAPITALS and not words.endswith((".", ",", ";", ":"))
        if self._page.labels.of_a_sheet or not short or self._pairs.waiting:
            return False
        return self._page.labels.split(words, self._page.section) is None

    def _asks_below(self, words: str, section: Section) -> bool:
        """Tell whether a section's title, on a form we do not know, is its one question too, answered below."""
        match = self._page.labels.match(words, section)
        asks = match is not None and match.field.kind is FieldKind.LONG_TEXT and not self._page.labels.of_a_sheet
        return asks and isinstance(self._below, Paragraph) and not self._begins_with_label(self._below)

    def _is_title_over(self, words: str) -> bool:
        """Tell whether a short line, on a form we do not know, stands over a label as its section's title does."""
        short = 0 < len(words) <= MAX_TITLE_OVER and not words.endswith((".", ",", ";")) and words[0].isupper()
        if self._page.labels.of_a_sheet or not short or self._pairs.waiting or self._pairs.telling:
            return False
        if ":" in words[:-1] or len(segments(words)) > 1 or self._asks_elsewhere(words):
            return False
        return self._begins_with_label(self._below) and self._page.labels.hinted(words) is not None

    def _asks_elsewhere(self, words: str) -> bool:
        """Tell whether a line asks something else than who somebody is: that, unanswered over labels, is a title."""
        match = self._page.labels.split(words, self._page.section)
        named = match is not None and match.match.field.kind is FieldKind.PERSON and not words.endswith(":")
        return (match is not None or self._page.labels.is_any_label(words)) and not named

    def _begins_with_label(self, block: Block | None) -> bool:
        if isinstance(block, Table):
            first = next((cell.text for row in block.rows for cell in row if cell.text.strip()), "")
        else:
            first = next((piece.text for piece in segments(block.text)), "") if block is not None else ""
        return self._page.labels.is_any_label(first.strip().partition("\n")[0].partition(":")[0].strip())

    def _cries(self, words: str) -> bool:
        """Take a line of capitals alone, on a form we do not know, as the title of something else."""
        capitals = words.isupper() and sum(map(str.isalpha, words)) >= LEAST_CAPITALS and len(words) <= MAX_CAPITALS
        if self._page.labels.of_a_sheet or not capitals or ":" in words:
            return False
        section = self._page.heading(words, looks=True)
        if section is None and self._page.labels.split(words, self._page.section) is not None:
            return False
        if section is None and self._pairs.waiting and not self._begins_with_label(self._below):
            return False
        self.end()
        self._page.enter(section)
        return True

    def _title_that_asks(self, words: str, styled: int) -> bool:
        """Take a styled heading that may be a question's label as well; False where its answer stands below it."""
        section = self._page.labels.hinted(words)
        match = self._page.labels.match(words, section or self._page.section) or self._story_asked(words)
        if section is not None:
            self.end()
            self._page.enter(section)
        elif styled <= CHAPTER and words and self._page.labels.split(words, self._page.section) is None:
            self.end()
            self._page.enter(None)
        return match is None or match.field.kind is FieldKind.PERSON

    def _story_asked(self, words: str) -> Match | None:
        """Return what a title asks for by telling words, where the story below it begins with no label."""
        told = isinstance(self._below, Paragraph) and not self._begins_with_label(self._below)
        match = self._page.told_by_words(words) if told else None
        return match if match is not None and match.field.kind is FieldKind.LONG_TEXT else None

    def _parted_at_box(self, pieces: list[Segment]) -> list[Segment]:
        """Part question or explanation from a tick-box that the page's layout moved close to it; join box and words."""
        parted: list[Segment] = []
        for piece in pieces:
            if parted and parted[-1].text in {TICKED, UNTICKED}:
                parted[-1] = Segment(parted[-1].column, f"{parted[-1].text} {piece.text}")
                continue
            at = min((n for n in map(piece.text.find, (TICKED, UNTICKED)) if n > 0), default=0)
            head = piece.text[:at].rstrip()
            if head and self._asks_or_explains(head):
                parted += [Segment(piece.column, head), Segment(piece.column + at, piece.text[at:])]
            else:
                parted.append(piece)
        return parted

    def _without_options(self, pieces: list[Segment], paragraph: Paragraph) -> list[Segment]:
        """Take the ticked options of a line; returns its other pieces, the question above the options left out."""
        taken = [read_option_line(piece.text, paragraph.where, paragraph.spot, self._page) for piece in pieces]
        if not any(taken):
            return pieces
        self.end()
        others = [piece for piece, option in zip(pieces, taken, strict=True) if not option]
        return [piece for piece in others if not self._asks_or_explains(piece.text)]

    def _asks_or_explains(self, text: str) -> bool:
        asks = self._page.labels.match(text, self._page.section)
        return self._page.labels.is_guidance(text) or (asks is not None and bool(asks.field.choices))

    def _printed_table(self, pieces: list[Segment], paragraph: Paragraph) -> bool:
        header = start_of(pieces, self._page)
        if header is not None:
            self.end()
            self._table = header
            return True
        if self._table is None:
            return False
        if self._table.take(pieces, paragraph, self._page):
            return True
        self.end()
        return False

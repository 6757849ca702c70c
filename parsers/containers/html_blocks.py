"""A form pasted into a mail: the page's tables as tables, the rest as paragraphs, as a person would see them.

What an answer quotes is kept, as it is of plain words: the form may stand in the quoted mail alone.
"""

import re
from typing import Final

from lxml import etree

from parsers.containers import html_marks as marks
from parsers.containers.html_grid import OpenCell, OpenTable
from parsers.containers.text import page_of
from parsers.document import Block, Paragraph, Table

MAX_PLACES: Final = 20_000
"""Places of all tables together; beyond, merged cells count as one place each and further ones as words."""
_BLANKS: Final = re.compile(r"[ \t\r\n\f\v]+")
_LINES: Final = frozenset(
    {"p", "div", "br", "tr", "table", "li", "ul", "ol", "dl", "dt", "dd", "hr", "pre", "blockquote", "section", "form"}
    | {f"h{level}" for level in range(1, 7)}
)


def blocks_of_html(markup: str, part: str = "email") -> tuple[Block, ...]:
    """Return a page's paragraphs and tables in order, without struck and hidden words; never raises.

    ``part`` is what a person calls the page in the place of a reading.

    Nothing comes of a page that cannot be read to its end.
    """
    root = page_of(markup)
    if root is None:
        return ()
    page = _Page(part)
    page.walk(root)
    return tuple(page.blocks)


class _Page:
    """Where the page's words are gathered, without recursion: a page may be nested as deep as it likes."""

    def __init__(self, part: str) -> None:
        self.blocks: list[Block] = []
        self._part = part
        self._grids: list[OpenTable] = []
        self._line: list[str] = []
        self._strong = 0
        """Elements around that print bold."""
        self._bold = False
        """The line so far is bold, every word of it."""
        self._heading = 0
        self._plain = 0
        self._spots = 0
        self._places = 0
        self._numbers = 0

    def walk(self, root: etree._Element) -> None:
        """Go through the page in order."""
        walker = etree.iterwalk(root, events=("start", "end"))
        unseen: etree._Element | None = None
        for event, element in walker:
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                if marks.is_left_out(tag, element):
                    unseen = element
                    walker.skip_subtree()
                else:
                    self._begin(tag, element)
            else:
                self._end(tag, element, seen=element is not unseen)
                unseen = None if element is unseen else unseen
        while self._grids:
            self._close_table()
        self._break()

    def _begin(self, tag: str, element: etree._Element) -> None:
        if tag in _LINES:
            self._break()
        if tag == "table":
            self._numbers += 1
            self._grids.append(OpenTable(self._numbers))
        elif tag == "tr" and self._grids:
            self._grids[-1].cell = None
            self._grids[-1].rows.append([])
        elif tag in {"td", "th"} and self._grids:
            self._open_cell(element)
        elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self._heading = int(tag[1])
        self._plain += tag == "pre"
        self._strong += marks.is_bold(tag, element)
        self._say(marks.control(tag, element))
        self._say(self._words(tag, element, element.text))

    def _end(self, tag: str, element: etree._Element, *, seen: bool) -> None:
        if seen:
            self._plain -= tag == "pre"
            self._strong -= marks.is_bold(tag, element)
            if tag in _LINES and tag != "br":
                self._break()
            if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
                self._heading = 0
            if tag in {"td", "th"} and self._grids and self._grids[-1].cell:
                self._break()
                self._grids[-1].cell = None
            if tag == "table" and self._grids:
                self._close_table()
        parent = element.getparent()
        self._say(self._words("", parent, element.tail) if parent is not None else "")

    def _words(self, tag: str, element: etree._Element, text: str | None) -> str:
        if not text or tag == "select":
            return ""
        text = marks.ticks(text, element)
        if self._plain:
            for line in text.split("\n")[:-1]:
                self._say(line)
                self._break()
            return text.rpartition("\n")[2]
        return _BLANKS.sub(" ", text).replace("\xa0", " ")

    def _say(self, text: str) -> None:
        if text:
            cell = self._cell()
            if not cell and text.strip():
                self._bold = self._strong > 0 and (self._bold or not "".join(self._line).strip())
            (cell.line if cell else self._line).append(text)

    def _cell(self) -> OpenCell | None:
        return next((grid.cell for grid in reversed(self._grids) if grid.cell), None)

    def _break(self) -> None:
        """End a line: of the cell that is open, else of the page."""
        cell = self._cell()
        line = cell.line if cell else self._line
        text = "".join(line).strip(" ")
        line.clear()
        if text and cell:
            cell.items.append(text)
        elif text:
            self._paragraph(text)

    def _paragraph(self, text: str) -> None:
        self._spots += 1
        where = f"{self._part}, line {self._spots}"
        self.blocks.append(Paragraph(text, self._spots, where, self._heading, bold=self._bold))

    def _open_cell(self, element: etree._Element) -> None:
        self._grids[-1].cell = None
        self._break()
        opened = self._grids[-1].open(element, self._spots + 1, MAX_PLACES - self._places)
        if opened is not None:  # else its words go on where they stand
            self._places += opened.columns * opened.rows
            self._spots += 1

    def _close_table(self) -> None:
        """Give a finished table to the cell or page it stands in; one of a single cell is only a frame round words."""
        self._break()
        grid = self._grids.pop()
        items = grid.items()
        outer = self._cell()
        if outer is not None:
            outer.items += items
            return
        for item in items:
            if isinstance(item, Table):
                self.blocks.append(item)
            else:
                self._paragraph(item)

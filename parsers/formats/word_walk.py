"""The walk through a Word document's body: paragraphs, tables with merged cells resolved, controls in every position.

Content controls (``w:sdt``) may stand round a word, a paragraph, a cell, a row or a table; they are looked through, so
that a wrapped cell never shifts its neighbour into its place (incident 81). All counts are bounded (threat 27).
"""

from collections.abc import Iterator
from contextlib import contextmanager

from lxml import etree

from parsers.contract import DocumentState
from parsers.document import TICKED, UNTICKED, Block, NotRead, Paragraph
from parsers.formats.word_ink import Ink
from parsers.formats.word_runs import GONE, Runs, exact_date, tick_box
from parsers.formats.word_tables import Tables
from parsers.formats.word_xml import child, is_on, name_of, number, value

MAX_DEPTH = 40
MAX_PARAGRAPHS = 20_000


class Walk:
    """Reads a body into blocks; its ink holds the controls met on the way."""

    def __init__(self) -> None:
        """Begin at the first paragraph."""
        self.ink = Ink()
        self._runs = Runs(self.ink)
        self._tables = Tables(self)
        self._depth = self._paragraphs = 0

    def blocks(self, parent: etree._Element) -> Iterator[Block]:
        """Walk the paragraphs and tables under an element in order."""
        with self.deeper():
            for element in parent:
                name = name_of(element)
                if name == "p":
                    yield from self._paragraph(element)
                elif name == "tbl":
                    yield self._tables.read(element)
                elif name == "sdt":
                    with self.control(element) as content:
                        yield from self.blocks(content)
                elif name == "~AlternateContent":
                    yield from self.blocks(_first_way(element))
                elif name and name not in GONE and not name.startswith("~"):
                    yield from self.blocks(element)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Block]:
        self._paragraphs += 1
        if self._paragraphs > MAX_PARAGRAPHS:
            raise NotRead(DocumentState.OVER_LIMIT, "too-many-paragraphs")
        spot = self.ink.cell or self.ink.next_spot()
        self._runs.spot = spot
        with self.ink.heard(spot) as heard:
            self._line(paragraph)
        self._runs.end_paragraph()
        self.ink.say("\n")  # parts the paragraphs of a control that holds several
        yield Paragraph(heard.text(), spot, f"paragraph {self._paragraphs}", _heading(child(paragraph, "pPr")))
        boxes, self._runs.boxes = self._runs.boxes, []
        for box in boxes:
            yield from self.blocks(box)

    def _line(self, parent: etree._Element) -> None:
        with self.deeper():
            for element in parent:
                name = name_of(element)
                if name == "r":
                    self._runs.run(element)
                elif name == "sdt":
                    with self.control(element) as content:
                        self._line(content)
                elif name == "~AlternateContent":
                    self._line(_first_way(element))
                elif name and name not in GONE and not name.startswith("~"):
                    self._line(element)

    @contextmanager
    def control(self, control: etree._Element) -> Iterator[etree._Element]:
        """Listen to a content control: prompts are silent, tick-boxes and dates speak in one way."""
        properties, content = child(control, "sdtPr"), child(control, "sdtContent")
        tag, title = value(child(properties, "tag")), value(child(properties, "alias"))
        inside = content if content is not None else etree.Element("nothing")
        ticked = tick_box(properties)
        if ticked is not None or is_on(child(properties, "showingPlcHdr")):
            self.ink.say(TICKED if ticked else UNTICKED if ticked is not None else "")
            with self.ink.heard() as heard, self.ink.silence():
                yield inside
        elif child(properties, "date") is not None:
            with self.ink.apart() as shown:
                yield inside
            with self.ink.heard(shown.spot) as heard:
                self.ink.say(exact_date(properties, shown.text()))
        else:
            with self.ink.heard() as heard:
                yield inside
        if tag or title:
            self.ink.hold(tag, title, heard.text(), ticked, heard.spot or self.ink.cell or self._runs.spot)

    @contextmanager
    def deeper(self) -> Iterator[None]:
        """Count how deep elements are nested, and refuse too much of it."""
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise NotRead(DocumentState.OVER_LIMIT, "too-deep")
        try:
            yield
        finally:
            self._depth -= 1


def _first_way(alternatives: etree._Element) -> etree._Element:
    """Return the alternative meant for a reader of today: the first of them (ECMA-376 part 3, 9)."""
    ways = [way for way in alternatives if name_of(way) in {"~Choice", "~Fallback"}]
    return ways[0] if ways else alternatives


def _heading(properties: etree._Element | None) -> int:
    level = child(properties, "outlineLvl")
    if level is not None:
        return number(level, 0, 9) + 1
    style = value(child(properties, "pStyle")).casefold().replace(" ", "")
    if style == "title":
        return 1
    return int(style[-1]) if style.startswith("heading") and style[-1:] in set("123456789") else 0

"""What stands in a line of Word: runs, tick-boxes, drop-downs, dates, legacy form fields; deletions do not count.

Struck and hidden words are answers taken back ("Yes / ~~No~~"), so they are not read either.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from parsers.document import TICKED, UNTICKED
from parsers.formats.symbols import FONTS, symbol, symbols
from parsers.formats.word_dates import shown_or_exact
from parsers.formats.word_ink import Ink, Listener
from parsers.formats.word_xml import child, children, is_on, name_of, number, value

GONE = frozenset({"del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "trPr", "tcPr", "tblGrid"})
MAX_LEGACY_DEPTH = 20
MAX_ENTRIES = 200


@dataclass
class LegacyField:
    """A form field of Word 97 (17.16.17) between its begin and its end."""

    name: str
    heard: Listener | None
    """The answer of a text field; None for a tick-box or drop-down, which is known at its begin."""


class Runs:
    """Reads the inside of paragraphs into the ink; text boxes are put aside in ``boxes`` for the caller."""

    def __init__(self, ink: Ink) -> None:
        """Write into ``ink``."""
        self.ink = ink
        self.boxes: list[etree._Element] = []
        self.spot = 0
        self._legacy: list[LegacyField | None] = []

    def run(self, run: etree._Element) -> None:
        """Read one ``w:r``."""
        properties = child(run, "rPr")
        if any(is_on(child(properties, gone)) for gone in ("strike", "dstrike", "vanish")):
            return
        fonts = child(properties, "rFonts")
        font = (value(fonts, "ascii") or value(fonts, "hAnsi")).casefold()
        for piece in run:
            self._piece(piece, font)

    def _piece(self, piece: etree._Element, font: str) -> None:
        name = name_of(piece)
        if name == "t":
            text = piece.text or ""
            self.ink.say(symbols(font, text) if font in FONTS else text)
        elif name == "tab":
            self.ink.say("\t")
        elif name in {"br", "cr"}:
            self.ink.say("\n")
        elif name == "noBreakHyphen":
            self.ink.say("-")
        elif name == "sym":
            code = value(piece, "char")
            self.ink.say(symbol(value(piece, "font"), int(code, 16)) if _is_hex(code) else "")
        elif name == "fldChar":
            self._legacy_mark(piece)
        elif name in {"drawing", "pict", "object", "~AlternateContent"}:
            self.boxes += text_boxes(piece)

    def end_paragraph(self) -> None:
        """Close what must not reach beyond a paragraph: a tick-box whose end is missing would swallow the page."""
        while self._legacy and (self._legacy[-1] is None or self._legacy[-1].heard is None):
            self._end_legacy()

    def _legacy_mark(self, mark: etree._Element) -> None:
        kind = value(mark, "fldCharType")
        if kind == "begin" and len(self._legacy) < MAX_LEGACY_DEPTH:
            self._legacy.append(self._begin_legacy(child(mark, "ffData")))
        elif kind == "end" and self._legacy:
            self._end_legacy()

    def _begin_legacy(self, data: etree._Element | None) -> LegacyField | None:
        if data is None:
            return None
        name = value(child(data, "name"))
        box, entries = child(data, "checkBox"), child(data, "ddList")
        if box is None and entries is None:
            return LegacyField(name, self.ink.listen())
        if box is not None:
            state = child(box, "checked")
            ticked = is_on(state if state is not None else child(box, "default"))
            text, checked = TICKED if ticked else UNTICKED, ticked
        else:
            text, checked = _chosen(entries), None
        self.ink.say(text)
        self.ink.hold(name, "", "" if checked is not None else text, checked, self.spot)
        self.ink.muted += 1
        return LegacyField(name, None)

    def _end_legacy(self) -> None:
        field = self._legacy.pop()
        if field is None:
            return
        if field.heard is None:
            self.ink.muted -= 1
        else:
            self.ink.leave(field.heard)
            self.ink.hold(field.name, "", field.heard.text(), None, self.spot)


def tick_box(properties: etree._Element | None) -> bool | None:
    """Tell whether a content control is a tick-box, and if so whether it is ticked ([MS-DOCX] 2.6.1.14)."""
    box = child(properties, "~checkbox")
    if box is None:
        return None
    state = child(box, "~checked")
    return state is not None and is_on(state)


def exact_date(properties: etree._Element | None, shown: str) -> str:
    """Return what a date control says: its exact date as ISO text where the words shown mean that day (17.5.2.7)."""
    return shown_or_exact(shown, value(child(properties, "date"), "fullDate")[:10])


def text_boxes(drawing: etree._Element) -> Iterator[etree._Element]:
    """Walk the text boxes of a drawing, each once: of alternatives for old and new Word the first that has any."""
    name = name_of(drawing)
    if name == "txbxContent":
        yield drawing
    elif name == "~AlternateContent":
        ways = (list(text_boxes(way)) for way in drawing if name_of(way) in {"~Choice", "~Fallback"})
        yield from next((boxes for boxes in ways if boxes), [])
    else:
        for inner in drawing:
            yield from text_boxes(inner)


def _chosen(entries: etree._Element | None) -> str:
    if entries is None:
        return ""
    chosen = child(entries, "result")
    index = number(chosen if chosen is not None else child(entries, "default"), 0, MAX_ENTRIES)
    texts = [value(entry) for entry in children(entries, "listEntry")]
    return texts[index] if index < len(texts) else ""


def _is_hex(text: str) -> bool:
    return 0 < len(text) <= 6 and all(letter in "0123456789abcdefABCDEF" for letter in text)

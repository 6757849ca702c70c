"""What stands in a line of Word beside its words: signs, symbols, fields, notes, pictures and text boxes."""

from collections.abc import Callable, Mapping

from lxml import etree

from parsers.formats.symbols import drawn
from parsers.formats.word_drawings import picture, text_boxes
from parsers.formats.word_fields import Fields
from parsers.formats.word_ink import Ink
from parsers.formats.word_names import BREAK, DRAWINGS, FIELD_MARK, NOTES, SYMBOL, TAB, TEXT_BOX
from parsers.formats.word_xml import value, w

Notes = Mapping[tuple[object, str], str]
"""The words of the footnotes and endnotes, by the name of the element that refers to them and their id."""
Reader = Callable[[etree._Element], None]  # noqa: SLF001 - the type lxml gives its elements


class Line:
    """Reads what a paragraph is made of into the ink; text boxes are put aside, for they are no part of its line."""

    def __init__(self, ink: Ink, notes: Notes) -> None:
        """Write into ``ink``; ``notes`` are read where they are referred to."""
        self.codes: set[str] = set()
        self._ink = ink
        self._notes = notes
        self._fields = Fields(ink)
        self._boxes: list[etree._Element] = []
        self.unfinished = False
        """Whether a paragraph met anything that must be ended with it."""
        self.readers: dict[object, Reader] = {
            FIELD_MARK: self._field,
            SYMBOL: self._symbol,
            TAB: self._sign("\t"),
            w("ptab"): self._sign("\t"),
            BREAK: self._sign("\n"),
            w("cr"): self._sign("\n"),
            w("noBreakHyphen"): self._sign("-"),
            TEXT_BOX: self._box,
            **dict.fromkeys(DRAWINGS, self._drawing),
            **dict.fromkeys(NOTES, self._note),
        }
        """What reads an element, by its name."""

    def end(self) -> list[etree._Element]:
        """End a paragraph; returns its text boxes, to be read after it."""
        self._fields.end_paragraph()
        boxes, self._boxes, self.unfinished = self._boxes, [], False
        return boxes

    def _sign(self, sign: str) -> Reader:
        return lambda _: self._ink.say(sign)

    def _field(self, mark: etree._Element) -> None:
        self.unfinished = True
        self._fields.mark(mark)

    def _box(self, box: etree._Element) -> None:
        self.unfinished = True
        self._boxes.append(box)

    def _symbol(self, element: etree._Element) -> None:
        self._ink.say(drawn(value(element, w("font")), value(element, w("char"))))

    def _note(self, mark: etree._Element) -> None:
        self._ink.say(self._notes.get((mark.tag, value(mark, w("id"))), ""))

    def _drawing(self, drawing: etree._Element) -> None:
        said, code = picture(drawing)
        self._ink.say(said)
        if code:
            self.codes.add(code)
        for box in text_boxes(drawing):
            self._box(box)

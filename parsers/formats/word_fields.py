"""Word's fields, from their begin to their end: form fields of Word 97 are controls, of any other the result counts.

A field's instruction is never text. Source: ECMA-376 part 1, 17.16.17 (form fields), 17.16.18 (field characters).
"""

from dataclasses import dataclass

from lxml import etree

from parsers.document import TICKED, UNTICKED
from parsers.formats.word_ink import Ink, Mark
from parsers.formats.word_names import FIELD_DATA
from parsers.formats.word_xml import is_on, number, value, w

MAX_DEPTH = 20
MAX_ENTRIES = 200


@dataclass(slots=True)
class _Field:
    """A field that has begun; ``mutes`` while what is met inside is no text of the page."""

    begun: Mark
    data: etree._Element | None
    """What tells of a form field, whose answer is a control."""
    said: bool
    """Its answer stood at its begin (a box, a drop-down): nothing up to its end is text."""
    mutes: bool = True


class Fields:
    """The fields open at the place being read."""

    def __init__(self, ink: Ink) -> None:
        """Write into ``ink``."""
        self._ink = ink
        self._open: list[_Field] = []

    def mark(self, mark: etree._Element) -> None:
        """Meet the begin, the middle or the end of a field."""
        kind = value(mark, w("fldCharType"))
        if kind == "begin" and len(self._open) < MAX_DEPTH:
            data = mark.find(FIELD_DATA)
            self._open.append(_Field(self._ink.mark(), data, said=data is not None and self._box_or_list(data)))
            self._ink.muted += 1
        elif kind == "separate" and self._open and not self._open[-1].said:
            self._result_begins(self._open[-1])
        elif kind == "end" and self._open:
            self._end()

    def end_paragraph(self) -> None:
        """Close what must not reach beyond a paragraph: a field whose end is missing would swallow the page."""
        while self._open and self._open[-1].mutes:
            self._end()

    def _box_or_list(self, data: etree._Element) -> bool:
        """Say and keep a tick-box or a drop-down, whose answer is known at its begin; returns whether it is one."""
        box, entries, begun = data.find(w("checkBox")), data.find(w("ddList")), self._ink.mark()
        if box is not None:
            state = box.find(w("checked"))
            ticked = is_on(box.find(w("default")) if state is None else state)
            self._ink.say(TICKED if ticked else UNTICKED)
            self._ink.hold(begun, _name(data), "", "", ticked)
        elif entries is not None:
            text = _chosen(entries)
            self._ink.say(text)
            self._ink.hold(begun, _name(data), "", text, None)
        return box is not None or entries is not None

    def _result_begins(self, field: _Field) -> None:
        if field.mutes:
            field.mutes = False
            self._ink.muted -= 1
            field.begun = self._ink.mark()

    def _end(self) -> None:
        field = self._open.pop()
        self._result_begins(field)
        if field.data is not None and not field.said:
            text = self._ink.since(field.begun)
            if text and text == value(field.data.find(f"{w('textInput')}/{w('default')}")):
                text = ""  # the form's own words, not an answer
                self._ink.instead(field.begun, text)
            self._ink.hold(field.begun, _name(field.data), "", text, None)


def _name(data: etree._Element) -> str:
    return value(data.find(w("name")))


def _chosen(entries: etree._Element) -> str:
    """Return the entry of a drop-down that is chosen."""
    chosen = entries.find(w("result"))
    index = number(value(entries.find(w("default")) if chosen is None else chosen), 0, MAX_ENTRIES)
    texts = [value(entry) for entry in entries.iterchildren(w("listEntry"))]
    return texts[index] if index < len(texts) else ""

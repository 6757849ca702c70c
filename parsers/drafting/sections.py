"""The pieces of a blank form gathered into sections: what each asks, whom it asks about, which never hold answers."""

import re
from collections.abc import Iterable
from itertools import islice
from typing import Final

from msgspec.structs import replace

from parsers.contract import DraftQuestion, DraftSection
from parsers.drafting.open_section import Open
from parsers.drafting.pieces import Asked, Band, Boxes, Heading, Piece, Told
from parsers.drafting.placing import CHILDS, NOT_CHILDS, TWICE, place, place_table, unknown_table
from parsers.drafting.spoken import Spoken, hints_elsewhere, spoken_of
from parsers.drafting.words import Words, never_answers
from parsers.recognise.page import numbered_child
from parsers.template import FieldKind
from parsers.values.text import clean, plain

MAX_TITLE: Final = 300
MAX_TEXTS: Final = 100
MAX_QUESTIONS: Final = 200
MAX_SECTIONS: Final = 60
MAX_CHILDREN: Final = 20
LIKELY_LABEL: Final = 160
"""Letters of an explanation that may be the question above free tick-boxes."""
_ENDS_THE_FORM: Final = re.compile(r"(?:appendix|annex)\b", re.IGNORECASE)
_DIGITS: Final = re.compile(r"[0-9]+")


class Gathering:
    """Takes a blank's pieces in order; ``sections`` ends it."""

    def __init__(self, words: Words, title: str, header: str) -> None:
        """``title`` is the form's own, which begins no section; ``header`` stands on every page."""
        self._words, self._title, self._header = words, title, header
        self._done: list[DraftSection] = []
        self._taken: set[str] = set()
        self._open = Open(title, Spoken())

    def take(self, pieces: Iterable[Piece]) -> None:
        """Take the pieces."""
        for piece in pieces:
            if not isinstance(piece, Boxes):
                self._end_boxes()
            match piece:
                case Heading():
                    self._heading(piece)
                case Asked():
                    self._asked(piece)
                case Band():
                    self._band(piece)
                case Boxes():
                    self._open.boxes += piece.words
                    self._open.boxes_at = (piece.where, (*self._open.boxes_at[1], *piece.spots))
                case Told():
                    self._told(piece.text)

    def sections(self) -> tuple[DraftSection, ...]:
        """End the last section and return all that ask or tell anything."""
        self._close()
        return tuple(self._done[:MAX_SECTIONS])

    def _heading(self, heading: Heading) -> None:
        if plain(heading.text) == plain(self._title) and not self._open.questions:
            return
        if (child := numbered_child(heading.text)) is not None:
            self._child(child, heading)
            return
        spoken = spoken_of(heading.text, self._words)
        if self._is_next_child(heading.text):
            self._open.children, self._open.copying = min(self._open.children + 1, MAX_CHILDREN), True
            return
        closed = never_answers(heading.text) or (spoken.section is not None and not spoken.section.answers)
        if not self._open.answers and not closed and self._goes_on(heading, spoken):
            self._told(heading.text)
            return
        self._close()
        self._open = Open(heading.text, spoken, answers=not closed, level=heading.level)

    def _is_next_child(self, title: str) -> bool:
        """Tell whether a heading says the open one again with another number ("Details of child 2")."""
        known = self._open.spoken.section
        if known is None or not known.children or _DIGITS.search(title) is None or not self._open.questions:
            return False
        self._open.children = max(self._open.children, 1)
        return _DIGITS.sub("", title).casefold() == _DIGITS.sub("", self._open.title).casefold()

    def _child(self, number: int, heading: Heading) -> None:
        """Begin a child: the first in a section of its own, unless its section is open."""
        of_children = next((section for section in self._words.labels.sections if section.children), None)
        known = self._open.spoken.section
        if self._open.questions and not self._open.children and (known is None or not known.children):
            self._close()
            self._open = Open(heading.text, Spoken(of_children, sure=True), level=heading.level)
        self._open.children = max(self._open.children, min(number, MAX_CHILDREN))
        self._open.copying = number > 1

    def _goes_on(self, heading: Heading, spoken: Spoken) -> bool:
        """Tell whether a heading stands inside the section that holds no answers, and does not end it."""
        if heading.level > 0 and self._open.level > 0:
            return heading.level > self._open.level
        new = spoken.section is not None and spoken.sure and spoken.section.key not in self._taken
        return not new if _ENDS_THE_FORM.match(self._open.title) else spoken.section is None

    def _told(self, text: str) -> None:
        lines = (clean(each).lstrip("\u2022\u00b7 ")[:MAX_TITLE] for each in text.split("\n"))
        told = (line for line in lines if line not in {"", self._header, self._title})
        self._open.texts += islice(told, max(0, MAX_TEXTS - len(self._open.texts)))

    def _asked(self, asked: Asked) -> None:
        section = self._open
        if not section.answers:
            self._told(asked.label)
            return
        section.children = max(section.children, min(asked.copies, MAX_CHILDREN))
        question = place(asked, section.spoken, self._words)
        if question.field is None and hints_elsewhere(asked.label, section.spoken, self._words):
            section.spoken = Spoken(section.spoken.section)
        self._put(question)

    def _put(self, question: DraftQuestion) -> None:
        section = self._open
        if section.asks(question):
            if section.copying or section.children or self._per_child(question):
                section.children = section.children or 2
                return
            question = replace(question, why=TWICE)
        elif question.why is None and any(question.field == each.field for each in section.questions):
            question = question if question.kind == FieldKind.YES_NO else replace(question, why=TWICE)
        if question.untrusted_label and len(section.questions) < MAX_QUESTIONS:
            section.questions.append(question)

    def _band(self, band: Band) -> None:
        section = self._open
        if not section.answers:
            self._told("\n".join(column.label for column in band.columns))
            return
        if band.numbered or (section.spoken.section is not None and section.spoken.section.children):
            section.children = max(section.children, min(band.rows, MAX_CHILDREN))
        elif (table := place_table(band, section.spoken, self._words, section.title)) is not None:
            self._put(table)
            return
        elif band.rows > 1:
            self._put(unknown_table(band, section.title))
            return
        for column in band.columns:
            self._put(place(column, section.spoken, self._words))

    def _end_boxes(self) -> None:
        """Make free tick-boxes the options of the question above them."""
        section, words = self._open, tuple(dict.fromkeys(self._open.boxes))
        where, spots = section.boxes_at
        section.boxes, section.boxes_at = [], ("", ())
        if not words:
            return
        if not section.answers:
            self._told("\n".join(words))
            return
        label = section.texts.pop() if section.texts and len(section.texts[-1]) <= LIKELY_LABEL else section.title
        self._put(place(Asked(label, where, spots, options=words), section.spoken, self._words))

    def _per_child(self, question: DraftQuestion) -> bool:
        return question.field is not None and self._words.known.fields[question.field].per_child

    def _close(self) -> None:
        self._end_boxes()
        section = self._open
        if not section.questions and (section.answers or not section.texts):
            return
        of_children = [self._per_child(each) for each in section.questions if each.field is not None and not each.why]
        known = section.spoken.section
        meant = known is not None and known.children > 0
        childs = bool(of_children) and (meant or sum(of_children) * 2 > len(of_children))
        children = min(max(section.children, 1), MAX_CHILDREN) if childs else 0
        self._done.append(
            DraftSection(
                key=self._key(section),
                untrusted_title=section.title[:MAX_TITLE],
                answers=section.answers,
                children=children,
                questions=tuple(self._at_home(each, childs=childs) for each in section.questions),
                untrusted_text=tuple(section.texts),
            )
        )

    def _at_home(self, question: DraftQuestion, *, childs: bool) -> DraftQuestion:
        """Leave to a person a child's question among others, and another's among a child's."""
        if question.why is not None or self._per_child(question) == childs:
            return question
        return replace(question, why=NOT_CHILDS if childs else CHILDS)

    def _key(self, section: Open) -> str:
        """Return the key of the known section that this is, once."""
        known = section.spoken.section
        keys = {each.key for each in self._words.labels.sections}
        if known is None or known.key not in keys or known.key in self._taken:
            return ""
        self._taken.add(known.key)
        return known.key

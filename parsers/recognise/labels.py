"""Which field a label means: by its section's own wording first, then by the common labels, never by a guess.

Two fields may share a label ("Agency"); only the section's heading tells them apart, or the label itself where it names
whom it asks about ("Referrer's agency").
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any, Final

from rapidfuzz import fuzz, process

from parsers.recognise.wordings import NEAR, Match, Wordings, vocabulary_of
from parsers.template import Field, FieldKind, Library, Question, Section, Sheet
from parsers.values.text import plain, plain_whole

MAX_LABEL_LETTERS: Final = 200
LEAST_GUIDANCE: Final = 12
"""Letters of a guidance broken over lines by which one of its lines is known."""
LEAST_NEAR_TITLE: Final = 8
MAX_PARTINGS: Final = 4
MAX_HINTED_LETTERS: Final = 120
MAX_JOINED: Final = 3
MAX_REMEMBERED: Final = 5_000
"""Wordings whose meaning is kept: the same labels stand on every form."""
_PARTING: Final = re.compile(r"[:?]|\n|_{3,}|\.{4,}|\u2026")


@dataclass(frozen=True, slots=True)
class Split:
    """A cell or line taken apart: the label's match, what follows it, and whether a colon or line parts the two."""

    match: Match
    rest: str
    by: str = ""


class Labels:
    """The labels of one sheet, or of all together for a layout that no sheet knows."""

    def __init__(self, library: Library, sheet: Sheet | None) -> None:
        """Index every wording by section."""
        self.fields = {field.name: field for field in library.fields}
        self.sections = sheet.sections if sheet is not None else _merged(library.sheets)
        self._sections = {plain(title): s for s in reversed(self.sections) for title in (*reversed(s.also), s.title)}
        self._subjects = {hint.section: hint.subjects for hint in library.hints}
        self._decoys = tuple(plain(text) for s in self.sections if not s.answers for text in s.text if len(text) < 40)
        asked = (question for section in self.sections for question in section.questions)
        own = (label for question in asked for label in (question.label, *question.also))
        self._vocabulary = vocabulary_of(chain(own, *(field.labels for field in library.fields)))
        self._of = {section.key: self._wordings(section) for section in self.sections}
        self._anywhere = self._unshared()
        self.of_a_sheet = sheet is not None
        explained = (question.guidance for section in self.sections for question in section.questions)
        self._guidance = tuple(f" {plain_whole(guidance)} " for guidance in explained if guidance)
        self._hints = tuple((hint.section, tuple(map(plain_whole, hint.words))) for hint in library.hints)
        self._met: dict[tuple[str, str | None], Match | None] = {}
        self._met_titles: dict[str, Section | None] = {}

    def section(self, text: str) -> Section | None:
        """Return the section this text is the heading of, or None."""
        if not 0 < len(text) <= MAX_LABEL_LETTERS:
            return None
        if text not in self._met_titles:
            _forget(self._met_titles)
            self._met_titles[text] = self._titled(text)
        return self._met_titles[text]

    def _titled(self, text: str) -> Section | None:
        words = plain(text)
        known = self._sections.get(words)
        if known is not None or len(words) < LEAST_NEAR_TITLE or _partings(text):
            return known
        near = process.extractOne(words, self._sections.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=NEAR)
        return self._sections[near[0]] if near is not None else None

    def hinted(self, text: str) -> Section | None:
        """Return what a heading of somebody else's form is about by its words; several sections' words join them.

        Only for what looks like a heading: the words are common ones.
        """
        if self.of_a_sheet or not 0 < len(text) <= MAX_HINTED_LETTERS:
            return None
        words = f" {plain_whole(text)} "
        meant = [key for key, hints in self._hints if any(f" {hint} " in words for hint in hints)]
        sections = [section for section in self.sections if section.key in meant]
        closed = [section for section in sections if not section.answers]
        if closed or not 0 < len(sections) <= MAX_JOINED:
            return closed[0] if closed else None
        return self._joint(tuple(sections))

    def _joint(self, sections: tuple[Section, ...]) -> Section:
        joint = sections[0]
        for section in sections[1:]:
            joint = _joined(joint, section, key=f"{joint.key}-{section.key}"[:40])
        if joint.key not in self._of:
            self._of[joint.key] = self._wordings(joint)
        return joint

    def match(self, text: str, section: Section | None) -> Match | None:
        """Return what a text means as a label in this section; outside any, only what no two fields share."""
        if not 0 < len(text) <= MAX_LABEL_LETTERS or (section is not None and not section.answers):
            return None
        key = (text, section.key if section is not None else None)
        if key not in self._met:
            _forget(self._met)
            self._met[key] = self._meaning(text, section)
        return self._met[key]

    def _meaning(self, text: str, section: Section | None) -> Match | None:
        wordings = self._of[section.key] if section is not None else self._anywhere
        found = wordings.exact(text)
        if found is not None:
            return found if section is not None else Match(found.field, exact=False)
        if self.is_guidance(text):
            return None
        found = wordings.same_words(text)
        if found is not None or section is None:
            return found
        return wordings.near(text) or self._elsewhere(text)

    def _elsewhere(self, text: str) -> Match | None:
        """Return what a text means by its words wherever it stands: foreign forms ask in sections of their own."""
        found = None if self.of_a_sheet else self._anywhere.exact(text) or self._anywhere.same_words(text)
        return Match(found.field, exact=False) if found is not None else None

    def is_any_label(self, text: str) -> bool:
        """Tell whether a text is a label of any section, whichever it stands in."""
        if not 0 < len(text) <= MAX_LABEL_LETTERS:
            return False
        whole, words = plain_whole(text), plain(text)
        return any(wordings.knows(whole) or wordings.knows(words) for wordings in (self._anywhere, *self._of.values()))

    def split(self, text: str, section: Section | None) -> Split | None:
        """Part a text into a known label and what follows it, at the first mark that leaves a label before it."""
        stripped = text.strip()
        whole = self.match(stripped, section)
        if whole is not None and (whole.exact or section is None):
            return Split(whole, "")
        for parting in _partings(stripped):
            found = self.match(stripped[: parting.start()], section)
            if found is not None:
                return Split(found, stripped[parting.end() :].strip(), parting.group())
        return Split(whole, "") if whole is not None else None

    def is_guidance(self, text: str) -> bool:
        """Tell whether a text is what a form of ours prints to explain a question, or one line of it."""
        words = plain_whole(text)
        if len(words) < LEAST_GUIDANCE:
            return bool(words) and f" {words} " in self._guidance
        return any(f" {words} " in known for known in self._guidance)

    def questions(self, section: Section | None, kind: FieldKind) -> tuple[Field, ...]:
        """Return the fields of one kind that a section asks for; outside any section none."""
        if section is None:
            return ()
        names = dict.fromkeys(question.field for question in section.questions)
        return tuple(self.fields[name] for name in names if self.fields[name].kind is kind)

    def tables(self, section: Section | None) -> tuple[Field, ...]:
        """Return the tables that may stand here: the section's, or any outside all sections."""
        if section is not None:
            return self.questions(section, FieldKind.TABLE)
        return tuple(field for field in self.fields.values() if field.kind is FieldKind.TABLE)

    def _wordings(self, section: Section) -> Wordings:
        """Index a section's wordings: its own labels win, then other wordings, then the common labels."""
        names = [question.field for question in section.questions]
        asked = [
            (question, Match(self.fields[question.field], exact=True, follows=question.field in names[:at]))
            for at, question in enumerate(section.questions)
        ]
        layers = (
            [(question.label, match) for question, match in asked],
            [(label, match) for question, match in asked for label in question.also],
            [(label, match) for _, match in asked for label in match.field.labels],
            [(label, match) for question, match in asked for label in self._qualified(section, question)],
        )
        return Wordings(layers, self._vocabulary, self._decoys)

    def _qualified(self, section: Section, question: Question) -> Iterator[str]:
        """Give each label of a question together with whom its section is about ("telephone" + "referrer")."""
        labels = dict.fromkeys((question.label, *question.also, *self.fields[question.field].labels))
        return (f"{label} {subject}" for label in labels for subject in self._subjects.get(section.key, ()))

    def _unshared(self) -> Wordings:
        """Index what may be said outside any section: common labels, and any label that says whom it asks about."""
        common = [(label, Match(field, exact=True)) for field in self.fields.values() for label in field.labels]
        qualified = [
            (label, Match(self.fields[question.field], exact=True))
            for section in self.sections
            for question in section.questions
            for label in self._qualified(section, question)
        ]
        return Wordings((common, qualified), self._vocabulary)


def _forget(met: dict[Any, Any]) -> None:
    """Keep a memory small whatever a stranger's documents say."""
    if len(met) >= MAX_REMEMBERED:
        met.clear()


def _partings(text: str) -> list[re.Match[str]]:
    """Return the first marks that may part a label from what follows it; one at the very end parts nothing."""
    found = _PARTING.finditer(text[: MAX_LABEL_LETTERS + 1])
    return [parting for parting in found if text[parting.end() :].strip()][:MAX_PARTINGS]


def _merged(sheets: Iterable[Sheet]) -> tuple[Section, ...]:
    """Join the sections of all sheets by key, for a layout that none of them is."""
    merged: dict[str, Section] = {}
    for sheet in sheets:
        for section in sheet.sections:
            known = merged.get(section.key)
            merged[section.key] = section if known is None else _joined(known, section)
    return tuple(merged.values())


def _joined(first: Section, second: Section, *, key: str = "") -> Section:
    asked = {question.field for question in first.questions}
    return Section(
        key=key or first.key,
        title=first.title,
        also=(*first.also, second.title, *second.also),
        answers=first.answers and second.answers,
        children=max(first.children, second.children),
        questions=(*first.questions, *(q for q in second.questions if q.field not in asked)),
        text=first.text,
    )

"""Which field a label means: by its section's own wording first, then by the common labels, never by a guess.

Two fields may share a label ("Agency"); only the section's heading tells them apart, or the label itself where it names
whom it asks about ("Referrer's agency").
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final

from parsers.recognise.asking import Asking
from parsers.recognise.split_names import whole_name
from parsers.recognise.titles import MAX_LABEL_LETTERS, Titles, forget, merged, partings
from parsers.recognise.wordings import Match, Wordings, vocabulary_of
from parsers.template import Field, FieldKind, Library, Question, Section, Sheet
from parsers.values.shapes import looks_like
from parsers.values.text import FILLERS, plain, plain_whole

MAX_CLOSING_LETTERS: Final = 60
LEAST_WORDED: Final = 3
"""Words of a text that is no label but worded like one; two may be an answer: "Not known"."""
_JOINTS: Final = re.compile(r" (?:/|&|and|or) ")
LEAST_GUIDANCE: Final = 12
"""Letters of a guidance broken over lines by which one of its lines is known."""


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
        self.sections = sheet.sections if sheet is not None else merged(library.sheets)
        self.titles = Titles(self.sections, library.hints, library.title_words)
        self.section = self.titles.section
        self._subjects = {hint.section: hint.subjects for hint in library.hints}
        self._decoys = tuple(plain(text) for s in self.sections if not s.answers for text in s.text if len(text) < 40)
        asked = (question for section in self.sections for question in section.questions)
        own = (label for question in asked for label in (question.label, *question.also))
        self._vocabulary = vocabulary_of(chain(own, *(field.labels for field in library.fields)))
        self._of = {section.key: self._wordings(section) for section in self.sections}
        self._anywhere = self._unshared()
        self._labels = set(chain(self._anywhere.labels, *(wordings.labels for wordings in self._of.values())))
        self._any_label: dict[str, bool] = {}
        self.of_a_sheet = sheet is not None
        self._closings = tuple(map(plain, library.closings)) if sheet is None else ()
        explained = (question.guidance for section in self.sections for question in section.questions)
        self._guidance = tuple(f" {plain_whole(guidance)} " for guidance in explained if guidance)
        self._met: dict[tuple[str, str | None], Match | None] = {}
        called = "|".join(map(re.escape, library.child_words)) if sheet is None else ""
        self._child = re.compile(rf"\b(?:{called})(s?)\b", re.IGNORECASE) if called else None
        self.asking = Asking(library.fields if sheet is None else (), library.strangers)

    def hinted(self, text: str) -> Section | None:
        """Return what a heading of somebody else's form is about by its words (:meth:`Titles.hinted`)."""
        section = None if self.of_a_sheet else self.titles.hinted(self.of_children(text))
        if section is not None and section.key not in self._of:
            self._of[section.key] = self._wordings(section)
            self._labels |= self._of[section.key].labels
            self._any_label.clear()
        return section

    def of_children(self, text: str) -> str:
        """Return a text with others' words for a child as ours: "Pupil's address" asks for the child's."""
        if self._child is None:
            return text
        return self._child.sub(lambda called: "children" if called[1] else "child", text)

    def match(self, text: str, section: Section | None) -> Match | None:
        """Return what a text means as a label in this section; outside any, only what no two fields share."""
        if not 0 < len(text) <= MAX_LABEL_LETTERS or (section is not None and not section.answers):
            return None
        if "@" in text and not self.of_a_sheet and looks_like(FieldKind.EMAIL, text):
            return None  # an answer, whatever words it is made of
        key = (text, section.key if section is not None else None)
        if key not in self._met:
            forget(self._met)
            self._met[key] = self._meaning(text, section)
        return self._met[key]

    def _meaning(self, text: str, section: Section | None) -> Match | None:
        wordings = self._of[section.key] if section is not None else self._anywhere
        text = self.of_children(text)
        text = whole_name(text) or text
        found = wordings.exact(text)
        if found is not None:
            return found if section is not None else Match(found.field, exact=False)
        if self.is_guidance(text):
            return None
        found = wordings.same_words(text)
        if found is not None or section is None:
            return found
        found = wordings.near(text) or self._elsewhere(text)
        return None if found is not None and found.field.per_child and self._is_of_others(section) else found

    def _elsewhere(self, text: str) -> Match | None:
        """Return what a text means by its words wherever it stands: foreign forms ask in sections of their own."""
        found = None if self.of_a_sheet else self._anywhere.exact(text) or self._anywhere.same_words(text)
        return Match(found.field, exact=False) if found is not None else None

    def _is_of_others(self, section: Section) -> bool:
        """Tell whether a section asks for rows of people alone: a date of birth there is no child's."""
        return not self.of_a_sheet and all(
            self.fields[question.field].kind is FieldKind.TABLE for question in section.questions
        )

    def is_any_label(self, text: str) -> bool:
        """Tell whether a text is a label of any section, whichever it stands in."""
        if not 0 < len(text) <= MAX_LABEL_LETTERS:
            return False
        known = self._any_label.get(text)
        if known is None:
            forget(self._any_label)
            ours = self.of_children(text)
            whole = plain_whole(ours)
            known = whole in self._labels or plain(ours) in self._labels
            known = self._any_label[text] = known or self._labels.issuperset(_JOINTS.split(whole))
        return known

    def is_worded(self, text: str) -> bool:
        """Tell whether a text is made of nothing but words that labels use, be the whole no label we know."""
        words = plain_whole(self.of_children(text)).split()
        return len(words) >= LEAST_WORDED and all(word in self._vocabulary or word in FILLERS for word in words)

    def split(self, text: str, section: Section | None) -> Split | None:
        """Part a text into a known label and what follows it, at the first mark that leaves a label before it."""
        stripped = text.strip()
        parted = partings(stripped)
        whole = self.match(stripped, section)
        if whole is not None and (whole.exact or section is None) and not self._begins_with_label(stripped, parted):
            return Split(whole, "")
        for parting in parted:
            found = self.match(stripped[: parting.start()], section)
            if found is not None:
                rest = stripped[parting.end() :].lstrip(" \n:").rstrip()
                return Split(found, rest if parting.group() == "\n" else rest.lstrip("-\u2013\u2014 "), parting.group())
        return Split(whole, "") if whole is not None and not self._begins_with_label(stripped, parted) else None

    def _begins_with_label(self, text: str, parted: list[re.Match[str]]) -> bool:
        """Tell whether a text is a label, a colon and an answer: "Role: PRSG member", itself worded like a label."""
        return any(each.group() == ":" and self.is_any_label(text[: each.start()]) for each in parted)

    def is_closing(self, line: str) -> bool:
        """Tell whether a line ends a letter: one of the closing words, or a short line that begins with several."""
        words = plain(line) if self._closings and len(line) <= MAX_CLOSING_LETTERS else ""
        return any(words == each or (" " in each and words.startswith(f"{each} ")) for each in self._closings)

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

    def is_of_a_person(self, section: Section) -> bool:
        """Tell whether a section asks who one person is: the referrer, the safeguarding lead, the PRSG member."""
        asked = (self.fields[question.field] for question in section.questions)
        return any(field.kind is FieldKind.PERSON and not field.per_child for field in asked)

    def home(self, field: Field) -> Section | None:
        """Return the section that asks for a field."""
        asking = (
            section for section in self.sections for question in section.questions if question.field == field.name
        )
        return next(asking, None)

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

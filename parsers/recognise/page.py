"""Where on the form reading stands: its section, its child, and what an answer there is called."""

import re
from dataclasses import dataclass, field

from msgspec.structs import replace

from parsers.contract import Certainty
from parsers.recognise.answers import MANY, Answers, Found
from parsers.recognise.labels import Labels
from parsers.recognise.wordings import Match
from parsers.template import Field, FieldKind, Section
from parsers.values.blanks import keeps, without_rules
from parsers.values.choices import options_in
from parsers.values.shapes import address_in, may_be
from parsers.values.text import clean
from parsers.values.ticks import ticks

_SOMEBODY = r"(?:child|young person|subject child|baby|pupil|patient|student)"
_CHILD = re.compile(rf"(?:about )?{_SOMEBODY}\s*(?:no\.?|number)?\s*#?\s*([1-9][0-9]?)\s*[:.)]?", re.IGNORECASE)
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
_NTH_CHILD = re.compile(rf"({'|'.join(_ORDINALS)}|[1-9](?:st|nd|rd|th)) {_SOMEBODY}\s*[:.)]?", re.IGNORECASE)
MAX_QUOTED = 80
MAX_BROKEN = 60
LEAST_OPTION_WORDS = 6
"""Of an option that tells by itself which question it answers."""
LEAST_ELSEWHERE = 3
"""Columns that a header must name where no title told which table it begins."""


@dataclass
class Page:
    """The state of reading one form from its top."""

    labels: Labels
    answers: Answers
    section: Section | None = None
    child: int = 1
    asked: Field | None = None
    """The question of several answers whose options or rows come next."""
    mail: bool = False
    """A mail's own words, where every line stands alone."""
    printed: bool = False
    """A PDF's page, where a word too long for its cell is broken over lines."""
    leaning: bool = False
    """No title told the section, only the labels of the table being read."""
    _met: set[tuple[str, int]] = field(default_factory=set)

    @property
    def skipping(self) -> bool:
        """Tell whether the section is one that never holds answers (office use, appendix)."""
        return self.section is not None and not self.section.answers

    def enter(self, section: Section | None) -> None:
        """Begin a section."""
        self.section = section
        self.child = 1
        self.asked = None
        self.leaning = False

    def ask(self, match: Match) -> None:
        """Begin a question: where it takes several answers, what comes next may be its options or rows."""
        self.asked = match.field if match.field.kind in MANY and not match.field.per_child else None

    def lean(self, match: Match) -> None:
        """Where no title told the section, let a label that only one section has tell it, as long as labels follow."""
        if (self.section is None or self.leaning) and not self.labels.of_a_sheet:
            self.section, self.leaning = self.labels.home(match.field), True

    def stand_upright(self) -> None:
        """Forget a section that only a table's labels told."""
        if self.leaning:
            self.section, self.leaning = None, False

    def choices(self) -> tuple[tuple[Field, int], ...]:
        """Return the questions whose options may stand free here, each with the least words that tell one.

        A child's own stand in the child's cells. On a form we do not know a long option tells its question anywhere.
        """
        all_fields = self.labels.fields.values()
        free = tuple(f for f in all_fields if f.kind is FieldKind.CHOICES and not f.per_child)
        here = self._with_asked(self.labels.questions(self.section, FieldKind.CHOICES), FieldKind.CHOICES)
        known = tuple((field, 1) for field in here if not field.per_child)
        if self.labels.of_a_sheet:
            return known
        return (*known, *((field, LEAST_OPTION_WORDS) for field in free if field not in here))

    def tables(self) -> tuple[tuple[Field, int], ...]:
        """Return the tables whose rows may stand here, each with how many of its columns a header must name."""
        here = self._with_asked(self.labels.questions(self.section, FieldKind.TABLE), FieldKind.TABLE)
        known = tuple((field, 2) for field in here)
        if self.section is not None and self.labels.of_a_sheet:
            return known
        others = (field for field in self.labels.fields.values() if field.kind is FieldKind.TABLE and field not in here)
        persons = self.section is not None and self.labels.is_of_a_person(self.section)  # a head over one person's row
        return (*known, *((field, LEAST_ELSEWHERE + persons) for field in others))

    def _with_asked(self, fields: tuple[Field, ...], kind: FieldKind) -> tuple[Field, ...]:
        asked = self.asked
        if asked is None or asked.kind is not kind:
            return fields
        return (asked, *(field for field in fields if field is not asked))

    def heading(self, text: str, *, looks: bool = False) -> Section | None:
        """Return the section that a text begins; within it the same words may be a question's label.

        ``looks``: the text looks like a heading, so that common words may tell what it is about.
        """
        section = self.labels.section(text)
        if section is None and looks and self.labels.split(text, self.section) is None:
            section = self.labels.hinted(text)
        if section is not None and self.section is not None and section.key == self.section.key:
            return None if self.labels.match(text, section) is not None else section
        return section

    def named(self, text: str) -> Section | None:
        """Return the section that a cell names, by its title or by hints."""
        return self.labels.section(text.strip()) or self.labels.hinted(text.strip())

    def is_label(self, text: str) -> bool:
        """Tell whether a text is a label, here by whatever wording, elsewhere exactly."""
        return self.labels.is_any_label(text) or self.labels.match(text, self.section) is not None

    def says(self, text: str, field: Field) -> bool:
        """Tell whether a text answers a field, be it "TBC" where that is an answer."""
        return not self.answers.blank(text) or keeps(without_rules(text), field.keeps)

    def child_of(self, match: Match) -> int | None:
        """Return whose answer a label asks for that stands once per child: a name met again begins the next child.

        On a form we do not know, one of whom nothing was said yet goes on: "Subject child(ren)" may be but a title.
        """
        if not match.field.per_child:
            return None
        while (match.field.name, self.child) in self._met and (self.labels.of_a_sheet or self._says_of(self.child)):
            self.child += 1
        self._met.add((match.field.name, self.child))
        return self.child

    def _says_of(self, child: int) -> bool:
        """Tell whether anything that was asked of a child has an answer."""
        return any(self.answers.has(name, child) for name, number in self._met if number == child)

    def put(self, match: Match, child: int | None, text: str, where: str, spot: int, *, sure: bool = True) -> bool:
        """Take an answer found by its label; ``sure`` is whether its place leaves no doubt."""
        certainty = Certainty.CERTAIN if match.exact and sure else Certainty.LIKELY
        return self._add(Found(match.field, child, text, where, certainty, spot))

    def told_by_words(self, question: str) -> Match | None:
        """Return what a question no label is worded like asks for by telling words, on a form we do not know."""
        if self.printed and len(question) <= MAX_BROKEN:
            question = question.replace("\n", " ")  # a narrow cell breaks its label over lines
        if self.labels.of_a_sheet or "\n" in question:
            return None
        match = self.labels.asking.meaning(self.labels.of_children(question), self.section)
        again = match is not None and self.answers.has(match.field.name, self.child if match.field.per_child else None)
        return None if match is None or (again and match.field.kind is not FieldKind.YES_NO) else match

    def put_unknown(self, label: str, text: str, where: str, spot: int) -> None:
        """Take the answer to a question no label is worded like, where telling words say what it asks."""
        match = self.told_by_words(label)
        if match is None:
            self.answers.put_aside(label, text, where)
        else:
            self.put(match, self.child_of(match), text, where, spot, sure=False)

    def put_likely(self, match: Match, child: int | None, text: str, where: str, spot: int) -> bool:
        """Take an answer known by its place on a printed page alone."""
        return self.put(match, child, text, where, spot, sure=False)

    def put_doubtful(self, match: Match, child: int | None, text: str, where: str, spot: int) -> bool:
        """Take an answer that may be guidance printed by the form; on a form we do not know, it is none."""
        found = Found(match.field, child, text, where, Certainty.DOUBTFUL, spot)
        return self._add(found) if self.labels.of_a_sheet else self._keep_aside(found)

    def _add(self, found: Found) -> bool:
        """Take an answer; on a form we do not know, only one that looks like what was asked for."""
        if self.labels.of_a_sheet:
            return self.answers.add(found)
        text = address_in(found.text, broken=self.printed) if found.field.kind is FieldKind.EMAIL else found.text
        wording = self._is_worded if found.field.kind is FieldKind.PERSON else self._is_wording
        if found.field.kind is FieldKind.CHOICES and found.child is None and not self._chooses(text, found.field):
            return self._keep_aside(found)
        if self.answers.blank(text) or may_be(found.field.kind, text, wording):
            return self.answers.add(replace(found, text=text))
        return self._keep_aside(found)

    def _chooses(self, text: str, field: Field) -> bool:
        """Tell whether a text has boxes, or names an option; a story told there answers another question."""
        return self.answers.blank(text) or bool(ticks(text)) or bool(options_in(text, field))

    def _keep_aside(self, found: Found) -> bool:
        self.answers.seen.add(found.field.name)
        self.answers.put_aside(next(iter(found.field.labels), found.field.name), found.text, found.where)
        return False

    def _is_wording(self, text: str) -> bool:
        """Tell whether a text is what a form itself says: a label of any section, the title of one."""
        return self.labels.is_any_label(text) or self.labels.section(text) is not None

    def _is_worded(self, text: str) -> bool:
        """Tell the same of a text that ought to name somebody: names are not made of labels' words."""
        return self._is_wording(text) or self.labels.is_worded(text)


def numbered_child(text: str) -> int | None:
    """Return n of a heading "Child n", else None."""
    words = clean(text)
    found = _CHILD.fullmatch(words)
    if found is not None:
        return int(found[1])
    nth = _NTH_CHILD.fullmatch(words)
    if nth is None:
        return None
    return int(nth[1][0]) if nth[1][0].isdigit() else _ORDINALS.index(nth[1].casefold()) + 1


def quoted(label: str) -> str:
    """Return a label as a place quotes it: its first line, short."""
    words = " ".join(clean(label).split("\n")[0].split())
    return f"'{words[:MAX_QUOTED].rstrip(' :')}'"

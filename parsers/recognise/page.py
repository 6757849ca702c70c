"""Where on the form reading stands: its section, its child, and what an answer there is called."""

import re
from dataclasses import dataclass, field

from parsers.contract import Certainty
from parsers.recognise.answers import Answers, Found
from parsers.recognise.labels import Labels
from parsers.recognise.wordings import Match
from parsers.template import Section
from parsers.values.text import clean

_CHILD = re.compile(
    r"(?:child|young person|subject child|baby)\s*(?:no\.?|number)?\s*#?\s*([1-9][0-9]?)\s*[:.)]?", re.IGNORECASE
)
MAX_QUOTED = 80


@dataclass
class Page:
    """The state of reading one form from its top."""

    labels: Labels
    answers: Answers
    section: Section | None = None
    child: int = 1
    _met: set[tuple[str, int]] = field(default_factory=set)

    @property
    def skipping(self) -> bool:
        """Tell whether the section is one that never holds answers (office use, appendix)."""
        return self.section is not None and not self.section.answers

    def enter(self, section: Section | None) -> None:
        """Begin a section."""
        self.section = section
        self.child = 1

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

    def child_of(self, match: Match) -> int | None:
        """Return whose answer a label asks for that stands once per child: a name met again begins the next child."""
        if not match.field.per_child:
            return None
        if (match.field.name, self.child) in self._met:
            self.child += 1
        self._met.add((match.field.name, self.child))
        return self.child

    def put(self, match: Match, child: int | None, text: str, where: str, spot: int, *, sure: bool = True) -> bool:
        """Take an answer found by its label; ``sure`` is whether its place leaves no doubt."""
        certainty = Certainty.CERTAIN if match.exact and sure else Certainty.LIKELY
        return self.answers.add(Found(match.field, child, text, where, certainty, spot))

    def put_likely(self, match: Match, child: int | None, text: str, where: str, spot: int) -> bool:
        """Take an answer known by its place on a printed page alone."""
        return self.put(match, child, text, where, spot, sure=False)

    def put_doubtful(self, match: Match, child: int | None, text: str, where: str, spot: int) -> bool:
        """Take an answer that may be guidance printed by the form."""
        return self.answers.add(Found(match.field, child, text, where, Certainty.DOUBTFUL, spot))


def numbered_child(text: str) -> int | None:
    """Return n of a heading "Child n", else None."""
    found = _CHILD.fullmatch(clean(text))
    return int(found.group(1)) if found else None


def quoted(label: str) -> str:
    """Return a label as a place quotes it: its first line, short."""
    words = " ".join(clean(label).split("\n")[0].split())
    return f"'{words[:MAX_QUOTED].rstrip(' :')}'"

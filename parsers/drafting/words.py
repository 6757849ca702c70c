"""What the words of a blank form are known to be: a label, a section's title, an option, nothing."""

import re
from dataclasses import dataclass, field
from typing import Final

from parsers.document import Document
from parsers.recognise.known import Known
from parsers.recognise.labels import Labels
from parsers.template import Field, FieldKind, Hint, Section
from parsers.values.choices import option
from parsers.values.text import clean, plain, plain_whole

LEAST_OPTIONS: Final = 2
_NO_ANSWERS: Final = re.compile(
    r"\b(?:office|official|internal|admin(?:istrative|istration)?|business unit|partnership)\s+use\b"
    r"|\bfor completion by the\b|^appendix\b|^annex\b|\btop tips\b|\bguidance\b|\bnotes? (?:for|on)\b"
    r"|\bhow to complete\b|\bprivacy\b|\bdata protection\b",
    re.IGNORECASE,
)


@dataclass
class Words:
    """The library's knowledge, asked about one blank."""

    known: Known
    document: Document
    filled_in: frozenset[int] = field(init=False)
    """Spots of the form where a control stands."""

    def __post_init__(self) -> None:
        """Look at the controls once."""
        self.filled_in = frozenset(control.spot for control in self.document.controls)

    @property
    def labels(self) -> Labels:
        """The labels of all sheets together."""
        return self.known.labels(None)

    def blank(self, text: str) -> bool:
        """Tell whether a text is no more than a prompt or a line to write on."""
        return self.known.blank(text)

    def is_label(self, text: str) -> bool:
        """Tell whether a text is a label of any section."""
        return self.labels.is_any_label(clean(text.split("\n", maxsplit=1)[0]))

    def is_title(self, text: str) -> bool:
        """Tell whether a text is a section's title, by its words or because such sections never hold answers."""
        line = clean(text.split("\n", maxsplit=1)[0])
        return self.labels.section(line) is not None or never_answers(line)

    def begins_section(self, text: str) -> bool:
        """Tell whether a text that stands where headings do means a section, by its words or by what they hint at."""
        return bool(text.strip()) and (self.is_title(text) or self.section(text) is not None)

    def section(self, text: str) -> Section | None:
        """Return the section a heading means, by its very words or by what they hint at."""
        line = clean(text.split("\n", maxsplit=1)[0])
        return self.labels.section(line) or self.labels.hinted(line)

    def section_key(self, text: str) -> str | None:
        """Return the key of the section a heading names by its very words."""
        section = self.labels.section(clean(text.split("\n", maxsplit=1)[0]))
        return section.key if section is not None else None

    def named(self, spots: tuple[int, ...], label: str) -> Field | None:
        """Return the one field whose name the controls bear that stand at these spots, or in a PDF have this title."""
        titled = plain(label) if self.document.printed else ""
        here = (c for c in self.document.controls if c.spot in spots or (titled and plain(c.title) == titled))
        tags = (self.known.tag(control.tag) for control in here)
        fields = {tag.field.name: tag.field for tag in tags if tag is not None}
        return next(iter(fields.values())) if len(fields) == 1 else None

    def says_whose(self, label: str, field: Field) -> bool:
        """Tell whether a label is a common one of this field alone that itself says whom or what it asks about."""
        words = plain(label)
        asked = {each.name for each in self.known.fields.values() if words in map(plain, each.labels)}
        about = field.name.split(".")[0]
        subjects = (subject for hint in self.known.library.hints for subject in hint.subjects if self._of(hint, field))
        said = f" {plain_whole(label)} "
        return asked == {field.name} and any(f" {plain_whole(each)}" in said for each in (about, *subjects))

    def _of(self, hint: Hint, field: Field) -> bool:
        return any(
            question.field == field.name
            for section in self.labels.sections
            if section.key == hint.section
            for question in section.questions
        )

    def options(self, text: str, label: str) -> bool:
        """Tell whether the lines of a text are the options of a question on choices with this label."""
        lines = [line for line in text.split("\n") if line.strip()]
        choices = [f for f in self.choice_fields() if len(lines) >= LEAST_OPTIONS and any(option(x, f) for x in lines)]
        return bool(choices) and not self.blank(text) and bool(label)

    def are_options(self, text: str) -> bool:
        """Tell whether every line of a text is an option of one field."""
        lines = [line for line in text.split("\n") if line.strip()]
        return len(lines) >= LEAST_OPTIONS and any(all(option(x, f) for x in lines) for f in self.choice_fields())

    def chosen_from(self, options: tuple[str, ...]) -> Field | None:
        """Return the one field whose options all of these are, or None."""
        fields = [each for each in self.choice_fields() if all(option(words, each) for words in options)]
        return fields[0] if len(fields) == 1 else None

    def choice_fields(self) -> tuple[Field, ...]:
        """Return every field that is answered by options."""
        return tuple(each for each in self.known.fields.values() if each.kind is FieldKind.CHOICES)


def never_answers(title: str) -> bool:
    """Tell whether a heading is that of office use, guidance or an appendix."""
    return _NO_ANSWERS.search(title) is not None

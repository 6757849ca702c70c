"""What both blanks share: the rows of a section, the names of controls, the small words a form prints."""

from collections.abc import Sequence
from dataclasses import dataclass

from parsers.template import Field, FieldKind, Library, Question, Section

TABLE_ROWS = 5
CHILD_COLUMNS = 5
"""Columns side by side in the children's table; more questions go into further bands with the same rows."""
YES_NO = ("Yes", "No")
WIDE = frozenset({FieldKind.LONG_TEXT})
"""Kinds whose answer stands below the label, over the whole width."""
PROMPT = "Click or tap here to enter text"
DATE_PROMPT = "Click or tap to enter a date"
SHORT_PROMPT, SHORT_DATE_PROMPT = "Enter text", "Enter a date"
"""For narrow cells."""


@dataclass(frozen=True, slots=True)
class Row:
    """One question on the form: its field, its control's name, and whether it is the second on that field."""

    question: Question
    field: Field
    tag: str
    follows: bool

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """Return the tick-boxes of the row: each one's name and words; none where words are typed."""
        return options(self, None)

    @property
    def wide(self) -> bool:
        """Tell whether the answer takes the whole width."""
        return self.field.kind in WIDE


def rows(section: Section, library: Library) -> tuple[Row, ...]:
    """Return a section's questions in order."""
    asked: set[str] = set()
    found: list[Row] = []
    for question in section.questions:
        follows = question.field in asked
        asked.add(question.field)
        tag = question.tag or f"{question.field}{'+' if follows else ''}"
        found.append(Row(question, library.field(question.field), tag, follows))
    return tuple(found)


def numbered(tag: str, number: int | None, part: int | None = None) -> str:
    """Return a control's name for a child or row, and a choice or column (grammar: :mod:`parsers.template`)."""
    return f"{tag}{f'#{number}' if number else ''}{f'={part}' if part else ''}"


def options(row: Row, child: int | None) -> tuple[tuple[str, str], ...]:
    """Return name and words of each tick-box of a question (of one child)."""
    if row.field.kind is FieldKind.YES_NO and not row.follows:
        return tuple((numbered(row.tag, child, n), words) for n, words in enumerate(YES_NO, 1))
    if row.field.kind is not FieldKind.CHOICES:
        return ()
    offered = row.question.choices or row.field.choices
    return tuple(
        (numbered(row.tag, child, n), words) for n, words in enumerate(row.field.choices, 1) if words in offered
    )


def bands(section_rows: Sequence[Row]) -> tuple[tuple[Row, ...], ...]:
    """Part the children's questions into bands that fit side by side."""
    return tuple(tuple(section_rows[at : at + CHILD_COLUMNS]) for at in range(0, len(section_rows), CHILD_COLUMNS))

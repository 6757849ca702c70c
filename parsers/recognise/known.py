"""What a library of forms knows, made ready once: a fork server's children, and a long reading, all look it up here."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from parsers.recognise.labels import Labels
from parsers.template import Field, Library, Sheet
from parsers.values.blanks import Blank, blank_by
from parsers.values.text import plain_whole

MAX_LIBRARIES: Final = 4
_KNOWN: Final[dict[int, "Known"]] = {}


_TAG: Final = re.compile(r"([a-z_]{1,40})[.:]([a-z_]{1,40})(\+)?(?:#([0-9]{1,2}))?(?:=([0-9]{1,2}))?\+?")
MAX_REMEMBERED: Final = 5_000


@dataclass(frozen=True, slots=True)
class Tag:
    """A control's name taken apart (:mod:`parsers.template` has its grammar)."""

    field: Field
    number: int | None
    part: int | None


class Known:
    """One library made ready; holds nothing of any document but the meaning of wordings met."""

    def __init__(self, library: Library) -> None:
        """Keep ``library``; all else is made when first asked for."""
        self.library = library
        self.fields: Mapping[str, Field] = {field.name: field for field in library.fields}
        self._labels: dict[str, Labels] = {}
        self._printed: dict[str, frozenset[str]] = {}
        self._tags: dict[str, Tag | None] = {}
        self._aliases: dict[str, Mapping[str, str]] = {}

    @cached_property
    def blank(self) -> Blank:
        """The test of whether a text is no answer."""
        return blank_by(self.library.empty_prompts)

    @cached_property
    def headers(self) -> frozenset[str]:
        """The lines that every page of our forms repeats, without capitals."""
        return frozenset(each.header.casefold() for each in self.library.sheets)

    def make_ready(self) -> None:
        """Make all of it now: what is made before a child is forked costs each child nothing."""
        _ = self.blank, self.headers, self.labels(None)  # made by being looked at
        for sheet in self.library.sheets:
            _ = self.labels(sheet), self.printed_words(sheet), self.aliases(sheet)

    def aliases(self, sheet: Sheet | None) -> Mapping[str, str]:
        """Return the names that a sheet's form has for its controls, each with its field."""
        if sheet is None:
            return {}
        if sheet.key not in self._aliases:
            asked = (question for section in sheet.sections for question in section.questions)
            self._aliases[sheet.key] = {question.tag: question.field for question in asked if question.tag}
        return self._aliases[sheet.key]

    def tag(self, name: str) -> Tag | None:
        """Return what a control's name says, or None where it names no field."""
        if name not in self._tags:
            if len(self._tags) >= MAX_REMEMBERED:
                self._tags.clear()
            self._tags[name] = self._taken_apart(name)
        return self._tags[name]

    def _taken_apart(self, name: str) -> Tag | None:
        found = _TAG.fullmatch(name)
        field = self.fields.get(f"{found.group(1)}.{found.group(2)}") if found else None
        if found is None or field is None:
            return None
        number, part = found.group(4), found.group(5)
        return Tag(field, int(number) if number else None, int(part) if part else None)

    def asked(self, sheet: Sheet) -> frozenset[str]:
        """Return the fields a sheet asks for."""
        return frozenset(question.field for section in sheet.sections for question in section.questions)

    def printed_words(self, sheet: Sheet) -> frozenset[str]:
        """Return all that a blank of this sheet says, line by line, made comparable."""
        if sheet.key not in self._printed:
            texts = tuple(_texts(self.fields, sheet))
            self._printed[sheet.key] = frozenset(
                plain_whole(line) for text in texts for line in (text, *text.split("\n"))
            )
        return self._printed[sheet.key]

    def labels(self, sheet: Sheet | None) -> Labels:
        """Return the labels of one sheet, or of all sheets together."""
        key = sheet.key if sheet is not None else ""
        if key not in self._labels:
            self._labels[key] = Labels(self.library, sheet)
        return self._labels[key]


def _texts(fields: Mapping[str, Field], sheet: Sheet) -> Iterator[str]:
    yield from (sheet.title, sheet.header, sheet.edition_line)
    yield from (f"Child {number}" for section in sheet.sections for number in range(1, section.children + 1))
    for section in sheet.sections:
        yield from (section.title, *section.text)
        for question in section.questions:
            field = fields[question.field]
            yield from (question.label, question.guidance, f"{question.label} {question.guidance}", "Yes", "No")
            yield from (*field.choices, *field.columns)


def known_of(library: Library) -> Known:
    """Return what this library knows, made ready at its first use."""
    known = _KNOWN.get(id(library))
    if known is None or known.library is not library:
        if len(_KNOWN) >= MAX_LIBRARIES:
            _KNOWN.clear()
        known = _KNOWN[id(library)] = Known(library)
    return known

"""What a library of forms knows, made ready once: a fork server's children, and a long reading, all look it up here."""

from collections.abc import Mapping
from functools import cached_property
from typing import Final

from parsers.recognise.labels import Labels
from parsers.template import Field, Library, Sheet
from parsers.values.blanks import Blank, blank_by

MAX_LIBRARIES: Final = 4
_KNOWN: Final[dict[int, "Known"]] = {}


class Known:
    """One library made ready; holds nothing of any document but the meaning of wordings met."""

    def __init__(self, library: Library) -> None:
        """Keep ``library``; all else is made when first asked for."""
        self.library = library
        self.fields: Mapping[str, Field] = {field.name: field for field in library.fields}
        self._labels: dict[str, Labels] = {}

    @cached_property
    def blank(self) -> Blank:
        """The test of whether a text is no answer."""
        return blank_by(self.library.empty_prompts)

    @cached_property
    def headers(self) -> frozenset[str]:
        """The lines that every page of our forms repeats, without capitals."""
        return frozenset(each.header.casefold() for each in self.library.sheets)

    def labels(self, sheet: Sheet | None) -> Labels:
        """Return the labels of one sheet, or of all sheets together."""
        key = sheet.key if sheet is not None else ""
        if key not in self._labels:
            self._labels[key] = Labels(self.library, sheet)
        return self._labels[key]


def known_of(library: Library) -> Known:
    """Return what this library knows, made ready at its first use."""
    known = _KNOWN.get(id(library))
    if known is None or known.library is not library:
        if len(_KNOWN) >= MAX_LIBRARIES:
            _KNOWN.clear()
        known = _KNOWN[id(library)] = Known(library)
    return known

"""Which edition of a form a document is, where several sheets bear its title: an old one stays readable beside a new.

First what the form itself says of its edition, then the sheet whose printed words stand on it; of two that fit alike
the later in the library's order.
"""

from collections.abc import Sequence

from parsers.document import Document, Paragraph
from parsers.template import Sheet
from parsers.values.text import plain_whole

LEAST_EDITION = 3
"""Letters of an edition that a form can be seen to say: a single figure stands anywhere."""


def right_edition(sheets: Sequence[Sheet], document: Document) -> Sheet | None:
    """Return the one of these sheets that fits a document best, or None of none; the longest title goes first."""
    longest = max((len(sheet.title) for sheet in sheets), default=0)
    family = [sheet for sheet in sheets if len(sheet.title) == longest]
    if len(family) < 2:
        return family[0] if family else None
    lines = _lines(document)
    said = [sheet for sheet in family if _says_edition(lines, sheet.edition)]
    return max(enumerate(said or family), key=lambda each: (_fit(lines, each[1]), each[0]))[1]


def _says_edition(lines: frozenset[str], edition: str) -> bool:
    wanted = plain_whole(edition)
    return len(wanted) >= LEAST_EDITION and any(f" {wanted} " in f" {line} " for line in lines)


def _fit(lines: frozenset[str], sheet: Sheet) -> int:
    """Return how many more of a sheet's titles and labels stand on the form than are missing there."""
    asked = {plain_whole(question.label) for section in sheet.sections for question in section.questions}
    wanted = (asked | {plain_whole(section.title) for section in sheet.sections}) - {""}
    found = sum(any(line == each or line.startswith(f"{each} ") for line in lines) for each in wanted)
    return 2 * found - len(wanted)


def _lines(document: Document) -> frozenset[str]:
    """Return every line of a document, made comparable."""
    texts = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    texts += [cell.text for table in document.tables() for row in table.rows for cell in row]
    return frozenset(plain_whole(line) for text in texts for line in text.split("\n") if line.strip())

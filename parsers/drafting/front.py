"""What a blank form says of itself: its title, its edition, the line on each of its pages."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from parsers.document import Document, Paragraph
from parsers.drafting.lines import LONGEST_LABEL
from parsers.template import CONSTRUCTED, Library
from parsers.values.text import clean, plain_whole

TOP: Final = 12
"""Lines from the top among which a title may stand."""
_FORM: Final = re.compile(r"\b(?:form|referral|notification|request|template|report)\b", re.IGNORECASE)
_MARKING: Final = re.compile(r"\bofficial\b|\bconfidential\b|\bsensitive\b|\brestricted\b", re.IGNORECASE)
_EDITION: Final = re.compile(
    r"\b(?:edition|version|revision|revised|last updated|updated|form date)\b[ :.\-]*(?P<said>[^|;]{1,60})"
    r"|\b(?P<short>v ?[0-9]+(?:\.[0-9]+)*)\b",
    re.IGNORECASE,
)
_PAGE: Final = re.compile(r"(?:page\s+)?[0-9]{1,3}\s*(?:(?:of|/)\s*[0-9]{1,3})?", re.IGNORECASE)


def lines_of(document: Document) -> Iterator[str]:
    """Walk the lines of a document, those of cells too, cleaned, blank ones left out."""
    for block in document.blocks:
        cells = [cell for row in block.rows for cell in row] if not isinstance(block, Paragraph) else []
        texts = [block.text] if isinstance(block, Paragraph) else [cell.text for cell in cells]
        yield from (words for text in texts for line in text.split("\n") if (words := clean(line)))


def furniture_of(document: Document) -> frozenset[str]:
    """Return the lines that the pages of a PDF repeat, and their numbers."""
    printed = [clean(b.text) for b in document.blocks if isinstance(b, Paragraph) and b.printed]
    repeated = {line for line, count in Counter(printed).items() if count > 1}
    return frozenset(repeated | {line for line in printed if _PAGE.fullmatch(line)})


def title_of(document: Document, library: Library, furniture: frozenset[str]) -> str:
    """Return the title: the line near the top that speaks of a review's referral, else a heading, else of a form."""
    lines = [line for line in lines_of(document) if line not in furniture and len(line) <= LONGEST_LABEL][:TOP]
    styled = [clean(b.text) for b in document.blocks if isinstance(b, Paragraph) and b.heading == 1 and b.text.strip()]
    ours = [line for line in lines if _speaks_of_a_review(line, library)]
    forms = [line for line in lines if _FORM.search(line) and not line.endswith((".", ":", "?"))]
    return next(iter((*ours, *styled[:1], *forms, *lines)), "")


def _speaks_of_a_review(line: str, library: Library) -> bool:
    """Tell whether a line has a word of each group that the title of a practice review's referral has."""
    words = f" {plain_whole(line)} "
    groups = library.title_words
    return bool(groups) and all(any(f" {plain_whole(word)} " in words for word in group) for group in groups)


def header_of(document: Document) -> str:
    """Return the protective marking that stands on each page, or nothing."""
    marked = (line for line in lines_of(document) if _MARKING.search(line) and len(line) <= LONGEST_LABEL)
    return next((line for line in marked if line.isupper() or "official" in line.casefold()), "")


def edition_of(document: Document) -> str:
    """Return what the form says of its edition ("July 2023", "v2.1"), or nothing."""
    for line in lines_of(document):
        found = _EDITION.search(line) if len(line) <= LONGEST_LABEL + len(CONSTRUCTED) else None
        if found is not None:
            said = (found.group("said") or found.group("short") or "").removesuffix(CONSTRUCTED)
            words = said.split(". ")[0].strip(" .")
            if any(letter.isdigit() for letter in words):
                return words
    return ""

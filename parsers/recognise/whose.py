"""Whose form it is: ours by its controls' names, its title or a practice review's marks; a neighbour's by its title.

A mark counts only near the top or in a heading: a referral names LADO among its parallel processes, a chronology names
the review it is for.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

from parsers.document import Block, Document, Paragraph
from parsers.recognise.controls import tags_of
from parsers.recognise.editions import right_edition
from parsers.recognise.known import known_of
from parsers.template import Library, Neighbour, Sheet
from parsers.values.text import clean, plain_whole

LEAST_TAGS = 5
TOP = 12
TITLE = 4
MAX_TITLE_LETTERS = 160
LEAST_LABELS = 6
CHILD = frozenset({"child.name", "child.dob"})
REST = frozenset({"referrer.name", "referrer.agency", "incident.date", "incident.summary", "referral.reason"})
ONLY_OURS = "qa.name"


@dataclass(frozen=True, slots=True)
class Whose:
    """What a document's look says: its sheet where that is plain, a neighbour, or that marks of ours stand on it."""

    sheet: Sheet | None = None
    neighbour: Neighbour | None = None
    marked: bool = False
    by_tags: bool = False


def whose(document: Document, library: Library) -> Whose:
    """Judge by names of controls, then titles, then marks."""
    tagged = _by_tags(document, library)
    top = tuple(islice(_texts(document), TOP))
    titles = top[:TITLE] + tuple(plain_whole(text) for text in _headings(document))
    titled = right_edition([sheet for sheet in library.sheets if _begins(top, sheet.title)], document)
    if tagged:
        return Whose(sheet=titled or _best_sheet(document, library), by_tags=True, marked=True)
    if titled is not None:
        return Whose(sheet=titled, marked=True)
    neighbour = next((each for each in library.neighbours if _says(top[:TITLE], each.marks)), None)
    broken = tuple(f"{line} {below}" for line, below in pairwise(top[:TITLE]))
    if neighbour is None and any(map(known_of(library).labels(None).titles.is_title_of_referral, (*top, *broken))):
        return Whose(marked=True)
    neighbour = neighbour or next((each for each in library.neighbours if _says(titles, each.marks)), None)
    if neighbour is not None:
        return Whose(neighbour=neighbour)
    return Whose(marked=any(_says((*top, *titles), sheet.marks) for sheet in library.sheets))


def labels_say_ours(seen: frozenset[str], judged: Whose) -> bool:
    """Tell whether the labels met bear out that this is a referral of ours."""
    if judged.by_tags:
        return True
    if not judged.marked:
        return ONLY_OURS in seen and len(seen) >= 2 * LEAST_LABELS
    least = LEAST_LABELS // 2 if judged.sheet is not None else LEAST_LABELS
    return len(seen) >= least and bool(seen & (CHILD | REST)) and (judged.sheet is not None or bool(seen & CHILD))


def _by_tags(document: Document, library: Library) -> bool:
    own = {tag.field.name for _, tag in tags_of(document, library, None)}
    return len(own) >= LEAST_TAGS or any(_alias_count(document, sheet) >= LEAST_TAGS for sheet in library.sheets)


def _alias_count(document: Document, sheet: Sheet) -> int:
    names = {question.tag for section in sheet.sections for question in section.questions if question.tag}
    return len(names & {control.tag for control in document.controls})


def _best_sheet(document: Document, library: Library) -> Sheet | None:
    """Return the sheet whose questions the controls fit best, the smaller where two fit alike."""
    own = {tag.field.name for _, tag in tags_of(document, library, None)}

    def fit(sheet: Sheet) -> tuple[int, int]:
        asked = {question.field for section in sheet.sections for question in section.questions}
        return (len(asked & own) + _alias_count(document, sheet) - len(own - asked), -len(asked))

    return max(library.sheets, key=fit, default=None)


def _begins(texts: Iterable[str], title: str) -> bool:
    """Tell whether a line is this title or begins with it: a sentence may speak of it, too."""
    wanted = plain_whole(title)
    return any(text == wanted or text.startswith(f"{wanted} ") for text in texts)


def _says(texts: Iterable[str], marks: Iterable[str]) -> bool:
    wanted = [f" {plain_whole(mark)} " for mark in marks]
    return any(mark in f" {text} " for text in texts for mark in wanted)


def _texts(document: Document) -> Iterator[str]:
    """Walk the short texts from the top, lines and cells alike."""
    for block in document.blocks:
        for text in _texts_of(block):
            for line in text.split("\n"):
                words = clean(line)
                if 0 < len(words) <= MAX_TITLE_LETTERS:
                    yield plain_whole(words)


def _texts_of(block: Block) -> Iterator[str]:
    if isinstance(block, Paragraph):
        yield block.text
        return
    for row in block.rows:
        for cell in row:
            yield cell.text
            for inner in cell.tables:
                yield from _texts_of(inner)


def _headings(document: Document) -> Iterator[str]:
    paragraphs = (block for block in document.blocks if isinstance(block, Paragraph) and block.heading == 1)
    return (paragraph.text for paragraph in paragraphs if len(paragraph.text) <= MAX_TITLE_LETTERS)

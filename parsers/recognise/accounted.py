"""Is every word on the page the form's own, or inside a control that bears a field's name? Then labels need no look.

Most forms come so: somebody filled the controls and nothing else. One word typed beside them, a control deleted, a row
added, and the page is read by its labels as well.
"""

from collections import defaultdict
from collections.abc import Iterator

from parsers.document import TICKED, UNTICKED, Cell, Document, Paragraph
from parsers.recognise.known import Known
from parsers.template import Sheet
from parsers.values.text import plain_whole

_BOXES = str.maketrans(dict.fromkeys((TICKED, UNTICKED), "\n"))


def is_accounted_for(document: Document, seen: set[str], known: Known, sheet: Sheet) -> bool:
    """Tell whether the controls hold all that was written; ``seen`` are the fields that have a named one."""
    if not known.asked(sheet) <= seen:
        return False
    held: dict[int, list[str]] = defaultdict(list)
    for control in document.controls:
        held[control.spot].append(control.text)
    own = known.printed_words(sheet)
    return all(not _beyond(piece.text, held.get(piece.spot, ()), own) for piece in _pieces(document))


def _pieces(document: Document) -> Iterator[Paragraph | Cell]:
    yield from (block for block in document.blocks if isinstance(block, Paragraph))
    for table in document.tables():
        for row in table.rows:
            yield from row


def _beyond(text: str, held: list[str] | tuple[str, ...], own: frozenset[str]) -> bool:
    """Tell whether a piece of the page says anything that neither its controls nor the form itself say."""
    if not text or text in held:
        return False
    for answer in held:
        text = text.replace(answer, "\n", 1) if answer else text
    lines = (plain_whole(line) for line in text.translate(_BOXES).split("\n"))
    return any(line and line not in own for line in lines) and plain_whole(text) not in own

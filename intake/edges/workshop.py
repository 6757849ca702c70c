"""What is read a second time, slowly, and how the two readings of a mail become one."""

from typing import Final

from msgspec.structs import replace

from intake.steps.without_form import PICTURE_OF_A_PAGE_BYTES
from parsers.contract import DocumentReading, DocumentState, Harvest, Kind, Refusal

FAILED: Final = "workshop-failed"
MAX_CODES: Final = 60
SLOWLY_READABLE: Final = frozenset({"kind-doc", "kind-odt", "kind-rtf", "kind-image", "no-text-layer"})
"""Why a fast task did not read a document that a slow one may."""
NOT_FINISHED: Final = frozenset({"time", "memory"})


def may_become_readable(harvest: Harvest) -> bool:
    """Tell whether the workshop could read any document that was not read at once."""
    return any(map(_waits, harvest.documents))


def with_workshop(fast: Harvest, slow: Harvest | Refusal) -> Harvest:
    """Return the fast harvest with what the workshop read in its place; nothing that was read at once is taken back."""
    if isinstance(slow, Refusal):
        return _with_codes(fast, (FAILED,))
    found = {_part(document): document for document in slow.documents if not _unfinished(document)}
    documents = tuple(found.get(_part(each), each) if _waits(each) else each for each in fast.documents)
    failed = any(_waits(each) and _part(each) not in found for each in fast.documents)
    return _with_codes(replace(fast, documents=documents), (*slow.codes, *((FAILED,) if failed else ())))


def _waits(document: DocumentReading) -> bool:
    if document.state is not DocumentState.UNSUPPORTED or document.why not in SLOWLY_READABLE:
        return False
    return document.kind is not Kind.IMAGE or document.bytes >= PICTURE_OF_A_PAGE_BYTES


def _part(document: DocumentReading) -> tuple[int, str]:
    """Tell a part by its number and its bytes: with more time a mail may open to more parts than it did at once."""
    return document.index, document.sha256


def _unfinished(document: DocumentReading) -> bool:
    return document.state is DocumentState.OVER_LIMIT and document.why in NOT_FINISHED


def _with_codes(harvest: Harvest, codes: tuple[str, ...]) -> Harvest:
    return replace(harvest, codes=tuple(dict.fromkeys((*harvest.codes, *codes)))[:MAX_CODES])

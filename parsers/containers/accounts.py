"""What is told of a leaf: its part in a survey, why nobody read it, under which bytes a reading of it is known."""

import hashlib

from msgspec.structs import replace

from parsers.containers.leaf import Leaf
from parsers.containers.unlocking import NOT_OPENED
from parsers.contract import DocumentReading, DocumentState, Kind, Part, Recognised
from parsers.limits import MAX_PART_CODES
from parsers.signs import PDF_CODES

_NO_DOCUMENT = frozenset({Kind.CALENDAR, Kind.DELIVERY_STATUS, Kind.EMPTY})
_CLOSED = {
    "time": DocumentState.OVER_LIMIT,
    "over-limit": DocumentState.OVER_LIMIT,
    "nothing-inside": DocumentState.UNREADABLE,
    "zip-directory-too-large": DocumentState.OVER_LIMIT,
    "too-many-entries": DocumentState.OVER_LIMIT,
    "nested-too-deep": DocumentState.OVER_LIMIT,
    "broken-zip": DocumentState.UNREADABLE,
    "broken-msg": DocumentState.UNREADABLE,
    "broken-tnef": DocumentState.UNREADABLE,
}
"""Codes of containers nobody could open."""
_OF_THE_ENVELOPE = frozenset(
    {"macros", "macros-inside", "ole-objects", "active-x", "program-inside", "files-inside", "also-a-zip", "has-dde"}
    | {"has-remote-template", "has-remote-object", "has-external-links", "page-script", "script-bait"}
    | {"parts-uncounted"}
    | PDF_CODES
    | {"smime-intact", "smime-broken", "smime-unverified", "smime-decrypted", "unlocked"}
)


def part_of(index: int, leaf: Leaf) -> Part:
    """Return a leaf as the survey tells it, ``index`` counting from 1."""
    return Part(
        index=index,
        path=leaf.place.path,
        kind=leaf.told.kind,
        untrusted_declared_type=leaf.declared.type,
        untrusted_name=leaf.declared.name,
        bytes=len(leaf.sent),
        sha256=hashlib.sha256(leaf.sent).hexdigest(),
        locked=leaf.told.locked,
        body=leaf.body,
        codes=leaf.told.codes[:MAX_PART_CODES],
    )


def why_closed(leaf: Leaf) -> tuple[DocumentState, str] | None:
    """Return the state and code of a leaf that no reader of documents is given, None where one is."""
    if leaf.told.locked:
        return DocumentState.LOCKED, NOT_OPENED if NOT_OPENED in leaf.told.codes else "locked"
    if leaf.dressing or leaf.told.kind in _NO_DOCUMENT or "visiting-card" in leaf.told.codes:
        return DocumentState.IGNORED, "no-document"
    return next(((state, code) for code, state in _CLOSED.items() if code in leaf.told.codes), None)


def unread(index: int, leaf: Leaf, state: DocumentState, why: str, codes: tuple[str, ...] = ()) -> DocumentReading:
    """Return the reading of a leaf that nobody read, with what is known of what it carries all the same."""
    reading = DocumentReading(
        index=index,
        kind=leaf.told.kind,
        bytes=len(leaf.sent),
        sha256=hashlib.sha256(leaf.sent).hexdigest(),
        state=state,
        why=why,
        recognised=Recognised.NONE,
        sheet=None,
        edition=None,
        readings=(),
        unplaced=(),
        conflicts=(),
        codes=codes,
    )
    return as_sent(reading, leaf)


def as_sent(reading: DocumentReading, leaf: Leaf) -> DocumentReading:
    """Return a reading under the bytes that were sent, with what is known of their envelope and of what they carry."""
    codes = (*reading.codes, *(code for code in leaf.told.codes if code in _OF_THE_ENVELOPE))
    sent = {"bytes": len(leaf.sent), "sha256": hashlib.sha256(leaf.sent).hexdigest()} if leaf.locked_data else {}
    return replace(reading, codes=tuple(dict.fromkeys(codes))[:MAX_PART_CODES], **sent) if sent or codes else reading

"""What the walled process does with one task: survey a mail, read its forms, or read one file. Answers are values."""

import hashlib
from time import monotonic

from parsers.body_forms import typed_forms
from parsers.containers.bodies import Words, link_hosts, words_of
from parsers.containers.front import read_front
from parsers.containers.headers import Block, content_digest, read_block
from parsers.containers.mime import returned_message_ids
from parsers.containers.opening import Leaf, open_mail, single_file
from parsers.containers.tree import defects, parse
from parsers.containers.wrappers import wrapper_of
from parsers.contract import (
    Answer,
    DocumentReading,
    DocumentState,
    Harvest,
    Kind,
    Part,
    Recognised,
    Refusal,
    Survey,
    Task,
    TaskKind,
)
from parsers.limits import (
    DOCUMENT_SHARE,
    MAX_CODES,
    MAX_MAIL_BYTES,
    MAX_PART_CODES,
    READING_SHARE,
    Allowance,
    OutOfTime,
    OverLimit,
    gate,
    within,
)
from parsers.recognise import read_document
from parsers.template import Library

OVER_LIMIT = Refusal(code="over-limit")
UNREADABLE = Refusal(code="unreadable")

_NO_DOCUMENT = frozenset({Kind.CALENDAR, Kind.DELIVERY_STATUS, Kind.EMPTY})
_CLOSED = {
    "over-limit": DocumentState.OVER_LIMIT,
    "zip-directory-too-large": DocumentState.OVER_LIMIT,
    "nested-too-deep": DocumentState.OVER_LIMIT,
    "broken-zip": DocumentState.UNREADABLE,
}
"""Codes of containers nobody could open."""


def answer(task: Task, data: bytes, library: Library, seconds: float) -> Answer:
    """Do one task that may take so many seconds; raises nothing but MemoryError."""
    try:
        match task.kind:
            case TaskKind.SURVEY:
                return survey(data)
            case TaskKind.READ:
                return read_mail(data, library, seconds)
            case TaskKind.READ_FILE:
                return read_file(data, library, seconds)
    except (OverLimit, RecursionError):
        return OVER_LIMIT
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - whatever a parser raised stays on this side: a person sees the mail, not its text
        return UNREADABLE


def survey(raw: bytes) -> Survey | Refusal:
    """Take a mail apart without reading its forms; raises OverLimit."""
    if not raw.strip():
        return UNREADABLE
    block, leaves, broken, returned = _opened(raw)
    words = words_of(leaves)
    headers, odd = read_front(block, returned)
    return Survey(
        headers=headers,
        content_sha256=content_digest(raw, block),
        parts=tuple(_part(index, leaf) for index, leaf in enumerate(leaves, start=1)),
        wrapper=wrapper_of(leaves, words.raw),
        link_hosts=link_hosts(words.raw),
        codes=_codes(block.codes, odd, broken, words),
    )


def read_mail(raw: bytes, library: Library, seconds: float) -> Harvest | Refusal:
    """Read every form of a mail; raises OverLimit."""
    if not raw.strip():
        return UNREADABLE
    _, leaves, broken, _ = _opened(raw)
    words = words_of(leaves)
    desk = Desk(library, seconds)
    documents = tuple(desk.read(index, leaf) for index, leaf in enumerate(leaves, start=1) if not leaf.body)
    typed = typed_forms(leaves, library)
    return Harvest(
        documents=(*documents, *typed),
        untrusted_body=words.text,
        body_looks_like_form=bool(typed),
        codes=_codes((), (), broken, words),
    )


def read_file(data: bytes, library: Library, seconds: float) -> Harvest | Refusal:
    """Read one file as a form: a harvest of one document numbered 0."""
    if len(data) > MAX_MAIL_BYTES:
        return OVER_LIMIT
    document = Desk(library, seconds).read(0, single_file(data))
    return Harvest(documents=(document,), untrusted_body="", body_looks_like_form=False, codes=())


class Desk:
    """Where the documents of one task are read, one after another, each within its share of the time."""

    def __init__(self, library: Library, seconds: float) -> None:
        """Begin the time."""
        self._library = library
        self._each = seconds * DOCUMENT_SHARE
        self._end = monotonic() + seconds * READING_SHARE

    def read(self, index: int, leaf: Leaf) -> DocumentReading:
        """Return what one part says, or why nobody read it."""
        closed = _why_closed(leaf)
        left = min(self._each, self._end - monotonic())
        if closed is None and left > 0:
            try:
                with within(left):
                    return read_document(index, leaf.told.kind, leaf.data, self._library)
            except OutOfTime:
                closed = None
        state, why = closed or (DocumentState.OVER_LIMIT, "time")
        return _closed(index, leaf, state, why)


def _why_closed(leaf: Leaf) -> tuple[DocumentState, str] | None:
    if leaf.told.locked:
        return DocumentState.LOCKED, "locked"
    if leaf.dressing or leaf.told.kind in _NO_DOCUMENT:
        return DocumentState.IGNORED, "no-document"
    return next(((state, code) for code, state in _CLOSED.items() if code in leaf.told.codes), None)


def _opened(raw: bytes) -> tuple[Block, tuple[Leaf, ...], tuple[str, ...], tuple[str, ...]]:
    gate(raw)
    allowance = Allowance()
    root = parse(raw, allowance)
    return read_block(raw), open_mail(root, allowance), defects(root), returned_message_ids(root)


def _part(index: int, leaf: Leaf) -> Part:
    return Part(
        index=index,
        path=leaf.place.path,
        kind=leaf.told.kind,
        untrusted_declared_type=leaf.declared.type,
        untrusted_name=leaf.declared.name,
        bytes=len(leaf.data),
        sha256=hashlib.sha256(leaf.data).hexdigest(),
        locked=leaf.told.locked,
        body=leaf.body,
        codes=leaf.told.codes[:MAX_PART_CODES],
    )


def _closed(index: int, leaf: Leaf, state: DocumentState, why: str) -> DocumentReading:
    return DocumentReading(
        index=index,
        kind=leaf.told.kind,
        bytes=len(leaf.data),
        sha256=hashlib.sha256(leaf.data).hexdigest(),
        state=state,
        why=why,
        recognised=Recognised.NONE,
        sheet=None,
        edition=None,
        readings=(),
        unplaced=(),
        conflicts=(),
    )


def _codes(*groups: tuple[str, ...] | Words) -> tuple[str, ...]:
    codes = (code for group in groups for code in (group.codes if isinstance(group, Words) else group))
    return tuple(dict.fromkeys(codes))[:MAX_CODES]

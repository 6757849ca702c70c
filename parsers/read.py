"""What the walled process does with one task: survey a mail, read its forms or a file, draft a sheet; by value."""

from collections.abc import Sequence
from time import monotonic

from parsers.body_forms import typed_file, typed_forms
from parsers.containers.accounts import as_sent, part_of, unread, why_closed
from parsers.containers.bodies import Words, link_hosts, words_of
from parsers.containers.front import read_front, returned_in_words
from parsers.containers.headers import Block, content_digest, read_block
from parsers.containers.mime import delivery_codes, returned_message_ids
from parsers.containers.opening import Keys, Leaf, open_instead, open_mail, single_file
from parsers.containers.signatures import holding
from parsers.containers.smime import der_of
from parsers.containers.tree import defects, parse
from parsers.containers.wrappers import wrapper_of
from parsers.contract import (
    Answer,
    DocumentReading,
    DocumentState,
    Draft,
    Extract,
    Front,
    Harvest,
    Kind,
    Refusal,
    SigningKey,
    Survey,
    Task,
    TaskKind,
    Verified,
)
from parsers.drafting import draft_of
from parsers.limits import (
    DOCUMENT_SHARE,
    LEAST_PICTURE_BYTES,
    MAX_CODES,
    MAX_HEADER_BLOCK_BYTES,
    MAX_HEADER_LINES,
    MAX_MAIL_BYTES,
    READING_SHARE,
    SLOW_DOCUMENT_SHARE,
    Allowance,
    OutOfTime,
    OverLimit,
    gate,
    header_end,
    within,
)
from parsers.recognise import known_of, read_document
from parsers.recognise.reading import READERS, Readers
from parsers.template import Library

OVER_LIMIT = Refusal(code="over-limit")
UNREADABLE = Refusal(code="unreadable")
NO_KEYS = Keys()


def make_ready(library: Library) -> None:
    """Look at the whole library once, before the first child: each would else do it for itself, mail after mail."""
    known_of(library).make_ready()


def answer(task: Task, data: bytes, library: Library, seconds: float) -> Answer:
    """Do one task that may take so many seconds; raises nothing but MemoryError."""
    data, keys = _parted(task, data)
    try:
        return _done(task, data, keys, library, seconds)
    except OverLimit as over:
        return Refusal(code="over-limit", limit=over.code)
    except RecursionError:
        return OVER_LIMIT
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - whatever a parser raised stays on this side: a person sees the mail, not its text
        return UNREADABLE


def _done(task: Task, data: bytes, keys: Keys, library: Library, seconds: float) -> Answer:
    told: Answer
    match task.kind:
        case TaskKind.SURVEY:
            told = survey(data, keys)
        case TaskKind.FRONT:
            told = front(data)
        case TaskKind.EXTRACT:
            told = extract(data, task.part)
        case TaskKind.READ:
            told = read_mail(data, library, seconds, keys, slow=task.slow)
        case TaskKind.READ_FILE:
            told = read_file(data, library, seconds, keys, slow=task.slow)
        case TaskKind.DRAFT:
            told = draft(data, library, slow=task.slow)
        case TaskKind.SIGNATURES:
            told = signatures(data, task.signing_keys)
    return told


def survey(raw: bytes, keys: Keys = NO_KEYS) -> Survey | Refusal:
    """Take a mail apart without reading its forms; raises OverLimit."""
    if not raw.strip():
        return UNREADABLE
    block, leaves, broken, returned = _opened(raw, keys)
    words = words_of(leaves)
    headers, odd = read_front(block, returned or returned_in_words(raw, block))
    return Survey(
        headers=headers,
        content_sha256=content_digest(raw, block),
        parts=tuple(part_of(index, leaf) for index, leaf in enumerate(leaves, start=1)),
        wrapper=wrapper_of(leaves, words.raw),
        link_hosts=link_hosts(words.raw),
        codes=_codes(block.codes, odd, broken, words),
    )


def front(raw: bytes) -> Front:
    """Hand out the headers of a mail nothing else is read of: as many of them as any mail may have."""
    head = raw[:MAX_HEADER_BLOCK_BYTES]
    lines = head[: header_end(head)].splitlines(keepends=True)
    cut = len(lines) > MAX_HEADER_LINES or header_end(raw) > MAX_HEADER_BLOCK_BYTES
    return Front(headers=read_front(read_block(b"".join(lines[:MAX_HEADER_LINES]) + b"\r\n"), ())[0], cut=cut)


def read_mail(
    raw: bytes, library: Library, seconds: float, keys: Keys = NO_KEYS, *, slow: bool = False
) -> Harvest | Refusal:
    """Read every form of a mail; raises OverLimit."""
    if not raw.strip():
        return UNREADABLE
    _, leaves, broken, _ = _opened(raw, keys)
    words = words_of(leaves)
    desk = Desk(library, seconds, slow=slow)
    documents = tuple(desk.read(index, leaf) for index, leaf in enumerate(leaves, start=1) if not leaf.body)
    typed, late = desk.typed(leaves)
    return Harvest(
        documents=(*documents, *typed),
        untrusted_body=words.text,
        body_looks_like_form=bool(typed),
        codes=_codes((), late, broken, words),
    )


def extract(raw: bytes, part: int) -> Extract | Refusal:
    """Hand out one part as it came, by its number in the survey; encrypted mail (CMS) as DER. Raises OverLimit."""
    _, leaves, _, _ = _opened(raw, NO_KEYS)
    if not 0 < part <= len(leaves):
        return UNREADABLE
    leaf = leaves[part - 1]
    return Extract(data=der_of(leaf.data) if leaf.told.kind is Kind.SMIME_ENCRYPTED else leaf.data)


def signatures(raw: bytes, keys: Sequence[SigningKey]) -> Verified:
    """Tell which of a mail's DKIM signatures hold by these keys; raises OverLimit."""
    gate(raw)
    return Verified(holding=holding(raw, keys))


def read_file(
    data: bytes, library: Library, seconds: float, keys: Keys = NO_KEYS, *, slow: bool = False
) -> Harvest | Refusal:
    """Read one file as a form: a harvest of one document numbered 0."""
    if len(data) > MAX_MAIL_BYTES:
        return OVER_LIMIT
    document = Desk(library, seconds, slow=slow).read(0, single_file(data, keys.password))
    return Harvest(documents=(document,), untrusted_body="", body_looks_like_form=False, codes=())


def draft(data: bytes, library: Library, *, slow: bool = False) -> Draft | Refusal:
    """Take one blank form apart; the time is kept by the server alone. Raises OverLimit."""
    if len(data) > MAX_MAIL_BYTES:
        return OVER_LIMIT
    leaf = single_file(data)
    closed = why_closed(leaf)
    if closed is not None:
        return Draft(kind=leaf.told.kind, unreadable=closed[1])
    return draft_of(leaf.told.kind, leaf.data, library, _readers(leaf, slow=slow))


def _readers(leaf: Leaf, *, slow: bool) -> Readers:
    if not slow or (leaf.told.kind is Kind.IMAGE and len(leaf.data) < LEAST_PICTURE_BYTES):
        return READERS
    from parsers.workshop import WORKSHOP  # costs what a fast child need not pay

    return WORKSHOP


class Desk:
    """Where the documents of one task are read, one after another, each within its share of the time."""

    def __init__(self, library: Library, seconds: float, *, slow: bool = False) -> None:
        """Begin the time; where it may be long, old formats and pictures are read too."""
        self._library = library
        self._slow = slow
        self._each = seconds * (SLOW_DOCUMENT_SHARE if slow else DOCUMENT_SHARE)
        self._end = monotonic() + seconds * READING_SHARE

    def typed(self, leaves: tuple[Leaf, ...]) -> tuple[tuple[DocumentReading, ...], tuple[str, ...]]:
        """Return the forms typed into the mail's own words; a code where the time was over before they were read."""
        try:
            with within(min(self._each, self._end - monotonic())):
                return typed_forms(leaves, self._library), ()
        except OutOfTime:
            return (), ("body-time",)

    def read(self, index: int, leaf: Leaf) -> DocumentReading:
        """Return what one part says, or why nobody read it."""
        closed, met = why_closed(leaf), tuple[str, ...]()
        left = min(self._each, self._end - monotonic())
        if closed is None and left > 0:
            try:
                with within(left):
                    readers = _readers(leaf, slow=self._slow)
                    typed = typed_file(index, leaf, self._library)
                    reading = typed or read_document(index, leaf.told.kind, leaf.data, self._library, readers)
                    return as_sent(reading, leaf)
            except OutOfTime as over:
                met = over.codes
        state, why = closed or (DocumentState.OVER_LIMIT, "time")
        return unread(index, leaf, state, why, met)


def _parted(task: Task, data: bytes) -> tuple[bytes, Keys]:
    """Return the mail or file itself, and what opens its locked parts."""
    end = max(0, len(data) - task.entity)
    return data[:end] if task.entity else data, Keys(task.password, task.part, data[end:])


def _opened(raw: bytes, keys: Keys) -> tuple[Block, tuple[Leaf, ...], tuple[str, ...], tuple[str, ...]]:
    gate(raw)
    allowance = Allowance()
    root = parse(raw, allowance)
    leaves = open_mail(root, allowance, raw, keys.password)
    if keys.entity and 0 < keys.part <= len(leaves):
        opened = open_instead(leaves[keys.part - 1], allowance, keys)
        leaves = (*leaves[: keys.part - 1], *opened, *leaves[keys.part :])
    return read_block(raw), leaves, (*defects(root), *delivery_codes(root)), returned_message_ids(root)


def _codes(*groups: tuple[str, ...] | Words) -> tuple[str, ...]:
    codes = (code for group in groups for code in (group.codes if isinstance(group, Words) else group))
    return tuple(dict.fromkeys(codes))[:MAX_CODES]

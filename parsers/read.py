"""What the walled process does with one task: survey a mail, read its forms or a file, draft a sheet; by value."""

from collections.abc import Sequence
from math import inf
from time import monotonic

from parsers.containers.accounts import part_of, why_closed
from parsers.containers.bodies import Words, link_hosts, words_of
from parsers.containers.front import read_front, returned_in_words
from parsers.containers.headers import Block, content_digest, read_block
from parsers.containers.leaf import Leaf
from parsers.containers.mime import delivery_codes, returned_message_ids
from parsers.containers.opening import Keys, open_instead, open_mail, single_file
from parsers.containers.signatures import holding
from parsers.containers.smime import der_of
from parsers.containers.tree import defects, from_its_head, parse
from parsers.containers.wrappers import wrapper_of
from parsers.contract import (
    Answer,
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
from parsers.desk import Desk, readers_for
from parsers.drafting import draft_of
from parsers.limits import (
    MAX_CODES,
    MAX_HEADER_BLOCK_BYTES,
    MAX_HEADER_LINES,
    MAX_MAIL_BYTES,
    OPENING_END,
    OPENING_SHARE,
    Allowance,
    OverLimit,
    gate,
    header_end,
)
from parsers.recognise import known_of
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
            told = survey(data, keys, seconds)
        case TaskKind.FRONT:
            told = front(data)
        case TaskKind.EXTRACT:
            told = extract(data, task.part, seconds)
        case TaskKind.READ:
            told = read_mail(data, library, seconds, keys, slow=task.slow)
        case TaskKind.READ_FILE:
            told = read_file(data, library, seconds, keys, slow=task.slow)
        case TaskKind.DRAFT:
            told = draft(data, library, slow=task.slow)
        case TaskKind.SIGNATURES:
            told = signatures(data, task.signing_keys)
    return told


def survey(raw: bytes, keys: Keys = NO_KEYS, seconds: float = inf) -> Survey | Refusal:
    """Take a mail apart without reading its forms; raises OverLimit."""
    if not raw.strip():
        return UNREADABLE
    block, leaves, broken, returned = _opened(raw, keys, seconds)
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
    desk = Desk(library, seconds, slow=slow)
    _, leaves, broken, _ = _opened(raw, keys, seconds)
    words = words_of(leaves)
    documents, typed, late = desk.read_all(leaves)
    return Harvest(
        documents=(*documents, *typed),
        untrusted_body=words.text,
        body_looks_like_form=bool(typed),
        codes=_codes((), late, broken, words),
    )


def extract(raw: bytes, part: int, seconds: float = inf) -> Extract | Refusal:
    """Hand out one part as it came, by its number in the survey; encrypted mail (CMS) as DER. Raises OverLimit."""
    _, leaves, _, _ = _opened(raw, NO_KEYS, seconds)
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
    return draft_of(leaf.told.kind, leaf.data, library, readers_for(leaf, slow=slow))


def _parted(task: Task, data: bytes) -> tuple[bytes, Keys]:
    """Return the mail or file itself, and what opens its locked parts."""
    end = max(0, len(data) - task.entity)
    return data[:end] if task.entity else data, Keys(task.password, task.part, data[end:])


def _opened(raw: bytes, keys: Keys, seconds: float) -> tuple[Block, tuple[Leaf, ...], tuple[str, ...], tuple[str, ...]]:
    begun, allowance = monotonic(), Allowance()
    gate(raw)
    whole = from_its_head(raw)
    root = parse(whole, allowance)
    allowance.until = min(monotonic() + OPENING_SHARE * seconds, begun + OPENING_END * seconds)
    leaves = open_mail(root, allowance, whole, keys.password)
    if keys.entity and 0 < keys.part <= len(leaves):
        opened = open_instead(leaves[keys.part - 1], allowance, keys)
        leaves = (*leaves[: keys.part - 1], *opened, *leaves[keys.part :])
    return read_block(raw), leaves, (*defects(root), *delivery_codes(root)), returned_message_ids(root)


def _codes(*groups: tuple[str, ...] | Words) -> tuple[str, ...]:
    codes = (code for group in groups for code in (group.codes if isinstance(group, Words) else group))
    return tuple(dict.fromkeys(codes))[:MAX_CODES]

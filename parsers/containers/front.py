"""The headers the story needs, from the raw block: each bounded, each as claimed."""

import re
from typing import Final

from parsers.containers import addresses
from parsers.containers.headers import Block, read_block
from parsers.containers.signatures import named_keys
from parsers.contract import Headers
from parsers.limits import MAX_HEADER_BYTES, header_end

_LIST_FIELD: Final = re.compile(r"list-[a-z-]{1,40}")
MAX_MESSAGE_ID: Final = 998
MAX_LABEL: Final = 300
RESPONDER_FIELDS: Final = (
    "x-autoreply", "x-autorespond", "x-autoresponder", "x-autoreply-from", "x-auto-reply-from", "x-mail-autoreply",
    "feedback-id",
)  # fmt: skip
"""RFC 3834 names none of them; responders write them all the same. Feedback-ID is that of senders in bulk."""
_SAYS_NO: Final = frozenset({b"", b"no", b"false", b"0"})
MAX_RESULTS: Final = 20
MAX_RETURNED: Final = 8
MAX_QUOTING_BYTES: Final = 256 * 1024
_MAILERS: Final = ("mailer-daemon", "postmaster", "mail-delivery")
_QUOTED_ID: Final = re.compile(
    rb"^[> \t]{0,8}message-id[ \t]{0,4}:\s{0,8}(<[!-;=?-~]{3,300}>)", re.IGNORECASE | re.MULTILINE
)


def read_front(block: Block, returned: tuple[str, ...]) -> tuple[Headers, tuple[str, ...]]:
    """Return the bounded headers, and codes of what the readers met; ``returned`` are a bounce's own Message-IDs."""
    modern, modern_codes = addresses.modern(block)
    second, second_codes = addresses.second_opinion(block)
    received = block.values("received")
    headers = Headers(
        untrusted_from_raw=addresses.raw_from(block),
        from_header_count=block.from_count,
        from_addresses=modern,
        from_second_opinion=second,
        reply_to=addresses.listed(block, ("reply-to",), addresses.MAX_SENDERS),
        untrusted_subject=addresses.unencoded(block.first("subject")),
        untrusted_message_id=block.first("message-id")[:MAX_MESSAGE_ID],
        untrusted_in_reply_to=block.first("in-reply-to")[:MAX_MESSAGE_ID],
        untrusted_references=block.first("references"),
        untrusted_date=block.first("date")[:MAX_LABEL],
        untrusted_return_path=block.first("return-path")[:MAX_MESSAGE_ID],
        untrusted_auto_submitted=_all(block, "auto-submitted"),
        untrusted_precedence=_all(block, "precedence"),
        untrusted_suppress=_all(block, "x-auto-response-suppress"),
        untrusted_loop=_all(block, "x-loop"),
        responder_headers=_responder_fields(block),
        list_headers=_list_fields(block),
        untrusted_content_type=block.first("content-type"),
        authentication_results=block.values("authentication-results")[:MAX_RESULTS],
        received_above=_received_above(block)[:MAX_RESULTS],
        received=received[:60],
        received_count=len(received),
        recipients=addresses.listed(block, addresses.RECIPIENT_FIELDS, addresses.MAX_RECIPIENTS),
        returned_message_ids=returned[:MAX_RETURNED],
        signatures=named_keys(block),
    )
    return headers, (*modern_codes, *second_codes, *addresses.hop_defects(block))


def returned_in_words(raw: bytes, block: Block) -> tuple[str, ...]:
    """Return the Message-IDs that a mailer's own words quote: bounces as qmail and others write them, of no standard.

    Only of a mail that comes from a mailer or with a null path, and only from the beginning of what it says.
    """
    path, senders = "".join(block.first("return-path").split()), " ".join(block.values("from")).lower()
    if path != "<>" and not any(name in senders.replace(" ", "-") for name in _MAILERS):
        return ()
    end = header_end(raw)
    found = _QUOTED_ID.findall(raw[end : end + MAX_QUOTING_BYTES])
    return tuple(dict.fromkeys(each.decode("ascii") for each in found))[:MAX_RETURNED]


def message_id_of(data: bytes) -> str:
    """Return the Message-ID of a mail or of a bare header block, or an empty string."""
    return read_block(data).first("message-id")[:MAX_MESSAGE_ID]


def _all(block: Block, name: str) -> str:
    """Return every value of a field as one list; what is longer than one header may be is cut, and its length tells."""
    return ", ".join(block.values(name))[:MAX_HEADER_BYTES]


def _responder_fields(block: Block) -> tuple[str, ...]:
    """Return the names of the fields that say something of who sent the mail; one that says no says nothing."""
    told = {field.name for field in block.fields if field.value.strip().lower() not in _SAYS_NO}
    return tuple(name for name in RESPONDER_FIELDS if name in told)


def _received_above(block: Block) -> tuple[int, ...]:
    """Return for each Authentication-Results how many servers wrote their Received above it (RFC 8601 4.1, 5)."""
    names = [field.name for field in block.fields]
    places = [place for place, name in enumerate(names) if name == "authentication-results"]
    return tuple(names[:place].count("received") for place in places[:MAX_RESULTS])


def _list_fields(block: Block) -> tuple[str, ...]:
    names = dict.fromkeys(field.name for field in block.fields if _LIST_FIELD.fullmatch(field.name))
    return tuple(names)[:20]

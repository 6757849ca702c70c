"""Who wrote a mail, as three readers see it: raw, by the standard library's modern policy, and by mail-parser."""

import re
from collections.abc import Iterable
from email import policy
from email.header import decode_header
from email.headerregistry import AddressHeader
from email.utils import getaddresses
from typing import Final

import mailparser

from parsers.containers.headers import Block
from parsers.containers.text import clean, decode
from parsers.contract import Address
from parsers.limits import MAX_ADDRESS_HEADER_BYTES, MAX_FROM_BYTES, MAX_HEADER_BYTES

MAX_SENDERS: Final = 8
MAX_RECIPIENTS: Final = 100
RECIPIENT_FIELDS: Final = ("to", "cc", "delivered-to", "x-original-to", "resent-to", "envelope-to")

_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f]")


def raw_from(block: Block) -> tuple[str, ...]:
    """Return every From value as written, each cut at 998 characters."""
    return tuple(value[:MAX_FROM_BYTES] for value in block.values("from")[:MAX_SENDERS])


def modern(block: Block) -> tuple[tuple[Address, ...], tuple[str, ...]]:
    """Return the From addresses as ``policy.default`` reads them, and codes; a From beyond 998 bytes is not read."""
    found: list[Address] = []
    codes: set[str] = set()
    for field in (each for each in block.fields if each.name == "from"):
        if len(field.value) > MAX_FROM_BYTES:
            codes.add("long-from")
            continue
        try:
            header = policy.default.header_factory("From", decode(field.value, "utf-8")[0])
            listed = header.addresses if isinstance(header, AddressHeader) else ()
            found += [_address(each.display_name, each.addr_spec) for each in listed]
        except Exception:  # noqa: BLE001 - the policy raises what it likes on hostile From (security.md 4.2)
            codes.add("from-unreadable")
    return tuple(found[:MAX_SENDERS]), tuple(sorted(codes))


def second_opinion(block: Block) -> tuple[tuple[Address, ...], tuple[str, ...]]:
    """Return the From addresses as mail-parser reads them from the From fields alone, and a code where it crashed."""
    fields = [field.raw for field in block.fields if field.name == "from"]
    if not fields or any(len(raw) > MAX_FROM_BYTES + 10 for raw in fields[:MAX_SENDERS]):
        return (), ()
    try:
        mail = mailparser.parse_from_bytes(b"\n".join(fields[:MAX_SENDERS]) + b"\n\n")
        found = [_address(str(name), str(address)) for name, address in mail.from_]
    except Exception:  # noqa: BLE001 - 0.4 % of real mails crash it (libraries.md, "MIME")
        return (), ("second-opinion-failed",)
    return tuple(found[:MAX_SENDERS]), ()


def hop_defects(block: Block) -> tuple[str, ...]:
    """Return codes of what mail-parser finds odd about the way a mail took (its Received fields, bounded)."""
    hops = [field.raw for field in block.fields if field.name == "received" and len(field.raw) <= MAX_FROM_BYTES][:60]
    if not hops:
        return ()
    try:
        mail = mailparser.parse_from_bytes(b"\n".join(hops) + b"\n\n")
        return () if len(mail.received) == len(hops) else ("received-unreadable",)
    except Exception:  # noqa: BLE001 - as above
        return ("second-opinion-failed",)


def listed(block: Block, names: Iterable[str], limit: int) -> tuple[Address, ...]:
    """Return the addresses of some fields by the standard library's plain reader, at most ``limit``."""
    values = [value[:MAX_ADDRESS_HEADER_BYTES] for name in names for value in block.values(name)]
    try:
        found = getaddresses(values)
    except (ValueError, IndexError, LookupError, RecursionError):  # comments within comments recurse
        return ()
    return tuple(_address(unencoded(name), address) for name, address in found if address)[:limit]


def unencoded(value: str) -> str:
    """Decode the encoded words of a header (RFC 2047) as far as they can be; never raises."""
    try:
        pieces = decode_header(value[:MAX_HEADER_BYTES])
    except (ValueError, LookupError, TypeError):  # HeaderParseError and binascii.Error are ValueErrors
        return clean(value, MAX_HEADER_BYTES)
    words = (piece if isinstance(piece, str) else decode(piece, charset or "")[0] for piece, charset in pieces if piece)
    return clean(_CONTROLS.sub(" ", "".join(words)), MAX_HEADER_BYTES)


def _address(name: str, address: str) -> Address:
    return Address(untrusted_address=clean(address, 320), untrusted_name=clean(name, 300))

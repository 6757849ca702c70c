"""One MIME node's own words about itself and its content, decoded whatever is wrong with either."""

import binascii
import re
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from typing import Final, TypeVar

from parsers.containers.addresses import unencoded
from parsers.containers.text import clean
from parsers.limits import MAX_FROM_BYTES

_T = TypeVar("_T")
_BASE64: Final = bytes(range(256)).translate(None, b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")
_BLANKS: Final = b" \t\r\n"
_TYPE: Final = re.compile(r"[a-z0-9!#$&^_.+-]{1,100}/[a-z0-9!#$&^_.+-]{1,100}")


@dataclass(frozen=True, slots=True)
class Declared:
    """What a node says it is: hearsay, bounded, in lower case but for the name."""

    type: str
    name: str
    attachment: bool
    charset: str
    encoding: str


def quietly(read: Callable[[], _T], otherwise: _T) -> _T:
    """Return what ``read`` finds, or ``otherwise`` where the standard library stumbles over a hostile parameter."""
    try:
        return read()
    except Exception:  # noqa: BLE001 - LookupError, UnicodeError, TypeError, IndexError ... were seen (incidents.md 46)
        return otherwise


def declared(node: Message) -> Declared:
    """Return a node's own account of itself; never raises."""
    name = quietly(lambda: node.get_filename(""), "")
    kind = quietly(node.get_content_type, "text/plain").lower()
    return Declared(
        type=kind if _TYPE.fullmatch(kind) else "application/octet-stream",
        name=clean(unencoded(str(name)[:MAX_FROM_BYTES]), 300) if name else "",
        attachment=quietly(node.get_content_disposition, None) == "attachment",
        charset=clean(quietly(lambda: str(node.get_content_charset("")), ""), 100),
        encoding=quietly(lambda: str(node.get("content-transfer-encoding", "")), "").strip().lower()[:50],
    )


def content(node: Message, encoding: str) -> tuple[bytes, tuple[str, ...]]:
    """Return the decoded content of a leaf and codes of what was wrong with its transfer encoding."""
    payload = node.get_payload()
    text = payload if isinstance(payload, str) else ""
    if encoding == "base64":
        return from_base64(text.encode("ascii", "surrogateescape") if _plain(text) else text.encode("utf-8", "replace"))
    decoded = quietly(lambda: node.get_payload(decode=True), None)
    if isinstance(decoded, bytes):
        return decoded, ()
    return text.encode("utf-8", "surrogateescape"), ("odd-transfer-encoding",)


def _plain(text: str) -> bool:
    return all(ord(character) < 0x80 or 0xDC80 <= ord(character) <= 0xDCFF for character in set(text))


def from_base64(data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Decode base64 as far as it goes: foreign characters are passed over, a cut end loses at most three bytes."""
    kept = data.translate(None, _BASE64)
    codes = {"odd-base64"} if len(kept) != len(data.translate(None, _BLANKS)) else set()
    pieces: list[bytes] = []
    for run in re.split(rb"=+", kept):
        whole = run[:-1] if len(run) % 4 == 1 else run
        pieces.append(binascii.a2b_base64(whole + b"=" * (-len(whole) % 4)))
    if len(kept) % 4:
        codes.add("truncated-base64")
    return b"".join(pieces), tuple(sorted(codes))

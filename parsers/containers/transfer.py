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
_ENCODING_FIELD: Final = "Content-Transfer-Encoding"
_BASE64: Final = bytes(range(256)).translate(None, b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")
_BLANKS: Final = b" \t\r\n"
_COMMENT: Final = re.compile(r"\([^()]*\)?")
_TOKEN: Final = re.compile(r"[a-z0-9-]+")
_PLAINLY: Final = {"x-base64": "base64", "base-64": "base64", "x-quoted-printable": "quoted-printable"}
_FORMS_IN_BASE64: Final = (b"UEsDB", b"JVBERi", b"0M8R4KGx", b"e1xydGY")
"""How a zip (so a Word file), a PDF, an old Office file and an RTF begin in base64."""
_MOSTLY: Final = 0.98
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
        encoding=_encoding(quietly(lambda: str(node.get(_ENCODING_FIELD, "")), "")),
    )


def undeclared(name: str) -> Declared:
    """Return the account of a file that says nothing of itself but its name."""
    return Declared(type="application/octet-stream", name=clean(name, 300), attachment=True, charset="", encoding="")


def _encoding(field: str) -> str:
    """Return the encoding a field names, without comments, quotes and whatever follows (RFC 2045 6.1)."""
    found = _TOKEN.search(_COMMENT.sub(" ", field[:MAX_FROM_BYTES].lower()))
    name = found[0][:50] if found else ""
    return _PLAINLY.get(name, name)


def content(node: Message, encoding: str) -> tuple[bytes, tuple[str, ...]]:
    """Return the decoded content of a leaf and codes of what was wrong with its transfer encoding.

    Where a form's file stands there in base64 though nothing says so, it is decoded all the same.
    """
    data, codes = _decoded(node, encoding)
    head = data[:100].lstrip(_BLANKS)
    if not head.startswith(_FORMS_IN_BASE64):
        return data, codes
    inner, more = from_base64(data)
    written = len(data.translate(None, _BASE64)) >= _MOSTLY * len(data.translate(None, b"\r\n"))
    return (inner, (*codes, *more, "undeclared-base64")) if written else (data, codes)


def _decoded(node: Message, encoding: str) -> tuple[bytes, tuple[str, ...]]:
    payload = node.get_payload()
    text = payload if isinstance(payload, str) else ""
    if encoding == "base64":
        return from_base64(text.encode("ascii", "surrogateescape") if _plain(text) else text.encode("utf-8", "replace"))
    del node[_ENCODING_FIELD]  # the standard library goes by the field as it stands: comments, quotes and all
    node[_ENCODING_FIELD] = encoding
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

"""The header block of a mail as raw fields, unfolded and counted by ourselves: no parser decides what a From is."""

import hashlib
import re
from dataclasses import dataclass
from typing import Final

from parsers.containers.text import clean, decode
from parsers.limits import MAX_HEADER_BYTES, header_end

_FIELD: Final = re.compile(rb"([\x21-\x39\x3b-\x7e]{1,100})[ \t]*:(.*)", re.DOTALL)
_FROM: Final = re.compile(rb"^from[ \t]*:", re.IGNORECASE | re.MULTILINE)
_TRACE: Final = re.compile(
    r"received|return-path|delivered-to|x-delivered-to|x-original-to|envelope-to|x-envelope-(?:from|to)|x-received"
    r"|received-spf|authentication-results(?:-original)?|arc-[a-z-]+|x-spam-[a-z-]+|x-gm-[a-z-]+|x-google-[a-z-]+"
    r"|x-ms-exchange-[a-z0-9-]+|x-microsoft-antispam[a-z-]*|x-forefront-[a-z-]+|x-eopattributedmessage"
    r"|x-eoptenantattributedmessage|x-[a-z0-9-]*-trace[a-z-]*|x-uid|x-uidl|x-mozilla-[a-z0-9-]+|status|x-status"
)
"""What each delivery writes anew (RFC 5321 4.4, and large providers' habits). DKIM-Signature is the sender's: kept."""


@dataclass(frozen=True, slots=True)
class Field:
    """One header field: its name in lower case (empty for a line that is none), its unfolded value, its raw lines."""

    name: str
    value: bytes
    raw: bytes


@dataclass(frozen=True, slots=True)
class Block:
    """A header block: its fields in order, and codes of what is odd about its bytes."""

    fields: tuple[Field, ...]
    from_count: int
    codes: tuple[str, ...]

    def values(self, name: str) -> tuple[str, ...]:
        """Return every value of a field, decoded as UTF-8 or Windows-1252, cut at MAX_HEADER_BYTES."""
        return tuple(as_text(field.value[:MAX_HEADER_BYTES]) for field in self.fields if field.name == name)

    def first(self, name: str) -> str:
        """Return the first value of a field, or an empty string."""
        return next(iter(self.values(name)), "")


def as_text(value: bytes) -> str:
    """Return a header's bytes as text that can cross the wall (RFC 6532 allows UTF-8; others write what they like)."""
    return clean(decode(value, "utf-8")[0].strip(" \t"), MAX_HEADER_BYTES)


def read_block(raw: bytes) -> Block:
    """Return the header block of a mail that passed the gate.

    Lines end at LF or CRLF; only where there is no LF at all, at CR. A lone CR or NUL inside a value stays there to be
    seen. ``from_count`` counts From fields under either reading of line ends, whichever finds more (security.md 4, 5).
    """
    end = header_end(raw)
    block = raw[:end]
    lines = block.replace(b"\r\n", b"\n")
    lone = b"\r" in lines
    counted = _FROM.findall(lines.replace(b"\r", b"\n"))
    if lone and b"\n" not in raw[: end + 2]:
        lines, lone = lines.replace(b"\r", b"\n"), False
    fields = _fields(lines.split(b"\n"))
    codes = {
        "bare-cr-in-headers": lone,
        "nul-in-headers": b"\x00" in block,
        "eight-bit-headers": not block.isascii(),
        "stray-header-lines": not all(field.name for field in fields),
        "long-header": any(len(field.value) > MAX_HEADER_BYTES and not is_trace(field.name) for field in fields),
    }
    return Block(fields, len(counted), tuple(code for code, found in codes.items() if found))


def _fields(lines: list[bytes]) -> tuple[Field, ...]:
    """Gather fields with their folded lines; a line that is no field is kept without a name."""
    gathered: list[list[bytes]] = []
    for number, line in enumerate(lines):
        if line[:1] in {b" ", b"\t"} and gathered:
            gathered[-1].append(line)
        elif line and not (number == 0 and line.startswith((b"From ", b">From "))):
            gathered.append([line])
    return tuple(_field(each) for each in gathered)


def _field(lines: list[bytes]) -> Field:
    raw, found = b"\n".join(lines), _FIELD.fullmatch(b"".join(lines))
    if found is None:
        return Field("", b"", raw)
    return Field(found[1].decode("ascii").lower(), found[2].strip(b" \t"), raw)


def is_trace(name: str) -> bool:
    """Tell whether a field is written by those who carry the mail."""
    return _TRACE.fullmatch(name) is not None


def content_digest(raw: bytes, block: Block) -> str:
    """Return the SHA-256 of a mail without trace headers, line ends made one: one mail delivered twice agrees."""
    digest = hashlib.sha256()
    for field in block.fields:
        if not is_trace(field.name):
            digest.update(field.raw + b"\n")
    digest.update(b"\n")
    body = memoryview(raw)[header_end(raw) :].tobytes()
    digest.update(body.replace(b"\r\n", b"\n").replace(b"\r", b"\n").strip(b"\n"))
    return digest.hexdigest()

"""What an RTF file carries and would do: objects, programs in them, templates from afar, other programs' data (DDE).

Word reads RTF leniently, and who hides an object breaks its words by line ends: marks are looked for without any.
"""

import re
from collections.abc import Iterator
from itertools import islice, zip_longest
from typing import Final

from parsers.signs import holds_program, is_afar

MAX_BYTES: Final = 32 * 1024 * 1024
MAX_OBJECTS_LOOKED_AT: Final = 50
MAX_HEX: Final = 16 * 1024 * 1024
"""Of all objects' digits together."""
_LINE_ENDS: Final = b"\r\n\0"
_OBJECT: Final = re.compile(rb"\\obj(?:data|emb|link|autlink|html|ocx|update|class)", re.IGNORECASE)
_DATA: Final = re.compile(rb"\\objdata", re.IGNORECASE)
_TEMPLATE: Final = re.compile(rb"\\template(?![a-z])([^{}]{0,2000})", re.IGNORECASE)
_DDE: Final = re.compile(rb"\\fldinst(?:(?!\\fldrslt).){0,300}?[\s{]DDE(?:AUTO)?[\s\\]", re.IGNORECASE | re.DOTALL)
_WORDS: Final = re.compile(rb"\\'[0-9a-f]{2}|\\[a-z]+-?\d* ?", re.IGNORECASE)
_NOT_DIGITS: Final = bytes(code for code in range(256) if code not in b"0123456789abcdefABCDEF")
_LETTER: Final = re.compile(rb"\\'([0-9a-f]{2})|\\u(-?\d{1,5})\s?\??|\\([\\{}])|\\[a-z]+-?\d* ?", re.IGNORECASE)


def carried_by(data: bytes) -> tuple[str, ...]:
    """Return codes of what acts, each once."""
    return tuple(dict.fromkeys(_told(data[:MAX_BYTES])))


def _told(data: bytes) -> Iterator[str]:
    if b"\\" not in data:
        return
    joined = data.translate(None, _LINE_ENDS)
    if _OBJECT.search(joined):
        yield "ole-objects"
    if any(map(holds_program, _objects(joined))):
        yield "program-inside"
    if any(is_afar(_plain(found[1])) for found in _TEMPLATE.finditer(joined)):
        yield "has-remote-template"
    if _DDE.search(data.translate(None, b"\0")):
        yield "has-dde"


def _objects(joined: bytes) -> Iterator[bytes]:
    """Yield the beginnings of the objects' bytes, each up to the next and all of them within a limit."""
    begins = [found.end() for found in islice(_DATA.finditer(joined), MAX_OBJECTS_LOOKED_AT)]
    left = MAX_HEX
    for start, following in zip_longest(begins, begins[1:], fillvalue=len(joined)):
        words = joined[start : min(following, start + left)]
        left -= len(words)
        digits = _WORDS.sub(b"", words).translate(None, _NOT_DIGITS)
        yield bytes.fromhex(digits[: len(digits) & ~1].decode("ascii"))


def _plain(words: bytes) -> str:
    """Return the address that stands there, its escapes undone."""

    def letter(found: "re.Match[bytes]") -> bytes:
        code, point, symbol = found.groups()
        if code:
            return bytes.fromhex(code.decode("ascii"))
        return chr(int(point) % 65_536).encode("utf-8", "replace") if point else symbol or b""

    return _LETTER.sub(letter, words).decode("latin-1").strip()

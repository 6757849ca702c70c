"""winmail.dat: Outlook's mail in Transport Neutral Encapsulation ([MS-OXTNEF]), its files and the mails in them."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from parsers.containers import mapi
from parsers.containers.as_mime import Enclosure, Letter
from parsers.containers.mapi import Properties
from parsers.limits import MAX_CONTAINERS_DEEP, MAX_PARTS, OverLimit

_MAGIC: Final = b"\x78\x9f\x3e\x22"
_HEAD: Final = 6
_ATTRIBUTE: Final = struct.Struct("<BII")
_CHECKSUM: Final = 2
_MAIL_PROPERTIES, _FILE_PROPERTIES, _NEW_FILE = 0x69003, 0x69005, 0x69002
_TITLE, _DATA, _SUBJECT, _BODY, _CODEPAGE = 0x18010, 0x6800F, 0x18004, 0x2800C, 0x69007
_SIZES: Final = {0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16}
"""Of values of a fixed length, filled up to four bytes ([MS-OXTNEF] 2.1.3.4)."""
_VARIABLE: Final = frozenset({mapi.TEXT_8BIT, mapi.TEXT, mapi.OBJECT, mapi.BINARY})
_SEVERAL, _NAMED = 0x1000, 0x8000
_MAX_PROPERTIES: Final = 4_000
_INTERFACE: Final = 16


class BrokenTnef(Exception):
    """A TNEF stream that cannot be taken apart."""


@dataclass(slots=True)
class _File:
    properties: Properties
    data: bytes = b""


@dataclass(slots=True)
class _Gathered:
    mail: Properties = field(default_factory=Properties)
    files: list[_File] = field(default_factory=list)


def letter_of(data: bytes, depth: int = 0) -> Letter:
    """Return the mail of a TNEF stream with what hangs on it; raises BrokenTnef or OverLimit."""
    found = _Gathered()
    try:
        for number, content in _attributes(data):
            _take(found, number, content)
        if not found.mail.values and not found.files:
            raise BrokenTnef
        return found.mail.letter(tuple(_enclosed(file, depth) for file in found.files))
    except (struct.error, IndexError, ValueError):
        raise BrokenTnef from None


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield number and content of each attribute; one that is cut is told."""
    if not data.startswith(_MAGIC):
        raise BrokenTnef
    at = _HEAD
    while at + _ATTRIBUTE.size <= len(data):
        _, number, length = _ATTRIBUTE.unpack_from(data, at)
        at += _ATTRIBUTE.size
        if at + length > len(data):
            raise BrokenTnef
        yield number, data[at : at + length]
        at += length + _CHECKSUM


def _take(found: _Gathered, number: int, content: bytes) -> None:
    mail, files = found.mail, found.files
    if number == _NEW_FILE:
        if len(files) >= MAX_PARTS:
            raise OverLimit("too-many-parts")
        files.append(_File(Properties(codepage=mail.codepage)))
    elif number == _CODEPAGE:
        mail.codepage = int.from_bytes(content[:4], "little")
    elif number == _MAIL_PROPERTIES:
        mail.values |= _properties(content)
    elif number in {_SUBJECT, _BODY}:
        mail.values.setdefault(mapi.SUBJECT if number == _SUBJECT else mapi.BODY, (mapi.TEXT_8BIT, content))
    elif files and number == _FILE_PROPERTIES:
        files[-1].properties.values |= _properties(content)
    elif files and number == _TITLE:
        files[-1].properties.values.setdefault(mapi.SHORT_NAME, (mapi.TEXT_8BIT, content))
    elif files and number == _DATA:
        files[-1].data = content


def _enclosed(file: _File, depth: int) -> Enclosure | Letter:
    kind, value = file.properties.values.get(mapi.CONTENT, (0, b""))
    if kind != mapi.OBJECT:
        return file.properties.enclosure(file.data or value)
    inner = value[_INTERFACE:]
    if inner.startswith(_MAGIC) and depth <= MAX_CONTAINERS_DEEP:  # further in nothing would be opened
        return letter_of(inner, depth + 1)
    return file.properties.enclosure(inner)


def _properties(data: bytes) -> dict[int, tuple[int, bytes]]:
    """Return the properties of a list ([MS-OXTNEF] 2.1.3.4), of several values of one the first."""
    (count,) = struct.unpack_from("<I", data, 0)
    if count > _MAX_PROPERTIES:
        raise OverLimit("too-many-parts")
    found: dict[int, tuple[int, bytes]] = {}
    at = 4
    for _ in range(count):
        kind, number = struct.unpack_from("<HH", data, at)
        at = _past_name(data, at + 4) if number >= _NAMED else at + 4
        value, at = _value(data, at, kind)
        found.setdefault(number, (kind & ~_SEVERAL, value))
    return found


def _past_name(data: bytes, at: int) -> int:
    """Step over the name of a named property: a GUID and a number, or a GUID and words."""
    (by_words,) = struct.unpack_from("<I", data, at + 16)
    (length,) = struct.unpack_from("<I", data, at + 20)
    return at + 24 + (_padded(length) if by_words else 0)


def _value(data: bytes, at: int, kind: int) -> tuple[bytes, int]:
    single = kind & ~_SEVERAL
    count = 1
    if kind & _SEVERAL or single in _VARIABLE:
        (count,) = struct.unpack_from("<I", data, at)
        at += 4
    if single not in _VARIABLE:
        size = _SIZES[single] if single in _SIZES else _unknown()
        return data[at : at + size], at + _padded(size) * count
    first = b""
    for index in range(min(count, len(data))):
        (length,) = struct.unpack_from("<I", data, at)
        if at + 4 + length > len(data):
            raise BrokenTnef
        first = data[at + 4 : at + 4 + length] if index == 0 else first
        at += 4 + _padded(length)
    return first, at


def _unknown() -> int:
    raise BrokenTnef


def _padded(size: int) -> int:
    return (size + 3) // 4 * 4

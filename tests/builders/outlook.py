"""Invented mails as Outlook keeps and sends them: .msg ([MS-OXMSG]) and winmail.dat ([MS-OXTNEF])."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from tests.builders.ole import Tree, ole

TEXT, ANSI, BINARY, OBJECT = 0x1F, 0x1E, 0x102, 0x0D
Value = tuple[int, int, bytes]
"""Number, type and content of a property."""


@dataclass(frozen=True)
class Mail:
    """One mail; ``enclosed`` holds (name, bytes) and further mails."""

    subject: str = "Referral"
    body: str = "Please find attached."
    html: bytes = b""
    rtf: bytes = b""
    author: str = "Orla Example"
    address: str = "orla.example@agency.example"
    enclosed: "Sequence[tuple[str, bytes] | Mail | Tree]" = ()
    more: Sequence[Value] = ()


def words(number: int, text: str) -> Value:
    """Return a property of words."""
    return number, TEXT, text.encode("utf-16-le")


def msg(mail: Mail) -> bytes:
    """Return a mail as .msg."""
    return ole(_storage(mail, head=bytes(32)))


def winmail(mail: Mail) -> bytes:
    """Return a mail as winmail.dat."""
    parts = [_attribute(1, 0x69003, _listed(_values(mail)))]
    for each in mail.enclosed:
        parts.append(_attribute(2, 0x69002, bytes(14)))
        if isinstance(each, Mail):
            inner = bytes(16) + winmail(each)
            parts.append(_attribute(2, 0x69005, _listed([(0x3701, OBJECT, inner), words(0x3001, "mail")])))
        elif isinstance(each, tuple):
            name, data = each
            parts += [_attribute(2, 0x18010, b"SHORT~1.DOC\0"), _attribute(2, 0x6800F, data)]
            parts.append(_attribute(2, 0x69005, _listed([words(0x3707, name + "\0")])))
    return b"\x78\x9f\x3e\x22\x01\x00" + b"".join(parts)


def _values(mail: Mail) -> list[Value]:
    own = [words(0x0037, mail.subject), words(0x0C1A, mail.author), words(0x5D01, mail.address)]
    own += [words(0x1000, mail.body)] if mail.body else []
    own += [(0x1013, BINARY, mail.html)] if mail.html else []
    own += [(0x1009, BINARY, mail.rtf)] if mail.rtf else []
    return [*own, *mail.more]


def _storage(mail: Mail, head: bytes) -> dict:
    tree: dict = _streams(_values(mail), head)
    for number, each in enumerate(mail.enclosed):
        name = f"__attach_version1.0_#{number:08X}"
        if isinstance(each, Mail):
            inner = {"__substg1.0_3701000D": _storage(each, bytes(24))}
            tree[name] = _streams([words(0x3001, "mail")], bytes(8)) | inner
        elif isinstance(each, tuple):
            tree[name] = _streams([words(0x3707, each[0]), (0x3701, BINARY, each[1])], bytes(8))
        else:
            tree[name] = _streams([words(0x3001, "object")], bytes(8)) | {"__substg1.0_3701000D": each}
    return tree


def _streams(values: Sequence[Value], head: bytes) -> dict:
    table = head + b"".join(
        struct.pack("<HHII4x", kind, number, 6, len(content)) for number, kind, content in values if kind > 0x14
    )
    table += b"".join(
        struct.pack("<HHI8s", kind, number, 6, content) for number, kind, content in values if kind <= 0x14
    )
    streams = {f"__substg1.0_{number:04X}{kind:04X}": content for number, kind, content in values if kind > 0x14}
    return {"__properties_version1.0": table, **streams}


def _listed(values: Sequence[Value]) -> bytes:
    return struct.pack("<I", len(values)) + b"".join(map(_property, values))


def _property(value: Value) -> bytes:
    number, kind, content = value
    head = struct.pack("<HH", kind, number)
    if number >= 0x8000:
        head += bytes(16) + struct.pack("<II", 1, 6) + "ab\0".encode("utf-16-le") + bytes(2)
    if kind <= 0x14 and kind != OBJECT:
        return head + content
    return head + struct.pack("<II", 1, len(content)) + content + bytes(-len(content) % 4)


def _attribute(level: int, number: int, content: bytes) -> bytes:
    return struct.pack("<BII", level, number, len(content)) + content + struct.pack("<H", sum(content) & 0xFFFF)

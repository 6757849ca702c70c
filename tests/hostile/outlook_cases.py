"""Outlook's files and old Word's: winmail.dat, .msg, .doc, RTF (incident 80, threat 26)."""

import struct
from collections.abc import Iterator

from tests.builders.ole import ole
from tests.builders.outlook import Mail, msg, winmail
from tests.hostile.case import Case, attached, good_form

TNEF = b"\x78\x9f\x3e\x22\x01\x00"


def outlook_cases() -> Iterator[Case]:
    """Give the cases of winmail.dat, .msg and OLE files (incident 80)."""
    for name, data in (
        ("junk", TNEF + b"\xff" * 900),
        ("empty", TNEF),
        ("length-4-gb", TNEF + struct.pack("<BII", 1, 0x69003, 0xFFFFFFFF) + b"x"),
        ("properties-1e9", TNEF + attribute(0x69003, struct.pack("<I", 1_000_000_000))),
        ("values-1e9", TNEF + attribute(0x69003, struct.pack("<IHHI", 1, 0x101F, 0x37, 1_000_000_000) + bytes(9_000))),
        (
            "fixed-values-1e9",
            TNEF + attribute(0x69003, struct.pack("<IHHI", 1, 0x1003, 0x37, 0xFFFFFFFF) + bytes(9_000)),
        ),
        ("attributes-50k", TNEF + attribute(0x18004, b"") * 50_000),
        ("files-300", TNEF + attribute(0x69002, bytes(14)) * 300),
    ):
        yield attached(f"winmail-{name}", "incident 80", lambda data=data: data, called="winmail.dat")
    yield attached("winmail-20-deep", "incident 80", lambda: winmail(_deep(20)), called="winmail.dat")
    yield attached(
        "winmail-with-a-program",
        "incident 80",
        lambda: winmail(Mail(enclosed=[("a.exe", b"MZ\x90\0" + bytes(90))])),
        called="winmail.dat",
    )
    yield attached(
        "msg-junk", "incident 80", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 900, called="a.msg"
    )
    yield attached("msg-20-deep", "incident 80", lambda: msg(_deep(20)), called="a.msg")
    yield attached("msg-300-files", "incident 80", lambda: msg(Mail(enclosed=[("a", b"x")] * 300)), called="a.msg")
    yield attached(
        "msg-cut", "incident 80", lambda: msg(Mail(enclosed=[("a.docx", good_form())]))[:3_000], called="a.msg"
    )
    yield attached("msg-table-in-a-ring", "incident 80", _ring, called="a.msg")
    yield attached("msg-rtf-swells", "incident 80", lambda: msg(Mail(body="", rtf=_swelling_rtf())), called="a.msg")
    yield attached("rtf-braces-1e6", "4.2", lambda: b"{\\rtf1" + b"{" * 1_000_000, called="a.rtf")
    yield attached("rtf-object", "threat 26", lambda: b"{\\rtf1{\\object\\objemb\\objdata 4d5a9000}}", called="a.rtf")
    yield attached(
        "rtf-braces-converted", "4.2", lambda: b"{\\rtf1" + b"{" * 300_000, called="a.rtf", workshop=True, slow=True
    )
    yield attached(
        "doc-junk", "4.2", lambda: ole({"WordDocument": b"\xff" * 9_000, "1Table": b"\xff" * 9_000}), called="a.doc"
    )
    yield attached(
        "doc-junk-converted",
        "4.2",
        lambda: ole({"WordDocument": b"\xff" * 9_000, "1Table": b"\xff" * 9_000}),
        called="a.doc",
        workshop=True,
        slow=True,
    )
    yield attached(
        "doc-with-a-program",
        "threat 26",
        lambda: ole({"WordDocument": bytes(900), "ObjectPool": {"_1": {"\x01Ole10Native": b"\2\0a.exe\0MZ"}}}),
        called="a.doc",
    )
    yield attached(
        "doc-with-macros",
        "threat 26",
        lambda: ole({"WordDocument": bytes(900), "Macros": {"VBA": {"dir": b"x"}}}),
        called="a.doc",
    )


def attribute(number: int, content: bytes) -> bytes:
    """Return one attribute of a winmail.dat ([MS-OXTNEF] 2.1.3.3)."""
    return struct.pack("<BII", 1, number, len(content)) + content + bytes(2)


def _deep(depth: int) -> Mail:
    mail = Mail(body="words")
    for _ in range(depth):
        mail = Mail(enclosed=[mail])
    return mail


def _ring() -> bytes:
    """Return an OLE file whose allocation table leads every chain back to its beginning."""
    data = bytearray(msg(Mail(enclosed=[("a", bytes(9_000))])))
    (table,) = struct.unpack_from("<I", data, 76)
    at = 512 * (table + 1)
    for number in range(100):
        struct.pack_into("<I", data, at + 4 * number, 0)
    return bytes(data)


def _swelling_rtf() -> bytes:
    body = b"\xff" + b"\x00\x0f" * 8
    return struct.pack("<II4sI", 0xFFFFFFF0, 0xFFFFFFFF, b"LZFu", 0) + body * 60_000

"""Zips and other archives that unpack to too much, to elsewhere, or to something else (threats 20, 22, 30)."""

import gzip
import lzma
import struct
from collections.abc import Iterator

from tests.builders.locked import locked_zip
from tests.hostile.case import QUARANTINED, Case, attached, good_form
from tests.hostile.zips import BZIP2, LZMA, STORED, SYMLINK, Item, bomb, nested, overlapping, zip_of

PROGRAM = b"MZ\x90\x00" + bytes(200)


def archive_cases() -> Iterator[Case]:
    """Give the cases of zips that are too much."""
    yield attached("zip-of-100-mb-zeros", "threat 22", lambda: _bomb(100_000_000), "?", called="a.zip")
    yield attached("zip-of-10-gb-zeros", "threat 22", lambda: _bomb(4_000_000_000), "?", called="a.zip", slow=True)
    yield attached("zip-42-entries-of-1-gb", "threat 22", _forty_two, "?", called="a.zip", slow=True)
    yield attached("zip-in-zip-in-zip", "threat 22", lambda: nested(5, good_form().data, "a.zip"), "?", called="a.zip")
    yield attached("zip-nested-200", "threat 22", lambda: nested(200, b"x"), "?", called="a.zip")
    yield attached("zip-of-itself", "threat 22", _of_itself, "?", called="a.zip")
    yield attached("zip-overlapping", "threat 22", lambda: overlapping(150, bytes(200_000)), "?", called="a.zip")
    yield attached("zip-overlapping-much", "threat 22", lambda: overlapping(190, bytes(range(256)) * 3_000), "?", called="a.zip")
    yield attached("zip-201-entries", "threat 22", lambda: zip_of(*(Item(str(n)) for n in range(201))), "?", called="a.zip")
    yield attached("zip-60k-entries", "threat 22", lambda: zip_of(*(Item(str(n)) for n in range(60_000))), "?", called="a.zip")
    yield attached("zip-directory-cut-short", "threat 22", lambda: zip_of(Item("a", b"x"))[:-30], "?", called="a.zip")
    yield attached("zip-says-2-gb", "threat 22", lambda: zip_of(Item("a", b"x", says_size=2_000_000_000)), "?", called="a.zip")
    yield attached("zip-says-less", "threat 22", lambda: zip_of(Item("a", b"xy" * 500, says_size=10)), "?", called="a.zip")
    yield attached("zip-says-more", "threat 22", lambda: zip_of(Item("a", b"xy" * 500, says_size=5_000)), "?", called="a.zip")
    yield attached("zip-packed-size-a-lie", "threat 22", lambda: zip_of(Item("a", b"x" * 50, says_packed=1 << 31)), "?", called="a.zip")
    yield attached("zip-checksum-wrong", "incident 75", lambda: zip_of(Item("a", b"x", says_crc=1)), "?", called="a.zip")
    yield attached("zip-names-twice", "threat 22", lambda: zip_of(Item("a.txt", b"one"), Item("a.txt", b"two")), "?", called="a.zip")
    yield attached("zip-names-differ", "threat 22", lambda: zip_of(Item("a.txt", b"one", local_name="b.txt")), "?", called="a.zip")
    yield attached("zip-starts-far-out", "threat 22", lambda: zip_of(Item("a", b"x", at=1 << 30)), "?", called="a.zip")
    yield attached("zip64-says-exabytes", "threat 22", _zip64, "?", called="a.zip")
    yield attached("zip-empty", "incident 75", zip_of, "?", called="a.zip")
    yield attached("zip-comment-of-65k", "incident 75", lambda: zip_of(Item("a", b"x"), comment=b"PK\x05\x06" * 16_000), "?", called="a.zip")
    yield attached("zip-half-a-mail-of-zips", "threat 22", _many_zips, "?", called="a.zip")


def packing_cases() -> Iterator[Case]:
    """Give the cases of packings seldom seen, and of archives that are no zip."""
    yield attached("zip-in-lzma", "threat 22", lambda: zip_of(Item("a", b"x" * 90, LZMA, packed=_lzma(b"x" * 90))), "?", called="a.zip")
    yield attached("zip-lzma-broken", "incident 75", lambda: zip_of(Item("a", b"x" * 90, LZMA, packed=_lzma(b"")[:9] + b"\xff" * 90)), "?", called="a.zip")
    yield attached("zip-lzma-wants-4-gb", "threat 22", lambda: zip_of(Item("a", b"x" * 90, LZMA, packed=_lzma(b"x" * 90, 0xFFFFFFFF))), "?", called="a.zip")
    yield attached("zip-lzma-odd-properties", "incident 75", lambda: zip_of(Item("a", b"x", LZMA, packed=b"\x09\x14\x05\x00\xff\xff\xff\xff\xff" + b"x" * 9)), "?", called="a.zip")
    yield attached("zip-bzip2-broken", "incident 75", lambda: zip_of(Item("a", b"x" * 90, BZIP2)), "?", called="a.zip")
    yield attached("zip-method-99", "incident 75", lambda: zip_of(Item("a", b"x", 99)), "?", called="a.zip")
    yield attached("zip-deflate-broken", "incident 75", lambda: zip_of(Item("a", b"x", packed=b"\xff" * 9)), "?", called="a.zip")
    yield attached("zip-encrypted-flag", "threat 22", lambda: zip_of(Item("a.txt", b"x", flags=1)), "?", called="a.zip")
    yield attached("zip-strong-encryption", "threat 22", lambda: zip_of(Item("a.txt", b"x", flags=0x41)), "?", called="a.zip")
    yield attached("zip-locked", "incident 79", lambda: locked_zip(("a.txt", b"x")), "?", called="a.zip")
    yield attached("gzip-bomb", "threat 22", lambda: gzip.compress(bytes(20_000_000)), "?", called="a.gz")
    yield attached("7z", "threat 22", lambda: b"7z\xbc\xaf\x27\x1c" + bytes(90), "?", called="a.7z")
    yield attached("rar", "threat 22", lambda: b"Rar!\x1a\x07\x01" + bytes(90), "?", called="a.rar")
    yield attached("tar-of-etc", "threat 20", lambda: _tar("../../etc/cron.d/x"), "?", called="a.tar")
    yield attached("xz", "threat 22", lambda: lzma.compress(bytes(5_000_000)), "?", called="a.xz")


def entry_name_cases() -> Iterator[Case]:
    """Give the cases of entries whose names are the weapon."""
    for name, told in (
        ("zip-entry-climbs", "../../../../etc/cron.d/x"),
        ("zip-entry-climbs-in-windows", "..\\..\\start.txt"),
        ("zip-entry-absolute", "/etc/cron.d/x"),
        ("zip-entry-drive", "C:\\autoexec.txt"),
        ("zip-entry-share", "\\\\127.0.0.1\\a.txt"),
        ("zip-entry-stream", "a.txt:evil"),
        ("zip-entry-nul", "a.txt\0.exe"),
        ("zip-entry-turned-round", "a\u202etxt.exe"),
        ("zip-entry-reserved", "CON"),
        ("zip-entry-of-60k", "a" * 60_000),
    ):
        yield attached(name, "threats 20, 21", lambda told=told: zip_of(Item(told, b"words")), "?", called="a.zip")
    yield attached("zip-entry-link", "threat 20", lambda: zip_of(Item("a", b"/etc/passwd", attributes=SYMLINK)), "?", called="a.zip")
    yield attached("zip-entry-program", "threat 26", lambda: zip_of(Item("a.exe", PROGRAM)), "?", called="a.zip", stage=QUARANTINED)
    yield attached("zip-entry-script", "threat 26", lambda: zip_of(Item("a.js", b"WScript.Echo(1)")), "?", called="a.zip", stage=QUARANTINED)
    yield attached("zip-program-two-deep", "threat 26", lambda: nested(1, zip_of(Item("a.exe", PROGRAM))), "?", called="a.zip", stage=QUARANTINED)
    yield attached("zip-program-four-deep", "threat 26", lambda: nested(3, zip_of(Item("a.exe", PROGRAM))), "?", called="a.zip")


def _bomb(size: int) -> bytes:
    packed, crc = bomb(size)
    return zip_of(Item("a.docx", packed=packed, says_size=size, says_crc=crc))


def _forty_two() -> bytes:
    packed, crc = bomb(1_000_000_000)
    return zip_of(*(Item(f"{n}.docx", packed=packed, says_size=1_000_000_000, says_crc=crc) for n in range(42)))


def _of_itself() -> bytes:
    inner = zip_of(Item("a.zip", zip_of(Item("a.zip", zip_of(Item("a.zip", b""))))))
    return zip_of(*(Item(f"{n}.zip", inner) for n in range(100)))


def _zip64() -> bytes:
    plain = zip_of(Item("a", b"x"))
    at = plain.index(b"PK\x05\x06")
    record = b"PK\x06\x06" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, 1, 1, 1 << 60, 1 << 60)
    locator = b"PK\x06\x07" + struct.pack("<IQI", 0, at, 1)
    return plain[:at] + record + locator + b"PK\x05\x06" + b"\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\0\0"


def _many_zips() -> bytes:
    return zip_of(*(Item(f"{n}.zip", zip_of(*(Item(str(m)) for m in range(50)))) for n in range(20)))


def _lzma(data: bytes, dictionary: int = 1 << 16) -> bytes:
    packed = lzma.compress(data, lzma.FORMAT_ALONE, filters=[{"id": lzma.FILTER_LZMA1, "dict_size": 1 << 16}])
    return b"\x09\x14\x05\x00" + packed[:1] + struct.pack("<I", dictionary) + packed[13:]


def _tar(name: str) -> bytes:
    return name.encode().ljust(257, b"\0") + b"ustar\x0000" + bytes(1_000)

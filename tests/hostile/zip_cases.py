"""Zips and other archives that unpack to too much, to elsewhere, or to something else (threats 20, 22, 30)."""

import gzip
import lzma
import struct
from collections.abc import Iterator
from dataclasses import replace

from tests.builders.locked import locked_zip
from tests.hostile.case import Case, a_zip, attached, good_form
from tests.hostile.zips import BZIP2, LZMA, SYMLINK, Item, bomb, nested, overlapping, zip_of

PROGRAM = b"MZ\x90\x00" + bytes(200)


def archive_cases() -> Iterator[Case]:
    """Give the cases of zips that are too much."""
    yield a_zip("zip-of-100-mb-zeros", "threat 22", lambda: zip_of(bomb(100)))
    yield a_zip("zip-of-4-gb-zeros", "threat 22", lambda: zip_of(bomb(4_000)), slow=True)
    yield a_zip("zip-20-entries-of-1-gb", "threat 22", _twenty, slow=True)
    yield a_zip("zip-in-zip-in-zip", "threat 22", lambda: nested(5, good_form(), "a.zip"))
    yield a_zip("zip-nested-200", "threat 22", lambda: nested(200, b"x"))
    yield a_zip("zip-of-itself", "threat 22", _of_itself)
    yield a_zip("zip-overlapping", "threat 22", lambda: overlapping(150, bytes(200_000)))
    yield a_zip("zip-overlapping-much", "threat 22", lambda: overlapping(190, bytes(range(256)) * 3_000))
    yield a_zip("zip-201-entries", "threat 22", lambda: zip_of(*(Item(str(n)) for n in range(201))))
    yield a_zip("zip-60k-entries", "threat 22", lambda: zip_of(*(Item(str(n)) for n in range(60_000))), slow=True)
    yield a_zip("zip-directory-of-2-mb", "threat 22", lambda: zip_of(*(_named_at_length(n) for n in range(40))))
    yield a_zip("zip-directory-cut-short", "threat 22", lambda: zip_of(Item("a", b"x"))[:-30])
    yield a_zip("zip-says-2-gb", "threat 22", lambda: zip_of(Item("a", b"x", says_size=2_000_000_000)))
    yield a_zip("zip-says-less", "threat 22", lambda: zip_of(Item("a", b"xy" * 500, says_size=10)))
    yield a_zip("zip-says-more", "threat 22", lambda: zip_of(Item("a", b"xy" * 500, says_size=5_000)))
    yield a_zip("zip-packed-size-a-lie", "threat 22", lambda: zip_of(Item("a", b"x" * 50, says_packed=1 << 31)))
    yield a_zip("zip-checksum-wrong", "incident 75", lambda: zip_of(Item("a", b"x", says_crc=1)))
    yield a_zip("zip-names-twice", "threat 22", lambda: zip_of(Item("a.txt", b"one"), Item("a.txt", b"two")))
    yield a_zip("zip-names-differ", "threat 22", lambda: zip_of(Item("a.txt", b"one", local_name="b.txt")))
    yield a_zip("zip-starts-far-out", "threat 22", lambda: zip_of(Item("a", b"x", at=1 << 30)))
    yield a_zip("zip64-says-exabytes", "threat 22", _zip64)
    yield a_zip("zip-empty", "incident 75", zip_of)
    yield a_zip("zip-comment-of-65k", "incident 75", lambda: zip_of(Item("a", b"x"), comment=b"PK\x05\x06" * 16_000))
    yield a_zip("zip-half-a-mail-of-zips", "threat 22", _many_zips)


def packing_cases() -> Iterator[Case]:
    """Give the cases of packings seldom seen, and of archives that are no zip."""
    yield a_zip("zip-in-lzma", "threat 22", lambda: zip_of(Item("a", b"x" * 90, LZMA, packed=_lzma(b"x" * 90))))
    yield a_zip(
        "zip-lzma-broken",
        "incident 75",
        lambda: zip_of(Item("a", b"x" * 90, LZMA, packed=_lzma(b"")[:9] + b"\xff" * 90)),
    )
    yield a_zip(
        "zip-lzma-wants-4-gb",
        "threat 22",
        lambda: zip_of(Item("a", b"x" * 90, LZMA, packed=_lzma(b"x" * 90, 0xFFFFFFFF))),
    )
    yield a_zip(
        "zip-lzma-odd-properties",
        "incident 75",
        lambda: zip_of(Item("a", b"x", LZMA, packed=b"\x09\x14\x05\x00\xff\xff\xff\xff\xff" + b"x" * 9)),
    )
    yield a_zip("zip-bzip2-broken", "incident 75", lambda: zip_of(Item("a", b"x" * 90, BZIP2)))
    yield a_zip("zip-method-99", "incident 75", lambda: zip_of(Item("a", b"x", 99)))
    yield a_zip("zip-deflate-broken", "incident 75", lambda: zip_of(Item("a", b"x", packed=b"\xff" * 9)))
    yield a_zip("zip-encrypted-flag", "threat 22", lambda: zip_of(Item("a.txt", b"x", flags=1)))
    yield a_zip("zip-strong-encryption", "threat 22", lambda: zip_of(Item("a.txt", b"x", flags=0x41)))
    yield a_zip("zip-locked", "incident 79", lambda: locked_zip(("a.txt", b"x")))
    yield attached("gzip-bomb", "threat 22", lambda: gzip.compress(bytes(20_000_000)), called="a.gz")
    yield attached("7z", "threat 22", lambda: b"7z\xbc\xaf\x27\x1c" + bytes(90), called="a.7z")
    yield attached("rar", "threat 22", lambda: b"Rar!\x1a\x07\x01" + bytes(90), called="a.rar")
    yield attached("tar-of-etc", "threat 20", lambda: _tar("../../etc/cron.d/x"), called="a.tar")
    yield attached("xz", "threat 22", lambda: lzma.compress(bytes(5_000_000)), called="a.xz")


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
        yield a_zip(name, "threats 20, 21", lambda told=told: zip_of(Item(told, b"words")))
    yield a_zip("zip-entry-link", "threat 20", lambda: zip_of(Item("a", b"/etc/passwd", attributes=SYMLINK)))
    yield a_zip("zip-entry-program", "threat 26", lambda: zip_of(Item("a.exe", PROGRAM)))
    yield a_zip("zip-entry-script", "threat 26", lambda: zip_of(Item("a.js", b"WScript.Echo(1)")))
    yield a_zip("zip-program-two-deep", "threat 26", lambda: nested(1, zip_of(Item("a.exe", PROGRAM))))
    yield a_zip("zip-program-four-deep", "threat 26", lambda: nested(3, zip_of(Item("a.exe", PROGRAM))))


def _twenty() -> bytes:
    entry = bomb(1_000)
    return zip_of(*(replace(entry, name=f"{n}.docx") for n in range(20)))


def _named_at_length(number: int) -> Item:
    return Item(f"{number}" + "a" * 60_000, local_name="a")


def _of_itself() -> bytes:
    inner = zip_of(Item("a.zip", zip_of(Item("a.zip", zip_of(Item("a.zip", b""))))))
    return zip_of(*(Item(f"{n}.zip", inner) for n in range(100)))


def _zip64() -> bytes:
    plain = zip_of(Item("a", b"x"))
    at = plain.index(b"PK\x05\x06")
    record = b"PK\x06\x06" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, 1, 1, 1 << 60, 1 << 60)
    locator = b"PK\x06\x07" + struct.pack("<IQI", 0, at, 1)
    return (
        plain[:at] + record + locator + b"PK\x05\x06" + b"\0\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\0\0"
    )


def _many_zips() -> bytes:
    return zip_of(*(Item(f"{n}.zip", zip_of(*(Item(str(m)) for m in range(50)))) for n in range(20)))


def _lzma(data: bytes, dictionary: int = 1 << 16) -> bytes:
    packed = lzma.compress(data, lzma.FORMAT_ALONE, filters=[{"id": lzma.FILTER_LZMA1, "dict_size": 1 << 16}])
    return b"\x09\x14\x05\x00" + packed[:1] + struct.pack("<I", dictionary) + packed[13:]


def _tar(name: str) -> bytes:
    return name.encode().ljust(257, b"\0") + b"ustar\x0000" + bytes(1_000)

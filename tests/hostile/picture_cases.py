"""Pictures that claim to be far larger than they are (threat 28)."""

import struct
import zlib
from collections.abc import Iterator

from tests.hostile.case import Case, attached

FILLED = 70_000
"""So large that the workshop takes a picture for a photographed page."""


def picture_cases() -> Iterator[Case]:
    """Give the cases of pictures that claim to be far larger than they are."""
    for name, data, called in (
        ("png", _png(1 << 30, 1 << 30), "a.png"),
        ("png-of-zeros", _png(30_000, 30_000, zlib.compress(bytes(30_000_000), 9)), "a.png"),
        (
            "jpeg",
            b"\xff\xd8\xff\xc0\0\x11\x08\xff\xff\xff\xff\3\1\x22\0\2\x11\1\3\x11\1" + bytes(99) + b"\xff\xd9",
            "a.jpg",
        ),
        ("gif", b"GIF89a\xff\xff\xff\xff\xf7\0\0" + b"," + bytes(4) + b"\xff\xff\xff\xff\0\x08\1\0;", "a.gif"),
        (
            "tiff",
            b"II*\0\x08\0\0\0\2\0\0\1\4\0\1\0\0\0\xff\xff\xff\x7f\1\1\4\0\1\0\0\0\xff\xff\xff\x7f\0\0\0\0",
            "a.tif",
        ),
        ("tiff-in-a-ring", b"II*\0\x08\0\0\0\0\0\x08\0\0\0", "a.tif"),
        (
            "bmp",
            b"BM" + bytes(4) + bytes(4) + b"\x36\0\0\0\x28\0\0\0\xff\xff\xff\x7f\xff\xff\xff\x7f\1\0\x18\0" + bytes(24),
            "a.bmp",
        ),
        ("webp", b"RIFF\xff\xff\xff\x7fWEBPVP8X\x0a\0\0\0\0\0\0\0\xff\xff\xff\xff\xff\xff", "a.webp"),
        ("heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic\xff\xff\xff\xffmeta" + b"\xff" * 99, "a.heic"),
        ("emf", b"\1\0\0\0" + b"\xff" * 36 + b" EMF" + b"\xff" * 99, "a.emf"),
    ):
        yield attached(f"picture-{name}", "threat 28", lambda data=data: data.ljust(FILLED, b"\0"), called=called)
        yield attached(
            f"picture-{name}-looked-at",
            "threat 28",
            lambda data=data: data.ljust(FILLED, b"\0"),
            called=called,
            workshop=True,
            slow=True,
        )


def _png(width: int, height: int, data: bytes = b"") -> bytes:
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        map(_chunk, (b"IHDR" + head, b"IDAT" + (data or zlib.compress(b"x")), b"IEND"))
    )


def _chunk(content: bytes) -> bytes:
    return struct.pack(">I", len(content) - 4) + content + struct.pack(">I", zlib.crc32(content))

"""Writes zips by hand (APPNOTE 4.3): what no honest library would write."""

import struct
import zlib
from dataclasses import dataclass

STORED, DEFLATED, BZIP2, LZMA = 0, 8, 12, 14
SYMLINK = 0o120777 << 16
MEGABYTE = 1 << 20
ZEROS = bytes(MEGABYTE)


@dataclass(frozen=True)
class Item:
    """One entry; what is None is told truthfully."""

    name: str
    data: bytes = b""
    method: int = DEFLATED
    flags: int = 0
    packed: bytes | None = None
    says_size: int | None = None
    says_packed: int | None = None
    says_crc: int | None = None
    attributes: int = 0
    at: int | None = None
    """Where the directory says it begins."""
    local_name: str | None = None
    silent: bool = False
    """In the directory alone: no bytes of its own."""


def zip_of(*items: Item, comment: bytes = b"", prefix: bytes = b"") -> bytes:
    """Return a zip of these entries, ``prefix`` before its first."""
    body, directory = bytearray(prefix), bytearray()
    for item in items:
        packed = _packed(item)
        size = len(item.data) if item.says_size is None else item.says_size
        told = struct.pack(
            "<HHHHHIIIH", 20, item.flags, item.method, 0, 0,
            zlib.crc32(item.data) if item.says_crc is None else item.says_crc,
            len(packed) if item.says_packed is None else item.says_packed,
            size, len(item.name.encode()),
        )  # fmt: skip
        at = len(body) if item.at is None else item.at
        if not item.silent:
            name = (item.name if item.local_name is None else item.local_name).encode()
            body += b"PK\x03\x04" + told[:-2] + struct.pack("<HH", len(name), 0) + name + packed
        directory += b"PK\x01\x02" + struct.pack("<H", 0x314) + told
        directory += struct.pack("<HHHHII", 0, 0, 0, 0, item.attributes, at) + item.name.encode()
    count = min(len(items), 0xFFFF)
    end = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(body), len(comment))
    return bytes(body) + bytes(directory) + end + comment


def nested(depth: int, data: bytes, name: str = "inner.zip") -> bytes:
    """Return a zip in a zip in a zip."""
    for _ in range(depth):
        data = zip_of(Item(name, data, STORED))
    return data


def overlapping(count: int, kernel: bytes) -> bytes:
    """Return a zip whose entries all are the same bytes (Fifield, "A better zip bomb")."""
    packed = deflated(kernel)
    first = Item("0", kernel, packed=packed)
    rest = (Item(str(number), kernel, packed=packed, at=0, silent=True) for number in range(1, count))
    return zip_of(first, *rest)


def deflated(data: bytes, level: int = 9) -> bytes:
    """Return data packed as zips pack it."""
    packer = zlib.compressobj(level, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def repeated(chunk: bytes, times: int) -> bytes:
    """Return ``chunk`` so many times over, packed (RFC 1951): once, in blocks that need none before them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return (packer.compress(chunk) + packer.flush(zlib.Z_FULL_FLUSH)) * times + deflated(b"")


def bomb(megabytes: int) -> Item:
    """Return an entry of so many megabytes of zeros, a thousandth of it packed; all it tells is true."""
    check = 0
    for _ in range(megabytes):
        check = zlib.crc32(ZEROS, check)
    return Item("a.docx", packed=repeated(ZEROS, megabytes), says_size=megabytes * MEGABYTE, says_crc=check)


def _packed(item: Item) -> bytes:
    if item.packed is not None:
        return item.packed
    return deflated(item.data) if item.method == DEFLATED else item.data

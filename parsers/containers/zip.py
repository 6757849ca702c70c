"""Zips weighed by their directory before an entry is unpacked; their names are never paths (security.md 20, 22)."""

import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import Final

import pyzipper

from parsers.containers.unlocking import WrongPassword
from parsers.limits import (
    MAX_PARTS,
    MAX_ZIP_DIRECTORY_BYTES,
    MAX_ZIP_ENTRIES,
    MAX_ZIP_RATIO,
    SMALL_ZIP_ENTRY_BYTES,
    Allowance,
    OverLimit,
)
from parsers.signs import HEAD_BYTES

MAGIC: Final = b"PK\x03\x04"
EMPTY: Final = b"PK\x05\x06"
_END_RECORD: Final = 22
_LOCATOR: Final = 20
_END_RECORD_64: Final = 56 + _LOCATOR
"""The longer record of a large zip and where it says to be, as they stand before the short one (APPNOTE 4.3)."""
_LISTED: Final = b"PK\x01\x02"
"""What each entry of the directory begins with."""
_COMMENT: Final = 65_535
_ENCRYPTED: Final = 0x1
_LOCAL_HEADER: Final = 30
_PACKED_HEAD: Final = 4096
"""Of a packed entry: its tables of codes are within it."""
METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2})
"""Not LZMA: its entries say how much memory unpacking them shall take, up to 4 GB."""
_LINK: Final = 0xA
"""What the upper half of an entry's attributes begins with where it is a symbolic link (Unix)."""
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError, RuntimeError)


class BrokenZip(Exception):
    """A zip that cannot be listed or unpacked."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a zip."""

    name: str
    data: bytes
    unsafe: bool = False
    """Its name would leave the folder it is unpacked in, or it is a link: a person's tool might follow it."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A zip's directory, weighed."""

    file: zipfile.ZipFile
    entries: tuple[zipfile.ZipInfo, ...]
    data: bytes

    @property
    def locked(self) -> bool:
        """Whether an entry asks for a password."""
        return any(entry.flag_bits & _ENCRYPTED for entry in self.entries)

    @property
    def names(self) -> frozenset[str]:
        """The names of all entries."""
        return frozenset(entry.filename for entry in self.entries)

    def part(self, name: str, limit: int) -> bytes:
        """Return the first ``limit`` bytes of an entry; empty when there is none or it cannot be unpacked."""
        entry = next((each for each in self.entries if each.filename == name), None)
        return b"" if entry is None else self.content(entry, limit)

    def content(self, entry: zipfile.ZipInfo, limit: int) -> bytes:
        """Return the first ``limit`` bytes of an entry; empty when it is locked or cannot be unpacked.

        What is stored or deflated is taken as it lies there, unchecked: a tenth of the time opening it takes.
        """
        if entry.flag_bits & _ENCRYPTED or entry.compress_type not in METHODS:
            return b""
        try:
            if entry.compress_type == zipfile.ZIP_BZIP2:
                with self.file.open(entry) as stream:
                    return stream.read(limit)
            return self._bare(entry, limit)
        except _BROKEN:
            return b""

    def head(self, entry: zipfile.ZipInfo) -> bytes:
        """Return an entry's first bytes."""
        return self.content(entry, HEAD_BYTES)

    def _bare(self, entry: zipfile.ZipInfo, limit: int) -> bytes:
        at = entry.header_offset
        told = self.data[at : at + _LOCAL_HEADER]
        begins = at + _LOCAL_HEADER + int.from_bytes(told[26:28], "little") + int.from_bytes(told[28:30], "little")
        if entry.compress_type == zipfile.ZIP_STORED:
            return self.data[begins : begins + min(entry.file_size, limit)]
        packed = self.data[begins : begins + max(_PACKED_HEAD, min(entry.compress_size, limit + _PACKED_HEAD))]
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, limit)


def listing(data: bytes) -> Listing:
    """Return the directory of a zip; raises BrokenZip, or OverLimit where the directory alone is too much."""
    _weigh_directory(data)
    try:
        file = zipfile.ZipFile(BytesIO(data))
    except _BROKEN:
        raise BrokenZip from None
    return Listing(file, tuple(entry for entry in file.infolist() if not entry.is_dir()), data)


def _weigh_directory(data: bytes) -> None:
    """Refuse a directory too long to list, by what its end says of it and by what stands there."""
    last = len(data) - _END_RECORD
    bare = data[max(0, last) :].startswith(EMPTY) and data.endswith(b"\0\0")  # as the standard library looks for it
    end = last if bare else data.rfind(EMPTY, max(0, last - _COMMENT))
    if end < 0:
        raise BrokenZip
    said, size, at = data[end + 10 : end + 12], data[end + 12 : end + 16], end
    record = end - _END_RECORD_64
    if data[record : record + 4] == b"PK\x06\x06" and data[end - _LOCATOR : end].startswith(b"PK\x06\x07"):
        said, size, at = data[record + 32 : record + 40], data[record + 40 : record + 48], record
    length = int.from_bytes(size, "little")
    if length > len(data):
        raise BrokenZip
    if length > MAX_ZIP_DIRECTORY_BYTES:
        raise OverLimit("zip-directory-too-large")
    if max(int.from_bytes(said, "little"), data.count(_LISTED, max(0, at - length), at)) > MAX_ZIP_ENTRIES:
        raise OverLimit("too-many-entries")


def ends_as_zip(data: bytes) -> bool:
    """Tell whether the end of a file is that of a zip: one that begins as something else is both."""
    end = data.rfind(EMPTY, max(0, len(data) - _END_RECORD - _COMMENT))
    if end < 0 or len(data) < end + _END_RECORD:
        return False
    size, comment = (
        int.from_bytes(data[end + 12 : end + 16], "little"),
        int.from_bytes(data[end + 20 : end + 22], "little"),
    )
    return end + _END_RECORD + comment == len(data) and data[max(0, end - size) : end][:4] == b"PK\x01\x02"


def unpack(data: bytes, password: str = "", allowance: Allowance | None = None) -> tuple[Entry, ...]:
    """Unpack every file of a zip; raises BrokenZip, OverLimit before memory is spent, or WrongPassword.

    Of the ``allowance`` what comes out is spent before the first byte does.
    """
    allowance = allowance or Allowance()
    found = listing(data)
    entries = [entry for entry in found.entries if not entry.filename.startswith("__MACOSX/")]
    allowance.unpack(_weigh(entries, allowance.unpacked))
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        return _unlocked(data, entries, password.encode())
    if any(entry.header_offset + entry.compress_size > len(data) for entry in entries):
        raise BrokenZip  # reaches beyond the file: some releases of Python read on all the same
    return tuple(_entry(entry, _unpacked(found.file, entry)) for entry in entries)


def _unlocked(data: bytes, entries: list[zipfile.ZipInfo], password: bytes) -> tuple[Entry, ...]:
    """Unpack files locked in either way (ZipCrypto, AES); a wrong password shows as a wrong check or broken content."""
    try:
        with pyzipper.AESZipFile(BytesIO(data)) as file:
            file.setpassword(password)
            same = {entry.header_offset: entry for entry in file.infolist()}
            return tuple(_entry(entry, _unpacked(file, same[entry.header_offset])) for entry in entries)
    except (BrokenZip, KeyError, pyzipper.BadZipFile, *_BROKEN):
        raise WrongPassword from None


def _entry(told: zipfile.ZipInfo, data: bytes) -> Entry:
    name = told.orig_filename  # the standard library cuts it at a NUL, and with it what it ends in
    parts = name.replace("\\", "/").split("/")
    outside = ".." in parts or name[:1] in {"/", "\\"} or ":" in name or "\x00" in name
    return Entry(name, data, outside or told.external_attr >> 28 == _LINK)


def _weigh(entries: list[zipfile.ZipInfo], most: int) -> int:
    """Return how many bytes come out of a zip; raises OverLimit where that is more than ``most``."""
    if len(entries) > MAX_PARTS:
        raise OverLimit("too-many-parts")
    size = sum(entry.file_size for entry in entries)
    if size > most:
        raise OverLimit("unpacks-too-large")
    for entry in entries:
        if entry.file_size > max(SMALL_ZIP_ENTRY_BYTES, MAX_ZIP_RATIO * entry.compress_size):
            raise OverLimit("zip-ratio")
    return size


def _unpacked(file: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    if entry.compress_type not in METHODS:
        raise BrokenZip
    try:
        with file.open(entry) as stream:
            content = stream.read(entry.file_size + 1)
    except _BROKEN:
        raise BrokenZip from None
    if len(content) != entry.file_size:
        raise BrokenZip
    return content

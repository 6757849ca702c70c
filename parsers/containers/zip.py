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
    MAX_UNPACKED_BYTES,
    MAX_ZIP_DIRECTORY_BYTES,
    MAX_ZIP_RATIO,
    SMALL_ZIP_ENTRY_BYTES,
    OverLimit,
)
from parsers.signs import HEAD_BYTES

MAGIC: Final = b"PK\x03\x04"
EMPTY: Final = b"PK\x05\x06"
_END_RECORD: Final = 22
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
    """Return the directory of a zip; raises BrokenZip, or OverLimit where the directory alone is too large."""
    end = data.rfind(EMPTY, max(0, len(data) - _END_RECORD - _COMMENT))
    if end < 0:
        raise BrokenZip
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    if size > len(data):
        raise BrokenZip
    if size > MAX_ZIP_DIRECTORY_BYTES:
        raise OverLimit("zip-directory-too-large")
    try:
        file = zipfile.ZipFile(BytesIO(data))
    except _BROKEN:
        raise BrokenZip from None
    return Listing(file, tuple(entry for entry in file.infolist() if not entry.is_dir()), data)


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


def unpack(data: bytes, password: str = "") -> tuple[Entry, ...]:
    """Unpack every file of a zip; raises BrokenZip, OverLimit before memory is spent, or WrongPassword."""
    found = listing(data)
    entries = [entry for entry in found.entries if not entry.filename.startswith("__MACOSX/")]
    _weigh(entries)
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


def _weigh(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_PARTS:
        raise OverLimit("too-many-parts")
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        raise OverLimit("unpacks-too-large")
    for entry in entries:
        if entry.file_size > max(SMALL_ZIP_ENTRY_BYTES, MAX_ZIP_RATIO * entry.compress_size):
            raise OverLimit("zip-ratio")


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

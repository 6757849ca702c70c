"""Zips weighed by their directory before an entry is unpacked; their names are never paths (security.md 20, 22)."""

import re
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import Final

import pyzipper

from parsers.containers.unlocking import WrongPassword
from parsers.contract import Kind
from parsers.limits import (
    MAX_PARTS,
    MAX_UNPACKED_BYTES,
    MAX_ZIP_DIRECTORY_BYTES,
    MAX_ZIP_RATIO,
    SMALL_ZIP_ENTRY_BYTES,
    OverLimit,
)

MAGIC: Final = b"PK\x03\x04"
EMPTY: Final = b"PK\x05\x06"
_END_RECORD: Final = 22
_COMMENT: Final = 65_535
_ENCRYPTED: Final = 0x1
_CONTENT_TYPES: Final = 256 * 1024
MAX_OBJECTS_LOOKED_AT: Final = 50
MAX_OBJECT_BYTES: Final = 1024 * 1024
"""Of an object's beginning, where a packaged program tells itself."""
_OBJECT: Final = re.compile(r"(?:^|/)(?:embeddings/.+\.bin|activex/.+)$", re.IGNORECASE)
_PROGRAM_NAME: Final = re.compile(rb"\.(?:exe|scr|bat|cmd|pif|jse|vbs|vbe|wsf|hta|ps1|lnk|msi)\0", re.IGNORECASE)
"""The name of a program as a packager writes it beside one ([MS-OLEDS] 2.3.6); ``.com`` ends addresses too."""
_WINDOWS: Final = re.compile(rb"MZ(?=.{58}(.{4}))", re.DOTALL)
"""Where a Windows program may begin, and how far behind it its second head says to be."""
METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2})
"""Not LZMA: its entries say how much memory unpacking them shall take, up to 4 GB."""
_LINK: Final = 0xA
"""What the upper half of an entry's attributes begins with where it is a symbolic link (Unix)."""
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError, RuntimeError)
_MAIN_PARTS: Final = (
    (b"wordprocessingml.document.main+xml", Kind.DOCX),
    (b"word.document.macroEnabled.main+xml", Kind.DOCM),
    (b"word.template.macroEnabledTemplate.main+xml", Kind.DOCM),
    (b"wordprocessingml.template.main+xml", Kind.DOTX),
)


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
        if entry is None or entry.flag_bits & _ENCRYPTED or entry.compress_type not in METHODS:
            return b""
        try:
            with self.file.open(entry) as stream:
                return stream.read(limit)
        except _BROKEN:
            return b""


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
    return Listing(file, tuple(entry for entry in file.infolist() if not entry.is_dir()))


def kind_of(data: bytes) -> tuple[Kind, bool, tuple[str, ...]]:
    """Return what a zip is by what it holds, whether it is locked, and codes of what is odd."""
    try:
        found = listing(data)
    except OverLimit as over:
        return Kind.ZIP, False, (over.code,)
    except BrokenZip:
        return Kind.ZIP, False, ("broken-zip",)
    names = found.names
    if "word/document.xml" in names or found.part("mimetype", 200).startswith(b"application/vnd.oasis.opendocument"):
        return _document(found)
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return Kind.SPREADSHEET, found.locked, ()
    if "[Content_Types].xml" in names:
        return _document(found)
    return Kind.ZIP, found.locked, ()


def _document(found: Listing) -> tuple[Kind, bool, tuple[str, ...]]:
    locked = found.locked
    if "mimetype" in found.names:
        text = b"opendocument.text" in found.part("mimetype", 200)
        locked = locked or b"encryption-data" in found.part("META-INF/manifest.xml", _CONTENT_TYPES)
        return Kind.ODT if text else Kind.SPREADSHEET, locked, ()
    types = found.part("[Content_Types].xml", _CONTENT_TYPES)
    macros = any(name.lower().endswith("vbaproject.bin") for name in found.names)
    carried = carried_by(found)
    kind = next((kind for mark, kind in _MAIN_PARTS if mark in types), None)
    if kind is None:
        kind = Kind.DOCX if "word/document.xml" in found.names else Kind.UNKNOWN
    if macros and kind in {Kind.DOCX, Kind.DOTX}:
        kind = Kind.DOCM
    return kind, locked, (*(("macros",) if macros else ()), *carried)


def carried_by(found: Listing) -> tuple[str, ...]:
    """Return codes of the objects a Word file carries: of other programs, of ActiveX, and programs among them."""
    names = sorted(name for name in found.names if _OBJECT.search(name))[:MAX_OBJECTS_LOOKED_AT]
    contents = [found.part(name, MAX_OBJECT_BYTES) for name in names if "activex" not in name.lower()]
    codes = {
        "ole-objects": bool(contents),
        "active-x": len(names) > len(contents),
        "program-inside": any(map(_holds_program, contents)),
    }
    return tuple(code for code, there in codes.items() if there)


def _holds_program(content: bytes) -> bool:
    heads = (found.start() + int.from_bytes(found[1], "little") for found in _WINDOWS.finditer(content))
    if any(content[at : at + 4] == b"PE\0\0" for at in heads):
        return True
    return b"\x7fELF" in content or _PROGRAM_NAME.search(content) is not None


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

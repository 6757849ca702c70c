"""Old Office containers (OLE2, [MS-CFB]): the streams they hold tell a locked docx, a .doc, a .msg; none is opened."""

import struct
from dataclasses import dataclass
from typing import Final

from parsers.contract import Kind

MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAX_DIRECTORY_SECTORS: Final = 512
_HEADER_FAT_SECTORS: Final = 109
_END: Final = 0xFFFFFFFA
"""Sector numbers from here on mean free, end of chain, and the like ([MS-CFB] 2.1)."""
_ENTRY: Final = 128
_WORD_ENCRYPTED: Final = 0x0100
_WORD_MARKS: Final = frozenset({b"\xec\xa5", b"\xdc\xa5"})
"""Word 97 and later; Word 6 and 95."""
_WORD_FLAGS: Final = slice(10, 12)
_MACROS: Final = frozenset({"macros", "_vba_project_cur", "_vba_project"})
_POOL: Final = "objectpool"
_PACKED: Final = "\x01ole10native"


@dataclass(frozen=True, slots=True)
class Stream:
    """An entry of the directory: its name in lower case (names ignore case), its neighbours, its first sector."""

    name: str
    left: int
    right: int
    child: int
    sector: int


def kind_of(data: bytes) -> tuple[Kind, bool]:
    """Return what an OLE file is and whether it is locked, by its directory alone; a broken one is UNKNOWN."""
    try:
        streams = _uppermost(_directory(data))
    except (struct.error, IndexError, ValueError):
        return Kind.UNKNOWN, False
    names = {stream.name for stream in streams}
    if names & {"encryptedpackage", "encryptioninfo"}:
        return Kind.LOCKED_OFFICE, True
    if any(name.startswith("__properties_version") for name in names):
        return Kind.OUTLOOK_MSG, False
    if names & {"workbook", "book"}:
        return Kind.SPREADSHEET, False
    word = next((stream for stream in streams if stream.name == "worddocument"), None)
    return (Kind.DOC, _word_is_locked(data, word.sector)) if word else (Kind.UNKNOWN, False)


def carried_by(data: bytes) -> tuple[str, ...]:
    """Return codes of what an OLE file carries: macros, objects of other programs (Word makes empty pools for them)."""
    try:
        streams = _directory(data)
    except (struct.error, IndexError, ValueError):
        return ()
    names = {stream.name for stream in streams}
    pooled = any(stream.name == _POOL and stream.child < len(streams) for stream in streams)
    codes = {"macros": bool(names & _MACROS), "ole-objects": pooled or _PACKED in names}
    return tuple(code for code, there in codes.items() if there)


def is_macro_project(data: bytes) -> bool:
    """Tell whether an OLE file is a macro project by itself ([MS-OVBA] 2.2.1), not a document that has one."""
    try:
        names = {stream.name for stream in _uppermost(_directory(data))}
    except (struct.error, IndexError, ValueError):
        return False
    return "vba" in names and not names & {"worddocument", "workbook", "book", "powerpoint document"}


def _directory(data: bytes) -> tuple[Stream, ...]:
    size = _sector_size(data)
    table = _allocation(data, size)
    sector = int.from_bytes(data[48:52], "little")
    streams: list[Stream] = []
    for _ in range(MAX_DIRECTORY_SECTORS):
        if sector >= _END:
            break
        content = _sector(data, sector, size)
        entries = (content[start : start + _ENTRY] for start in range(0, len(content), _ENTRY))
        streams += [_stream(entry) for entry in entries if len(entry) == _ENTRY]
        sector = table[sector] if sector < len(table) else _END
    return tuple(streams)


def _sector_size(data: bytes) -> int:
    shift = int.from_bytes(data[30:32], "little")
    if shift not in {9, 12}:
        raise ValueError(shift)
    return 1 << shift


def _allocation(data: bytes, size: int) -> tuple[int, ...]:
    """Return the allocation table as far as the header names its sectors: enough for any directory we look at."""
    sectors = [each for each in struct.unpack_from(f"<{_HEADER_FAT_SECTORS}I", data, 76) if each < _END]
    table = b"".join(_sector(data, each, size) for each in sectors)
    return struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])


def _sector(data: bytes, number: int, size: int) -> bytes:
    return data[(number + 1) * size : (number + 2) * size]


def _stream(entry: bytes) -> Stream:
    length = min(int.from_bytes(entry[64:66], "little"), 64)
    name = entry[: max(length - 2, 0)].decode("utf-16-le", "replace")
    return Stream(name.lower(), *struct.unpack_from("<3I", entry, 68), *struct.unpack_from("<I", entry, 116))


def _uppermost(entries: tuple[Stream, ...]) -> tuple[Stream, ...]:
    """Return the entries right below the root: what is embedded further down does not make the file's kind."""
    waiting, seen = [entries[0].child], set[int]()
    while waiting:
        number = waiting.pop()
        if number < len(entries) and number not in seen:
            seen.add(number)
            waiting += [entries[number].left, entries[number].right]
    return tuple(entries[number] for number in sorted(seen))


def _word_is_locked(data: bytes, sector: int) -> bool:
    """Tell by the flag fEncrypted of the file information block ([MS-DOC] 2.5.2), where the stream has one."""
    block = _sector(data, sector, _sector_size(data))
    return block[:2] in _WORD_MARKS and bool(int.from_bytes(block[_WORD_FLAGS], "little") & _WORD_ENCRYPTED)

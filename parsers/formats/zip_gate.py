"""The gate before any XML: a zip is weighed by its directory alone, and only one bounded part of it is unpacked.

Sources: security.md 4.3 and threats 22, 23: total size, ratio, number of entries, overlap, names given twice.
"""

import zipfile
import zlib
from io import BytesIO

from parsers.contract import DocumentState
from parsers.document import NotRead

MAX_ENTRIES = 2_000
MAX_TOTAL_BYTES = 50 * 1024 * 1024
MAX_RATIO = 100
SMALL_BYTES = 256 * 1024
"""Below this an entry may shrink as well as it likes: blank pages do."""
MAX_PART_BYTES = 20 * 1024 * 1024
LOCAL_HEADER_BYTES = 30
ENCRYPTED = 0x1
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


class Gate:
    """A zip that passed the gate; raises NotRead where it did not."""

    def __init__(self, data: bytes) -> None:
        """Weigh the directory of ``data``."""
        if not data.startswith(b"PK\x03\x04"):
            raise NotRead(DocumentState.UNREADABLE, "not-a-zip")
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, UnicodeDecodeError):
            raise NotRead(DocumentState.UNREADABLE, "broken-zip") from None
        self._entries = {entry.filename: entry for entry in self._weighed(self._zip.infolist())}

    def names(self) -> frozenset[str]:
        """Return the names of all entries."""
        return frozenset(self._entries)

    def part(self, name: str, limit: int = MAX_PART_BYTES) -> bytes:
        """Unpack one entry of at most ``limit`` bytes, its length and checksum verified."""
        entry = self._entries.get(name)
        if entry is None:
            raise NotRead(DocumentState.UNREADABLE, "part-missing")
        if entry.file_size > limit:
            raise NotRead(DocumentState.OVER_LIMIT, "part-too-large")
        try:
            with self._zip.open(entry) as stream:
                content = stream.read(limit + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError, RuntimeError):
            raise NotRead(DocumentState.UNREADABLE, "broken-zip") from None
        if len(content) != entry.file_size:
            raise NotRead(DocumentState.UNREADABLE, "broken-zip")
        return content

    @staticmethod
    def _weighed(entries: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
        if len(entries) > MAX_ENTRIES:
            raise NotRead(DocumentState.OVER_LIMIT, "too-many-entries")
        if len({entry.filename for entry in entries}) != len(entries):
            raise NotRead(DocumentState.UNREADABLE, "names-twice")
        if sum(entry.file_size for entry in entries) > MAX_TOTAL_BYTES:
            raise NotRead(DocumentState.OVER_LIMIT, "unpacks-too-large")
        for entry in entries:
            _weigh(entry)
        _refuse_overlap(entries)
        return entries


def _weigh(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & ENCRYPTED:
        raise NotRead(DocumentState.LOCKED, "zip-password")
    if entry.compress_type not in METHODS:
        raise NotRead(DocumentState.UNREADABLE, "unknown-compression")
    if entry.file_size > SMALL_BYTES and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
        raise NotRead(DocumentState.OVER_LIMIT, "zip-ratio")


def _refuse_overlap(entries: list[zipfile.ZipInfo]) -> None:
    end = 0
    for entry in sorted(entries, key=lambda each: each.header_offset):
        if entry.header_offset < end:
            raise NotRead(DocumentState.UNREADABLE, "zip-overlap")
        end = entry.header_offset + LOCAL_HEADER_BYTES + len(entry.orig_filename.encode("utf-8")) + entry.compress_size

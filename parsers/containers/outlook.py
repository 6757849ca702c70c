"""Outlook's .msg: an OLE file whose streams are the properties of a mail ([MS-OXMSG])."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Final

import olefile

from parsers.containers import mapi
from parsers.containers.as_mime import Enclosure, Letter
from parsers.containers.mapi import Properties
from parsers.limits import MAX_CONTAINERS_DEEP, MAX_MAIL_BYTES, MAX_PARTS, OverLimit

_PROPERTIES: Final = "__properties_version1.0"
_VALUE: Final = "__substg1.0_"
_ATTACHED: Final = "__attach_version1.0_"
_EMBEDDED: Final = "__substg1.0_3701000D"
_TAG: Final = re.compile(r"__substg1\.0_[0-9A-F]{8}")
_MAX_NAMES: Final = 20_000
_ENTRY: Final = 16
_HEAD_OF_MAIL, _HEAD_OF_EMBEDDED, _HEAD_OF_ATTACHED = 32, 24, 8
Path = tuple[str, ...]


class BrokenMessage(Exception):
    """A .msg that cannot be taken apart."""


def letter_of(data: bytes) -> Letter:
    """Return the mail of a .msg with what hangs on it; raises BrokenMessage or OverLimit."""
    try:
        with olefile.OleFileIO(BytesIO(data)) as file:
            return _File(file, _listed(file)).letter((), _HEAD_OF_MAIL)
    except (OverLimit, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - olefile raises what it stumbles over: OSError, IndexError, struct.error, RecursionError
        raise BrokenMessage from None


def _listed(file: olefile.OleFileIO) -> Mapping[Path, list[str]]:
    """Return the names below each storage; raises OverLimit."""
    paths = file.listdir(streams=True, storages=True)
    if len(paths) > _MAX_NAMES:
        raise OverLimit("too-many-parts")
    names: dict[Path, list[str]] = defaultdict(list)
    for path in paths:
        names[tuple(path[:-1])].append(path[-1])
    return names


@dataclass(slots=True)
class _File:
    """An OLE file, the names below each of its storages, and the bytes that may still be taken out of it."""

    file: olefile.OleFileIO
    names: Mapping[Path, list[str]]
    left: int = MAX_MAIL_BYTES

    def letter(self, place: Path, head: int) -> Letter:
        """Return the mail that stands in a storage."""
        properties = self._properties(place, head)
        if len(place) > 2 * MAX_CONTAINERS_DEEP:  # further in nothing is opened: its front tells a person of it
            return properties.letter(())
        return properties.letter(tuple(self._enclosed(place)))

    def _enclosed(self, place: Path) -> Iterator[Enclosure | Letter]:
        for count, name in enumerate(self._below(place, _ATTACHED), start=1):
            if count > MAX_PARTS:
                raise OverLimit("too-many-parts")
            attached = (*place, name)
            own = self._properties(attached, _HEAD_OF_ATTACHED)
            inner = (*attached, _EMBEDDED)
            if self.file.exists([*inner, _PROPERTIES]):
                yield self.letter(inner, _HEAD_OF_EMBEDDED)
            elif self.file.get_type(list(inner)) == olefile.STGTY_STORAGE:
                yield own.enclosure(self._largest(inner))
            else:
                yield own.enclosure(own.data(mapi.CONTENT))

    def _properties(self, place: Path, head: int) -> Properties:
        found = Properties()
        fixed = self._stream((*place, _PROPERTIES))
        for at in range(head, len(fixed) - _ENTRY + 1, _ENTRY):
            tag = int.from_bytes(fixed[at : at + 4], "little")
            found.values[tag >> 16] = tag & 0xFFFF, fixed[at + 8 : at + 16]
        found.codepage = found.number(mapi.CODEPAGE, found.number(mapi.INTERNET_CODEPAGE, found.codepage))
        for name in self._below(place, _VALUE):
            if _TAG.fullmatch(name) and self._is_stream((*place, name)):
                number, kind = name[len(_VALUE) :][:4], name[-4:]
                found.values[int(number, 16)] = int(kind, 16), self._stream((*place, name))
        return found

    def _largest(self, place: Path) -> bytes:
        """Return the fullest stream of an object that is no mail (a pasted document): its content tells what it is."""
        streams = [(*place, name) for name in self.names.get(place, ()) if self._is_stream((*place, name))]
        largest = max(streams, key=self._size, default=None)
        return self._stream(largest) if largest else b""

    def _below(self, place: Path, beginning: str) -> list[str]:
        """Return the names right below a storage that begin so, in order."""
        return sorted(name for name in self.names.get(place, ()) if name.startswith(beginning))

    def _is_stream(self, path: Path) -> bool:
        return bool(self.file.get_type(list(path)) == olefile.STGTY_STREAM)

    def _size(self, path: Path) -> int:
        return int(self.file.get_size(list(path)))

    def _stream(self, path: Path) -> bytes:
        self.left -= self._size(path)
        if self.left < 0:
            raise OverLimit("unpacks-too-large")
        with self.file.openstream(list(path)) as stream:
            return bytes(stream.read())

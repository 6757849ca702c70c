"""Write an OLE compound file ([MS-CFB], version 3) of invented streams: what .msg files are made of."""

import struct
from collections.abc import Mapping
from itertools import pairwise
from typing import Union

Tree = Mapping[str, Union[bytes, "Tree"]]
SECTOR, MINI, CUTOFF, ENTRY = 512, 64, 4096, 128
END, FREE, FAT_SECTOR, NONE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD, 0xFFFFFFFF
ROOT, STORAGE, STREAM = 5, 1, 2
MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def ole(tree: Tree) -> bytes:
    """Return a compound file of storages (mappings) and streams (bytes)."""
    return _Writer(tree).file()


class _Writer:
    def __init__(self, tree: Tree) -> None:
        self.sectors: list[bytes] = []
        self.fat: list[int] = []
        self.mini = bytearray()
        self.mini_fat: list[int] = []
        self.entries: list[dict] = [{"name": "Root Entry", "type": ROOT, "child": NONE, "start": END, "size": 0}]
        self.entries[0]["child"] = self._storage(tree)

    def file(self) -> bytes:
        """Return the whole file: content, the mini table, the directory, the allocation table, behind a header."""
        root = self.entries[0]
        root["size"] = len(self.mini)
        root["start"] = self._chain(bytes(self.mini)) if self.mini else END
        table = struct.pack(f"<{len(self.mini_fat)}I", *self.mini_fat)
        mini_start = self._chain(table, fill=b"\xff") if table else END
        mini_count = -(-len(table) // SECTOR)
        directory = self._chain(b"".join(map(_entry, self.entries)))
        count = 1
        while (len(self.sectors) + count) * 4 > count * SECTOR:
            count += 1
        first = len(self.sectors)
        self.fat += [FAT_SECTOR] * count
        fat = struct.pack(f"<{len(self.fat)}I", *self.fat).ljust(count * SECTOR, b"\xff")
        head = struct.pack("<8s16s5H6x4xII4xIIIII", MAGIC, bytes(16), 0x3E, 3, 0xFFFE, 9, 6,
                           count, directory, CUTOFF, mini_start, mini_count, END, 0)  # fmt: skip
        places = [*range(first, first + count), *[FREE] * (109 - count)]
        return head + struct.pack("<109I", *places) + b"".join(self.sectors) + fat

    def _storage(self, tree: Tree) -> int:
        numbers = []
        for name in sorted(tree, key=lambda each: (len(each), each.upper())):
            content = tree[name]
            entry = {"name": name, "child": NONE, "start": 0, "size": 0}
            self.entries.append(entry)
            numbers.append(len(self.entries) - 1)
            if isinstance(content, bytes):
                entry |= {"type": STREAM, "size": len(content), "start": self._stream(content)}
            else:
                entry |= {"type": STORAGE, "child": self._storage(content)}
        for left, right in pairwise(numbers):
            self.entries[left]["right"] = right
        return numbers[0] if numbers else NONE

    def _stream(self, content: bytes) -> int:
        if len(content) >= CUTOFF:
            return self._chain(content)
        if not content:
            return END
        start, count = len(self.mini_fat), -(-len(content) // MINI)
        self.mini_fat += [*range(start + 1, start + count), END]
        self.mini += content.ljust(count * MINI, b"\0")
        return start

    def _chain(self, content: bytes, fill: bytes = b"\0") -> int:
        start = len(self.sectors)
        pieces = [content[at : at + SECTOR].ljust(SECTOR, fill) for at in range(0, len(content), SECTOR)]
        self.sectors += pieces
        self.fat += [*range(start + 1, start + len(pieces)), END]
        return start


def _entry(entry: dict) -> bytes:
    name = entry["name"].encode("utf-16-le") + b"\0\0"
    return struct.pack("<64sHBBIII16sI8x8xIQ", name, len(name), entry["type"], 1, NONE, entry.get("right", NONE),
                       entry["child"], bytes(16), 0, entry["start"], entry["size"])  # fmt: skip

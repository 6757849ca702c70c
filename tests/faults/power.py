"""A power cut: from what a program changed, as the shim noted it, the disk as it may be when the power comes back.

The rules are those of POSIX and stricter than ext4's: what a file holds is kept from its fsync (or fdatasync) on, and
a name in a folder from that folder's fsync on, nothing else. Of what was not yet kept chance keeps nothing, all, the
older part, or any part of it, torn into sectors. A file whose name was lost is lost. SQLite's ``-shm`` is left out: it
is memory that programs share, and made anew.
"""

import os
import random
import shutil
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HEAD = struct.Struct("=iiqqii")
OPEN, CREATE, WRITE, TRUNCATE, SYNC, NAME, FOLDER = (1 << at for at in range(7))
RENAMED, LINKED, REMOVED = range(3)
SECTOR = 512
MEMORY = "-shm"


@dataclass
class Node:
    """A file (or, with ``folder``, a folder): as programs see it, as it is kept, and what is between the two."""

    folder: str = ""
    live: bytes = b""
    kept: bytes = b""
    waiting: list[tuple[int, bytes | None]] = field(default_factory=list)

    def change(self, at: int, data: bytes | None) -> None:
        """Write ``data`` at a place, or (None) cut the file there."""
        self.live = changed(self.live, at, data)
        self.waiting.append((at, data))

    def sync(self) -> None:
        """Keep what there is."""
        self.kept, self.waiting = self.live, []

    def after(self, chance: random.Random) -> bytes:
        """Return what is there after the cut."""
        left = self.kept
        for at, data in chosen(self.waiting, chance, sectors):
            left = changed(left, at, data)
        return left


Names = dict[str, Node]


class Disk:
    """What is under a root: all of it kept, until notes of changes are played."""

    def __init__(self, root: Path) -> None:
        self._root, self._open = root, dict[int, Node]()
        self.live: Names = {str(root): Node(str(root))}
        for path in sorted(root.rglob("*")):
            content = b"" if path.is_dir() else path.read_bytes()
            self.live[str(path)] = Node(str(path) if path.is_dir() else "", content, content)
        self._kept = dict(self.live)
        self._waiting: list[dict[str, Node | None]] = []

    def play(self, notes: bytes) -> None:
        """Do again what the shim noted."""
        at = 0
        while at < len(notes):
            what, descriptor, place, length, first, second = HEAD.unpack_from(notes, at)
            at += HEAD.size
            one, two = notes[at : at + first].decode(), notes[at + first : at + first + second].decode()
            at += first + second
            data = notes[at : at + length]
            at += length
            self._play(what, descriptor, place, data, one, two)

    def _play(self, what: int, descriptor: int, place: int, data: bytes, one: str, two: str) -> None:
        if what == CREATE:
            self._name({one: Node()})
        if what in {OPEN, CREATE}:
            self._open[descriptor] = self.live.get(one, Node())
            if place and self._open[descriptor].live:
                self._open[descriptor].change(0, None)
        elif what in {WRITE, TRUNCATE}:
            self._open[descriptor].change(place, data if what == WRITE else None)
        elif what == SYNC:
            self._sync(self._open[descriptor])
        elif what == FOLDER:
            self._name({one: Node(one)})
        elif descriptor == REMOVED:
            self._name({one: None})
        else:
            self._name({two: self.live[one]} | ({one: None} if descriptor == RENAMED else {}))

    def cut(self, chance: random.Random) -> None:
        """Write what is there after the cut in place of what is there now, and take that as kept."""
        names = dict(self._kept)
        for change in chosen(self._waiting, chance, lambda change, _: [change]):
            _apply(change, names)
        left = {path: node for path, node in names.items() if all(str(up) in names for up in _above(path, self._root))}
        _write(self._root, {path: None if node.folder else node.after(chance) for path, node in left.items()})

    def _name(self, change: dict[str, Node | None]) -> None:
        _apply(change, self.live)
        self._waiting.append(change)

    def _sync(self, node: Node) -> None:
        if not node.folder:
            node.sync()
            return
        for change in [one for one in self._waiting if str(Path(next(iter(one))).parent) == node.folder]:
            _apply(change, self._kept)
            self._waiting.remove(change)


def changed(content: bytes, at: int, data: bytes | None) -> bytes:
    """Return a file's bytes after a write or a cut; what was never written is zeros."""
    filled = content.ljust(at, b"\0")
    return filled[:at] if data is None else filled[:at] + data + filled[at + len(data) :]


def chosen(waiting: list[Any], chance: random.Random, torn: Callable[[Any, random.Random], list[Any]]) -> list[Any]:
    """Return of what waits nothing, all, the older part, or any part, torn."""
    way = chance.randrange(4)
    if way == 3:
        return [piece for one in waiting if chance.random() < 0.7 for piece in torn(one, chance)]
    return waiting[: (0, len(waiting), chance.randint(0, len(waiting)))[way]]


def sectors(change: tuple[int, bytes | None], chance: random.Random) -> list[tuple[int, bytes | None]]:
    """Tear one write into the sectors that were kept of it."""
    at, data = change
    if data is None:
        return [change]
    parts = [(at + of, data[of : of + SECTOR]) for of in range(0, len(data), SECTOR)]
    return [part for part in parts if chance.random() < 0.5]


def _apply(change: dict[str, Node | None], names: Names) -> None:
    for path, node in change.items():
        if node is None:
            names.pop(path, None)
        else:
            names[path] = node


def _above(path: str, root: Path) -> list[Path]:
    return [up for up in Path(path).parents if up.is_relative_to(root)]


def _write(root: Path, content: dict[str, bytes | None]) -> None:
    shutil.rmtree(root)
    for path, data in sorted(content.items()):
        if data is None:
            Path(path).mkdir(mode=0o700)
        elif not path.endswith(MEMORY):
            with open(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:  # noqa: PTH123 - with its mode
                file.write(data)

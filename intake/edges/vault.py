"""The vault: sealed originals, one file each, named by our own id; whole and durable before anybody speaks of it.

A mail passes through one chunk at a time: memory stays flat however large it is. The format is that of
:mod:`intake.edges.sealed_file`.
"""

import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from intake import folders
from intake.domain.message import MessageId
from intake.edges.sealed_file import Ring, Writer, as_unavailable, forget_key, is_whole_with, key_of, opened, rewrap
from intake.errors import BrokenPromise

SUFFIX, UNFINISHED = ".sealed", ".part"


class FileVault:
    """A :class:`intake.ports.Vault` in a folder only we may enter."""

    def __init__(self, folder: Path, ring: Ring) -> None:
        """Nothing is made before the first original."""
        self._folder, self._ring = folder, ring
        self._is_kept = False

    @contextmanager
    def writer(self, message: MessageId) -> Iterator[Writer]:
        """Give a sink for an original: a clean end makes it whole and durable, an exception leaves nothing.

        An unfinished original of this id is replaced; a finished one never: BrokenPromise("original-exists").
        """
        path, draft = self._path(message), self._folder / f"{message}{UNFINISHED}"
        with as_unavailable():
            if not (self._is_kept and self._folder.is_dir()):
                folders.make(self._folder)
                self._is_kept = True
            if path.exists():
                raise BrokenPromise("original-exists")
            draft.unlink(missing_ok=True)
            file = os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "wb")
        try:
            writer = Writer(file, self._ring, message)
            yield writer
            writer.finish()
            with as_unavailable():
                file.close()
                draft.replace(path)
                folders.sync(self._folder)
        finally:
            with suppress(OSError):
                file.close()
            with suppress(OSError):
                draft.unlink(missing_ok=True)

    def store(self, message: MessageId, chunks: Sequence[bytes]) -> None:
        """Seal an original whole or not at all."""
        with self.writer(message) as original:
            for chunk in chunks:
                original.write(chunk)

    def open(self, message: MessageId) -> bytes:
        """Return the original; BrokenPromise("original-missing" | "original-altered" | "key-missing")."""
        return b"".join(self.read(message))

    def digest(self, message: MessageId) -> str:
        """Return the SHA-256 of the original, in hex, read a chunk at a time; raises as :meth:`open`."""
        digest = hashlib.sha256()
        for chunk in self.read(message):
            digest.update(chunk)
        return digest.hexdigest()

    def read(self, message: MessageId) -> Iterator[bytes]:
        """Give the original chunk by chunk; that it ends where it should is known with the last."""
        with as_unavailable(), self._kept(message) as file:
            yield from opened(file, self._ring, message)

    def rewrap(self, message: MessageId) -> None:
        """Wrap an original's own key with the ring's current one; BrokenPromise as :meth:`open`."""
        with as_unavailable():
            try:
                file = self._path(message).open("r+b")
            except FileNotFoundError:
                raise BrokenPromise("original-missing") from None
        with as_unavailable(), file:
            rewrap(file, self._ring, message)

    def key_of(self, message: MessageId) -> str:
        """Return the id of the key that wraps an original's; BrokenPromise("original-missing" | "original-altered")."""
        with as_unavailable(), self._kept(message) as file:
            return key_of(file)

    def is_wrapped_with(self, message: MessageId, key: str) -> bool:
        """Tell whether an original's own key is wrapped by ``key`` alone; BrokenPromise as :meth:`open`."""
        with as_unavailable(), self._kept(message) as file:
            return is_whole_with(file, self._ring, message, key)

    def discard(self, message: MessageId) -> None:
        """Remove an original that turned out to be known already; only for one no row speaks of."""
        with as_unavailable():
            self._path(message).unlink(missing_ok=True)

    def erase(self, message: MessageId) -> None:
        """Make an original unreadable, then remove it; nothing where it is gone already."""
        path = self._path(message)
        with as_unavailable(), suppress(FileNotFoundError):
            with path.open("r+b") as file:
                forget_key(file)
            path.unlink()
            folders.sync(self._folder)

    def ids(self) -> frozenset[MessageId]:
        """Return which messages there are finished originals of."""
        with as_unavailable(), suppress(FileNotFoundError):
            names = [entry.name for entry in os.scandir(self._folder)]
            return frozenset(MessageId(name.removesuffix(SUFFIX)) for name in names if name.endswith(SUFFIX))
        return frozenset()

    def _kept(self, message: MessageId) -> BinaryIO:
        try:
            return self._path(message).open("rb")
        except FileNotFoundError:
            raise BrokenPromise("original-missing") from None

    def _path(self, message: MessageId) -> Path:
        return self._folder / f"{message}{SUFFIX}"

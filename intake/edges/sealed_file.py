"""The format of one sealed original: a header and chunks, written and read a chunk at a time.

The header holds a random data key, wrapped by the ring for this very message; each chunk is AES-256-GCM under the data
key with its number and whether it is the last in its nonce (the STREAM way of Hoang, Reyhanitabar, Rogaway and Vizar,
2015), so that a cut, swapped, repeated or foreign chunk does not open.
"""

import errno
import hashlib
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from intake.domain.message import MessageId
from intake.errors import BrokenPromise, Unavailable

MAGIC = b"SSCP original 1\n"
CHUNK_BYTES = 256 * 1024
TAG_BYTES = 16
LENGTH = struct.Struct(">H")
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


class Ring(Protocol):
    """What wraps the data keys."""

    def seal(self, place: str, plain: bytes) -> bytes:
        """Seal for one place."""

    def unseal(self, place: str, sealed: bytes) -> bytes:
        """Open; BrokenPromise("key-missing" | "seal-broken")."""


class Writer:
    """An original on its way in; ``sha256`` and ``bytes`` are of all that was written so far."""

    def __init__(self, file: BinaryIO, ring: Ring, message: MessageId) -> None:
        """Write the header: the data key, wrapped for this message."""
        key = AESGCM.generate_key(256)
        wrapped = ring.seal(_place(message), key)
        self._file, self._cipher, self._header = file, AESGCM(key), MAGIC + LENGTH.pack(len(wrapped)) + wrapped
        self._pending, self._number, self._digest = bytearray(), 0, hashlib.sha256()
        self.bytes = 0
        with as_unavailable():
            self._file.write(self._header)

    @property
    def sha256(self) -> str:
        """The digest, in hex."""
        return self._digest.hexdigest()

    def write(self, chunk: bytes) -> None:
        """Seal some more; Unavailable("vault", "full" | "io")."""
        self._digest.update(chunk)
        self.bytes += len(chunk)
        self._pending += chunk
        while len(self._pending) > CHUNK_BYTES:  # the last chunk is sealed as the last, so one is always kept back
            self._seal(bytes(self._pending[:CHUNK_BYTES]), last=False)
            del self._pending[:CHUNK_BYTES]

    def finish(self) -> None:
        """Seal the last chunk and put all of it on the disk."""
        self._seal(bytes(self._pending), last=True)
        with as_unavailable():
            self._file.flush()
            os.fsync(self._file.fileno())

    def _seal(self, plain: bytes, *, last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._number, last=last), plain, self._header)
        self._number += 1
        with as_unavailable():
            self._file.write(sealed)


def opened(file: BinaryIO, ring: Ring, message: MessageId) -> Iterator[bytes]:
    """Give the original chunk by chunk; that it ends where it should is known with the last.

    Raises BrokenPromise("original-altered" | "key-missing").
    """
    header, cipher = _unwrapped(file, ring, message)
    number, sealed = 0, file.read(CHUNK_BYTES + TAG_BYTES)
    while True:
        following = file.read(CHUNK_BYTES + TAG_BYTES)
        try:
            yield cipher.decrypt(_nonce(number, last=not following), sealed, header)
        except (InvalidTag, ValueError):
            raise BrokenPromise("original-altered") from None
        if not following:
            return
        number, sealed = number + 1, following


def _unwrapped(file: BinaryIO, ring: Ring, message: MessageId) -> tuple[bytes, AESGCM]:
    head = file.read(len(MAGIC) + LENGTH.size)
    if len(head) != len(MAGIC) + LENGTH.size or not head.startswith(MAGIC):
        raise BrokenPromise("original-altered")
    wrapped = file.read(LENGTH.unpack(head[len(MAGIC) :])[0])
    try:
        return head + wrapped, AESGCM(ring.unseal(_place(message), wrapped))
    except BrokenPromise as broken:
        code = "key-missing" if broken.promise == "key-missing" else "original-altered"
        raise BrokenPromise(code) from None


@contextmanager
def as_unavailable() -> Iterator[None]:
    """Tell of a disk that fails as Unavailable."""
    try:
        yield
    except OSError as fault:
        raise Unavailable("vault", "full" if fault.errno in FULL else "io") from None


def _nonce(number: int, *, last: bool) -> bytes:
    """Return the chunk's nonce: its number and whether it is the last; the data key is used for this file alone."""
    return number.to_bytes(11, "big") + bytes([last])


def _place(message: MessageId) -> str:
    return f"vault/{message}"

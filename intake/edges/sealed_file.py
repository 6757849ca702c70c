"""The format of one sealed original: a header and chunks, written and read a chunk at a time.

The header holds a random data key, wrapped by the ring for this very message, twice over: when the ring's key changes,
one is written anew and then the other, so that at every moment one of them opens. Each chunk is AES-256-GCM under the
data key with its number and whether it is the last in its nonce (the STREAM way of Hoang, Reyhanitabar, Rogaway and
Vizar, 2015), so that a cut, swapped, repeated or foreign chunk does not open.
"""

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from intake.domain.message import MessageId
from intake.errors import BrokenPromise, Unavailable

MAGIC = b"SSCP original 2\n"
CHUNK_BYTES = 256 * 1024
TAG_BYTES = 16
KEY_ID_BYTES, WRAPPED_BYTES = 10, 70
"""What the ring makes of a data key: the id of its own key, a nonce, 32 bytes and a tag."""
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
        self._file, self._cipher, self._bound = file, AESGCM(key), _bound(message)
        self._pending, self._number, self._digest = bytearray(), 0, hashlib.sha256()
        self.bytes = 0
        with as_unavailable():
            self._file.write(MAGIC + 2 * ring.seal(_place(message), key))

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
        sealed = self._cipher.encrypt(_nonce(self._number, last=last), plain, self._bound)
        self._number += 1
        with as_unavailable():
            self._file.write(sealed)


def opened(file: BinaryIO, ring: Ring, message: MessageId) -> Iterator[bytes]:
    """Give the original chunk by chunk; that it ends where it should is known with the last.

    Raises BrokenPromise("original-altered" | "key-missing").
    """
    cipher, bound = AESGCM(_data_key(file, ring, message)), _bound(message)
    number, sealed = 0, file.read(CHUNK_BYTES + TAG_BYTES)
    while True:
        following = file.read(CHUNK_BYTES + TAG_BYTES)
        try:
            yield cipher.decrypt(_nonce(number, last=not following), sealed, bound)
        except (InvalidTag, ValueError):
            raise BrokenPromise("original-altered") from None
        if not following:
            return
        number, sealed = number + 1, following


def rewrap(file: BinaryIO, ring: Ring, message: MessageId) -> None:
    """Wrap an original's data key with the ring's current key, in place; BrokenPromise as :func:`opened`."""
    wrapped = ring.seal(_place(message), _data_key(file, ring, message))
    for at in (0, 1):  # never both at once: a torn write leaves the other
        with as_unavailable():
            file.seek(len(MAGIC) + at * WRAPPED_BYTES)
            file.write(wrapped)
            file.flush()
            os.fsync(file.fileno())


def forget_key(file: BinaryIO) -> None:
    """Overwrite an original's own key, durably: what follows it opens no more."""
    with as_unavailable():
        file.seek(len(MAGIC))
        file.write(bytes(2 * WRAPPED_BYTES))
        file.flush()
        os.fsync(file.fileno())


def key_of(file: BinaryIO) -> str:
    """Return the id of the ring's key that wraps an original's; BrokenPromise("original-altered")."""
    return _wrapped(file)[0][:KEY_ID_BYTES].decode("ascii", "replace")


def is_whole_with(file: BinaryIO, ring: Ring, message: MessageId, key: str) -> bool:
    """Tell whether both copies of an original's key are wrapped by ``key``; BrokenPromise as :func:`opened`."""
    at_hand = {wrapped[:KEY_ID_BYTES].decode("ascii", "replace") for wrapped in _wrapped(file)}
    file.seek(0)
    _data_key(file, ring, message)
    return at_hand == {key}


def _data_key(file: BinaryIO, ring: Ring, message: MessageId) -> bytes:
    """Return the data key and stand at the first chunk."""
    code = "original-altered"
    for wrapped in _wrapped(file):
        try:
            return ring.unseal(_place(message), wrapped)
        except BrokenPromise as broken:
            code = "key-missing" if broken.promise == "key-missing" else code
    raise BrokenPromise(code)


def _wrapped(file: BinaryIO) -> tuple[bytes, bytes]:
    head = file.read(len(MAGIC) + 2 * WRAPPED_BYTES)
    if len(head) != len(MAGIC) + 2 * WRAPPED_BYTES or not head.startswith(MAGIC):
        raise BrokenPromise("original-altered")
    return head[len(MAGIC) : len(MAGIC) + WRAPPED_BYTES], head[len(MAGIC) + WRAPPED_BYTES :]


def _bound(message: MessageId) -> bytes:
    """Return what each chunk is bound to: the format and the message."""
    return MAGIC + _place(message).encode()


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

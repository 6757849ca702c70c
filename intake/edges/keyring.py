"""The key ring: one file of keys, the current one first; every use has a key of its own, derived from them by HKDF.

Lost keys are lost referrals, so a ring is made once, for an empty store, and never written over. A new key is put
before the old ones, which stay to open what they sealed. The file alone opens every backup: keep it apart from them.
"""

import base64
import hmac
import os
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Annotated, NoReturn

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from intake import folders
from intake.edges.claim import claimed
from intake.errors import BrokenPromise, ConfigFault, Misconfigured, refuse_if_passing

ID_BYTES, NONCE_BYTES, KEY_BYTES = 10, 12, 32
TOKEN_BYTES = 12
"""Of the HMAC in a token: 20 base32 digits hold 100 bits of them."""
MOST_BYTES = 1_000_000
IS_ID = re.compile(rb"k-[a-z2-7]{8}")
"""What a key of ours may be called: anything else in its place was never sealed by us."""


class StoredKey(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One key as the file keeps it: ``id`` stands in front of all it sealed."""

    id: Annotated[str, msgspec.Meta(pattern=r"\Ak-[a-z2-7]{8}\Z")]
    made: datetime
    secret: bytes


class Stored(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file."""

    version: int
    keys: Annotated[tuple[StoredKey, ...], msgspec.Meta(min_length=1, max_length=1000)]


class KeyRing:
    """Seals, opens, and makes keyed codes; nothing gives a key away.

    No dataclass: whatever walks a dataclass's fields (``asdict``, a test's report) would show the keys.
    """

    __slots__ = ("_file", "_keys", "current")

    def __init__(self, current: str, keys: Mapping[str, bytes], file: Path | None = None) -> None:
        """Use ``keys`` by their ids, the ``current`` one for whatever is new; look for others in ``file``."""
        self.current, self._keys, self._file = current, keys, file

    def __repr__(self) -> str:
        """Show which key is current, and no key."""
        return f"KeyRing(current={self.current!r})"

    def __reduce__(self) -> NoReturn:
        """Refuse to be pickled or copied."""
        raise TypeError("a KeyRing is not pickled")

    @staticmethod
    def load(path: Path) -> "KeyRing":
        """Return the ring of a file; Misconfigured where it cannot be read as one."""
        keys = told(path)
        return KeyRing(keys[0].id, {key.id: key.secret for key in keys}, path)

    @staticmethod
    def create(path: Path) -> "KeyRing":
        """Make a ring with one new key; Misconfigured where there is a file already: it is never written over."""
        try:
            folders.make(path.parent)
            _write_new(path, Stored(1, (_new_key(),)))
        except FileExistsError:
            raise _refused(path, "is there already and is not written over") from None
        except OSError as fault:
            refuse_if_passing(fault, "keyring")
            raise _refused(path, f"the key ring cannot be written ({type(fault).__name__})") from None
        return KeyRing.load(path)

    @staticmethod
    def rotate(path: Path) -> "KeyRing":
        """Put a new key before those of a ring, durably or not at all; programs that run find it when they meet it.

        One at a time: of two that read the same ring, the second would write over the first one's key.
        """
        try:
            with making(path):
                _write_new(path, Stored(1, (_new_key(), *told(path))), instead=True)
                _sweep(path)
                return KeyRing.load(path)
        except OSError as fault:
            refuse_if_passing(fault, "keyring")
            raise _refused(path, f"the key ring cannot be written ({type(fault).__name__})") from None

    @staticmethod
    def open_or_create(path: Path, *, store_is_empty: bool) -> "KeyRing":
        """Return the ring, making one for an empty store alone: a new ring could open nothing of a store in use.

        Under the claim of :func:`making`; what a killed making of one left lying about is removed.
        """
        _sweep(path)
        if path.exists() or path.is_symlink():
            return KeyRing.load(path)
        if not store_is_empty:
            raise _refused(path, "the key ring is missing, and the store holds data only it can open: restore it")
        return KeyRing.create(path)

    def seal(self, place: str, plain: bytes) -> bytes:
        """Return ``plain`` sealed so that it opens at this ``place`` (table/row/column) alone, and unaltered."""
        nonce, key_id = os.urandom(NONCE_BYTES), self.current.encode("ascii")
        sealed = AESGCM(self._derived(self.current, "seal")).encrypt(nonce, plain, key_id + place.encode())
        return key_id + nonce + sealed

    def unseal(self, place: str, sealed: bytes) -> bytes:
        """Return what was sealed; BrokenPromise("key-missing" | "seal-broken")."""
        if len(sealed) < ID_BYTES + NONCE_BYTES or not IS_ID.fullmatch(sealed[:ID_BYTES]):
            raise BrokenPromise("seal-broken")
        key_id, nonce = sealed[:ID_BYTES], sealed[ID_BYTES : ID_BYTES + NONCE_BYTES]
        key = self._derived(key_id.decode("ascii", "replace"), "seal")
        try:
            return AESGCM(key).decrypt(nonce, sealed[ID_BYTES + NONCE_BYTES :], key_id + place.encode())
        except (InvalidTag, ValueError):
            raise BrokenPromise("seal-broken") from None

    def mac(self, data: bytes) -> tuple[str, str]:
        """Return the id of the current key and the HMAC-SHA-256 of ``data`` under it, in hex (the intake log's)."""
        return self.current, self._hmac(self.current, "log", data).hex()

    def is_mac(self, key_id: str, data: bytes, mac: str) -> bool:
        """Tell in constant time whether ``mac`` is of ``data`` under that key; False for a key we do not have."""
        if not self._has(key_id):
            return False
        return hmac.compare_digest(self._hmac(key_id, "log", data).hex().encode(), mac.encode())

    def blinds(self, purpose: str, text: str) -> tuple[str, ...]:
        """Return ``text`` as a blind index has it, in hex: the current key's first, then what older keys made."""
        data = _framed(purpose, text)
        return tuple(self._hmac(key_id, "blind", data).hex() for key_id in self._keys)

    def token(self, purpose: str, text: str) -> str:
        """Return 20 lower-case base32 digits: deterministic under the current key."""
        return self._token(self.current, purpose, text)

    def is_token(self, purpose: str, text: str, token: str) -> bool:
        """Tell in constant time whether ``token`` is ours, under any key of the ring."""
        given = token.encode()
        right = [hmac.compare_digest(self._token(key_id, purpose, text).encode(), given) for key_id in self._keys]
        return any(right)

    def has(self, key_id: str) -> bool:
        """Tell whether a key is of the ring."""
        return self._has(key_id)

    def _token(self, key_id: str, purpose: str, text: str) -> str:
        digest = self._hmac(key_id, "token", _framed(purpose, text))
        return base64.b32encode(digest[: TOKEN_BYTES + 1]).decode("ascii").lower()[:20]

    def _hmac(self, key_id: str, use: str, data: bytes) -> bytes:
        return hmac.digest(self._derived(key_id, use), data, "sha256")

    def _derived(self, key_id: str, use: str) -> bytes:
        if not self._has(key_id):
            raise BrokenPromise("key-missing")
        return _derive(self._keys[key_id], use)

    def _has(self, key_id: str) -> bool:
        """Tell whether a key is here, or has come to the file since: somebody rotates while a program runs."""
        if key_id not in self._keys and self._file is not None:
            with suppress(Misconfigured):
                self._keys = {key.id: key.secret for key in told(self._file)}
        return key_id in self._keys


@contextmanager
def making(path: Path) -> Iterator[None]:
    """Be the one program that makes or grows the ring of this file; Unavailable where another does for long."""
    with claimed(path.with_name(f"{path.name}.lock")):
        yield


def has_drafts(path: Path) -> bool:
    """Tell whether drafts lie beside a ring: somebody is making one, or was killed while at it."""
    return any(_drafts(path))


def told(path: Path) -> tuple[StoredKey, ...]:
    """Return the keys of a file, the current one first; Misconfigured where it cannot be read as a ring."""
    try:
        with path.open("rb") as file:
            stored = msgspec.json.decode(file.read(MOST_BYTES), type=Stored)
    except OSError as fault:
        refuse_if_passing(fault, "keyring")
        raise _refused(path, f"the key ring cannot be read ({type(fault).__name__})") from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise _refused(path, "is no key ring") from None
    secrets_of = {key.id: key.secret for key in stored.keys}
    right = {len(secret) for secret in secrets_of.values()} == {KEY_BYTES}
    if stored.version != 1 or len(secrets_of) != len(stored.keys) or not right:
        raise _refused(path, "is no key ring of this version")
    return stored.keys


@lru_cache(maxsize=64)
def _derive(secret: bytes, use: str) -> bytes:
    """Return the key for one use: none can stand in for another's (RFC 5869)."""
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"sscp-intake/{use}".encode()).derive(secret)


def _framed(purpose: str, text: str) -> bytes:
    """Return both so that no other pair gives the same bytes."""
    return f"{len(purpose)}:{purpose}:{text}".encode("utf-8", "surrogatepass")


def _new_key() -> StoredKey:
    digits = base64.b32encode(os.urandom(5)).decode("ascii").lower()
    return StoredKey(f"k-{digits}", datetime.now(UTC).replace(microsecond=0), secrets.token_bytes(KEY_BYTES))


def _draft_prefix(path: Path) -> str:
    return f".{path.name}."


def _drafts(path: Path) -> Iterator[Path]:
    return path.parent.glob(f"{_draft_prefix(path)}{'[0-9a-f]' * 16}")


def _sweep(path: Path) -> None:
    """Remove drafts that somebody left who was killed: they hold keys. Only under the claim: nobody is writing one."""
    with suppress(OSError):
        for draft in _drafts(path):
            draft.unlink(missing_ok=True)


def _write_new(path: Path, stored: Stored, *, instead: bool = False) -> None:
    """Write the file whole and durably, or not at all; FileExistsError where there is one, unless ``instead`` of it."""
    draft = path.with_name(f"{_draft_prefix(path)}{secrets.token_hex(8)}")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # noqa: PTH123 - mode
            file.write(msgspec.json.format(msgspec.json.encode(stored), indent=1) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        if instead:
            draft.replace(path)
        else:
            os.link(draft, path)  # which replaces nothing
    finally:
        with suppress(FileNotFoundError):
            draft.unlink()
    folders.sync(path.parent)


def _refused(path: Path, says: str) -> Misconfigured:
    return Misconfigured([ConfigFault("intake.toml", "store.keyring_file", f"{path.name}: {says}")])

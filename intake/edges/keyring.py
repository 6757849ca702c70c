"""The key ring: one file of keys, the current one first; every use has a key of its own, derived from them by HKDF.

Lost keys are lost referrals, so a ring is made once, for an empty store, and never written over. A new key is put
before the old ones, which stay to open what they sealed. The file alone opens every backup: keep it apart from them.
"""

import base64
import hmac
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Annotated, NoReturn

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from intake.errors import BrokenPromise, ConfigFault, Misconfigured

ID_BYTES, NONCE_BYTES, KEY_BYTES = 10, 12, 32
TOKEN_BYTES = 12
"""Of the HMAC in a token: 20 base32 digits hold 100 bits of them."""
MOST_BYTES = 1_000_000


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

    __slots__ = ("_keys", "current")

    def __init__(self, current: str, keys: Mapping[str, bytes]) -> None:
        """Use ``keys`` by their ids, the ``current`` one for whatever is new."""
        self.current, self._keys = current, keys

    def __repr__(self) -> str:
        """Show which key is current, and no key."""
        return f"KeyRing(current={self.current!r})"

    def __reduce__(self) -> NoReturn:
        """Refuse to be pickled or copied."""
        raise TypeError("a KeyRing is not pickled")

    @staticmethod
    def load(path: Path) -> "KeyRing":
        """Return the ring of a file; Misconfigured where it cannot be read as one."""
        try:
            with path.open("rb") as file:
                stored = msgspec.json.decode(file.read(MOST_BYTES), type=Stored)
        except OSError as fault:
            raise _refused(path, f"the key ring cannot be read ({type(fault).__name__})") from None
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise _refused(path, "is no key ring") from None
        keys = {key.id: key.secret for key in stored.keys}
        if stored.version != 1 or len(keys) != len(stored.keys) or {len(s) for s in keys.values()} != {KEY_BYTES}:
            raise _refused(path, "is no key ring of this version")
        _sweep(path)
        return KeyRing(stored.keys[0].id, keys)

    @staticmethod
    def create(path: Path) -> "KeyRing":
        """Make a ring with one new key; Misconfigured where there is a file already: it is never written over."""
        try:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write_new(path, Stored(1, (_new_key(),)))
        except FileExistsError:
            raise _refused(path, "is there already and is not written over") from None
        except OSError as fault:
            raise _refused(path, f"the key ring cannot be written ({type(fault).__name__})") from None
        return KeyRing.load(path)

    @staticmethod
    def open_or_create(path: Path, *, store_is_empty: bool) -> "KeyRing":
        """Return the ring, making one for an empty store alone: a new ring could open nothing of a store in use."""
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
        if len(sealed) < ID_BYTES + NONCE_BYTES:
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
        if key_id not in self._keys:
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

    def _token(self, key_id: str, purpose: str, text: str) -> str:
        digest = self._hmac(key_id, "token", _framed(purpose, text))
        return base64.b32encode(digest[: TOKEN_BYTES + 1]).decode("ascii").lower()[:20]

    def _hmac(self, key_id: str, use: str, data: bytes) -> bytes:
        return hmac.digest(self._derived(key_id, use), data, "sha256")

    def _derived(self, key_id: str, use: str) -> bytes:
        if key_id not in self._keys:
            raise BrokenPromise("key-missing")
        return _derive(self._keys[key_id], use)


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


def _sweep(path: Path) -> None:
    """Remove drafts a killed creation left: they hold keys, and once the ring is there nobody is writing one."""
    with suppress(OSError):
        for draft in path.parent.glob(f"{_draft_prefix(path)}{'[0-9a-f]' * 16}"):
            draft.unlink(missing_ok=True)


def _write_new(path: Path, stored: Stored) -> None:
    """Write the file whole and durably, or not at all; FileExistsError where there is one (link replaces nothing)."""
    draft = path.with_name(f"{_draft_prefix(path)}{secrets.token_hex(8)}")
    try:
        with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:  # noqa: PTH123 - mode
            file.write(msgspec.json.format(msgspec.json.encode(stored), indent=1) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    finally:
        with suppress(FileNotFoundError):
            draft.unlink()
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _refused(path: Path, says: str) -> Misconfigured:
    return Misconfigured([ConfigFault("intake.toml", "store.keyring_file", f"{path.name}: {says}")])

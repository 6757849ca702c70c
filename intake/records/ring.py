"""What the records ask of the key ring."""

from typing import Protocol


class Ring(Protocol):
    """Seals, opens, and makes keyed codes."""

    @property
    def current(self) -> str:
        """The id of the key that seals what is new."""

    def has(self, key_id: str) -> bool:
        """Tell whether a key is of the ring."""

    def seal(self, place: str, plain: bytes) -> bytes:
        """Return the sealed bytes, bound to ``place`` (table, row, column)."""

    def unseal(self, place: str, sealed: bytes) -> bytes:
        """Return the plain bytes; BrokenPromise("seal-broken" | "key-missing")."""

    def blinds(self, purpose: str, text: str) -> tuple[str, ...]:
        """Return keyed digests to look ``text`` up by, the newest key's first."""

    def mac(self, data: bytes) -> tuple[str, str]:
        """Return the current key's id and the MAC of ``data`` under it, in hex."""

    def is_mac(self, key_id: str, data: bytes, mac: str) -> bool:
        """Tell whether ``mac`` is of ``data`` under that key."""

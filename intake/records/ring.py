"""What the records ask of the key ring."""

from typing import Protocol


class Ring(Protocol):
    """Seals, opens, and makes keyed codes."""

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

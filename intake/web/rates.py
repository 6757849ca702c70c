"""How often somebody may try: a window that slides, in memory, for one process.

A try that is refused is not counted: whoever goes on trying waits no longer than whoever stops.
"""

import threading
from collections import deque
from collections.abc import Callable
from ipaddress import ip_address, ip_network

NETWORK = 64
"""Bits of an IPv6 address that one household or office has for itself; the rest it chooses at will."""


def place_of(address: str | None) -> str:
    """Return what counts as one place among those who try: an IPv4 address, an IPv6 network, any other word itself."""
    try:
        known = ip_address(address or "")
    except ValueError:
        return address or ""
    return str(ip_network((known, NETWORK), strict=False)) if known.version == 6 else str(known)


class Rate:
    """At most ``most`` tries by one key in ``seconds``; keys that rest are forgotten."""

    def __init__(self, most: int, seconds: float, clock: Callable[[], float]) -> None:
        """``clock`` tells monotonic seconds."""
        self._most, self._seconds, self._clock = most, seconds, clock
        self._tries: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def allows(self, key: str) -> bool:
        """Count a try, and tell whether it may be made."""
        now = self._clock()
        with self._lock:
            self._forget(now)
            mine = self._tries.setdefault(key, deque())
            if len(mine) >= self._most:
                return False
            mine.append(now)
            return True

    def _forget(self, now: float) -> None:
        for key in list(self._tries):
            mine = self._tries[key]
            while mine and now - mine[0] > self._seconds:
                mine.popleft()
            if not mine:
                del self._tries[key]

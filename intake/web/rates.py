"""How often somebody may try: a window that slides, in memory, for one process."""

import threading
from collections import deque
from collections.abc import Callable


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
            mine.append(now)
            return len(mine) <= self._most

    def _forget(self, now: float) -> None:
        for key in list(self._tries):
            mine = self._tries[key]
            while mine and now - mine[0] > self._seconds:
                mine.popleft()
            if not mine:
                del self._tries[key]

"""What watching remembers of messages it could not fetch: one bad message must never stand in the way of the others."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

IN_A_ROW = 3
"""So often a message is tried before it has to wait."""
REST = timedelta(minutes=10)

Seen = tuple[int, str]
"""Length and SHA-256 of what the server gave."""


@dataclass(slots=True)
class Trouble:
    """One message's failed tries: how many, what was given in each, and when to try again (aware)."""

    times: int = 0
    given: list[Seen] = field(default_factory=list)
    rests_until: datetime | None = None


class Tries:
    """The troubles of one folder under one UIDVALIDITY; kept in memory, for a restart may well try again."""

    def __init__(self) -> None:
        """Begin with no trouble."""
        self._validity = 0
        self._troubles: dict[int, Trouble] = {}
        self._closed: dict[str, datetime] = {}

    def ready(self, uidvalidity: int, uids: Iterable[int], now: datetime) -> list[int]:
        """Return what may be tried now: ascending, the troubled last; forget those no longer asked for."""
        wanted = set(uids)
        if uidvalidity != self._validity:
            self._validity, self._troubles = uidvalidity, {}
        self._troubles = {uid: trouble for uid, trouble in self._troubles.items() if uid in wanted}
        return sorted((uid for uid in wanted if not self._rests(uid, now)), key=lambda uid: (self._times(uid), uid))

    def failed(self, uid: int, now: datetime, given: Seen | None = None) -> bool:
        """Note a failed try; return whether another may follow at once."""
        trouble = self._troubles.setdefault(uid, Trouble())
        trouble.times += 1
        trouble.given = [*trouble.given, given] if given else []
        if trouble.times % IN_A_ROW == 0:
            trouble.rests_until = now + REST
            return False
        return True

    def is_insisted_on(self, uid: int, given: Seen) -> bool:
        """Tell whether the server gave the very same bytes in each try before: they are what it has."""
        trouble = self._troubles.get(uid)
        return trouble is not None and trouble.given[-IN_A_ROW + 1 :] == [given] * (IN_A_ROW - 1)

    @property
    def resting(self) -> int:
        """How many messages cannot be fetched for now."""
        return sum(trouble.rests_until is not None for trouble in self._troubles.values())

    def done(self, uid: int) -> None:
        """Forget the trouble with a message that came in the end."""
        self._troubles.pop(uid, None)

    def close(self, folder: str, now: datetime) -> None:
        """Note that a folder cannot be filed to for now."""
        self._closed[folder] = now + REST

    def is_closed(self, folder: str, now: datetime) -> bool:
        """Tell whether filing to a folder has to wait."""
        return folder in self._closed and now < self._closed[folder]

    def _times(self, uid: int) -> int:
        return self._troubles[uid].times if uid in self._troubles else 0

    def _rests(self, uid: int, now: datetime) -> bool:
        trouble = self._troubles.get(uid)
        return trouble is not None and trouble.rests_until is not None and now < trouble.rests_until

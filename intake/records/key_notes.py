"""What the records know of the key ring: which data keys it wraps, by which key each log line is signed, rotations."""

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select

from intake.domain.case import Reference
from intake.records import seals
from intake.records.schema import intake_log, messages, versions
from intake.records.seals import Wrapped
from intake.records.store import Store
from intake.records.unreadable import Unreadable, tell

ROTATED = "keys-rotated"


class KeyNotes:
    """Wraps data keys anew and counts them; a rotation is a line of the log."""

    def __init__(self, store: Store) -> None:
        """Work on ``store``."""
        self._store = store

    def wrapped_keys(self) -> Sequence[Wrapped]:
        """Return every data key that is not destroyed, each tried."""
        with self._store.reading() as connection:
            return list(seals.wrapped_keys(self._store.ring, connection))

    def rewrap_keys(self, now: datetime, told: Mapping[str, str | int]) -> tuple[int, Sequence[Wrapped]]:
        """Wrap every data key that opens with the ring's current key, and write the rotation down; how many, which not.

        Those that do not open are told to a person.
        """
        ring = self._store.ring
        with self._store.writing() as connection:
            done, broken = seals.rewrap(ring, connection)
            details = {"key": ring.current, "data_keys": done, "unreadable": len(broken), **told}
            self._store.log(connection, now, ROTATED, "by-a-person", details=details)
        tell(self._store, self._whose(broken), now)
        return done, broken

    def was_rotated_to(self, key: str) -> bool:
        """Tell whether a rotation to this key came to its end: its line is written with the last data key."""
        wanted = select(intake_log.c.details).where(intake_log.c.event == ROTATED)
        with self._store.reading() as connection:
            return any(json.loads(each)["key"] == key for each in connection.execute(wanted).scalars())

    def signing_keys(self) -> Mapping[str, tuple[int, int]]:
        """Return each key that signed lines of the log, with the first and the last of them."""
        key = func.substr(intake_log.c.mac, 1, seals.KEY_ID_BYTES)
        wanted = select(key, func.min(intake_log.c.seq), func.max(intake_log.c.seq)).group_by(key)
        with self._store.reading() as connection:
            return {name: (first, last) for name, first, last in connection.execute(wanted)}

    def lines_signed_by(self, keys: Collection[str]) -> Sequence[int]:
        """Return the lines of the log that these keys signed."""
        key = func.substr(intake_log.c.mac, 1, seals.KEY_ID_BYTES)
        with self._store.reading() as connection:
            return list(connection.execute(select(intake_log.c.seq).where(key.in_(keys))).scalars())

    def _whose(self, broken: Sequence[Wrapped]) -> Sequence[Unreadable]:
        found = []
        with self._store.reading() as connection:
            for each in broken:
                kind, _, name = each.owner.partition("/")
                if kind == "case":
                    mine = select(versions.c.message).where(versions.c.reference == name).order_by(versions.c.version)
                else:
                    mine = select(messages.c.id).where(messages.c.id == name)
                message = connection.execute(mine.limit(1)).scalar_one_or_none()
                if message is not None:
                    found.append(Unreadable(message, Reference(name) if kind == "case" else None, str(each.broken)))
        return found


def counted(keys: Sequence[Wrapped]) -> Counter[str]:
    """Return how many data keys each key of the ring wraps."""
    return Counter(each.key for each in keys)

"""What people key in the place of a reading: kept with its history and its reason, and never written over."""

import re
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import insert, select

from intake.domain.case import Reference
from intake.domain.private import Private
from intake.domain.rereading import Correction, Rereading, Standing
from intake.errors import BrokenPromise
from intake.records import case_register, generations, rereading
from intake.records.codec import encode, moment
from intake.records.people import sign
from intake.records.reading_tables import keyed
from intake.records.schema import intake_log, reasons, versions
from intake.records.store import Store

FIELD = re.compile(r"[a-z_]{1,30}\.[a-z_]{1,30}")
"""As a field of the closed list is named: nothing a person typed freely gets into the plain column."""
NOTHING = Rereading()


@dataclass(frozen=True, slots=True)
class Keyed:
    """One correction as it was made: what of which version, and when (aware) and why; no reason where it was erased."""

    version: int
    correction: Correction
    at: datetime
    reason: Private | None


class Corrections:
    """Corrections by people; each is one transaction with its line of the log, and the newest is the one shown."""

    def __init__(self, store: Store) -> None:
        """Work on ``store``."""
        self._store = store

    def key_value(  # noqa: PLR0917 - the whole of one act: where, what, who, why, when
        self, reference: Reference, version: int, field: str, child: int | None, value: Private | tuple[Private, ...],
        who: str, reason: str, now: datetime, *, seen: Standing | None = None, judged: Rereading = NOTHING,
    ) -> None:  # fmt: skip
        """Keep what a person says an answer is: one value, several options of a choice, or ``()`` for blank.

        ``field`` is of the closed list (the caller's to check), ``child`` counts from 1. What was read, and what was
        keyed before, stays; from now on this is shown and found by. ``judged`` is what follows from it for a form as
        it stood when it was ``seen``, written in the same transaction. Raises
        BrokenPromise("no-such-version" | "no-such-field"); Overtaken where the form no longer stands so.
        """
        if not FIELD.fullmatch(field):
            raise BrokenPromise("no-such-field")
        values = value if isinstance(value, tuple) else (value,)
        with self._store.writing() as connection:
            mine = (versions.c.reference == reference, versions.c.version == version)
            row = connection.execute(select(versions.c.message).where(*mine)).one_or_none()
            if row is None:
                raise BrokenPromise("no-such-version")
            if seen is not None:
                rereading.compare(self._store, connection, seen)
            place = generations.place_of_keyed(reference, version, field, child)
            sealed = self._store.seal(connection, place, encode([one.reveal() for one in values]))
            told: dict[str, Any] = {"case": reference, "field": field, "child": child, "version": version}
            told["value_sha256"] = sha256(sealed).hexdigest()
            if seen is not None and judged:
                told["documents"] = rereading.write(self._store, connection, seen.message, judged, now)
                told["exceptions"] = sorted({item.code for item in judged.exceptions})
            act = {"message": row.message, "by": who, "reason": reason}
            line = sign(self._store, connection, now, "value-keyed", "by-a-person", told=told, **act)
            new = {"field": field, "child": child, "keyed_by": who, "value": sealed, "line": line}
            connection.execute(insert(keyed).values(reference=reference, version=version, **new))
            case_register.reindex(self._store, connection, reference)

    def corrections_of(self, reference: Reference, version: int) -> tuple[Correction, ...]:
        """Return everything people keyed about a version of a case, oldest first."""
        with self._store.reading() as connection:
            return generations.corrections(self._store, connection, reference, version)

    def corrections_made(self, reference: Reference) -> tuple[Keyed, ...]:
        """Return everything people keyed about a case, oldest first, with what came to be written over."""
        joined = keyed.join(intake_log, intake_log.c.seq == keyed.c.line)
        joined = joined.outerjoin(reasons, reasons.c.line == keyed.c.line)
        told = (intake_log.c.at, intake_log.c.message, reasons.c.reason)
        wanted = select(keyed, *told).select_from(joined).where(keyed.c.reference == reference).order_by(keyed.c.id)
        with self._store.reading() as connection:
            return tuple(
                Keyed(
                    row.version, generations.correction_of(self._store, connection, row), moment(row.at),
                    Private(self._store.unseal(connection, f"reasons/{row.message}", row.reason).decode())
                    if row.reason else None,
                )
                for row in connection.execute(wanted).all()
            )  # fmt: skip

"""A referral is built only from readings, so that every value points to its place on the form."""

from collections.abc import Iterator
from dataclasses import dataclass

from intake.domain.private import Private
from parsers.contract import Certainty


@dataclass(frozen=True, slots=True)
class Reading:
    """One answer: its field, its child (from 1, or None), its words, its place, how sure, who keyed it."""

    field: str
    child: int | None
    text: Private
    where: Private
    """Private too: a place can quote a label that somebody wrote a name into."""
    certainty: Certainty
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Remainder:
    """What stands on the form under a label no field knows, kept and shown under its own label."""

    label: Private
    text: Private
    where: Private


@dataclass(frozen=True, slots=True)
class Referral:
    """One form as it was read: ``document`` is the part's index in its mail; ``sheet`` None for a foreign layout."""

    document: int
    sha256: str
    sheet: str | None
    edition: str | None
    readings: tuple[Reading, ...]
    unplaced: tuple[Remainder, ...] = ()
    conflicts: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    """How the form was read and what was met on the way: ``by-ocr``, ``converted``, ``signature-intact`` ..."""

    def answers(self, field: str, child: int | None = None) -> tuple[Reading, ...]:
        """Return every reading of ``field`` (of ``child``, where given), in form order."""
        return tuple(r for r in self.readings if r.field == field and (child is None or r.child == child))

    def answer(self, field: str, child: int | None = None) -> str | None:
        """Return the one undisputed answer, or None when it is blank or in conflict (a wrong value is worse)."""
        texts = {reading.text.reveal() for reading in self.answers(field, child)}
        return texts.pop() if len(texts) == 1 else None

    def chosen(self, field: str) -> frozenset[str]:
        """Return the options ticked for a field of choices."""
        return frozenset(reading.text.reveal() for reading in self.answers(field))

    def children(self) -> Iterator[int]:
        """Count the children the form speaks of, from 1."""
        return iter(sorted({reading.child for reading in self.readings if reading.child is not None}))

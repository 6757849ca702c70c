"""Reading a form again: how it stands, what came of it, and that a person's correction always wins."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from intake.domain.case import Assessment, Reference
from intake.domain.differences import Change, Place, answers, texts
from intake.domain.findings import ExceptionItem
from intake.domain.message import Message
from intake.domain.private import Private
from intake.domain.referral import Reading, Referral
from parsers.contract import Certainty

KEYED_PLACE = Private("keyed by a person")


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person keyed in the place of a reading: one answer, several options, or none (the form is blank there)."""

    field: str
    child: int | None
    values: tuple[Private, ...]
    by: str

    def readings(self) -> tuple[Reading, ...]:
        """Return it as readings; a blank stays an answer without words, so that no older one shows through."""
        texts = self.values or (Private(""),)
        return tuple(Reading(self.field, self.child, text, KEYED_PLACE, Certainty.KEYED, self.by) for text in texts)


@dataclass(frozen=True, slots=True)
class StandingForm:
    """One form as the records have it now: what was read last, what people keyed (oldest first), and what was found."""

    document: int
    generation: int
    """1 for the first reading, one more for each since."""
    read: Referral
    corrections: tuple[Correction, ...] = ()
    assessment: Assessment | None = None
    reference: Reference | None = None
    """The case it belongs to, as a version of it or as the same file again."""
    version: int | None = None
    first_received_at: datetime | None = None
    """When the case's first form reached the server: its clock is that one's, however often it is read again."""

    @property
    def shown(self) -> Referral:
        """Return the form as it is shown and judged."""
        return corrected(self.read, self.corrections)


@dataclass(frozen=True, slots=True)
class Standing:
    """A message, its forms as they stand, and every exception that was ever opened on it, by code and document."""

    message: Message
    forms: tuple[StandingForm, ...]
    opened: frozenset[tuple[str, int | None]] = frozenset()


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """One form whose new reading differs: to be written as the next generation, with what is found out about it."""

    before: StandingForm
    read: Referral
    changes: tuple[Change, ...]
    assessment: Assessment | None = None

    def is_kept(self, change: Change) -> bool:
        """Tell whether a person keyed this answer: theirs stays the one that is shown."""
        return any((one.field, one.child) == (change.field, change.child) for one in self.before.corrections)


@dataclass(frozen=True, slots=True)
class Rereading:
    """What reading a message again came to; nothing of it is true until it is committed."""

    forms: tuple[ReadAgain, ...] = ()
    unread: Mapping[int, str] = field(default_factory=dict)
    """Documents that cannot be read as forms of ours today, and why (a code): they stay as they are."""
    exceptions: tuple[ExceptionItem, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there is anything to write."""
        return bool(self.forms or self.exceptions)


def corrected(read: Referral, corrections: Iterable[Correction]) -> Referral:
    """Return the referral as it is shown and judged: the newest correction of each answer in what was read's place.

    ``corrections`` are oldest first. A field stays in conflict only while some answer of it that nobody keyed is.
    """
    newest = {(one.field, one.child): one for one in corrections}
    if not newest:
        return read
    stands = answers(read)
    readings = [kept for place, group in stands.items() for kept in _shown(place, group, newest)]
    readings += [added for place, one in newest.items() if place not in stands for added in one.readings()]
    conflicts = tuple(name for name in read.conflicts if _still_disputed(name, stands, newest))
    return replace(read, readings=tuple(readings), conflicts=conflicts)


def beside(read: Referral, corrections: Iterable[Correction]) -> tuple[Reading, ...]:
    """Return what the form itself says where a person keyed something else: kept, and shown beside it."""
    newest = {(one.field, one.child): one for one in corrections}
    return tuple(
        reading
        for place, group in answers(read).items()
        if place in newest and texts(group) != newest[place].values
        for reading in group
    )


def _shown(place: Place, group: tuple[Reading, ...], newest: Mapping[Place, Correction]) -> tuple[Reading, ...]:
    return newest[place].readings() if place in newest else group


def _still_disputed(name: str, stands: Mapping[Place, tuple[Reading, ...]], keyed: Mapping[Place, Correction]) -> bool:
    disputed = {place for place, group in stands.items() if place[0] == name and len(set(texts(group))) > 1}
    return not disputed or bool(disputed - set(keyed))

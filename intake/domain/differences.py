"""What differs between two readings of one form, by answer: words, certainty, conflicts, the form's own facts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from intake.domain.private import Private
from intake.domain.referral import Reading, Referral

Place = tuple[str, int | None]
"""A field and its child (from 1, or None): what one answer answers."""


class ChangeKind(StrEnum):
    """How a new reading differs from the one before, field by field."""

    ADDED = "added"
    REMOVED = "removed"
    VALUE = "value"
    CERTAINTY = "certainty"
    CONFLICT_NEW = "conflict-new"
    CONFLICT_GONE = "conflict-gone"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference: what was read before and what is read now, in form order; certainties where these changed."""

    field: str
    """A field's name, or ``form.sheet | edition | codes | unplaced`` for what is of the form as a whole."""
    child: int | None
    kind: ChangeKind
    before: tuple[Private, ...] = ()
    after: tuple[Private, ...] = ()


def differences(before: Referral, after: Referral) -> tuple[Change, ...]:
    """Return every difference of two readings of one form, in the order of the form; places alone never differ."""
    return (*_of_the_form(before, after), *_of_answers(before, after), *_of_conflicts(before, after))


def answers(referral: Referral) -> Mapping[Place, tuple[Reading, ...]]:
    """Return the readings of each answer, in the order of the form."""
    groups: dict[Place, tuple[Reading, ...]] = {}
    for reading in referral.readings:
        place = reading.field, reading.child
        groups[place] = (*groups.get(place, ()), reading)
    return groups


def _of_answers(before: Referral, after: Referral) -> Iterator[Change]:
    old, new = answers(before), answers(after)
    for place in dict.fromkeys((*old, *new)):
        was, now = old.get(place, ()), new.get(place, ())
        kind = _kind(was, now)
        if kind is ChangeKind.CERTAINTY:
            yield Change(*place, kind, _certainties(was), _certainties(now))
        elif kind is not None:
            yield Change(*place, kind, texts(was), texts(now))


def _kind(was: tuple[Reading, ...], now: tuple[Reading, ...]) -> ChangeKind | None:
    if not was or not now:
        return ChangeKind.ADDED if now else ChangeKind.REMOVED
    if texts(was) != texts(now):
        return ChangeKind.VALUE
    return ChangeKind.CERTAINTY if _certainties(was) != _certainties(now) else None


def _of_conflicts(before: Referral, after: Referral) -> Iterator[Change]:
    for name in after.conflicts:
        if name not in before.conflicts:
            yield Change(name, None, ChangeKind.CONFLICT_NEW)
    for name in before.conflicts:
        if name not in after.conflicts:
            yield Change(name, None, ChangeKind.CONFLICT_GONE)


def _of_the_form(before: Referral, after: Referral) -> Iterator[Change]:
    for (name, was), now in zip(_facts(before).items(), _facts(after).values(), strict=True):
        if was != now:
            kind = ChangeKind.VALUE if was and now else ChangeKind.ADDED if now else ChangeKind.REMOVED
            yield Change(name, None, kind, was, now)


def _facts(form: Referral) -> Mapping[str, tuple[Private, ...]]:
    return {
        "form.sheet": tuple(map(Private, filter(None, (form.sheet,)))),
        "form.edition": tuple(map(Private, filter(None, (form.edition,)))),
        "form.codes": tuple(map(Private, form.codes)),
        "form.unplaced": tuple(words for rest in form.unplaced for words in (rest.label, rest.text)),
    }


def texts(group: Iterable[Reading]) -> tuple[Private, ...]:
    """Return the words of an answer's readings."""
    return tuple(reading.text for reading in group)


def _certainties(group: Iterable[Reading]) -> tuple[Private, ...]:
    return tuple(Private(reading.certainty.value) for reading in group)

"""A case's answers as the page shows them: part by part and child by child, each with all that was read of it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Shown = Mapping[str, Any]
Place = tuple[str, int | None]


@dataclass(frozen=True, slots=True)
class Answer:
    """One field of one child (None: of none): its readings in the form's order, and what a correction stands for."""

    field: str
    child: int | None
    readings: tuple[Shown, ...]
    was_read: tuple[Shown, ...] = ()
    is_in_conflict: bool = False
    """Whether the form answers it in two ways, and nobody has said which holds."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the form, of one child where it is asked of each."""

    name: str
    child: int | None
    answers: tuple[Answer, ...]


def parts(version: Shown, fields: Sequence[str]) -> Iterator[Part]:
    """Give a version's answers by part and child, in the order of the fields' list."""
    order = {name: number for number, name in enumerate(fields)}
    found = _by_place(version["readings"])
    was_read, conflicts = _by_place(version["beside"]), frozenset(version["conflicts"])
    groups: dict[Place, list[Answer]] = {}
    for place in sorted(found, key=lambda place: (order.get(place[0], len(order)), place[1] or 0)):
        groups.setdefault((place[0].partition(".")[0], place[1]), []).append(
            _answer(place, found[place], was_read.get(place, ()), conflicts)
        )
    for (name, child), answers in groups.items():
        yield Part(name, child, tuple(answers))


def _answer(place: Place, readings: Sequence[Shown], was_read: Sequence[Shown], conflicts: Collection[str]) -> Answer:
    disputed = place[0] in conflicts and len({one["value"] for one in readings}) > 1
    return Answer(*place, tuple(readings), tuple(was_read), disputed)


def _by_place(readings: Sequence[Shown]) -> Mapping[Place, Sequence[Shown]]:
    found: dict[Place, list[Shown]] = {}
    for one in readings:
        found.setdefault((one["field"], one["child"]), []).append(one)
    return found

"""What a later version of a case says otherwise than the one before: answer by answer, as both stand now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

Shown = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer that differs; no words where a version does not have it."""

    field: str
    child: int | None
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changed:
    """A version beside the one before it."""

    version: int
    differences: tuple[Difference, ...]


def changes(versions: Sequence[Shown]) -> tuple[Changed, ...]:
    """Return each version's differences, the newest first; ``versions`` are rows of the register, oldest first."""
    pairs = list(pairwise(versions))
    return tuple(Changed(after["version"], _between(before, after)) for before, after in reversed(pairs))


def _between(before: Shown, after: Shown) -> tuple[Difference, ...]:
    old, new = _answers(before), _answers(after)
    return tuple(
        Difference(*place, old.get(place, ()), new.get(place, ()))
        for place in dict.fromkeys((*new, *old))
        if sorted(old.get(place, ())) != sorted(new.get(place, ()))
    )


def _answers(version: Shown) -> dict[tuple[str, int | None], tuple[str, ...]]:
    found: dict[tuple[str, int | None], tuple[str, ...]] = {}
    for one in version["readings"]:
        place = one["field"], one["child"]
        found[place] = (*found.get(place, ()), one["value"])
    return found

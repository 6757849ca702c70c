"""Facts laid out as a table: each counted once, in its row and its column; rows without any stand as nought."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Generic, TypeVar

from intake.domain.figures import (
    NOT_KNOWN,
    TOTAL,
    Cell,
    Column,
    Dimension,
    Drawing,
    Figure,
    Line,
    Population,
    Role,
    Row,
    Unit,
)

Fact = TypeVar("Fact")
WHOLE = Column(TOTAL, Role.WHOLE)


@dataclass(frozen=True, slots=True)
class Statistic(Generic[Fact]):
    """A column worked out from the facts of a row."""

    column: Column
    of: Callable[[Sequence[Fact]], Cell]


@dataclass(frozen=True, slots=True)
class Layout(Generic[Fact]):
    """What a figure's rows and parts are, and where a fact belongs: the key of its row, the code of its part.

    Without parts (``across`` None) the code is not looked at.
    """

    code: str
    of: Population
    by: Dimension
    across: Dimension | None
    parts: tuple[str, ...]
    place: Callable[[Fact], tuple[str, str]]
    statistics: tuple[Statistic[Fact], ...] = ()
    drawing: Drawing = Drawing.STACKS
    line: Line | None = None

    def figure(self, keys: Iterable[str], facts: Sequence[Fact]) -> Figure:
        """Return the table with these rows, in their order; every fact must belong in one of them (KeyError)."""
        laid: dict[str, list[Fact]] = {key: [] for key in keys}
        counts, of_all = {key: dict.fromkeys(self.parts, 0) for key in laid}, dict.fromkeys(self.parts, 0)
        for fact in facts:
            key, part = self.place(fact)
            laid[key].append(fact)
            for row in (counts[key], of_all) if self.parts else ():
                row[part] += 1
        columns = (*map(Column, self.parts), WHOLE, *(each.column for each in self.statistics))
        rows = tuple(self._row(key, counts[key], mine) for key, mine in laid.items())
        total = self._row(TOTAL, of_all, facts)
        return Figure(self.code, self.of, self.by, self.across, columns, rows, total, self.drawing, self.line)

    def _row(self, key: str, counts: Mapping[str, int], facts: Sequence[Fact]) -> Row:
        return Row(key, (*counts.values(), len(facts), *(each.of(facts) for each in self.statistics)))


def middle_and_longest(of: Callable[[Fact], int | None], unit: Unit) -> tuple[Statistic[Fact], Statistic[Fact]]:
    """Return median and longest of what is known of a row's facts; None where nothing is."""

    def known(facts: Sequence[Fact]) -> list[int]:
        return [value for value in map(of, facts) if value is not None]

    return (
        Statistic(Column("median", Role.STATISTIC, unit), lambda facts: median(known(facts)) if known(facts) else None),
        Statistic(
            Column("longest", Role.STATISTIC, unit, is_extreme=True), lambda facts: max(known(facts), default=None)
        ),
    )


def share(code: str, has: Callable[[Fact], bool]) -> Statistic[Fact]:
    """Return what part of a row's facts has something, in whole percent (halves up); None of no facts."""

    def of_row(facts: Sequence[Fact]) -> Cell:
        return percent(sum(map(has, facts)), len(facts)) if facts else None

    return Statistic(Column(code, Role.STATISTIC, Unit.PERCENT), of_row)


def percent(part: int, whole: int) -> int:
    """Return a part in whole percent of a whole that is not nought, halves up."""
    return (200 * part + whole) // (2 * whole)


def by_size(facts: Iterable[Fact], key: Callable[[Fact], str]) -> list[str]:
    """Return the keys of the facts, the commonest first, then by name; what is not known last."""
    sizes: dict[str, int] = {}
    for fact in facts:
        sizes[key(fact)] = sizes.get(key(fact), 0) + 1
    return sorted(sizes, key=lambda one: (one == NOT_KNOWN, -sizes[one], one))


def first_of(steps: Mapping[str, bool], otherwise: str) -> str:
    """Return the code of the first step that holds."""
    return next((code for code, holds in steps.items() if holds), otherwise)

"""Rows that many layouts share: a person's short labels, questions with labels of their own, children one a row."""

from benchmarks.reading.foreign.filling import Filling
from benchmarks.reading.paper.blocks import Cell, label

Row = tuple[Cell | str, ...]


def person(f: Filling, who: str, *parts: str) -> list[Row]:
    """Return a row of shaded label and answer for each part ("name", "role") of this person ("referrer", "qa")."""
    return [(label(text), value) for text, value in (f.own_pair(f"{who}.{part}") for part in parts)]


def questions(f: Filling, *fields: str) -> list[Row]:
    """Return a row of shaded label and answer for each of these fields."""
    return [(label(text), value) for text, value in map(f.pair, fields)]


def children_in_rows(f: Filling, most: int, *fields: str) -> list[Row]:
    """Return a row of labels and under it a row for each child, at most so many."""
    return [tuple(label(f.full(field)) for field in fields), *f.children(most, *fields)]

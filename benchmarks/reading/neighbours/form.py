"""A neighbour's form: its name, how a case's people are written into it, and what it must be recognised as."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from benchmarks.reading.case import Case
from benchmarks.reading.foreign.filling import WRITERS, Filling
from benchmarks.reading.paper.blocks import Grid, Paper, bar, grid, label
from benchmarks.reading.rendered import Rendered

Drawing = Callable[[Filling], Paper]


@dataclass(frozen=True)
class Form:
    """Another process's form in one format. Registered as ours it is always wrong."""

    name: str
    render: Callable[[Case, Random], Rendered]
    key: str | None
    """The neighbour of ``config/forms/neighbours.toml`` it is, or None where none of them stands for it."""


def drawn(draw: Drawing, key: str | None, *kinds: str) -> tuple[Form, ...]:
    """Return the form this function draws, once for each kind of file, named after the function."""
    return tuple(_form(draw, key, kind) for kind in kinds)


def _form(draw: Drawing, key: str | None, kind: str) -> Form:
    name = f"{draw.__name__.replace('_', '-')}-{kind}"

    def render(case: Case, rng: Random) -> Rendered:
        filling = Filling(case, rng)
        data = WRITERS[kind](draw(filling))
        return Rendered(data, kind, frozenset(), name, filling.truth())

    return Form(name, render, key)


def referrer(f: Filling, title: str = "Referrer details") -> Grid:
    """Return a table of who sends the form, labelled as all processes label it."""
    pairs = [f.own_pair(f"referrer.{part}") for part in ("name", "role", "agency", "phone", "email")]
    return grid(bar(title, 2), *[(label(text), value) for text, value in pairs])


def children(f: Filling, title: str = "Child / young person") -> Grid:
    """Return a table of the children, one a row."""
    fields = ("child.name", "child.dob", "child.gender", "child.ethnicity", "child.address")
    return grid(bar(title, 5), tuple(label(f.full(field)) for field in fields), *f.children(4, *fields))


def household(f: Filling, title: str = "Household and family members") -> Grid:
    """Return a table of the family."""
    heads = tuple(map(label, ("Name", "Relationship to child", "Date of birth", "Address")))
    return grid(bar(title, 4), heads, *f.family())


def asked(f: Filling, *questions: tuple[str, str]) -> Grid:
    """Return a table of questions, each answered by the answer of one of our fields."""
    return grid(*[(label(question), f.answer(field)) for question, field in questions], widths=(2, 3))

"""A layout: its name and how a case is written into it."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from benchmarks.reading.case import Case
from benchmarks.reading.foreign.filling import Filling
from benchmarks.reading.paper.blocks import Paper
from benchmarks.reading.rendered import Rendered

Drawing = Callable[[Filling], Paper | bytes]


@dataclass(frozen=True)
class Layout:
    """One layout in one format; ``held_out`` layouts are only measured, never looked into while tuning."""

    name: str
    render: Callable[[Case, Random], Rendered]
    held_out: bool = False


def drawn(draw: Drawing, *kinds: str, held_out: bool = False) -> tuple[Layout, ...]:
    """Return the layout this function draws, once for each kind of file, named after the function."""
    return tuple(_layout(draw, kind, held_out=held_out) for kind in kinds)


def _layout(draw: Drawing, kind: str, *, held_out: bool) -> Layout:
    name = f"{draw.__name__.replace('_', '-')}-{kind}"

    def render(case: Case, rng: Random) -> Rendered:
        filling = Filling(case, rng)
        return filling.rendered(name, kind, draw(filling))

    return Layout(name, render, held_out)

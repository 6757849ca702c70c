"""Which documents are made, how many of each kind, and to which bar each kind belongs."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Final

from benchmarks.reading import foreign, machines, neighbours, ours
from benchmarks.reading.case import Case, in_lines_of_one, invent
from benchmarks.reading.rendered import Rendered

OURS, FOREIGN, UNSEEN, NEIGHBOURS, SCANS = "ours", "foreign, seen", "foreign, never seen", "neighbours", "ours, scanned"
WAYS: Final = {way.name: way for way in ours.FAST}


@dataclass(frozen=True)
class Batch:
    """Documents of one kind. ``share``: of all documents asked for; ``slow``: read in the workshop."""

    name: str
    group: str
    share: float
    make: Callable[[int, int], list[Rendered]]
    """From how many and a seed."""
    slow: bool = False


def _seeded(name: str, seed: int, count: int) -> Iterator[Random]:
    return (Random(f"{name} {seed} {number}") for number in range(count))


def _way(name: str, change: Callable[[Case], Case] = lambda case: case) -> Callable[[int, int], list[Rendered]]:
    return lambda count, seed: [WAYS[name].render(change(invent(rng)), rng) for rng in _seeded(name, seed, count)]


def _saved(kind: str, source: str, name: str) -> Callable[[int, int], list[Rendered]]:
    """Save by LibreOffice, which glues the lines of a content control: there every answer has one line."""
    change = in_lines_of_one if source == "word-controls" else lambda case: case
    return lambda count, seed: machines.converted(_way(source, change)(count, seed + 1), kind, name)


def _scanned(name: str, *, worn: bool) -> Callable[[int, int], list[Rendered]]:
    def make(count: int, seed: int) -> list[Rendered]:
        printed = machines.converted(_way("word-typed")(count, seed + 2), "pdf", name)
        return machines.scanned(printed, name, worn=worn, rng=Random(f"{name} {seed}"))

    return make


def _drawn(layout: foreign.Layout | neighbours.Form) -> Callable[[int, int], list[Rendered]]:
    return lambda count, seed: [layout.render(invent(rng), rng) for rng in _seeded(layout.name, seed, count)]


def batches() -> tuple[Batch, ...]:
    """Return all kinds, shares summing to one."""
    fast = [Batch(name, OURS, 1.0, _way(name)) for name in WAYS]
    saved = [
        Batch("word-saved-by-writer", OURS, 1.0, _saved("docx", "word-controls", "word-saved-by-writer")),
        Batch("pdf-printed-by-writer", OURS, 1.0, _saved("pdf", "word-typed", "pdf-printed-by-writer")),
        Batch("odt", OURS, 0.15, _saved("odt", "word-typed", "odt"), slow=True),
        Batch("doc", OURS, 0.15, _saved("doc", "word-typed", "doc"), slow=True),
        Batch("rtf", OURS, 0.15, _saved("rtf", "word-controls", "rtf"), slow=True),
    ]
    scans = [
        Batch("scan-200-dpi", SCANS, 0.15, _scanned("scan-200-dpi", worn=False), slow=True),
        Batch("scan-200-dpi-worn", SCANS, 0.15, _scanned("scan-200-dpi-worn", worn=True), slow=True),
    ]
    seen = [Batch(each.name, FOREIGN, 0.1, _drawn(each)) for each in foreign.SEEN]
    unseen = [Batch(each.name, UNSEEN, 0.25, _drawn(each)) for each in foreign.HELD_OUT]
    others = [Batch(each.name, NEIGHBOURS, 0.1, _drawn(each)) for each in neighbours.FORMS]
    made = (*fast, *saved, *scans, *seen, *unseen, *others)
    total = sum(batch.share for batch in made)
    return tuple(Batch(b.name, b.group, b.share / total, b.make, b.slow) for b in made)

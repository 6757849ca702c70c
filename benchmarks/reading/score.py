"""One document's readings against its truth, and the sums of many."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from benchmarks.reading.rendered import Rendered
from benchmarks.reading.truth import MANY, asked_keys, same, truth_of
from parsers.contract import Certainty, DocumentReading, DocumentState, Recognised, UntrustedReading
from parsers.template import Field

OFFERED = frozenset({"by-ocr", "in-body"})
"""How a form was read that is only offered to a person, never registered by itself."""


@dataclass
class Score:
    """Counts of one kind of document, and its faults in words (its people are invented)."""

    documents: int = 0
    asked: int = 0
    right: int = 0
    read: int = 0
    wrong: int = 0
    certain: int = 0
    wrong_certain: int = 0
    conflicts: int = 0
    as_ours: int = 0
    as_neighbours: int = 0
    seconds: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def add(self, other: "Score") -> None:
        """Add another's counts."""
        for name in ("documents", "asked", "right", "read", "wrong", "certain", "wrong_certain", "conflicts"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.as_ours += other.as_ours
        self.as_neighbours += other.as_neighbours
        self.seconds += other.seconds
        self.faults += other.faults


def scored(made: Rendered, read: tuple[DocumentReading, ...], fields: dict[str, Field], seconds: float) -> Score:
    """Score one document: recall over what it asks, wrong values over all that was read and is not in conflict."""
    ours = [each for each in read if each.recognised is Recognised.OURS and each.state is DocumentState.READ]
    registered = [each for each in ours if not OFFERED & set(each.codes)]
    score = Score(documents=1, as_ours=len(registered[:1]), seconds=[seconds])
    score.as_neighbours = int(any(each.recognised is Recognised.NEIGHBOUR for each in read))
    truth = truth_of(made.truth)
    keys = asked_keys(truth, made.asked)
    score.asked = len(keys)
    if not ours and made.asked:
        states = ", ".join(f"{each.state.value} {each.why or ''}" for each in read) or "nothing"
        score.faults.append(f"{made.name}: not read as ours ({states})")
    if not ours:
        return score
    conflicts = set(ours[0].conflicts)
    groups: dict[tuple[str, int | None], list[UntrustedReading]] = defaultdict(list)
    for reading in ours[0].readings:
        groups[reading.field, reading.child].append(reading)
    for key in keys:
        group = groups.get(key, [])
        if key[0] in conflicts:
            score.conflicts += 1
            score.faults.append(f"{made.name}: CONFLICT {key} {[each.untrusted_text for each in group]}")
        elif _is_right(group, truth[key], fields[key[0]]):
            score.right += 1
        elif not group:
            score.faults.append(f"{made.name}: MISSED {key} {truth[key]}")
    for key, group in groups.items():
        if key[0] not in conflicts:
            _count(score, made, [(each, _meant(each, truth.get(key, ()), fields[key[0]])) for each in group])
    return score


def _is_right(group: list[UntrustedReading], meant: tuple[str, ...], asked: Field) -> bool:
    said = all(_meant(each, meant, asked) for each in group)
    return bool(group) and said and (len(group) == len(meant) or asked.kind not in MANY)


def _meant(reading: UntrustedReading, meant: tuple[str, ...], asked: Field) -> bool:
    return any(same(reading.untrusted_text, each, asked) for each in meant)


def _count(score: Score, made: Rendered, judged: list[tuple[UntrustedReading, bool]]) -> None:
    counts: Counter[str] = Counter()
    for reading, right in judged:
        sure = reading.certainty is Certainty.CERTAIN
        counts.update(read=1, certain=sure, wrong=not right, wrong_certain=sure and not right)
        if not right:
            told = f"{reading.field} {reading.child or ''} {reading.untrusted_text!r}"
            score.faults.append(f"{made.name}: WRONG {told}, {reading.where}, {reading.certainty.value}")
    score.read += counts["read"]
    score.certain += counts["certain"]
    score.wrong += counts["wrong"]
    score.wrong_certain += counts["wrong_certain"]

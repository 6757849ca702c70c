"""The bars that reading is held to, and whether a run clears them."""

from collections.abc import Mapping
from dataclasses import dataclass

from benchmarks.reading.plan import NEIGHBOURS, OURS, SCANS, UNSEEN
from benchmarks.reading.score import Score


@dataclass(frozen=True)
class Bar:
    """One bar: what it is about, the figure reached, the figure wanted, and whether that is enough."""

    name: str
    reached: str
    wanted: str
    cleared: bool


def bars(groups: Mapping[str, Score]) -> list[Bar]:
    """Return the bars that the groups of a run can be held to."""
    found: list[Bar] = []
    for group, recall, wrong in ((OURS, 0.995, 0.0005), (UNSEEN, 0.92, 0.005)):
        score = groups.get(group)
        if score is not None and score.asked:
            found += [
                _bar(f"{group}: recall", score.right / score.asked, recall, least=True),
                _bar(f"{group}: wrong values", score.wrong / max(1, score.read), wrong, least=False),
            ]
    scans = groups.get(SCANS)
    if scans is not None and scans.read:
        wrong_share = scans.wrong_certain / max(1, scans.certain)
        found.append(_bar(f"{SCANS}: wrong among certain", wrong_share, 0.005, least=False))
    if NEIGHBOURS in groups:
        found.append(_none("a neighbour's form taken for ours", groups[NEIGHBOURS].as_ours))
    mine = sum(score.as_neighbours for group, score in groups.items() if group != NEIGHBOURS)
    return [*found, _none("a referral taken for a neighbour's form", mine)]


def _bar(name: str, reached: float, wanted: float, *, least: bool) -> Bar:
    cleared = reached >= wanted if least else reached <= wanted
    return Bar(name, f"{reached:.2%}", f"{'>=' if least else '<='} {wanted:.2%}", cleared)


def _none(name: str, count: int) -> Bar:
    return Bar(name, str(count), "0", count == 0)

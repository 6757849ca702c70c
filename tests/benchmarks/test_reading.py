"""The benchmark measures what it says: seeded cases, truths that stand in the documents, counts that count."""

from random import Random

import pytest
from msgspec.structs import replace

from benchmarks.reading import foreign, neighbours, ours
from benchmarks.reading.bars import bars
from benchmarks.reading.case import invent
from benchmarks.reading.measure import fields
from benchmarks.reading.plan import NEIGHBOURS, OURS, SCANS, UNSEEN, batches
from benchmarks.reading.rendered import Rendered
from benchmarks.reading.score import Score, scored
from benchmarks.reading.truth import truth_of
from parsers.contract import Certainty, DocumentState, Recognised, UntrustedReading
from parsers.read import read_file
from tests.builders.forms import library
from tests.builders.harvest import document

FILES = [way for way in ours.FAST if way.kind in {"docx", "pdf"}]


def test_the_same_seed_invents_the_same_case() -> None:
    """A figure can be had again."""
    assert invent(Random(7)) == invent(Random(7))
    assert invent(Random(7)) != invent(Random(8))


@pytest.mark.parametrize("way", FILES, ids=lambda way: way.name)
def test_a_filled_sheet_of_ours_is_read_whole(way: ours.Way) -> None:
    """From case to document to readings: every answer comes back, and nothing else."""
    rng = Random(f"whole {way.name}")
    made = way.render(invent(rng), rng)
    harvest = read_file(made.data, library(), 30.0)
    score = scored(made, harvest.documents, fields(), 0.0)
    assert score.faults == []
    assert score.right == score.asked > 10


@pytest.mark.parametrize("drawn", [*foreign.LAYOUTS, *neighbours.FORMS], ids=lambda drawn: drawn.name)
def test_every_layout_can_be_drawn(drawn: foreign.Layout | neighbours.Form) -> None:
    """No layout fails on a case; what it asks stands in it."""
    for number in range(3):
        rng = Random(f"{drawn.name} {number}")
        made = drawn.render(invent(rng), rng)
        assert made.data
        assert made.asked or isinstance(drawn, neighbours.Form)


def test_shares_are_of_the_whole() -> None:
    """The documents asked for are parted among the kinds, each of which has its bar."""
    assert sum(batch.share for batch in batches()) == pytest.approx(1.0)
    assert {batch.group for batch in batches()} >= {OURS, SCANS, UNSEEN, NEIGHBOURS}
    assert len({batch.name for batch in batches()}) == len(batches())


def test_a_wrong_a_missing_and_a_contradicted_answer_are_told_apart() -> None:
    """Recall, wrong values and conflicts count each what they are named for."""
    case = invent(Random(3))
    truth = truth_of(case)
    asked = frozenset({"referrer.name", "child.name", "child.dob"})
    right = UntrustedReading("child.name", 1, case.children[0]["child.name"].upper(), "table 1", Certainty.CERTAIN)
    wrong = UntrustedReading("child.dob", 1, "1 January 1999", "table 1", Certainty.CERTAIN)
    made = Rendered(b"", "docx", asked, "made", case)
    read = replace(document(DocumentState.READ, recognised=Recognised.OURS), readings=(right, wrong))
    score = scored(made, (read,), fields(), 0.0)
    assert (score.right, score.read, score.wrong, score.wrong_certain) == (1, 2, 1, 1)
    assert score.asked == sum(key[0] in asked for key in truth)


def test_a_bar_is_cleared_or_not() -> None:
    """One wrong value in a thousand is too many for our own sheets, and one neighbour's form for any."""
    groups = {OURS: Score(asked=1000, right=1000, read=1000, wrong=1), NEIGHBOURS: Score(as_ours=1)}
    cleared = {bar.name: bar.cleared for bar in bars(groups)}
    assert cleared[f"{OURS}: recall"]
    assert not cleared[f"{OURS}: wrong values"]
    assert not cleared["a neighbour's form taken for ours"]

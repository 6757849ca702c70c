"""Whatever fuzzing found once stays mended, and a short run finds nothing."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace

from intake.edges.reader import WalledReader
from parsers.contract import Harvest, Refusal
from tests.builders.forms import library
from tests.fuzz.mutations import harmed
from tests.fuzz.targets import HELD_BY_THE_WALL, HERE, KEPT, FindingError, Target, behind_the_wall, seeds, verdict

SEEDS = sorted(path for path in KEPT.iterdir() if path.name != "README.md")
BEHIND_THE_WALL = ("mail", "docx", "pdf")
SECONDS = 40.0
"""Of a task: so slow is no machine that a finding here would be the machine's."""
TRIES = {"mail": 40, "docx": 40, "pdf": 20, "config": 40}


@pytest.fixture(scope="module")
def targets() -> Iterator[dict[str, Target]]:
    """Every target, those behind the wall included."""
    with WalledReader(library(), workshop=False, seconds=SECONDS) as reader:
        yield {**behind_the_wall(reader), **HERE}


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name)
def test_a_finding_stays_mended(targets: dict[str, Target], path: Path) -> None:
    """Each kept seed has a verdict again."""
    assert targets[path.name.partition("-")[0]](path.read_bytes())


@pytest.mark.parametrize("name", [*BEHIND_THE_WALL, *HERE])
def test_a_short_run_finds_nothing(targets: dict[str, Target], name: str) -> None:
    """Some harmed copies of every seed have a verdict each, none is an exception."""
    rng = Random(f"{name} short")  # noqa: S311 - the same every time
    sound = seeds()[name]
    for _ in range(TRIES.get(name, 300)):
        assert targets[name](harmed(rng.choice(sound), sound, rng))


def test_every_target_has_a_kept_seed() -> None:
    """The promise above is about every target, whether or not anything was found in it yet."""
    assert {path.name.partition("-")[0] for path in SEEDS} == {*BEHIND_THE_WALL, *HERE}


@pytest.mark.parametrize("code", sorted(HELD_BY_THE_WALL))
def test_a_child_that_was_ended_is_a_finding(code: str) -> None:
    """What its limits had to end, or what it said wrongly, is no verdict on the bytes."""
    with pytest.raises(FindingError, match=code):
        verdict(Refusal(code=code))
    assert verdict(Refusal(code="over-limit")) == "refused-over-limit"


def test_a_fault_of_the_reader_is_a_finding() -> None:
    """A document that met an exception of ours is no verdict, though the wall held."""
    with WalledReader(library(), workshop=False) as reader:
        harvest = reader.read_file(b"plain words")
    assert isinstance(harvest, Harvest)
    spoilt = replace(harvest, documents=(replace(harvest.documents[0], why="reader-fault"),))
    with pytest.raises(FindingError):
        verdict(spoilt)

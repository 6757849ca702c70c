"""Hostile mails from the mailbox to the register: no crash, none lost, every good mail behind them registered."""

from pathlib import Path

from tests.hostile.bag import every_case, verdicts
from tests.hostile.case import Case
from tests.hostile.journey import MOST_MEGABYTES, put_through

EVERY = 28
"""A sample; ``make hostile`` takes all."""


def sample() -> list[Case]:
    """Return some of each sort."""
    return [case for case in every_case() if not case.slow][::EVERY]


def test_hostile_mails_harm_neither_the_program_nor_the_good_ones_behind_them(tmp_path: Path) -> None:
    """Each stands where it must, each once; the good ones are all in the register; the program ends as it should."""
    cases = sample()
    found = put_through(cases, tmp_path / "house")
    assert dict(zip([case.name for case in cases], found.hostile, strict=True)) == {
        case.name: verdicts()[case.name][0] for case in cases
    }
    assert set(found.good) == {"registered registered"}
    assert (found.cases_of_good, found.waiting) == (len(found.good), 0)
    assert set(found.exits) == {0}
    assert "Traceback" not in found.said
    assert found.megabytes < MOST_MEGABYTES

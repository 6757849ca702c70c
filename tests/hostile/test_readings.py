"""Hostile mails at the real wall: each meets its verdict, costs no more than a mail may, and hides no good form."""

from collections.abc import Iterator

import pytest

from tests.hostile.bag import every_case, verdicts
from tests.hostile.case import Case
from tests.hostile.weighing import MOST_MEGABYTES, SECONDS, Scales, scales

SHORT = [case for case in every_case() if not case.slow]


@pytest.fixture(scope="module")
def weighed() -> Iterator[Scales]:
    """Give a reader whose children are weighed."""
    with scales() as reader:
        yield reader


def test_every_case_has_its_verdict() -> None:
    """No case without an expectation, no expectation without a case, no name twice."""
    names = [case.name for case in every_case()]
    assert sorted(names) == sorted(verdicts())


@pytest.mark.parametrize("case", SHORT, ids=str)
def test_a_hostile_mail_meets_its_verdict(weighed: Scales, case: Case) -> None:
    """It is read or refused with the code that says why, within its limits, and the form beside it is read."""
    read = weighed.read(case.make())
    assert read.verdict(case) == verdicts()[case.name][1:]
    assert read.seconds < 2 * SECONDS
    assert read.megabytes < MOST_MEGABYTES

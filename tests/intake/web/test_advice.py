"""Every open item says what to do."""

from intake.checks.roll import KINDS
from intake.domain.findings import Severity
from intake.web.advice import ADVICE, OTHERWISE, advice

GRAVE = [code for code, kind in KINDS.items() if kind.severity is not Severity.NOTE]


def test_what_is_grave_has_advice_of_its_own() -> None:
    """What is more than a note never says only to look at it."""
    assert [code for code in GRAVE if advice(code) == OTHERWISE] == []


def test_the_more_special_advice_comes_before_the_more_general() -> None:
    """A code of its own is found before the family it is of."""
    assert advice("letter-waits-for-release") == ADVICE["letter-waits*"]
    assert advice("letter-abandoned") == ADVICE["letter-*"]

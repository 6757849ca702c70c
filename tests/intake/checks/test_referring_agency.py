"""Which agency refers, and whether the mail comes from it."""

import pytest

from intake.checks.referring_agency import ask
from intake.domain.agency_names import agency_named
from intake.settings import Settings
from tests.builders.referrals import context, referral, sender


@pytest.mark.parametrize(
    ("written", "by", "codes"),
    [
        ("Greater Manchester Police", "gmp", []),
        ("GMP, Salford Division", "gmp", []),
        ("greater  manchester POLICE", "gmp", []),
        ("Made Up Primary School", "schools", []),
        ("Made Up Primary School", "council", []),
        ("Example City Council", "schools", ["agency-mismatch"]),
        ("GMP", "council", ["agency-mismatch"]),
        ("A Charity", "gmp", ["agency-unknown"]),
        ("GMP and Example City Council", "gmp", ["agency-unknown"]),
        ("Closed Trust", "gmp", ["agency-unknown"]),
        ("GMP", None, ["sender-unknown"]),
        (None, "gmp", []),
    ],
)
def test_form_and_sender_are_compared(rules: Settings, written: str | None, by: str | None, codes: list[str]) -> None:
    """By code: aliases, divisions and representation are understood, doubt is told."""
    found = ask(referral({"referrer.agency": written}), context(rules, by=sender(by)))
    assert [finding.code for finding in found] == codes


def test_a_mismatch_names_both_codes(rules: Settings) -> None:
    """Codes only, no word of the form."""
    (finding,) = ask(referral(), context(rules, by=sender("council")))
    assert finding.detail == {"form": "gmp", "sender": "council"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Children's Services", "council"),
        ("Children\N{RIGHT SINGLE QUOTATION MARK}s Services, Example City Council", "council"),
        ("Example Hospital", "hospital"),
        ("EXAMPLE HOSPITAL NHS FOUNDATION TRUST", "hospital"),
        ("hospital", "hospital"),
        ("gmpx", None),
        ("", None),
        ("Police", None),
    ],
)
def test_an_agency_is_found_by_whole_words(rules: Settings, text: str, code: str | None) -> None:
    """A name within another word is none."""
    assert agency_named(text, rules.agencies) == code

"""What a file carries that acts when it is opened."""

from intake.checks.what_it_carries import CODES, KINDS, ask, carried
from intake.settings import Settings
from tests.builders.referrals import context, referral


def test_a_form_that_only_says_its_words_is_no_finding(rules: Settings) -> None:
    """Comments and a signature that holds do nothing when the file is opened."""
    assert ask(referral(codes=("has-comments", "signature-intact")), context(rules)) == ()


def test_all_that_acts_is_found_whatever_the_file(rules: Settings) -> None:
    """Each code of the readers is a finding with words of its own, and no finding is without a code."""
    found = [ask(referral(codes=(code,)), context(rules)) for code in CODES]
    assert [[finding.code for finding in each] for each in found] == [[code] for code in CODES.values()]
    assert {kind.code for kind in KINDS} == set(CODES.values())


def test_the_same_told_by_two_readers_is_one_finding() -> None:
    """The wall tells of macros when it looks into the package, and again when it reads the document."""
    assert carried(("macros", "has-comments", "has-macros", "has-dde")) == ("has-macros", "starts-programs")

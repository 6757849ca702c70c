"""The way a form was read."""

from intake.checks.how_it_was_read import CODES, KINDS, ask
from intake.settings import Settings
from tests.builders.referrals import context, referral


def test_a_form_read_from_its_own_words_is_no_finding(rules: Settings) -> None:
    """A file that says its words itself needs no remark, whatever else was met in it."""
    assert ask(referral(codes=("has-comments", "signature-intact")), context(rules)) == ()


def test_what_a_person_must_know_of_the_reading_is_found(rules: Settings) -> None:
    """Pictures, converters, hidden text and signatures that do not hold are told, each by its code."""
    found = ask(referral(codes=tuple(CODES)), context(rules))
    assert [finding.code for finding in found] == list(CODES.values())
    assert {kind.code for kind in KINDS} == set(CODES.values())

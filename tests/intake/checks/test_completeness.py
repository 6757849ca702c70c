"""Completeness by section."""

import pytest

from intake.checks.completeness import ask, missing_sections
from intake.settings import Settings
from tests.builders.referrals import CHILD, Answer, context, referral


def test_a_complete_form_lacks_nothing(rules: Settings) -> None:
    """Every needed field has an answer."""
    assert ask(referral(), context(rules)) == ()


@pytest.mark.parametrize(
    ("answers", "sections"),
    [
        ({"referrer.role": None}, ("referrer",)),
        ({"referrer.role": "   "}, ("referrer",)),
        ({"referral.criteria": None, "incident.summary": None}, ("criteria", "incident")),
        ({"qa.date": "TBC"}, ("qa",)),
        ({"qa.name": "awaiting"}, ("qa",)),
        ({"referral.reason": ["one", "two"]}, ()),
    ],
)
def test_sections_that_lack_an_answer_are_named(
    rules: Settings, answers: dict[str, Answer], sections: tuple[str, ...]
) -> None:
    """By the sheet's own keys, in its order; a promise is no answer, a disputed answer is one."""
    assert missing_sections(referral(answers), context(rules)) == sections


def test_each_child_needs_its_answers(rules: Settings) -> None:
    """One child's date of birth does not stand for the other's."""
    form = referral(children=[CHILD, {"child.name": "Sam Madeup"}])
    assert missing_sections(form, context(rules)) == ("children",)


def test_no_child_at_all_is_incomplete(rules: Settings) -> None:
    """A referral is about somebody."""
    assert missing_sections(referral(children=[]), context(rules)) == ("children",)


def test_a_foreign_layout_is_told_by_groups_of_fields(rules: Settings) -> None:
    """Without a sheet there are no sections of ours."""
    form = referral({"qa.name": None, "incident.date": None}, sheet=None)
    (finding,) = ask(form, context(rules))
    assert finding.detail == {"sections": "qa,incident", "fields": 2}


def test_only_what_the_sheet_asks_is_needed(rules: Settings) -> None:
    """A Seriously Good Outcome without an incident is complete."""
    form = referral({"incident.date": None, "incident.summary": None}, sheet="sscp-seriously-good-outcome")
    assert missing_sections(form, context(rules)) == ()

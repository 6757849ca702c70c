"""Answers a person must read again."""

from intake.checks.readings import ask
from intake.settings import Settings
from tests.builders.referrals import context, referral


def test_sure_and_single_answers_are_no_finding(rules: Settings) -> None:
    """Nothing to look at."""
    assert ask(referral(), context(rules)) == ()


def test_conflicts_and_doubts_are_counted(rules: Settings) -> None:
    """By number, without the words."""
    form = referral(conflicts=("qa.name", "incident.date"), doubtful=("incident.date",))
    assert [(f.code, dict(f.detail)) for f in ask(form, context(rules))] == [
        ("conflicting-answers", {"fields": 2}),
        ("doubtful-readings", {"fields": 1}),
    ]


def test_a_form_without_a_child_is_for_today(rules: Settings) -> None:
    """Nobody to speak of: a person reads it."""
    assert [f.code for f in ask(referral(children=[]), context(rules))] == ["no-children"]

"""The whole assessment: one place, pure, and nothing of the form's words in it."""

from intake.checks.assessment import assess, severity, unknown_codes
from intake.checks.roll import KINDS
from intake.domain.case import Assessment, ReferralType, Relation
from intake.domain.findings import Severity
from intake.domain.sign_off import QAStatus
from intake.domain.timeliness import Band
from intake.settings import Settings
from intake.settings.neighbours import Checks
from tests.builders.referrals import ANSWERS, CHILD, context, referral, sender


def test_a_good_referral_has_no_finding(rules: Settings) -> None:
    """Complete, in time, signed, from its agency, new, nobody at risk."""
    assessment = assess(referral(), context(rules))
    assert assessment.findings == ()
    assert (assessment.agency, assessment.referral_type, assessment.children) == ("gmp", ReferralType.MUST, 1)
    assert (assessment.timeliness.band, assessment.qa.status) == (Band.WITHIN_CALENDAR, QAStatus.CONFIRMED)
    assert (assessment.missing, assessment.alerts, assessment.duplicate.relation) == ((), (), Relation.NEW)


def test_an_empty_form_is_assessed_all_the_same(rules: Settings) -> None:
    """Whatever is missing, there is an assessment: findings never hold a referral."""
    empty = referral(dict.fromkeys(ANSWERS), children=[], sheet=None)
    assessment = assess(empty, context(rules, by=sender(None)))
    assert isinstance(assessment, Assessment)
    assert {finding.code for finding in assessment.findings} == {
        "current-risk-not-answered", "foreign-layout", "no-criteria", "sender-unknown", "no-children", "incomplete",
        "no-incident-date", "qa-sign-off-missing",
    }  # fmt: skip


def test_every_finding_made_is_a_kind_on_the_roll(rules: Settings) -> None:
    """No check invents a code of its own."""
    forms = (
        referral(dict.fromkeys(ANSWERS)),
        referral({"qa.name": "TBC", "safety.current_risk": "Yes"}, children=[CHILD, {}]),
    )
    for form in forms:
        assert {finding.code for finding in assess(form, context(rules)).findings} <= set(KINDS)


def test_the_same_evidence_gives_the_same_assessment(rules: Settings) -> None:
    """Pure: asked twice, the same."""
    assert assess(referral(), context(rules)) == assess(referral(), context(rules))


def test_no_word_of_the_form_shows_in_an_assessment(rules: Settings) -> None:
    """Printed whole, it holds codes, counts and days."""
    words = {field: "Quixotic" for field in ANSWERS if field not in {"incident.date", "qa.date", "referral.date"}}
    child = {"child.name": "Quixotic", "child.dob": "Quixotic", "child.address": "Quixotic"}
    assessment = assess(referral({**words, "qa.name": "Quixotic Zebra"}, children=[child]), context(rules))
    assert "uixotic" not in repr(assessment)


def test_severity_is_configuration_first() -> None:
    """As configured, else as shipped with the check, else a person sees it."""
    assert severity("late-submission", Checks()) is Severity.ATTENTION
    assert severity("late-submission", Checks(severity={"late-submission": "today"})) is Severity.TODAY
    assert severity("of-another-time", Checks()) is Severity.ATTENTION


def test_slips_in_checks_toml_can_be_told() -> None:
    """A code no check finds is a slip of the pen."""
    assert unknown_codes(Checks(severity={"late-submision": "note", "incomplete": "note"})) == ("late-submision",)

"""The QA check: every status becomes its finding, from the form's own words."""

from datetime import date

import pytest

from intake.checks.qa_sign_off import ask, sign_off
from intake.domain.sign_off import QAStatus
from intake.settings import Settings
from tests.builders.referrals import Answer, context, referral, sender

BLANK: dict[str, Answer] = {"qa.name": None, "qa.agency": None, "qa.date": None, "qa.statement": None}
SCHOOL = {"referrer.agency": "Made Up Primary School", "qa.name": "Marta Placeholder"}


@pytest.mark.parametrize(
    ("answers", "status", "codes"),
    [
        ({}, QAStatus.CONFIRMED, []),
        ({"qa.name": "Dev Sample"}, QAStatus.BY_DEPUTY, ["qa-by-deputy"]),
        ({"referrer.name": "Orla Example"}, QAStatus.BY_THE_REFERRER, ["qa-by-the-referrer"]),
        ({"qa.name": "Sam Other"}, QAStatus.NAMED_NOT_A_MEMBER, ["qa-named-not-a-member"]),
        ({"qa.name": "Marta Placeholder"}, QAStatus.AGENCY_MISMATCH, ["qa-agency-mismatch"]),
        ({"qa.agency": "Example City Council"}, QAStatus.AGENCY_MISMATCH, ["qa-agency-mismatch"]),
        ({"referrer.agency": "Somewhere Else"}, QAStatus.AGENCY_MISMATCH, ["qa-agency-mismatch"]),
        (
            {"qa.name": None, "qa.statement": "QA'd by lead"},
            QAStatus.STATEMENT_WITHOUT_A_NAME,
            ["qa-statement-without-a-name"],
        ),
        ({"qa.name": "TBC"}, QAStatus.PLACEHOLDER, ["qa-sign-off-missing", "qa-placeholder"]),
        (BLANK, QAStatus.BLANK, ["qa-sign-off-missing"]),
        ({**BLANK, "qa.statement": "[picture]"}, QAStatus.UNREADABLE, ["qa-unreadable"]),
        ({"qa.name": ["Orla Example", "Dev Sample"]}, QAStatus.UNREADABLE, ["qa-unreadable"]),
        ({**SCHOOL, "qa.agency": "Example City Council"}, QAStatus.CONFIRMED, []),
        ({"qa.date": "14/11/2026"}, QAStatus.CONFIRMED, ["qa-dated-after-receipt"]),
    ],
)
def test_each_status_becomes_its_finding(
    rules: Settings, answers: dict[str, Answer], status: QAStatus, codes: list[str]
) -> None:
    """The section's words decide the status, the status the finding."""
    form = referral(answers)
    assert sign_off(form, context(rules)).status is status
    assert [finding.code for finding in ask(form, context(rules))] == codes


def test_a_members_own_mail_implies_it(rules: Settings) -> None:
    """The section is blank, and the member sent the mail."""
    by = context(rules, by=sender(address="orla.example@gmp.example"))
    assert [finding.code for finding in ask(referral(BLANK), by)] == ["qa-implied"]


def test_the_date_given_is_kept(rules: Settings) -> None:
    """The day of signing is read as a date."""
    assert sign_off(referral(), context(rules)).signed_on == date(2026, 11, 13)

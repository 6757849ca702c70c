"""The timeliness check: findings with counts, and the states of the design read from a form."""

from datetime import UTC, datetime

import pytest

from intake.checks.submission_timeliness import ask, timeliness
from intake.domain.timeliness import Band
from intake.settings import Settings
from tests.builders.referrals import CHILD, context, referral


def codes(rules: Settings, incident: str | None, received: datetime, **answers: str) -> list[str]:
    """Return the findings' codes of a form with that incident date."""
    form = referral({"incident.date": incident, **{key.replace("__", "."): text for key, text in answers.items()}})
    return [finding.code for finding in ask(form, context(rules, received_at=received))]


def noon(day: int, month: int = 11) -> datetime:
    """Return noon of a day in 2026."""
    return datetime(2026, month, day, 12, tzinfo=UTC)


def test_in_time_is_no_finding(rules: Settings) -> None:
    """Three days after the incident."""
    assert codes(rules, "10/11/2026", noon(13)) == []


def test_late_is_a_finding_with_both_counts(rules: Settings) -> None:
    """Late without a reason is two findings: one that matters, one to ask for."""
    findings = ask(referral(), context(rules, received_at=noon(18)))
    assert [finding.code for finding in findings] == ["late-submission", "late-without-reason"]
    assert findings[0].detail == {"calendar_days": 8, "working_days": 6}


def test_a_reason_for_lateness_is_noticed(rules: Settings) -> None:
    """The form says why it is late."""
    assert codes(rules, "10/11/2026", noon(18), referral__late_reason="Inquest") == ["late-submission"]


@pytest.mark.parametrize(
    ("incident", "reason"),
    [
        ("early November 2026", "approximate"),
        ("November 2026", "month"),
        ("14/11/2026", "in-the-future"),
        ("10/11/2025", "non-recent"),
    ],
)
def test_what_cannot_be_said_is_one_finding_with_its_reason(rules: Settings, incident: str, reason: str) -> None:
    """No count is invented from an unclear date."""
    (finding,) = ask(referral({"incident.date": incident}), context(rules, received_at=noon(13)))
    assert (finding.code, finding.detail["reason"]) == ("timeliness-cannot-say", reason)


def test_ongoing_neglect_is_told_as_such(rules: Settings) -> None:
    """Words for what went on are a reason of their own."""
    form = referral({"incident.date": "Ongoing since March"})
    assert timeliness(form, context(rules)).reason == "ongoing"


def test_a_missing_date_is_anothers_finding(rules: Settings) -> None:
    """It cannot be said, and is not told twice."""
    assert codes(rules, None, noon(13)) == []
    assert timeliness(referral({"incident.date": None}), context(rules)).band is Band.CANNOT_SAY


def test_two_dates_are_no_date(rules: Settings) -> None:
    """Of two answers none is chosen."""
    form = referral({"incident.date": ["10/11/2026", "01/11/2026"]})
    assert timeliness(form, context(rules)).reason == "no-incident-date"


def test_lives_are_considered(rules: Settings) -> None:
    """A death after the incident makes a difference where it changes the band."""
    form = referral({"incident.date": "01/11/2026"}, children=[{**CHILD, "child.dod": "12/11/2026"}])
    assert timeliness(form, context(rules)).reason == "death-later-than-incident"


def test_the_end_of_the_holiday_table_is_told(rules: Settings) -> None:
    """A count past it is unsure."""
    found = ask(referral({"incident.date": "02/01/2029"}), context(rules, received_at=datetime(2029, 1, 3, tzinfo=UTC)))
    assert [finding.code for finding in found] == ["holiday-table-ends"]

"""Dates against each other."""

from collections.abc import Mapping

import pytest

from intake.checks.incident_date import ask
from intake.settings import Settings
from tests.builders.referrals import CHILD, Answer, context, referral


@pytest.mark.parametrize(
    ("answers", "child", "codes"),
    [
        ({}, {}, []),
        ({"incident.date": None}, {}, ["no-incident-date"]),
        ({"incident.date": "no idea"}, {}, ["no-incident-date"]),
        ({"incident.date": "November 2026"}, {}, ["incident-date-approximate"]),
        ({"incident.date": "14/11/2026"}, {}, ["incident-after-receipt"]),
        ({}, {"child.dob": "11/11/2026"}, ["incident-before-birth"]),
        ({}, {"child.dob": "01/02/2027"}, ["not-born-yet"]),
        ({}, {"child.dob": "10/11/2008"}, ["aged-18-or-over"]),
        ({}, {"child.dob": "11/11/2008"}, []),
        ({}, {"child.dod": "12/11/2026"}, ["death-after-incident"]),
        ({}, {"child.dod": "14/11/2026"}, ["death-after-receipt"]),
        ({}, {"child.dod": "09/11/2026"}, ["incident-after-death"]),
        ({}, {"child.dod": "03/03/2021"}, ["incident-after-death", "death-before-birth"]),
        ({"incident.date_aware": "09/11/2026"}, {}, ["aware-before-incident"]),
        ({"incident.date_aware": "11/11/2026"}, {}, ["aware-later"]),
        ({"incident.date_aware": "10/11/2026"}, {}, []),
    ],
)
def test_dates_that_cannot_be_are_found(
    rules: Settings, answers: Mapping[str, Answer], child: Mapping[str, str], codes: list[str]
) -> None:
    """Received 13 November 2026, incident on the 10th, a child born on 4 March 2021: each change is told."""
    found = ask(referral(answers, children=[{**CHILD, **child}]), context(rules))
    assert [finding.code for finding in found] == codes


def test_a_child_is_told_by_its_number(rules: Settings) -> None:
    """The second child's slip names the second child, not its words."""
    second = {**CHILD, "child.dob": "12/11/2026"}
    (finding,) = ask(referral(children=[CHILD, second]), context(rules))
    assert (finding.code, finding.detail) == ("incident-before-birth", {"child": 2})


def test_a_leap_day_child_comes_of_age_in_march(rules: Settings) -> None:
    """Born on 29 February 2008, still a child on 28 February 2026."""
    for day, adult in (("28/02/2026", False), ("01/03/2026", True)):
        form = referral({"incident.date": day}, children=[{**CHILD, "child.dob": "29/02/2008"}])
        assert ("aged-18-or-over" in [f.code for f in ask(form, context(rules))]) == adult


def test_a_sheet_without_the_question_is_not_blamed(rules: Settings) -> None:
    """A Seriously Good Outcome has no incident."""
    assert ask(referral({"incident.date": None}, sheet="sscp-seriously-good-outcome"), context(rules)) == ()

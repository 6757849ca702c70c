"""The right form, its edition and the type of referral."""

import pytest

from intake.checks.right_form import ask, referral_type, type_of
from intake.domain.case import ReferralType
from intake.settings import Settings
from tests.builders.referrals import Answer, context, referral

DIED = "A child has died and abuse or neglect is known or suspected"
HARMED = "A child has been seriously harmed and abuse or neglect is known or suspected"
PRACTICE = "Multi-agency practice has not been robust"
GOOD = "Seriously good outcome"
GOOD_SHEET = "sscp-seriously-good-outcome"


@pytest.mark.parametrize(
    ("criteria", "sheet", "expected"),
    [
        (DIED, "sscp-2023", ReferralType.MUST),
        (HARMED, "sscp-2023", ReferralType.MUST),
        (PRACTICE, "sscp-2023", ReferralType.MAY),
        ([PRACTICE, DIED], "sscp-2023", ReferralType.MUST),
        (GOOD, "sscp-2023", ReferralType.SERIOUSLY_GOOD_OUTCOME),
        ([GOOD, PRACTICE], "sscp-2023", ReferralType.MAY),
        (None, "sscp-2023", ReferralType.NOT_STATED),
        (None, GOOD_SHEET, ReferralType.SERIOUSLY_GOOD_OUTCOME),
        (DIED, None, ReferralType.MUST),
    ],
)
def test_the_type_follows_from_sheet_and_criteria(
    rules: Settings, criteria: Answer, sheet: str | None, expected: ReferralType
) -> None:
    """The gravest criterion counts; a sheet of its own kind says so itself."""
    assert referral_type(referral({"referral.criteria": criteria}, sheet=sheet), context(rules)) is expected


def test_the_configurations_own_choices_are_understood(rules: Settings) -> None:
    """Every choice of the shipped labels has its type."""
    assert [type_of(choice) for choice in rules.library.field("referral.criteria").choices] == [
        ReferralType.MUST, ReferralType.MUST, ReferralType.MAY, ReferralType.SERIOUSLY_GOOD_OUTCOME,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("criteria", "sheet", "edition", "codes"),
    [
        (HARMED, "sscp-2023", "July 2023 (reconstruction)", []),
        (HARMED, "sscp-2023", None, []),
        (HARMED, "sscp-2023", "May 2019", ["old-edition"]),
        (HARMED, None, None, ["foreign-layout"]),
        (HARMED, "sheet-of-the-past", "x", ["foreign-layout"]),
        (None, "sscp-2023", None, ["no-criteria"]),
        (None, GOOD_SHEET, None, ["seriously-good-outcome"]),
        (DIED, GOOD_SHEET, None, ["seriously-good-outcome", "form-and-criteria-disagree"]),
        ([GOOD, DIED], "sscp-2023", None, ["form-and-criteria-disagree"]),
    ],
)
def test_what_does_not_fit_is_found(
    rules: Settings, criteria: Answer, sheet: str | None, edition: str | None, codes: list[str]
) -> None:
    """Layout, edition and criteria are held against each other."""
    form = referral({"referral.criteria": criteria}, sheet=sheet, edition=edition)
    assert [finding.code for finding in ask(form, context(rules))] == codes

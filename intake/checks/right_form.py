"""Is it the right form, in its current edition, for what is referred?"""

from intake.checks.context import CheckContext
from intake.domain.case import ReferralType
from intake.domain.findings import Finding, FindingKind, Severity
from intake.domain.referral import Referral
from parsers.template import Sheet

CRITERIA = "referral.criteria"

KINDS = (
    FindingKind("foreign-layout", "A form none of our sheets describes: read by its labels alone", Severity.ATTENTION),
    FindingKind("old-edition", "Another edition of the form than the current one", Severity.NOTE),
    FindingKind("form-and-criteria-disagree", "The criteria ticked do not belong on this form", Severity.ATTENTION),
    FindingKind("no-criteria", "No criterion is ticked, so must or may is not known", Severity.ATTENTION),
    FindingKind("seriously-good-outcome", "Referred to share what went seriously well", Severity.NOTE),
)

BY_CRITERIA = "by-criteria"
"""A sheet whose referral type follows from the criteria ticked on it."""


def ask(referral: Referral, context: CheckContext) -> tuple[Finding, ...]:
    """Find what the form's kind and its criteria say against each other."""
    return tuple(Finding(code, referral.document) for code in _codes(referral, context))


def referral_type(referral: Referral, context: CheckContext) -> ReferralType:
    """Return why the referral is made: the sheet says so itself, else the criteria ticked, the gravest first."""
    sheet = context.sheet(referral.sheet)
    if sheet is not None and sheet.referral_type != BY_CRITERIA:
        return _of_sheet(sheet)
    types = {type_of(choice) for choice in referral.chosen(CRITERIA) if choice.strip()}
    order = (ReferralType.MUST, ReferralType.MAY, ReferralType.SERIOUSLY_GOOD_OUTCOME)
    return next((kind for kind in order if kind in types), ReferralType.NOT_STATED)


def type_of(criterion: str) -> ReferralType:
    """Return what one criterion makes a referral; one in words we do not know is taken for the gravest."""
    words = criterion.casefold()
    if "good outcome" in words:
        return ReferralType.SERIOUSLY_GOOD_OUTCOME
    return ReferralType.MAY if "robust" in words else ReferralType.MUST


def _codes(referral: Referral, context: CheckContext) -> list[str]:
    sheet = context.sheet(referral.sheet)
    kind = referral_type(referral, context)
    ticked = {type_of(choice) for choice in referral.chosen(CRITERIA) if choice.strip()}
    codes = ["foreign-layout"] if sheet is None else []
    if sheet is not None and referral.edition is not None and referral.edition != sheet.edition:
        codes.append("old-edition")
    if kind is ReferralType.SERIOUSLY_GOOD_OUTCOME:
        codes.append("seriously-good-outcome")
    if ReferralType.SERIOUSLY_GOOD_OUTCOME in {kind, *ticked} and len({kind, *ticked}) > 1:
        codes.append("form-and-criteria-disagree")
    if kind is ReferralType.NOT_STATED:
        codes.append("no-criteria")
    return codes


def _of_sheet(sheet: Sheet) -> ReferralType:
    try:
        return ReferralType(sheet.referral_type)
    except ValueError:
        return ReferralType.NOT_STATED

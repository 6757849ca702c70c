"""What must staff know of the way the form was read: from a picture, by way of a converter, with a broken signature?"""

from intake.checks.context import CheckContext
from intake.domain.findings import Finding, FindingKind, Severity
from intake.domain.referral import Referral

KINDS = (
    FindingKind("read-by-ocr", "Read from a picture of the form: compare every answer with the page", Severity.TODAY),
    FindingKind("form-in-body", "Read from the email's own words, not from a form", Severity.ATTENTION),
    FindingKind("converted", "An old file format: read by way of a converter", Severity.NOTE),
    FindingKind("has-tracked-changes", "Holds tracked changes: deleted words were not read", Severity.NOTE),
    FindingKind("hidden-text", "Holds text that nobody sees on the page: it was not read", Severity.ATTENTION),
    FindingKind("signature-broken", "Its digital signature does not hold: changed after signing", Severity.ATTENTION),
    FindingKind("signature-partial", "Its digital signature does not cover the whole file", Severity.ATTENTION),
)

CODES = {
    "by-ocr": "read-by-ocr",
    "in-body": "form-in-body",
    "converted": "converted",
    "has-tracked-changes": "has-tracked-changes",
    "hidden-text": "hidden-text",
    "signature-broken": "signature-broken",
    "signature-partial": "signature-partial",
}
"""What the reader met, as the finding it is."""


def ask(referral: Referral, context: CheckContext) -> tuple[Finding, ...]:  # noqa: ARG001 - every check is asked alike
    """Find what the reader's codes mean to a person."""
    return tuple(Finding(CODES[code], referral.document) for code in referral.codes if code in CODES)

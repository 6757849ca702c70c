"""Which agency refers, and does the mail come from that agency?"""

from intake.checks.context import CheckContext
from intake.domain.agency_names import signing_agencies
from intake.domain.findings import Finding, FindingKind, Severity
from intake.domain.referral import Referral

KINDS = (
    FindingKind(
        "agency-unknown", "The agency on the form is none of the configured ones, or more than one", Severity.ATTENTION
    ),
    FindingKind("agency-mismatch", "The mail comes from another agency than the form names", Severity.ATTENTION),
    FindingKind("sender-unknown", "The mail's sender belongs to no configured agency", Severity.ATTENTION),
)


def ask(referral: Referral, context: CheckContext) -> tuple[Finding, ...]:
    """Find disagreement between form, sender and configuration; the detail holds agency codes."""
    named = context.agency_answered(referral, "referrer.agency")
    sender = context.sender.agency
    if referral.answer("referrer.agency") and named is None:
        return (Finding("agency-unknown", referral.document),)
    if sender is None:
        return (Finding("sender-unknown", referral.document),)
    if named is not None and not _speaks_for(sender, named, context):
        return (Finding("agency-mismatch", referral.document, {"form": named, "sender": sender}),)
    return ()


def _speaks_for(sender: str, named: str, context: CheckContext) -> bool:
    """Tell whether the sender's agency is the one named, or signs for it (a school office at the council's domain)."""
    return sender in signing_agencies(named, context.settings.agencies)

"""Which answers must a person read again: two answers to one question, and those read with doubt?"""

from intake.checks.context import CheckContext
from intake.domain.findings import Finding, FindingKind, Severity
from intake.domain.referral import Referral
from parsers.contract import Certainty

KINDS = (
    FindingKind("conflicting-answers", "A question has two different answers: none was chosen", Severity.ATTENTION),
    FindingKind("doubtful-readings", "Answers were read with doubt: compare them with the form", Severity.ATTENTION),
    FindingKind("no-children", "No child could be read from the form", Severity.TODAY),
)


def ask(referral: Referral, context: CheckContext) -> tuple[Finding, ...]:  # noqa: ARG001 - every check is asked alike
    """Find them by number; the detail holds counts only."""
    doubtful = sum(1 for reading in referral.readings if reading.certainty is Certainty.DOUBTFUL)
    counts = (("conflicting-answers", len(referral.conflicts)), ("doubtful-readings", doubtful))
    found = [Finding(code, referral.document, {"fields": count}) for code, count in counts if count]
    if not any(True for _ in referral.children()):
        found.append(Finding("no-children", referral.document))
    return tuple(found)

"""Does the register hold this already: the same file, a newer version, or the same incident by another agency?

Nothing is merged unless the same agency speaks of the same children and the same incident, and the mail is that
agency's as far as can be known. A wrong merge hides a referral; a missed one costs a look at two cases side by side.
"""

from collections.abc import Iterable

from intake.checks.context import CheckContext
from intake.domain.case import DuplicateVerdict, KnownCase, Reference, Relation
from intake.domain.findings import Finding, FindingKind, Severity
from intake.domain.referral import Referral
from intake.domain.verdict import SenderTrust, SenderVerdict

KINDS = (
    FindingKind("resubmission", "The very same file is registered already: linked to its case", Severity.NOTE),
    FindingKind("new-version", "A changed form on a registered case: shown with its differences", Severity.ATTENTION),
    FindingKind("same-incident", "Another agency referred the same children and incident", Severity.ATTENTION),
    FindingKind(
        "possible-duplicate", "A registered case speaks of the same children: decide side by side", Severity.ATTENTION
    ),
)

KNOWN_SENDERS = frozenset({SenderTrust.AUTHENTICATED, SenderTrust.UNVERIFIED})


def ask(referral: Referral, context: CheckContext) -> tuple[Finding, ...]:
    """Find how the form stands to the register; the detail names cases by reference."""
    verdict = judged(referral, context)
    if verdict.relation is not Relation.NEW:
        return (Finding(verdict.relation.value, referral.document, {"case": verdict.case or ""}),)
    agency = context.agency_answered(referral, "referrer.agency")
    elsewhere = {known.reference for known in context.known if _by_another(known, agency)}
    others = [reference for reference in verdict.suggested if reference not in elsewhere]
    both = (("same-incident", [r for r in verdict.suggested if r in elsewhere]), ("possible-duplicate", others))
    return tuple(Finding(code, referral.document, {"cases": ",".join(cases)}) for code, cases in both if cases)


def judged(referral: Referral, context: CheckContext) -> DuplicateVerdict:
    """Return the verdict on a form."""
    return verdict_on(context.known, context.agency_answered(referral, "referrer.agency"), context.sender)


def verdict_on(known: Iterable[KnownCase], agency: str | None, sender: SenderVerdict) -> DuplicateVerdict:
    """Judge from what the register holds: the newest first, or in any order; the verdict is the same."""
    cases = tuple(known)
    same_file = _references(case for case in cases if case.same_file)
    if same_file:
        return DuplicateVerdict(Relation.RESUBMISSION, same_file[0], same_file[1:])
    same_matter = _references(case for case in cases if _is_version_of(case, agency))
    related = _references(case for case in cases if case.same_children)
    if len(same_matter) == 1 and _is_the_agencys(sender, agency):
        others = tuple(reference for reference in related if reference != same_matter[0])
        return DuplicateVerdict(Relation.NEW_VERSION, same_matter[0], others)
    return DuplicateVerdict(Relation.NEW, suggested=related)


def _is_version_of(known: KnownCase, agency: str | None) -> bool:
    return known.same_children and known.same_incident and agency is not None and known.agency == agency


def _is_the_agencys(sender: SenderVerdict, agency: str | None) -> bool:
    """Tell whether the mail is the agency's own: a failed or unknown sender never changes a case (incidents 69, 70)."""
    return agency is not None and sender.agency == agency and sender.trust in KNOWN_SENDERS


def _by_another(known: KnownCase, agency: str | None) -> bool:
    return known.same_children and known.same_incident and known.agency is not None and known.agency != agency


def _references(cases: Iterable[KnownCase]) -> tuple[Reference, ...]:
    """Return each reference once, sorted, so that the order of the register's answer decides nothing."""
    return tuple(sorted({case.reference for case in cases}))

"""All that checking finds out about one form, put together: pure, the same evidence gives the same assessment."""

from intake.checks.completeness import missing_sections
from intake.checks.context import CheckContext
from intake.checks.current_risk import alerts_of
from intake.checks.duplicate import judged
from intake.checks.qa_sign_off import sign_off
from intake.checks.right_form import referral_type
from intake.checks.roll import KINDS, ask_all
from intake.checks.submission_timeliness import timeliness
from intake.domain.case import Assessment
from intake.domain.findings import Severity
from intake.domain.referral import Referral
from intake.settings.neighbours import Checks

UNGRADED = Severity.ATTENTION
"""A code no check lists (a finding kept from an older version): a person sees it."""


def assess(referral: Referral, context: CheckContext) -> Assessment:
    """Return the assessment of one form; whatever is found, nothing here refuses or delays it."""
    return Assessment(
        document=referral.document,
        agency=context.agency_answered(referral, "referrer.agency"),
        referral_type=referral_type(referral, context),
        children=sum(1 for _ in referral.children()),
        timeliness=timeliness(referral, context),
        qa=sign_off(referral, context),
        missing=missing_sections(referral, context),
        alerts=alerts_of(referral, context.settings.safety),
        duplicate=judged(referral, context),
        findings=ask_all(referral, context),
    )


def severity(code: str, checks: Checks) -> Severity:
    """Return how loudly a kind is shown: as configured, else as shipped with its check."""
    if code in checks.severity:
        return Severity(checks.severity[code])
    return KINDS[code].severity if code in KINDS else UNGRADED


def unknown_codes(checks: Checks) -> tuple[str, ...]:
    """Return the codes of ``checks.toml`` that no check ever finds: slips of the pen, for check-config to tell."""
    return tuple(sorted(set(checks.severity) - set(KINDS)))

"""Does the mail's own Date header agree with its receipt? The clock runs from the receipt whatever the header says."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from intake.checks.context import CheckContext
from intake.domain.findings import Finding, FindingKind, Severity
from intake.domain.private import Private
from intake.domain.referral import Referral

TOLERANCE = timedelta(hours=1)
"""A queue or a slow clock explains less than this (domain.md, "Three clocks")."""
MINUTE = timedelta(minutes=1)

KINDS = (
    FindingKind(
        "sent-date-disagrees", "The mail's own date is over an hour from its receipt, which counts", Severity.ATTENTION
    ),
)


def ask(referral: Referral, context: CheckContext) -> tuple[Finding, ...]:
    """Find a disagreement of over an hour; the detail holds the minutes, negative where it says it was sent later."""
    sent = sent_at(context.sent_date)
    if sent is None or abs(context.received_at - sent) <= TOLERANCE:
        return ()
    return (Finding("sent-date-disagrees", referral.document, {"minutes": (context.received_at - sent) // MINUTE}),)


def sent_at(written: Private | None) -> datetime | None:
    """Return the moment a Date header names (RFC 5322 3.3; aware), or None where there is none that can be read."""
    if written is None:
        return None
    try:
        named = parsedate_to_datetime(written.reveal())
        return named.replace(tzinfo=UTC) if named.tzinfo is None else named.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None

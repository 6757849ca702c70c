"""Was the form sent in time after the incident? Being late is a flag, never a refusal."""

import re

from intake.checks.context import CheckContext
from intake.domain.answers import births, dated, deaths
from intake.domain.findings import Finding, FindingKind, Severity
from intake.domain.referral import Referral
from intake.domain.timeliness import Band, Lives, Reason, SubmissionClock, SubmissionTimeliness, judge
from intake.domain.working_days import calendar
from intake.settings import Settings

FIELD = "incident.date"

KINDS = (
    FindingKind("late-submission", "Received later than the limit after the incident", Severity.ATTENTION),
    FindingKind("late-without-reason", "Late, and the form does not say why", Severity.NOTE),
    FindingKind(
        "timeliness-cannot-say", "Whether it is in time cannot be said from the date given", Severity.ATTENTION
    ),
    FindingKind("holiday-table-ends", "The count runs past the last known bank holiday", Severity.ATTENTION),
)

TOLD_BY_OTHERS = frozenset({Reason.NO_DATE.value, Reason.NOT_ASKED.value})
"""Reasons that need no finding of their own: the missing date is one already, the unasked one is none."""

ONGOING = re.compile(
    r"\b(?:ongoing|on-going|on going|continuing|continues|to date|to (?:the )?present|present day|various dates|"
    r"multiple dates|over a (?:long |prolonged )?(?:period|number)|since|historic|historical|chronic|cumulative)\b",
    re.IGNORECASE,
)
"""Words for neglect or abuse that went on. "since" too: "since March" names a beginning, not a day."""


def ask(referral: Referral, context: CheckContext) -> tuple[Finding, ...]:
    """Find lateness, or why nothing can be said; the detail holds both counts."""
    verdict = timeliness(referral, context)
    return tuple(Finding(code, referral.document, _detail(verdict)) for code in _codes(verdict, referral))


def timeliness(referral: Referral, context: CheckContext) -> SubmissionTimeliness:
    """Return the judged timeliness of a form."""
    born = births(referral)
    return judge(
        dated(referral, FIELD),
        context.clock_ends_at,
        clock_of(context.settings),
        today=context.today,
        lives=Lives(min(born, default=None), deaths(referral)),
        ongoing=_goes_on(referral),
        asked=context.asks(referral.sheet, FIELD),
    )


def clock_of(settings: Settings) -> SubmissionClock:
    """Return the submission clock the configuration describes."""
    days = settings.working_days
    return SubmissionClock(calendar(days.bank_holidays), days.timeliness, settings.checks.non_recent_after_days)


def _codes(verdict: SubmissionTimeliness, referral: Referral) -> list[str]:
    codes = ["late-submission"] if verdict.band is Band.LATE else []
    if verdict.band is Band.LATE and not referral.answers("referral.late_reason"):
        codes.append("late-without-reason")
    if verdict.band is Band.CANNOT_SAY and verdict.reason not in TOLD_BY_OTHERS:
        codes.append("timeliness-cannot-say")
    if verdict.past_calendar:
        codes.append("holiday-table-ends")
    return codes


def _detail(verdict: SubmissionTimeliness) -> dict[str, str | int]:
    counts = {"calendar_days": verdict.calendar_days, "working_days": verdict.working_days}
    detail: dict[str, str | int] = {key: days for key, days in counts.items() if days is not None}
    return {**detail, "reason": verdict.reason} if verdict.reason else detail


def _goes_on(referral: Referral) -> bool:
    return any(ONGOING.search(reading.text.reveal()) for reading in referral.answers(FIELD))

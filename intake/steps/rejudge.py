"""Rejudge: what follows for a case from an answer that a person has just corrected? The version stays, no letter goes.

Also what reading a form again asks once it has read: judging a form that is a version of a case already.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from intake.checks.assessment import assess
from intake.checks.context import CheckContext
from intake.checks.current_risk import alerts_of
from intake.domain.case import Assessment, KnownCase
from intake.domain.findings import ExceptionItem, Severity
from intake.domain.message import Message
from intake.domain.referral import Referral
from intake.domain.rereading import Correction, ReadAgain, Rereading, StandingForm, corrected
from intake.domain.verdict import Screening
from intake.ports import Records
from intake.settings import Settings
from intake.steps.parse import AT_RISK
from intake.steps.register import exceptions_for


@dataclass(frozen=True, slots=True)
class Corrected:
    """A form of a message as it stands, and what a person says of one answer of it."""

    message: Message
    form: StandingForm
    correction: Correction

    @property
    def after(self) -> StandingForm:
        """Return the form as it stands with the correction."""
        return replace(self.form, corrections=(*self.form.corrections, self.correction))


@dataclass(frozen=True, slots=True)
class Evidence:
    """The sender as judged then, and the cases that what is said now points to and what was said before did not."""

    screening: Screening
    known: Sequence[KnownCase]


def collect(one: Corrected, records: Records) -> Evidence:
    """Ask the register about the form as it will be shown."""
    return Evidence(records.screening(one.message.id), related(one.form, one.after.shown, records))


def decide(one: Corrected, evidence: Evidence, rules: Settings, now: datetime) -> Rereading:
    """Return the next generation of a form, read as before and judged anew; nothing where the judgement stays."""
    form, after = one.form, one.after
    found = assessed(after, form.read, context(form, one.message, evidence, rules, now))
    if found is None or found == form.assessment:
        return Rereading()
    return Rereading(
        (ReadAgain(form, form.read, (), found),), exceptions=tuple(new_exceptions(form, after, found, rules))
    )


def related(form: StandingForm, shown: Referral, records: Records) -> Sequence[KnownCase]:
    """Return other cases that what is shown now points to and what stood before did not, to look at side by side.

    What the register learnt since is another form's finding; and judging again never makes one case of two.
    """
    suggested = set(form.assessment.duplicate.suggested) if form.assessment else set()
    before = {case.reference for case in records.known_cases(form.shown)} - suggested
    others = (case for case in records.known_cases(shown) if case.reference not in {form.reference, *before})
    return tuple(others)


def context(form: StandingForm, message: Message, evidence: Evidence, rules: Settings, now: datetime) -> CheckContext:
    """Return what the checks may know: the case's first receipt keeps the clock."""
    return CheckContext(
        received_at=message.arrival.received_at,
        now=now,
        sender=evidence.screening.sender,
        known=tuple(evidence.known),
        settings=rules,
        sent_date=evidence.screening.sent_date,
        first_received_at=form.first_received_at,
    )


def assessed(form: StandingForm, read: Referral, about: CheckContext) -> Assessment | None:
    """Check a registered form as it would now be shown; it stays the version of the case that it was."""
    old = form.assessment
    if old is None or form.reference is None:
        return None
    shown = corrected(read, form.corrections)
    agency = about.agency_answered(shown, "referrer.agency")
    found = assess(shown, replace(about, known=tuple(_only_suggested(case, agency) for case in about.known)))
    kept = tuple(finding for finding in old.findings if finding.code == old.duplicate.relation.value)
    relation = replace(old.duplicate, suggested=found.duplicate.suggested)
    return replace(found, duplicate=relation, findings=(*found.findings, *kept))


def new_exceptions(
    before: StandingForm, after: StandingForm, found: Assessment | None, rules: Settings
) -> Iterator[ExceptionItem]:
    """Open what is new; what holds no longer is a person's to close."""
    risks = set(alerts_of(after.shown, rules.safety)) - set(alerts_of(before.shown, rules.safety))
    if risks:
        yield ExceptionItem(AT_RISK, Severity.ALERT, reference=before.reference)
    if found is not None and before.assessment is not None and before.reference is not None:
        known = {finding.code for finding in before.assessment.findings}
        for item in exceptions_for(found, before.reference, rules):
            if item.code not in known:
                yield item


def _only_suggested(case: KnownCase, agency: str | None) -> KnownCase:
    """Return a case as one that can be looked at side by side, and never be merged with."""
    return replace(case, same_file=False, agency=None if case.agency == agency else case.agency)

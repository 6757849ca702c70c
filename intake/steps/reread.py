"""Reread: what does today's library read from a form that is on record? No stage moves; the same version, read again.

The same leg's shape as the others: it collects the original read anew and what the register knows, and decides purely.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from intake.checks.assessment import assess
from intake.checks.context import CheckContext
from intake.checks.current_risk import alerts_of
from intake.domain.case import Assessment, KnownCase
from intake.domain.differences import differences
from intake.domain.findings import ExceptionItem, Severity
from intake.domain.message import Message
from intake.domain.referral import Referral
from intake.domain.rereading import ReadAgain, Rereading, Standing, StandingForm, corrected
from intake.domain.verdict import Screening
from intake.ports import World
from intake.settings import Settings
from intake.steps.key import KEYED
from intake.steps.parse import AT_RISK, forms_in, referral_of
from intake.steps.register import exceptions_for
from parsers.contract import DocumentReading, DocumentState, Harvest, Recognised, Refusal

NEWLY_READABLE = "form-newly-readable"
"""A part nobody could read as a form before: for a person, as registering it is no re-reading."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the wall read today, the sender as judged then, and cases related to what is read now, by document."""

    harvest: Harvest | Refusal
    screening: Screening
    known: Mapping[int, Sequence[KnownCase]]


def collect(standing: Standing, raw: bytes, world: World) -> Evidence:
    """Read the original behind the wall with today's library, and ask the register about what is read now."""
    harvest = world.reader.read(raw)
    known = {}
    if not isinstance(harvest, Refusal):
        for form, document in _matched(standing, harvest):
            known[form.document] = _related(form, corrected(referral_of(document), form.corrections), world)
    return Evidence(harvest, world.records.screening(standing.message.id), known)


def decide(standing: Standing, evidence: Evidence, rules: Settings, now: datetime) -> Rereading:
    """Return what differs form by form and what follows; a form that cannot be read today stays as it stands."""
    if isinstance(evidence.harvest, Refusal):
        return Rereading(unread={form.document: f"refused-{evidence.harvest.code}" for form in standing.forms})
    again, matched = [], list(_matched(standing, evidence.harvest))
    for form, document in matched:
        read = replace(referral_of(document), document=form.document)
        changes = differences(form.read, read)
        if changes:
            context = _context(form, standing.message, evidence, rules, now)
            again.append(ReadAgain(form, read, changes, _assessed(form, read, context)))
    met = {form.document for form, _ in matched}
    left = (form for form in standing.forms if form.document not in met and KEYED not in form.read.codes)
    unread = {form.document: _why_unread(form, evidence.harvest) for form in left}
    exceptions = (*_newly_readable(standing, evidence.harvest), *(i for one in again for i in _exceptions(one, rules)))
    return Rereading(tuple(again), unread, tuple(dict.fromkeys(exceptions)))


def _matched(standing: Standing, harvest: Harvest) -> Iterator[tuple[StandingForm, DocumentReading]]:
    """Find each form in today's harvest by its bytes; its number may be another now that more containers open."""
    forms, on_offer = forms_in(harvest)
    for form in standing.forms:
        same = [one for one in (*forms, *on_offer) if one.sha256 == form.read.sha256]
        here = next((one for one in same if one.index == form.document), same[0] if len(same) == 1 else None)
        if here is not None:
            yield form, here


def _why_unread(form: StandingForm, harvest: Harvest) -> str:
    same = next((one for one in harvest.documents if one.sha256 == form.read.sha256), None)
    if same is None:
        return "not-found-again"
    if same.state is DocumentState.READ and same.recognised is not Recognised.OURS:
        return "no-longer-recognised"
    return same.why or same.state.value


def _newly_readable(standing: Standing, harvest: Harvest) -> Iterator[ExceptionItem]:
    """Tell a person, once, of a form nobody could read before; what is only offered counts where nothing else is."""
    forms, on_offer = forms_in(harvest)
    known = {form.read.sha256 for form in standing.forms}
    for document in forms or on_offer:
        opened = (NEWLY_READABLE, document.index) in standing.opened
        if document.sha256 not in known and not opened:
            yield ExceptionItem(NEWLY_READABLE, Severity.TODAY, document=document.index)


def _related(form: StandingForm, shown: Referral, world: World) -> Sequence[KnownCase]:
    """Return other cases this reading points to and the one before did not, as cases to look at side by side.

    What the register learnt since is another form's finding; and reading again never makes one case of two.
    """
    suggested = set(form.assessment.duplicate.suggested) if form.assessment else set()
    before = {case.reference for case in world.records.known_cases(form.shown)} - suggested
    others = (case for case in world.records.known_cases(shown) if case.reference not in {form.reference, *before})
    return tuple(others)


def _context(form: StandingForm, message: Message, evidence: Evidence, rules: Settings, now: datetime) -> CheckContext:
    return CheckContext(
        received_at=message.arrival.received_at,
        now=now,
        sender=evidence.screening.sender,
        known=tuple(evidence.known.get(form.document, ())),
        settings=rules,
        sent_date=evidence.screening.sent_date,
        first_received_at=form.first_received_at,
    )


def _assessed(form: StandingForm, read: Referral, context: CheckContext) -> Assessment | None:
    """Check a registered form as it would now be shown; it stays the version of the case that it was."""
    old = form.assessment
    if old is None or form.reference is None:
        return None
    shown = corrected(read, form.corrections)
    agency = context.agency_answered(shown, "referrer.agency")
    found = assess(shown, replace(context, known=tuple(_only_suggested(case, agency) for case in context.known)))
    kept = tuple(finding for finding in old.findings if finding.code == old.duplicate.relation.value)
    relation = replace(old.duplicate, suggested=found.duplicate.suggested)
    return replace(found, duplicate=relation, findings=(*found.findings, *kept))


def _only_suggested(case: KnownCase, agency: str | None) -> KnownCase:
    """Return a case as one that can be looked at side by side, and never be merged with."""
    return replace(case, same_file=False, agency=None if case.agency == agency else case.agency)


def _exceptions(form: ReadAgain, rules: Settings) -> Iterator[ExceptionItem]:
    """Open what is new; what holds no longer is a person's to close."""
    shown = corrected(form.read, form.before.corrections)
    risks = set(alerts_of(shown, rules.safety)) - set(alerts_of(form.before.shown, rules.safety))
    if risks:
        yield ExceptionItem(AT_RISK, Severity.ALERT, reference=form.before.reference)
    if form.assessment is not None and form.before.assessment is not None and form.before.reference is not None:
        known = {finding.code for finding in form.before.assessment.findings}
        for item in exceptions_for(form.assessment, form.before.reference, rules):
            if item.code not in known:
                yield item

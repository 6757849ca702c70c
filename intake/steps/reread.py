"""Reread: what does today's library read from a form that is on record? No stage moves; the same version, read again.

The same leg's shape as the others: it collects the original read anew and what the register knows, and decides purely.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from intake.domain.case import KnownCase
from intake.domain.differences import differences
from intake.domain.findings import ExceptionItem, Severity
from intake.domain.rereading import ReadAgain, Rereading, Standing, StandingForm, corrected
from intake.domain.verdict import Screening
from intake.ports import World
from intake.settings import Settings
from intake.steps import rejudge
from intake.steps.key import KEYED
from intake.steps.parse import forms_in, referral_of
from intake.steps.rejudge import assessed, context, new_exceptions, related
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
            shown = corrected(referral_of(document), form.corrections)
            known[form.document] = related(form, shown, world.records)
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
            mine = rejudge.Evidence(evidence.screening, evidence.known.get(form.document, ()))
            about = context(form, standing.message, mine, rules, now)
            again.append(ReadAgain(form, read, changes, assessed(form, read, about)))
    met = {form.document for form, _ in matched}
    left = (form for form in standing.forms if form.document not in met and KEYED not in form.read.codes)
    unread = {form.document: _why_unread(form, evidence.harvest) for form in left}
    exceptions = (
        *_newly_readable(standing, evidence.harvest),
        *(item for one in again for item in _exceptions(one, rules)),
    )
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


def _exceptions(form: ReadAgain, rules: Settings) -> Iterator[ExceptionItem]:
    return new_exceptions(form.before, replace(form.before, read=form.read), form.assessment, rules)

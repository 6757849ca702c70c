"""Parse: is there a referral in it, and what does the form say? SCREENED -> PARSED | SET_ASIDE | HELD."""

from dataclasses import dataclass
from datetime import datetime

from intake.checks.assessment import severity
from intake.checks.current_risk import alerts_in, alerts_of
from intake.checks.what_it_carries import carried
from intake.domain.findings import ExceptionItem, Severity
from intake.domain.message import Message
from intake.domain.outcome import DocumentRecord, Outcome
from intake.domain.private import Private
from intake.domain.referral import Reading, Referral, Remainder
from intake.domain.stages import Stage
from intake.domain.verdict import Screening
from intake.ports import World
from intake.settings import Settings
from intake.steps import correspondence
from intake.steps.correspondence import Correspondence, Desk
from intake.steps.unread_mail import note_of
from intake.steps.without_form import BODY_CUT, READ_BY_OCR, body_is_cut, may_be_a_form, offered, without_form
from parsers.contract import DocumentReading, DocumentState, Harvest, Recognised, Refusal

AT_RISK = "child-at-risk-now"
WRONG_FORM = "wrong-form"

UNREAD = frozenset(
    {DocumentState.LOCKED, DocumentState.UNREADABLE, DocumentState.UNSUPPORTED, DocumentState.OVER_LIMIT}
)
"""States of a document nobody has read yet: beside a form that was read they are exceptions, never lost."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the walled process read, and what screening knew."""

    harvest: Harvest | Refusal
    screening: Screening
    correspondence: Correspondence


def collect(message: Message, world: World, rules: Settings, now: datetime) -> Evidence:  # noqa: ARG001 - a leg's shape
    """Read every form of the original behind the wall."""
    screening = world.records.screening(message.id)
    return Evidence(
        harvest=world.reader.read(world.vault.open(message.id)),
        screening=screening,
        correspondence=correspondence.collect(message, screening.sender.address, world, now),
    )


def decide(message: Message, evidence: Evidence, rules: Settings, now: datetime) -> Outcome:
    """Take the forms that are ours; without any, hold for a person what might be a referral and say why.

    What was read from a picture or from the mail's own words is only offered: it goes no further before a person has
    compared it. Beside a form in a file it is left out, being a scan or a summary of the same.
    """
    desk = Desk(message, evidence.correspondence, rules, now)
    if isinstance(evidence.harvest, Refusal):
        return _held_unread(evidence.harvest, evidence.screening, desk)
    harvest = evidence.harvest
    risks = alerts_in(harvest.untrusted_body, rules.safety)
    forms, on_offer = forms_in(harvest)
    referrals = tuple(map(referral_of, forms or on_offer))
    if not forms:  # no check comes by before a person does
        risks = tuple(dict.fromkeys((*risks, *(code for each in referrals for code in alerts_of(each, rules.safety)))))
    if forms:
        stage, why, note = Stage.PARSED, "form-found", None
    else:
        stage, why, note = without_form(harvest, evidence.screening, risks, rules.library)
        risks = _risks_of_wrong_form(why, risks)
    receipt = desk.receive(evidence.screening, note) if stage is Stage.HELD else ()
    return Outcome(
        stage=stage,
        why=why,
        documents=tuple(map(_record, harvest.documents)),
        referrals=referrals,
        exceptions=_exceptions(stage, why, risks, harvest, evidence.screening) + _carried(harvest, rules),
        letters=receipt + desk.alert(risks),
    )


def forms_in(harvest: Harvest) -> tuple[tuple[DocumentReading, ...], tuple[DocumentReading, ...]]:
    """Return the forms of ours that stand by themselves, and those that are only offered to a person."""
    read = [d for d in harvest.documents if d.recognised is Recognised.OURS and d.state is DocumentState.READ]
    return tuple(d for d in read if not offered(d)), tuple(d for d in read if offered(d))


def referral_of(document: DocumentReading) -> Referral:
    """Return the referral one document holds: its words become Private where they enter our side."""
    return Referral(
        document=document.index,
        sha256=document.sha256,
        sheet=document.sheet,
        edition=document.edition,
        readings=tuple(
            Reading(r.field, r.child, Private(r.untrusted_text), Private(r.where), r.certainty)
            for r in document.readings
        ),
        unplaced=tuple(
            Remainder(Private(u.untrusted_label), Private(u.untrusted_text), Private(u.where))
            for u in document.unplaced
        ),
        conflicts=document.conflicts,
        codes=document.codes,
    )


def _risks_of_wrong_form(why: str, risks: tuple[str, ...]) -> tuple[str, ...]:
    """Add the misdirected form itself: it goes to a person the same minute (domain.md, "What arrives")."""
    return (*risks, why) if why == WRONG_FORM else risks


def _exceptions(
    stage: Stage, why: str, risks: tuple[str, ...], harvest: Harvest, screening: Screening
) -> tuple[ExceptionItem, ...]:
    items = [ExceptionItem(AT_RISK, Severity.ALERT)] if set(risks) - {WRONG_FORM} else []
    if stage is Stage.HELD and why != AT_RISK:
        items.append(ExceptionItem(why, Severity.ALERT if why == WRONG_FORM else Severity.TODAY))
    if stage is Stage.PARSED:
        items += [
            ExceptionItem(f"{document.state.value}-document", Severity.TODAY, document=document.index)
            for document in harvest.documents
            if document.state in UNREAD and may_be_a_form(document)
        ]
        items += [
            ExceptionItem(READ_BY_OCR, Severity.TODAY, document=document.index)
            for document in harvest.documents
            if offered(document) == READ_BY_OCR
        ]
        items += [ExceptionItem(BODY_CUT, Severity.ATTENTION)] if body_is_cut(harvest) else []
    if why == "reply-to-letter":
        items += [ExceptionItem("reply-received", Severity.ATTENTION, reference=case) for case in screening.linked]
    return tuple(items)


def _carried(harvest: Harvest, rules: Settings) -> tuple[ExceptionItem, ...]:
    """Tell of what acts when it is opened in files that no check comes by: those that are no form of ours."""
    return tuple(
        ExceptionItem(code, grade, document=document.index)
        for document in harvest.documents
        if document.recognised is not Recognised.OURS
        for code in carried(document.codes)
        if (grade := severity(code, rules.checks)) is not Severity.NOTE
    )


def _held_unread(refusal: Refusal, screening: Screening, desk: Desk) -> Outcome:
    return Outcome(
        Stage.HELD,
        f"unreadable-mail-{refusal.code}",
        exceptions=(ExceptionItem("unreadable-mail", Severity.TODAY),),
        letters=desk.receive(screening, note_of(refusal)),
    )


def _record(document: DocumentReading) -> DocumentRecord:
    return DocumentRecord(
        index=document.index,
        kind=document.kind.value,
        bytes=document.bytes,
        sha256=document.sha256,
        state=document.state.value,
        why=document.why,
        recognised=document.recognised.value,
        sheet=document.sheet,
        edition=document.edition,
    )

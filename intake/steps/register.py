"""Register: one entry per form, its exceptions and the answer, in one transaction. CHECKED -> REGISTERED."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from intake.checks.assessment import severity
from intake.domain.case import AcknowledgementFacts, Assessment, CaseEntry, Reference, Relation, reference
from intake.domain.findings import ExceptionItem, Severity
from intake.domain.message import Message
from intake.domain.outcome import Outcome
from intake.domain.referral import Referral
from intake.domain.stages import Stage
from intake.domain.verdict import Screening
from intake.domain.working_days import local_date
from intake.ports import World
from intake.settings import Settings
from intake.steps import correspondence
from intake.steps.correspondence import Correspondence, Desk
from intake.steps.parse import AT_RISK

NEEDS_A_PERSON = frozenset({Severity.ATTENTION, Severity.TODAY, Severity.ALERT})


@dataclass(frozen=True, slots=True)
class Evidence:
    """The forms and what was found, a free reference for each, and what letters need."""

    referrals: Sequence[Referral]
    assessments: Sequence[Assessment]
    screening: Screening
    references: Mapping[int, Reference]
    correspondence: Correspondence


def collect(message: Message, world: World, rules: Settings, now: datetime) -> Evidence:  # noqa: ARG001 - a leg's shape
    """Gather what was durable so far, and draw a free reference for each form."""
    screening = world.records.screening(message.id)
    assessments = world.records.assessments(message.id)
    return Evidence(
        referrals=world.records.referrals(message.id),
        assessments=assessments,
        screening=screening,
        references={assessment.document: _free_reference(message, world) for assessment in assessments},
        correspondence=correspondence.collect(message, screening.sender.address, world, now),
    )


def decide(message: Message, evidence: Evidence, rules: Settings, now: datetime) -> Outcome:
    """Write every form into the register, whatever its findings, and answer the sender once for all of them."""
    references = _case_of_each(evidence)
    forms = {referral.document: referral for referral in evidence.referrals}
    entries = tuple(
        CaseEntry(
            reference=references[assessment.document],
            referral=forms[assessment.document],
            assessment=assessment,
            exceptions=exceptions_for(assessment, references[assessment.document], rules),
        )
        for assessment in evidence.assessments
    )
    facts = AcknowledgementFacts(
        references=tuple(dict.fromkeys(entry.reference for entry in entries)),
        received=message.arrival.received_at,
        documents=len(entries),
        sections=tuple(dict.fromkeys(key for entry in entries for key in entry.assessment.missing)),
    )
    letters = Desk(message, evidence.correspondence, rules, now).acknowledge(evidence.screening, facts)
    waiting = tuple(
        ExceptionItem("letter-waits-for-release", Severity.TODAY, reference=entries[0].reference)
        for letter in letters
        if letter.why is not None
    )
    return Outcome(Stage.REGISTERED, "registered", entries=entries, letters=letters, exceptions=waiting)


def _case_of_each(evidence: Evidence) -> dict[int, Reference]:
    """Return each form's case: the one it repeats, in the register or in this mail, else a new one."""
    cases: dict[int, Reference] = {}
    for assessment in evidence.assessments:
        duplicate = assessment.duplicate
        if duplicate.relation is Relation.NEW:
            cases[assessment.document] = evidence.references[assessment.document]
        elif duplicate.of_document is not None:
            cases[assessment.document] = cases[duplicate.of_document]
        else:
            cases[assessment.document] = duplicate.case or evidence.references[assessment.document]
    return cases


def exceptions_for(assessment: Assessment, case: Reference, rules: Settings) -> tuple[ExceptionItem, ...]:
    """Open an exception for each finding a person should act on (severity is configuration)."""
    findings = (finding.code for finding in assessment.findings if finding.code != AT_RISK)  # open since it was found
    graded = ((code, severity(code, rules.checks)) for code in findings)
    return tuple(
        ExceptionItem(code, grade, reference=case, document=assessment.document)
        for code, grade in dict.fromkeys(graded)
        if grade in NEEDS_A_PERSON
    )


def _free_reference(message: Message, world: World) -> Reference:
    year = local_date(message.arrival.received_at).year
    drawn = reference(year, world.randomness())
    while world.records.reference_taken(drawn):
        drawn = reference(year, world.randomness())
    return drawn

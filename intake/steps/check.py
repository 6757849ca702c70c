"""Check: is it signed off, in time, complete, new, and is a child at risk now? PARSED -> CHECKED, whatever is found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from intake.checks.assessment import assess
from intake.checks.context import CheckContext
from intake.domain.case import Assessment, DuplicateVerdict, KnownCase, Relation
from intake.domain.findings import ExceptionItem, Severity
from intake.domain.identity import same_matter
from intake.domain.message import Message
from intake.domain.outcome import Outcome
from intake.domain.referral import Referral
from intake.domain.stages import Stage
from intake.domain.verdict import Screening
from intake.ports import World
from intake.settings import Settings
from intake.steps import correspondence
from intake.steps.correspondence import Correspondence, Desk
from intake.steps.parse import AT_RISK


@dataclass(frozen=True, slots=True)
class Evidence:
    """The forms as read, the sender as judged, what the register knows of each form, and exceptions already open."""

    referrals: Sequence[Referral]
    screening: Screening
    known: Mapping[int, Sequence[KnownCase]]
    already_alerted: bool
    correspondence: Correspondence


def collect(message: Message, world: World, rules: Settings, now: datetime) -> Evidence:  # noqa: ARG001 - a leg's shape
    """Gather what was durable so far, and ask the register for cases that share a file, a child or an incident."""
    referrals = world.records.referrals(message.id)
    screening = world.records.screening(message.id)
    return Evidence(
        referrals=referrals,
        screening=screening,
        known={referral.document: world.records.known_cases(referral) for referral in referrals},
        already_alerted=any(item.code == AT_RISK for item in world.records.exceptions_of(message.id)),
        correspondence=correspondence.collect(message, screening.sender.address, world, now),
    )


def decide(message: Message, evidence: Evidence, rules: Settings, now: datetime) -> Outcome:
    """Assess every form; a child who may be at risk now is an alert this minute, not a line of tomorrow's report."""
    assessments = tuple(_assess(referral, message, evidence, rules, now) for referral in evidence.referrals)
    assessments = tuple(_within_the_mail(assessment, assessments, evidence.referrals) for assessment in assessments)
    risks = tuple(sorted({code for assessment in assessments for code in assessment.alerts}))
    alert = bool(risks) and not evidence.already_alerted
    return Outcome(
        stage=Stage.CHECKED,
        why="checked",
        assessments=assessments,
        exceptions=(ExceptionItem(AT_RISK, Severity.ALERT),) if alert else (),
        letters=Desk(message, evidence.correspondence, rules, now).alert(risks) if alert else (),
    )


def _assess(referral: Referral, message: Message, evidence: Evidence, rules: Settings, now: datetime) -> Assessment:
    """Assess one form; a later version of a registered case is judged by that case's first receipt."""
    context = CheckContext(
        received_at=message.arrival.received_at,
        now=now,
        sender=evidence.screening.sender,
        known=tuple(evidence.known[referral.document]),
        settings=rules,
        sent_date=evidence.screening.sent_date,
    )
    assessed = assess(referral, context)
    case = next((known for known in context.known if known.reference == assessed.duplicate.case), None)
    if case is None or case.first_received_at is None:
        return assessed
    return assess(referral, replace(context, first_received_at=case.first_received_at))


def _within_the_mail(
    assessment: Assessment, all_of_mail: Sequence[Assessment], referrals: Sequence[Referral]
) -> Assessment:
    """Take a form that repeats an earlier one of the same mail (a Word file and its PDF) as the same case."""
    if assessment.duplicate.relation is not Relation.NEW:
        return assessment
    by_document = {referral.document: referral for referral in referrals}
    here = by_document[assessment.document]
    for other in all_of_mail:
        if other.document >= assessment.document:
            break
        earlier = by_document[other.document]
        if same_matter(earlier, here):
            relation = Relation.RESUBMISSION if earlier.sha256 == here.sha256 else Relation.NEW_VERSION
            return replace(assessment, duplicate=DuplicateVerdict(relation, of_document=other.document))
    return assessment

"""One entry per form, one answer per mail."""

from dataclasses import replace

from intake.domain.case import (
    Assessment,
    DuplicateVerdict,
    LetterState,
    Reference,
    ReferralType,
    Relation,
)
from intake.domain.delivery import LettersOrdered
from intake.domain.findings import Finding
from intake.domain.incident_date import UNKNOWN_DATE
from intake.domain.referral import Referral
from intake.domain.sign_off import QASignOff, QAStatus
from intake.domain.stages import Stage
from intake.domain.timeliness import Band, SubmissionTimeliness
from intake.domain.verdict import SenderTrust
from intake.steps import register
from tests.builders.harvest import screening
from tests.builders.messages import NOW, QUIET, message
from tests.builders.settings import settings

FIRST, SECOND = Reference("SSCP-2026-AAAAAA"), Reference("SSCP-2026-BBBBBB")


def assessment(document=1, *, missing=(), findings=(), duplicate=None):
    """Return what was found about one form."""
    return Assessment(
        document=document,
        agency="gmp",
        referral_type=ReferralType.MUST,
        children=1,
        timeliness=SubmissionTimeliness(UNKNOWN_DATE, None, None, Band.CANNOT_SAY, "no-date"),
        qa=QASignOff(QAStatus.BLANK, None, None, ()),
        missing=missing,
        alerts=(),
        duplicate=duplicate or DuplicateVerdict(Relation.NEW),
        findings=findings,
    )


def decided(tmp_path, *assessments, verdicts=None):
    """Return the outcome of the leg for forms so assessed."""
    evidence = register.Evidence(
        referrals=[Referral(a.document, "ab" * 32, "sscp-2023", None, ()) for a in assessments],
        assessments=assessments,
        screening=verdicts or screening(),
        references=dict(zip([a.document for a in assessments], [FIRST, SECOND], strict=False)),
        correspondence=QUIET,
    )
    return register.decide(message(Stage.CHECKED), evidence, settings(tmp_path), NOW)


def test_findings_never_hold_a_referral(tmp_path):
    """A form without sign-off, late and incomplete is registered like any other, its findings as exceptions."""
    found = (Finding("qa-sign-off-missing", 1), Finding("late-submission", 1))
    outcome = decided(tmp_path, assessment(findings=found, missing=("qa",)))
    assert outcome.stage is Stage.REGISTERED
    assert {item.code for item in outcome.entries[0].exceptions} >= {"qa-sign-off-missing", "late-submission"}
    assert {item.reference for item in outcome.entries[0].exceptions} == {FIRST}


def test_two_forms_are_two_cases_and_one_letter(tmp_path):
    """Several forms in one mail get an entry each and one acknowledgement that names both references."""
    outcome = decided(tmp_path, assessment(1), assessment(2))
    assert [entry.reference for entry in outcome.entries] == [FIRST, SECOND]
    assert len(outcome.letters) == 1
    assert FIRST.encode() in outcome.letters[0].content
    assert SECOND.encode() in outcome.letters[0].content


def test_a_form_that_repeats_another_of_the_mail_shares_its_case(tmp_path):
    """A Word form and its PDF in one mail are one case."""
    again = DuplicateVerdict(Relation.NEW_VERSION, of_document=1)
    outcome = decided(tmp_path, assessment(1), assessment(2, duplicate=again))
    assert [entry.reference for entry in outcome.entries] == [FIRST, FIRST]


def test_a_resubmission_keeps_the_case_it_repeats(tmp_path):
    """The same form again is answered with the reference it already has."""
    known = DuplicateVerdict(Relation.RESUBMISSION, case=SECOND)
    outcome = decided(tmp_path, assessment(duplicate=known))
    assert [entry.reference for entry in outcome.entries] == [SECOND]
    assert SECOND.encode() in outcome.letters[0].content


def test_only_the_authenticated_agency_is_told_about_sections(tmp_path):
    """Section feedback goes to the authenticated sender; a known but unverified one's letter waits, with none in it."""
    full = decided(tmp_path, assessment(missing=("qa",))).letters[0]
    verdicts = screening(SenderTrust.UNVERIFIED)
    bare = decided(tmp_path, assessment(missing=("qa",)), verdicts=verdicts).letters[0]
    assert (full.state, bare.state, bare.why) == (LetterState.QUEUED, LetterState.WAITING, "unverified-sender")
    assert b"Quality assurance" in full.content
    assert b"Quality assurance" not in bare.content
    assert FIRST.encode() in bare.content


def test_a_letter_to_a_stranger_waits_for_a_person(tmp_path):
    """A referral from an unknown address is registered; its acknowledgement waits for release, visibly."""
    outcome = decided(tmp_path, assessment(), verdicts=screening(SenderTrust.UNKNOWN, agency=None))
    assert [letter.state for letter in outcome.letters] == [LetterState.WAITING]
    assert [item.code for item in outcome.exceptions] == ["letter-waits-for-release"]


def test_a_sender_at_the_cap_gets_no_more_letters_today(tmp_path):
    """Beyond the cap a letter waits for a person, whoever asks."""
    evidence = register.Evidence(
        referrals=[Referral(1, "ab" * 32, None, None, ())],
        assessments=[assessment()],
        screening=screening(),
        references={1: FIRST},
        correspondence=replace(QUIET, ordered=LettersOrdered(1_000)),
    )
    outcome = register.decide(message(Stage.CHECKED), evidence, settings(tmp_path), NOW)
    assert [letter.why for letter in outcome.letters] == ["cap-reached"]

"""Taking the forms that are ours, and what hangs beside them."""

import msgspec
import pytest

from intake.domain.case import LetterKind
from intake.domain.findings import ExceptionItem, Severity
from intake.domain.stages import Stage
from intake.domain.verdict import SenderTrust
from intake.steps import parse
from parsers.contract import Certainty, DocumentReading, DocumentState, Kind, Recognised, Refusal, UntrustedReading
from tests.builders.harvest import document, harvest, screening
from tests.builders.messages import NOW, QUIET, message
from tests.builders.settings import settings

OURS = document(DocumentState.READ, recognised=Recognised.OURS, sheet="sscp-2023")


def decided(tmp_path, read, verdicts=None):
    """Return the outcome of the leg for what was read."""
    evidence = parse.Evidence(read, verdicts or screening(), QUIET)
    return parse.decide(message(Stage.SCREENED), evidence, settings(tmp_path), NOW)


def kinds(outcome):
    """Return the kinds of letters ordered."""
    return [letter.kind for letter in outcome.letters]


def test_a_form_of_ours_goes_on_and_nobody_is_written_to_yet(tmp_path):
    """A mail with a readable form of ours is parsed; its answer waits until it is registered."""
    outcome = decided(tmp_path, harvest(OURS))
    assert (outcome.stage, outcome.letters, outcome.exceptions) == (Stage.PARSED, (), ())
    assert [referral.sheet for referral in outcome.referrals] == ["sscp-2023"]


def test_what_could_not_be_read_beside_a_form_is_an_open_exception(tmp_path):
    """A locked file beside a form of ours does not hold the form, and is not forgotten."""
    outcome = decided(tmp_path, harvest(OURS, document(DocumentState.LOCKED, index=2)))
    assert outcome.stage is Stage.PARSED
    assert outcome.exceptions == (ExceptionItem("locked-document", Severity.TODAY, document=2),)


def picture(**answers: str) -> DocumentReading:
    """Return a photographed form as it was read."""
    readings = tuple(
        UntrustedReading(
            field=name.replace("__", "."), child=None, untrusted_text=text, where="x", certainty=Certainty.LIKELY
        )
        for name, text in answers.items()
    )
    taken = document(DocumentState.READ, recognised=Recognised.OURS, kind=Kind.IMAGE, codes=("by-ocr",), index=2)
    return msgspec.structs.replace(taken, readings=readings)


def test_a_form_read_from_a_picture_is_offered_and_goes_no_further(tmp_path):
    """Its readings are kept for the person who compares them; by itself it never becomes a case."""
    outcome = decided(tmp_path, harvest(picture(qa__name="Quinn Sample")))
    assert (outcome.stage, outcome.why) == (Stage.HELD, "read-by-ocr")
    assert [referral.codes for referral in outcome.referrals] == [("by-ocr",)]
    assert [item.code for item in outcome.exceptions] == ["read-by-ocr"]
    assert kinds(outcome) == [LetterKind.RECEIPT]


def test_a_risk_ticked_on_a_photographed_form_alerts_at_once(tmp_path):
    """What waits for a person is looked through for a child at risk before it waits."""
    outcome = decided(tmp_path, harvest(picture(safety__current_risk="Yes")))
    assert outcome.stage is Stage.HELD
    assert LetterKind.SAFETY_ALERT in kinds(outcome)
    assert ExceptionItem(parse.AT_RISK, Severity.ALERT) in outcome.exceptions


def test_a_scan_beside_a_readable_form_waits_as_an_exception(tmp_path):
    """The file that says its words itself is the referral; the picture is shown beside it."""
    outcome = decided(tmp_path, harvest(OURS, picture(qa__name="Quinn Sample")))
    assert outcome.stage is Stage.PARSED
    assert [referral.codes for referral in outcome.referrals] == [()]
    assert outcome.exceptions == (ExceptionItem("read-by-ocr", Severity.TODAY, document=2),)


def test_what_acts_when_opened_is_told_of_a_file_that_is_no_form(tmp_path):
    """A file beside the form that fetches or starts something is an exception of its own, as loud as configured."""
    other = document(codes=("has-remote-template", "has-dde", "pdf-javascript"), index=2)
    assert decided(tmp_path, harvest(OURS, other)).exceptions == (
        ExceptionItem("has-remote-template", Severity.ATTENTION, document=2),
        ExceptionItem("starts-programs", Severity.TODAY, document=2),
    )


def test_what_acts_in_our_form_is_left_to_the_checks(tmp_path):
    """The same of a form of ours is a finding on its case, told once."""
    ours = msgspec.structs.replace(OURS, codes=("has-remote-template",))
    assert decided(tmp_path, harvest(ours)).exceptions == ()


@pytest.mark.parametrize("code", ["body-cut", "body-time"])
def test_words_beside_a_form_that_were_not_read_to_their_end_are_told(tmp_path, code):
    """What a long mail says at its end may matter as much as the form."""
    outcome = decided(tmp_path, msgspec.structs.replace(harvest(OURS), codes=(code,)))
    assert (outcome.stage, outcome.exceptions) == (
        Stage.PARSED,
        (ExceptionItem("body-not-read-whole", Severity.ATTENTION),),
    )


def test_a_logo_beside_a_form_is_no_exception(tmp_path):
    """A small picture beside a form needs nobody."""
    logo = document(DocumentState.UNSUPPORTED, kind=Kind.IMAGE, size=4_000, index=2)
    assert decided(tmp_path, harvest(OURS, logo)).exceptions == ()


def test_words_of_risk_in_the_mail_alert_at_once_though_the_form_is_valid(tmp_path):
    """Words in the body that a child may be at risk now alert the duty channel before anything else is judged."""
    outcome = decided(tmp_path, harvest(OURS, body="The baby is in immediate danger and still in the home."))
    assert kinds(outcome) == [LetterKind.SAFETY_ALERT]
    assert ExceptionItem(parse.AT_RISK, Severity.ALERT) in outcome.exceptions


def test_a_misdirected_form_goes_to_a_person_the_same_minute(tmp_path):
    """A neighbour's form is held, its sender told so, and the duty channel alerted."""
    marf = document(DocumentState.READ, recognised=Recognised.NEIGHBOUR, sheet="marf")
    outcome = decided(tmp_path, harvest(marf))
    assert (outcome.stage, outcome.why) == (Stage.HELD, "wrong-form")
    assert kinds(outcome) == [LetterKind.RECEIPT, LetterKind.SAFETY_ALERT]
    assert [item.severity for item in outcome.exceptions if item.code == "wrong-form"] == [Severity.ALERT]


def test_a_mail_the_wall_refused_is_held_with_its_code(tmp_path):
    """What the walled process could not take apart waits for a person, with the code of why."""
    outcome = decided(tmp_path, Refusal(code="time"))
    assert (outcome.stage, outcome.why) == (Stage.HELD, "unreadable-mail-time")
    assert kinds(outcome) == [LetterKind.RECEIPT]


def test_no_letter_goes_to_a_sender_who_failed_authentication(tmp_path):
    """A held mail whose sender failed authentication gets no receipt."""
    outcome = decided(tmp_path, harvest(document(DocumentState.LOCKED)), screening(SenderTrust.FAILED))
    assert (outcome.stage, outcome.letters) == (Stage.HELD, ())


def test_a_reply_to_our_letter_is_shown_on_its_case(tmp_path):
    """An answer to a letter of ours is set aside with an exception on the case it belongs to."""
    outcome = decided(tmp_path, harvest(body="Thank you"), screening(linked=("SSCP-2026-ABCDEF",)))
    assert outcome.stage is Stage.SET_ASIDE
    assert outcome.exceptions == (ExceptionItem("reply-received", Severity.ATTENTION, reference="SSCP-2026-ABCDEF"),)

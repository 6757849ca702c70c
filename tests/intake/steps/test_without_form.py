"""Mail without a form of ours."""

import msgspec
import pytest

from intake.domain.stages import Stage
from intake.domain.verdict import Automation, SenderTrust
from intake.steps.without_form import PICTURE_OF_A_PAGE_BYTES, may_be_a_form, without_form
from parsers.contract import DocumentState, Kind, Recognised
from parsers.template import Library, Neighbour
from tests.builders.harvest import document, harvest, screening

LIBRARY = Library(
    fields=(),
    sheets=(),
    neighbours=(
        Neighbour(key="marf", name="MARF", marks=("x",), current_risk=True),
        Neighbour(key="chronology", name="Chronology", marks=("y",), supporting=True),
    ),
)
NEIGHBOUR, OURS = Recognised.NEIGHBOUR, Recognised.OURS


@pytest.mark.parametrize(
    ("documents", "why"),
    [
        ([document(recognised=NEIGHBOUR, sheet="marf")], "wrong-form"),
        ([document(recognised=NEIGHBOUR, sheet="chronology")], "supporting-document"),
        ([document(DocumentState.LOCKED)], "locked"),
        ([document(DocumentState.BLANK_FORM, recognised=Recognised.OURS)], "blank-form"),
        ([document(DocumentState.UNREADABLE)], "unreadable-document"),
        ([document(DocumentState.OVER_LIMIT)], "unreadable-document"),
        ([document(DocumentState.UNSUPPORTED, kind=Kind.DOC)], "unsupported-document"),
        ([document(DocumentState.UNSUPPORTED, kind=Kind.HTML, codes=("page-script",))], "unsupported-document"),
        ([document(DocumentState.NOT_A_FORM)], "no-form-recognised"),
        ([document(DocumentState.UNREADABLE), document(DocumentState.LOCKED)], "locked"),
        ([document(DocumentState.READ, recognised=OURS, kind=Kind.IMAGE, codes=("by-ocr",))], "read-by-ocr"),
        ([document(DocumentState.READ, recognised=OURS, kind=Kind.HTML, codes=("in-body",))], "form-in-body"),
    ],
)
def test_a_document_that_may_be_a_referral_waits_for_a_person(documents, why):
    """A mail with a document nobody could take as a form is held, for the most urgent reason it gives."""
    stage, said, _ = without_form(harvest(*documents), screening(), (), LIBRARY)
    assert (stage, said) == (Stage.HELD, why)


@pytest.mark.parametrize("kind", [Kind.TEXT, Kind.HTML])
def test_words_that_came_as_a_file_wait_for_a_person(kind):
    """A form saved as a page, or a file whose encoding was lost on its way, may be one; a newsletter's is not."""
    found = harvest(document(DocumentState.UNSUPPORTED, kind=kind))
    assert without_form(found, screening(), (), LIBRARY)[:2] == (Stage.HELD, "no-form-recognised")
    newsletter = screening(automation=Automation.BULK)
    assert without_form(found, newsletter, (), LIBRARY)[:2] == (Stage.SET_ASIDE, "not-a-referral")
    dressing = harvest(document(DocumentState.IGNORED, kind=kind))
    assert without_form(dressing, screening(), (), LIBRARY)[:2] == (Stage.SET_ASIDE, "not-a-referral")


def test_words_of_risk_come_before_everything_but_a_wrong_form():
    """Words that suggest a child is at risk now hold the mail whatever hangs on it."""
    stage, why, _ = without_form(harvest(document(DocumentState.LOCKED)), screening(), ("at-risk",), LIBRARY)
    assert (stage, why) == (Stage.HELD, "child-at-risk-now")


def test_a_form_typed_in_the_body_waits_for_a_person():
    """A referral typed into the mail itself is possible and goes to a person today."""
    stage, why, _ = without_form(harvest(form_in_body=True), screening(), (), LIBRARY)
    assert (stage, why) == (Stage.HELD, "form-in-body")


@pytest.mark.parametrize("body", ["Please find our referral attached", "Is this a CSPR?", "A serious incident"])
def test_talk_of_a_referral_without_one_waits_for_a_person(body):
    """A mail that speaks of a referral and holds none may have lost its attachment: a person sees it."""
    assert without_form(harvest(body=body), screening(), (), LIBRARY)[1] == "speaks-of-a-referral"


def test_chatter_is_set_aside():
    """A mail with nothing to read and no word of a referral is set aside."""
    stage, why, _ = without_form(harvest(body="Lunch on Tuesday?"), screening(), (), LIBRARY)
    assert (stage, why) == (Stage.SET_ASIDE, "not-a-referral")


@pytest.mark.parametrize("code", ["body-cut", "body-time"])
def test_words_that_were_not_read_to_their_end_wait_for_a_person(code):
    """A form may be typed into the rest: only what was read whole is set aside by the machine."""
    long = msgspec.structs.replace(harvest(body="Lunch on Tuesday?"), codes=(code,))
    assert without_form(long, screening(), (), LIBRARY)[:2] == (Stage.HELD, "body-not-read-whole")
    newsletter = screening(automation=Automation.BULK)
    assert without_form(long, newsletter, (), LIBRARY)[:2] == (Stage.SET_ASIDE, "not-a-referral")


def test_an_answer_to_our_letter_is_set_aside_with_its_case():
    """A reply that bears our token and no document is linked, not opened as something new."""
    verdicts = screening(linked=("SSCP-2026-ABCDEF",))
    stage, why, _ = without_form(harvest(body="Thank you for the referral letter"), verdicts, (), LIBRARY)
    assert (stage, why) == (Stage.SET_ASIDE, "reply-to-letter")


@pytest.mark.parametrize("automation", [Automation.BULK, Automation.AUTO_REPLY])
def test_a_newsletter_with_a_document_is_set_aside(automation):
    """Documents that are no form are set aside when no person sent them."""
    verdicts = screening(SenderTrust.UNKNOWN, automation=automation)
    assert without_form(harvest(document()), verdicts, (), LIBRARY)[0] is Stage.SET_ASIDE


def test_a_logo_is_no_photograph_of_a_form():
    """Small pictures under a signature do not hold a mail; a picture large enough for a page does."""
    logo = document(DocumentState.UNSUPPORTED, kind=Kind.IMAGE, size=PICTURE_OF_A_PAGE_BYTES - 1)
    page = document(DocumentState.UNSUPPORTED, kind=Kind.IMAGE, size=PICTURE_OF_A_PAGE_BYTES)
    assert not may_be_a_form(logo)
    assert may_be_a_form(page)
    assert without_form(harvest(page), screening(), (), LIBRARY)[1] == "unsupported-document"

"""Each row of domain.md's table "What arrives", from the bytes of a mail to its state, its case and its letters."""

from dataclasses import replace

import pytest

from tests.builders import mails
from tests.builders.forms import (
    CHILD,
    SECOND_CHILD,
    agency_summary_docx,
    blank_docx,
    foreign_docx,
    letter_docx,
    marf_docx,
    to_docx,
    to_flat_pdf,
    to_pdf,
)
from tests.builders.house import TestHouse
from tests.builders.mails import docx_attachment, pdf_attachment
from tests.builders.posted import STRANGER, form, from_police, kinds, sent
from tests.builders.settings import AUTHSERV


@pytest.mark.parametrize("written", [to_docx, to_pdf])
def test_one_form_is_registered_and_acknowledged(at_home: TestHouse, written) -> None:
    """One Word or PDF form, signed off and in time, becomes one case without findings and one acknowledgement."""
    attach = docx_attachment if written is to_docx else pdf_attachment
    row = at_home.take(sent(attach(written(form()))))
    assert (row["stage"], row["findings"], len(row["cases"])) == ("registered", [], 1)
    assert kinds(row) == [("acknowledgement", "queued")]
    case = at_home.register()[0]
    assert case["timeliness"] == {
        **case["timeliness"], "calendar_days": 6, "working_days": 4, "band": "within-working",
    }  # fmt: skip
    assert case["qa"]["status"] == "confirmed"


def test_a_flat_pdf_is_read_too(at_home: TestHouse) -> None:
    """A form printed to PDF, without fields, is registered from its text."""
    row = at_home.take(sent(pdf_attachment(to_flat_pdf(form()))))
    assert row["stage"] == "registered"


def test_several_forms_are_several_cases_and_one_letter(at_home: TestHouse) -> None:
    """Several forms in one mail get one entry each and one acknowledgement that names each reference."""
    row = at_home.take(sent(docx_attachment(to_docx(form(0))), docx_attachment(to_docx(form(1)), "second.docx")))
    (letter,) = at_home.letters().values()
    assert len(row["cases"]) == 2
    assert all(case in letter.as_string() for case in row["cases"])


def test_the_same_form_as_word_and_pdf_is_one_case(at_home: TestHouse) -> None:
    """A Word form and its PDF in one mail are one case."""
    row = at_home.take(sent(docx_attachment(to_docx(form())), pdf_attachment(to_pdf(form()))))
    assert len(row["cases"]) == 1


def test_one_form_about_two_children_is_one_case(at_home: TestHouse) -> None:
    """One form with two child rows is one case with two children."""
    both = replace(form(), children=(CHILD, SECOND_CHILD))
    at_home.take(sent(docx_attachment(to_docx(both))))
    assert [case["children"] for case in at_home.register()] == [2]


@pytest.mark.parametrize(
    "subject", ["[secure] Referral", "[ENCRYPT] Referral", "CJSM: Referral", "", "RE: FW: Referral"]
)
def test_words_in_the_subject_change_nothing(at_home: TestHouse, subject: str) -> None:
    """Secure-mail markers in the subject have no effect on what becomes of a referral."""
    assert at_home.take(sent(docx_attachment(to_docx(form())), subject=subject))["stage"] == "registered"


def test_a_form_typed_in_the_body_goes_to_a_person(at_home: TestHouse) -> None:
    """Labels and answers typed into the mail are a possible referral, to a person today."""
    typed = "\r\n".join(f"{label}: {answer}" for label, answer in TYPED)
    row = at_home.take(sent(text=typed))
    assert (row["stage"], row["why"]) == ("held", "form-in-body")
    assert kinds(row) == [("receipt", "queued")]


TYPED = (
    ("Name of referrer", "Orla Example"), ("Agency", "Greater Manchester Police"), ("Child's full name", "Tam Madeup"),
    ("Date of birth", "04/03/2021"), ("Date of incident", "10/11/2026"), ("Reason for referral", "Invented"),
    ("Quality assured by", "Quinn Sample"),
)  # fmt: skip


@pytest.mark.parametrize("service", ["purview", "egress", "mimecast", "zivver", "nhsmail"])
def test_a_wrapper_is_held_unopened(at_home: TestHouse, service: str) -> None:
    """A mail whose content lies behind a secure-mail service is held as unopened; nothing is followed."""
    row = at_home.take(from_police(mails.wrapped(service)))
    assert (row["stage"], row["why"].split("-")[0]) == ("held", "unopened")


def test_a_locked_form_is_held(at_home: TestHouse) -> None:
    """A password-locked Word form waits for a person, and its sender is told not to mail the password."""
    row = at_home.take(sent(docx_attachment(mails.locked_docx())))
    assert (row["stage"], row["why"]) == ("held", "locked")
    (letter,) = at_home.letters().values()
    assert "password" in letter.get_body(("plain",)).get_content()


def test_a_locked_file_beside_a_form_does_not_hold_it(at_home: TestHouse) -> None:
    """A readable form is registered though a locked file hangs beside it, which stays open as an exception."""
    row = at_home.take(sent(docx_attachment(to_docx(form())), docx_attachment(mails.locked_docx(), "locked.docx")))
    assert row["stage"] == "registered"
    assert "locked-document" in [item["code"] for item in at_home.records.exception_rows()]


def test_a_link_alone_is_held(at_home: TestHouse) -> None:
    """A mail with only a link to a file is held; the receipt asks for the file."""
    row = at_home.take(from_police(mails.link_only()))
    assert (row["stage"], row["why"]) == ("held", "link-only")


def test_a_forwarded_mail_is_opened(at_home: TestHouse) -> None:
    """A form inside a forwarded mail is found; the outer sender is the submitter."""
    inner = sent(docx_attachment(to_docx(form())), sender=STRANGER)
    row = at_home.take(from_police(mails.forwarded(inner)))
    assert (row["stage"], row["sender_trust"]) == ("registered", "authenticated")


def test_winmail_is_seen_by_a_person(at_home: TestHouse) -> None:
    """A container nobody here opens yet is held with its reason, never lost."""
    assert at_home.take(from_police(mails.winmail()))["stage"] == "held"


@pytest.mark.parametrize(
    ("raw", "why"), [(mails.out_of_office(), "auto-reply"), (mails.list_mail(), "bulk"), (mails.calendar(), "calendar")]
)
def test_machines_mail_is_set_aside_and_never_answered(at_home: TestHouse, raw: bytes, why: str) -> None:
    """Out-of-office answers, bulk mail and invitations are set aside, and no letter ever goes to them."""
    row = at_home.take(raw)
    assert (row["stage"], row["why"], row["letters"]) == ("set-aside", why, [])


def test_a_referral_through_a_list_is_registered_but_not_answered(at_home: TestHouse) -> None:
    """A List-Unsubscribe header suppresses the letter, never the intake."""
    raw = sent(docx_attachment(to_docx(form())), headers=[("List-Unsubscribe", "<https://school.example/u>")])
    row = at_home.take(raw)
    assert (row["stage"], row["letters"]) == ("registered", [])


def test_a_wrong_form_alerts_a_person_at_once(at_home: TestHouse) -> None:
    """A MARF is misdirected: held, its sender told, the duty channel alerted; it is no case."""
    row = at_home.take(sent(docx_attachment(marf_docx())))
    assert (row["stage"], row["why"], row["cases"]) == ("held", "wrong-form", [])
    assert kinds(row) == [("receipt", "queued"), ("safety-alert", "queued")]


def test_an_agency_summary_is_for_a_person(at_home: TestHouse) -> None:
    """A paper of a review is no referral; a person sees it, without alarm."""
    row = at_home.take(sent(docx_attachment(agency_summary_docx())))
    assert (row["stage"], row["why"]) == ("held", "supporting-document")


def test_a_document_nobody_recognises_is_for_a_person(at_home: TestHouse) -> None:
    """A letter in Word is no form; a person sees it."""
    row = at_home.take(sent(docx_attachment(letter_docx()), text="Hello"))
    assert (row["stage"], row["why"]) == ("held", "no-form-recognised")


def test_a_foreign_layout_is_registered_by_the_common_labels(at_home: TestHouse) -> None:
    """Another partnership's referral form is registered from labels all forms share."""
    row = at_home.take(sent(docx_attachment(foreign_docx())))
    assert row["stage"] == "registered"


def test_a_spoof_is_quarantined_and_never_answered(at_home: TestHouse) -> None:
    """A mail in a known agency's name that fails DMARC is quarantined; nothing is opened, nobody is answered."""
    row = at_home.take(sent(docx_attachment(to_docx(form())), verdict="fail"))
    assert (row["stage"], row["why"], row["letters"]) == ("quarantined", "spoof", [])
    assert {document["state"] for document in row["documents"]} == {"unopened"}


def test_an_executable_is_quarantined(at_home: TestHouse) -> None:
    """A mail with a program in it is quarantined and never answered."""
    row = at_home.take(from_police(mails.executable()))
    assert (row["stage"], row["letters"]) == ("quarantined", [])


def test_a_strangers_referral_is_registered_and_its_letter_waits(at_home: TestHouse) -> None:
    """A referral from webmail is recorded like any other; its acknowledgement waits for a person's release."""
    row = at_home.take(sent(docx_attachment(to_docx(form())), sender=STRANGER))
    assert (row["stage"], kinds(row)) == ("registered", [("acknowledgement", "waiting")])


@pytest.mark.parametrize("verdict", ["", "temperror", "permerror"])
def test_a_known_agency_without_verdict_is_registered_and_its_letter_waits(at_home: TestHouse, verdict: str) -> None:
    """Where the border says nothing plain, the referral is a case; whether anybody is answered a person decides."""
    row = at_home.take(sent(docx_attachment(to_docx(form())), verdict=verdict))
    assert (row["stage"], row["sender_trust"]) == ("registered", "unverified")
    assert kinds(row) == [("acknowledgement", "waiting")]
    assert at_home.letters() == {}


@pytest.mark.parametrize(
    "results",
    [
        "spf=fail smtp.mailfrom=evil.example; dkim=fail; dmarc=none header.from=gmp.example",
        "dmarc=none action=none header.from=gmp.example; compauth=fail reason=001",
        "dmarc=pass header.from=evil.example", "dmarc=quarantine header.from=gmp.example",
        "dmarc=pass header.from=gmp.example; dmarc=fail header.from=gmp.example", "dmarc=pass (open",
    ],
)  # fmt: skip
def test_a_known_agency_that_fails_in_any_words_is_quarantined_and_never_answered(
    at_home: TestHouse, results: str
) -> None:
    """A plain no is not only DMARC's one word; no letter goes to whom it would be a forger's victim."""
    raw = sent(docx_attachment(to_docx(form())), verdict="")
    row = at_home.take(f"Authentication-Results: {AUTHSERV}; {results}\r\n".encode() + raw)
    assert (row["stage"], row["why"], row["letters"]) == ("quarantined", "spoof", [])


def test_results_below_the_borders_received_are_a_forgery(at_home: TestHouse) -> None:
    """A sender who writes our border's word himself is quarantined, though our border was silent."""
    head, _, rest = sent(docx_attachment(to_docx(form()))).partition(b"Authentication-Results:")
    hop = f"Received: from evil.example by {AUTHSERV}; Mon, 16 Nov 2026 09:30:01 +0000\r\n".encode()
    row = at_home.take(head + hop + b"Authentication-Results:" + rest)
    assert (row["stage"], row["why"], row["letters"]) == ("quarantined", "spoof", [])


def test_a_blank_form_is_logged_and_said_so(at_home: TestHouse) -> None:
    """An empty form waits for a person, and its sender is told that it seems empty."""
    row = at_home.take(sent(docx_attachment(blank_docx())))
    (letter,) = at_home.letters().values()
    assert (row["stage"], row["why"]) == ("held", "blank-form")
    assert "empty" in letter.get_body(("plain",)).get_content()


def test_a_damaged_form_is_held_and_its_sender_told(at_home: TestHouse) -> None:
    """A cut Word file is a finding and a person's, with a receipt; never a lost mail."""
    row = at_home.take(sent(docx_attachment(to_docx(form())[:9_000])))
    assert (row["stage"], row["why"]) == ("held", "unreadable-document")
    assert kinds(row) == [("receipt", "queued")]


def test_a_mail_over_the_limit_is_held_and_the_answer_names_the_limit(at_home: TestHouse) -> None:
    """An oversize mail is in the log by its headers alone; the receipt says how large a mail may be."""
    row = at_home.take(sent(text=""), oversize=True)
    (letter,) = at_home.letters().values()
    assert (row["stage"], row["why"]) == ("held", "over-limit")
    assert "62 MB" in letter.get_body(("plain",)).get_content()


@pytest.mark.parametrize("risk", ["Yes", ""])
def test_a_child_at_risk_now_alerts_at_once_on_a_valid_referral(at_home: TestHouse, risk: str) -> None:
    """A yes on the form, or words in it, alert the named channel in the same minute; the referral goes on."""
    summary = "A sibling is in immediate danger and still in the home." if not risk else "Invented."
    row = at_home.take(sent(docx_attachment(to_docx(replace(form(incident__summary=summary), at_risk=risk)))))
    assert row["stage"] == "registered"
    assert ("safety-alert", "queued") in kinds(row)

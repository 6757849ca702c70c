"""What comes a second time: copies, re-sends, corrections, other agencies, replies and bounces (domain.md)."""

from datetime import timedelta

import pytest

from intake.domain.stages import Stage
from tests.builders import mails
from tests.builders.forms import to_docx
from tests.builders.house import RECEIVED, TestHouse
from tests.builders.mails import docx_attachment
from tests.builders.posted import COUNCIL, STRANGER, form, sent
from tests.builders.settings import AUTHSERV


def test_an_exact_copy_is_logged_and_opens_nothing(at_home: TestHouse) -> None:
    """The very same mail again is a row of its own, set aside as a copy: no second case, no second letter."""
    raw = sent(docx_attachment(to_docx(form())))
    at_home.take(raw)
    row = at_home.take(raw)
    assert (row["stage"], row["why"], row["letters"]) == ("set-aside", "exact-copy", [])
    assert len(at_home.register()) == 1


def test_a_copy_by_another_route_is_a_copy_all_the_same(at_home: TestHouse) -> None:
    """A copy that differs in trace headers alone (a distribution list) opens nothing either."""
    raw = sent(docx_attachment(to_docx(form())))
    at_home.take(raw)
    row = at_home.take(
        b"Received: from list.example by " + AUTHSERV.encode() + b"; Mon, 16 Nov 2026 09:31:00 +0000\r\n" + raw
    )
    assert (row["stage"], row["why"]) == ("set-aside", "exact-copy")


def failing(raw: bytes) -> bytes:
    """Return a mail as it comes when somebody sent it on: the border cannot tell any more whose it is."""
    return raw.replace(b"dmarc=pass", b"dmarc=fail", 1)


@pytest.mark.parametrize("set_aside", [False, True])
def test_a_copy_that_failed_does_not_swallow_the_genuine_mail(at_home: TestHouse, set_aside: bool) -> None:
    """The mail itself goes on though a forwarded copy was quarantined before, the two are linked; a third is a copy."""
    raw = sent(docx_attachment(to_docx(form())))
    forwarded = at_home.take(failing(raw))
    if set_aside:
        at_home.records.move_by_person(forwarded["id"], Stage.SET_ASIDE, "orla", "a forgery", at_home.now)
    genuine, third, again = at_home.take(raw), at_home.take(raw), at_home.take(failing(raw))
    assert (forwarded["why"], genuine["stage"]) == ("spoof", "registered")
    assert [row["why"] for row in (third, again)] == ["exact-copy"] * 2
    assert "copy-was-stopped" in genuine["findings"]
    assert forwarded["id"] in str(at_home.records.story(genuine["id"]))
    assert genuine["id"] in str(at_home.records.story(forwarded["id"]))


def test_a_copy_that_failed_after_the_genuine_mail_is_a_copy(at_home: TestHouse) -> None:
    """What went on already is not undone by a worse copy."""
    raw = sent(docx_attachment(to_docx(form())))
    assert [at_home.take(each)["why"] for each in (raw, failing(raw))] == ["registered", "exact-copy"]


def test_a_message_id_used_again_is_a_new_mail_and_flagged(at_home: TestHouse) -> None:
    """Other content under a Message-ID that is known is read as any mail, and a person compares the two."""
    first = at_home.take(sent(docx_attachment(to_docx(form()))))
    other = at_home.take(sent(docx_attachment(to_docx(form(1)))))
    assert (first["stage"], other["stage"]) == ("registered", "registered")
    assert first["cases"] != other["cases"]
    flagged = [item["message"] for item in at_home.records.exception_rows() if item["code"] == "message-id-reused"]
    assert flagged == [other["id"]]
    assert "message-id-reused" in other["findings"]


def test_two_mails_without_a_message_id_are_two(at_home: TestHouse) -> None:
    """From, subject and second alike, they are told apart by their bytes alone."""
    mails_ = [sent(docx_attachment(to_docx(form(number)))).replace(b"Message-ID:", b"X-Gone:") for number in (0, 1)]
    rows = [at_home.take(raw) for raw in mails_]
    assert [row["stage"] for row in rows] == ["registered", "registered"]
    assert rows[0]["cases"] != rows[1]["cases"]
    assert not [row for row in rows if "message-id-reused" in row["findings"]]


def test_of_mails_too_large_to_take_in_the_same_head_makes_no_copy(at_home: TestHouse) -> None:
    """Only their heads were read: one of another size is another mail, and so is a small one that is all head."""
    head = sent(text="")
    first, other = (at_home.take(head, oversize=True, size=size) for size in (70_000_000, 80_000_000))
    again = at_home.take(head, oversize=True, size=70_000_000)
    assert [row["why"] for row in (first, other, again)] == ["over-limit", "over-limit", "exact-copy"]
    assert at_home.take(b"Delivered-To: list@salford.gov.uk\r\n" + head)["why"] == "not-a-referral"


def test_the_same_form_in_another_mail_is_linked(at_home: TestHouse) -> None:
    """The same file sent again belongs to the first case: no second case, no second version, the same reference."""
    file = docx_attachment(to_docx(form()))
    first, again = at_home.take(sent(file)), at_home.take(sent(file, number=2))
    assert again["cases"] == first["cases"]
    assert len(at_home.register()) == 1
    assert again["findings"] == ["resubmission"]


def test_a_changed_form_is_a_new_version(at_home: TestHouse) -> None:
    """A changed form about the same child and incident is a version of its case; the first receipt keeps the clock."""
    first = at_home.take(sent(docx_attachment(to_docx(form()))))
    amended = to_docx(form(incident__summary="Amended."))
    later = at_home.take(sent(docx_attachment(amended), number=2, subject="v2"), RECEIVED + timedelta(days=9))
    versions = at_home.register()
    assert later["cases"] == first["cases"]
    assert [version["version"] for version in versions] == [1, 2]
    assert {version["timeliness"]["band"] for version in versions} == {"within-working"}


def test_two_agencies_are_two_cases_with_a_suggested_link(at_home: TestHouse) -> None:
    """Two agencies that refer the same child and incident get separate receipts; the link is a person's to make."""
    at_home.take(sent(docx_attachment(to_docx(form()))))
    theirs = form(
        referrer__agency="Example City Council", qa__agency="Example City Council", qa__name="Marta Placeholder"
    )
    row = at_home.take(sent(docx_attachment(to_docx(theirs)), number=2, sender=COUNCIL))
    assert len(at_home.register()) == 2
    assert "same-incident" in row["findings"]


def test_a_reply_to_our_letter_is_attached_to_the_case(at_home: TestHouse) -> None:
    """An answer to our acknowledgement, proven by its token, is shown on the case and opens nothing."""
    first = at_home.take(sent(docx_attachment(to_docx(form()))))
    ((ours, _),) = at_home.letters().items()
    reply = sent(text="Thank you.", number=2, headers=[("In-Reply-To", f"<{ours}>")], subject="Re: SSCP referral")
    row = at_home.take(reply)
    assert (row["stage"], row["why"], row["cases"]) == ("set-aside", "reply-to-letter", first["cases"])


@pytest.mark.parametrize("with_form", [False, True])
def test_an_answer_from_another_sender_changes_no_case_data(at_home: TestHouse, with_form: bool) -> None:
    """A stranger who answers our letter is linked to the case at most: what is on record of it stays, word for word."""
    at_home.take(sent(docx_attachment(to_docx(form()))))
    before = at_home.register()[0]
    ((ours, _),) = at_home.letters().items()
    files = [docx_attachment(to_docx(form(referrer__email="eve@evil.example")))] if with_form else []
    answer = sent(*files, text="It is mine.", number=2, headers=[("In-Reply-To", f"<{ours}>")], sender=STRANGER)
    row = at_home.take(answer)
    assert before in at_home.register()
    assert {letter["state"] for letter in row["letters"]} <= {"waiting"}
    assert list(at_home.letters()) == [ours]


def test_a_mail_dragged_in_days_later_keeps_its_receipt_and_the_delay_is_noted(at_home: TestHouse) -> None:
    """The server's time counts; how long the mail was on its way to us stands in the log."""
    row = at_home.take(sent(docx_attachment(to_docx(form()))), RECEIVED - timedelta(days=3))
    assert row["received_at"] == RECEIVED - timedelta(days=3)
    assert at_home.records.story(row["id"])[0]["details"]["minutes_late"] == 3 * 24 * 60 + 1


def test_a_made_up_token_attaches_nothing(at_home: TestHouse) -> None:
    """An answer to a Message-ID that only looks like ours belongs to no case."""
    first = at_home.take(sent(docx_attachment(to_docx(form()))))
    forged = f"<acknowledgement.{'a' * 20}.{first['id']}@salford.gov.uk>"
    row = at_home.take(sent(text="Thank you.", number=2, headers=[("In-Reply-To", forged)]))
    assert row["cases"] == []


def test_a_bounce_of_our_letter_opens_an_exception_and_no_mail(at_home: TestHouse) -> None:
    """A bounce of our acknowledgement is set aside, noted on the letter, and answered by nothing."""
    at_home.take(sent(docx_attachment(to_docx(form()))))
    ((ours, _),) = at_home.letters().items()
    row = at_home.take(mails.bounce(f"<{ours}>"))
    assert (row["stage"], row["why"], row["letters"]) == ("set-aside", "bounce", [])
    assert "acknowledgement-bounced" in [item["code"] for item in at_home.records.exception_rows()]


@pytest.mark.parametrize("action", ["delayed", "delivered", "Relayed", "expanded"])
def test_a_report_that_our_letter_is_on_its_way_is_no_bounce(at_home: TestHouse, action: str) -> None:
    """A mailer that tells of a delay or of delivery opens no exception and marks no letter; it is set aside."""
    at_home.take(sent(docx_attachment(to_docx(form()))))
    ((ours, _),) = at_home.letters().items()
    row = at_home.take(mails.bounce(f"<{ours}>", action=action))
    assert (row["stage"], row["why"], row["letters"]) == ("set-aside", "bounce", [])
    assert "acknowledgement-bounced" not in [item["code"] for item in at_home.records.exception_rows()]


@pytest.mark.parametrize("action", ["failed", "eaten", ""])
def test_a_report_that_does_not_say_it_arrived_is_a_bounce(at_home: TestHouse, action: str) -> None:
    """An action that nobody knows is taken for the worst."""
    at_home.take(sent(docx_attachment(to_docx(form()))))
    ((ours, _),) = at_home.letters().items()
    at_home.take(mails.bounce(f"<{ours}>", action=action))
    assert "acknowledgement-bounced" in [item["code"] for item in at_home.records.exception_rows()]


QMAIL = """Hi. This is the qmail-send program at mx.agency.example.
I'm afraid I wasn't able to deliver your message to the following addresses.

<orla.example@gmp.example>:
Sorry, no mailbox here by that name.

--- Below this line is a copy of the message.

Return-Path: <sscp@salford.gov.uk>
Message-ID: <{ours}>
Subject: SSCP referral received
"""
MIXED = """--b
Content-Type: text/plain

It could not be delivered.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.agency.example

Final-Recipient: rfc822; orla.example@gmp.example
Action: failed

--b
Content-Type: message/rfc822

Message-ID:
 <{ours}>
Subject: SSCP referral received

Words.
--b--
"""


@pytest.mark.parametrize(
    ("kind", "words"),
    [("text/plain", QMAIL), ("multipart/mixed; boundary=b", MIXED), ("text/plain", QMAIL.replace("\n", "\n> "))],
)
def test_a_bounce_of_no_standard_is_one_of_our_letter_all_the_same(at_home: TestHouse, kind: str, words: str) -> None:
    """Our letter's Message-ID and its keyed token are looked for in a mailer's own words, too."""
    at_home.take(sent(docx_attachment(to_docx(form()))))
    ((ours, _),) = at_home.letters().items()
    sender = "From: MAILER-DAEMON@mx.agency.example"
    lines = ("Return-Path: <>", sender, "Subject: failure notice", f"Content-Type: {kind}")
    row = at_home.take(mails.raw(*lines, body=words.format(ours=ours).encode()))
    assert (row["stage"], row["why"], row["letters"]) == ("set-aside", "bounce", [])
    assert "acknowledgement-bounced" in [item["code"] for item in at_home.records.exception_rows()]


def test_a_bounce_that_quotes_a_forged_id_is_nobodys(at_home: TestHouse) -> None:
    """Without the keyed token nothing is opened on any letter."""
    first = at_home.take(sent(docx_attachment(to_docx(form()))))
    forged = f"acknowledgement.{'a' * 20}.{first['id']}@salford.gov.uk"
    lines = ("Return-Path: <>", "From: MAILER-DAEMON@mx.agency.example", "Content-Type: text/plain")
    row = at_home.take(mails.raw(*lines, body=QMAIL.format(ours=forged).encode()))
    assert (row["stage"], row["why"]) == ("set-aside", "bounce")
    assert at_home.records.exception_rows() == []

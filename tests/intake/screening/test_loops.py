"""RFC 3834: machines are known as real responders write, and a person is never taken for one."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.verdict import Automation
from intake.screening.loops import answerable, automation, replies, says_away
from parsers.contract import Kind
from tests.builders.surveys import FORM, POLICE, headers, headers_of, part, reply_to, survey

PERSON, AUTO, BULK, BOUNCE, CALENDAR = (
    Automation.PERSON, Automation.AUTO_REPLY, Automation.BULK, Automation.BOUNCE, Automation.CALENDAR,
)  # fmt: skip
US = frozenset({"sscp@salford.gov.uk"})
STATUS = part(Kind.DELIVERY_STATUS, "", declared="message/delivery-status")
READ_RECEIPT = part(Kind.DELIVERY_STATUS, "", declared="message/disposition-notification")
INVITATION = part(Kind.CALENDAR, "invite.ics", declared="text/calendar")


@pytest.mark.parametrize(
    ("value", "who"),
    [
        ("", PERSON), ("no", PERSON), ("No", PERSON), ("no (a person, really)", PERSON), ("(x) no; a=b", PERSON),
        ("no, no", PERSON), ("auto-replied", AUTO), ("AUTO-GENERATED", AUTO),
        ("auto-notified; owner-email=\"a@b\"", AUTO),
        ("auto-replied (vacation)", AUTO), ("(no) auto-replied", AUTO), ("no, auto-replied", AUTO), ("yes", AUTO),
        ("auto-generated (comment; with (nested) no)", AUTO), ("auto-something-new", AUTO), ("no\tno", AUTO),
    ],
)  # fmt: skip
def test_auto_submitted_is_read_as_tokens(value: str, who: Automation) -> None:
    """Comments, parameters, repeated fields and capitals are understood; any word but no is a machine's."""
    mail = survey(untrusted_auto_submitted=value)
    assert automation(mail) is who
    assert answerable(mail) is (who is PERSON)


@pytest.mark.parametrize(
    ("value", "who"),
    [
        ("", PERSON), ("normal", PERSON), ("first-class", PERSON), ("bulk", BULK), ("List", BULK),
        ("junk (sorry)", BULK),
        ("normal, bulk", BULK), ("auto_reply", AUTO), ("Auto-Reply", AUTO), ("bulky", PERSON),
    ],
)  # fmt: skip
def test_precedence_tells_lists_and_responders(value: str, who: Automation) -> None:
    """The three words of old, and the fourth that responders use."""
    mail = survey(untrusted_precedence=value)
    assert automation(mail) is who
    assert answerable(mail) is (who is PERSON)


@pytest.mark.parametrize(
    ("names", "who"),
    [
        ((), PERSON), (("list-id",), BULK), (("list-post", "list-help"), BULK), (("list-unsubscribe",), PERSON),
        (("list-unsubscribe", "list-unsubscribe-post"), PERSON), (("list-owner",), PERSON),
    ],
)  # fmt: skip
def test_any_list_header_withholds_the_letter_and_only_a_lists_own_tells_bulk(
    names: tuple[str, ...], who: Automation
) -> None:
    """A List-Unsubscribe alone, which school platforms add, is no reason to think no person wrote."""
    mail = survey(FORM, list_headers=names)
    assert automation(mail) is who
    assert answerable(mail) is (not names)


@pytest.mark.parametrize(
    ("value", "may"),
    [
        ("", True), ("None", True), ("OOF", True), ("DR, RN, NRN", True), ("All", False), ("OOF, AutoReply", False),
        ("autoreply", False), ("DR;ALL", False),
    ],
)  # fmt: skip
def test_suppression_is_read_as_a_list(value: str, may: bool) -> None:
    """All and AutoReply forbid the letter, the words about other answers do not; none of them tells who wrote."""
    mail = survey(untrusted_suppress=value)
    assert answerable(mail) is may
    assert automation(mail) is PERSON


HIDING = "x" * 12_000


@pytest.mark.parametrize(
    ("lines", "who"),
    [
        (f"Auto-Submitted: ({HIDING}) auto-replied", AUTO), (f"Auto-Submitted: {'no, ' * 2_000} auto-replied", AUTO),
        (f"Precedence: ({HIDING}) bulk", BULK), (f"Precedence: ({HIDING}) auto_reply", AUTO),
        ("X-Autoreply: yes", AUTO), ("X-Autorespond: x", AUTO), ("X-Auto-Reply-From: a@b.example", AUTO),
        ("X-AutoReply-From: a@b.example", AUTO), ("X-Loop: <SSCP@salford.gov.uk>", AUTO),
        ("X-Loop: other.example\r\nX-Loop: sscp@salford.gov.uk (us)", AUTO), ("Feedback-ID: 1:2:3:mailer", PERSON),
        (f"X-Auto-Response-Suppress: ({HIDING}) All", PERSON),
        (f"Auto-Submitted: ({HIDING}) no\r\nAuto-Submitted: ({HIDING}) auto-replied", PERSON),
    ],
)  # fmt: skip
def test_no_field_of_a_machine_is_overlooked(lines: str, who: Automation) -> None:
    """Long comments hide nothing, home-made fields count, our own address in X-Loop too: nobody is answered."""
    mail = msgspec.structs.replace(survey(FORM), headers=headers_of(f"From: {POLICE}\r\n{lines}\r\n"))
    assert automation(mail, US) is who
    assert not answerable(mail, US)


@pytest.mark.parametrize("line", ["X-Autoreply: no", "X-Autorespond:", "X-Loop: sscp@salford.example", "X-Any: auto"])
def test_a_field_that_says_no_or_names_another_is_no_machines(line: str) -> None:
    """An empty mark, a no and another's loop say nothing of this mail."""
    mail = msgspec.structs.replace(survey(FORM), headers=headers_of(f"From: {POLICE}\r\n{line}\r\n"))
    assert (automation(mail, US), answerable(mail, US)) == (PERSON, True)


@pytest.mark.parametrize(
    ("path", "who"), [("<>", AUTO), (" < > ", AUTO), ("<MAILER-DAEMON>", AUTO), ("", PERSON), (f"<{POLICE}>", PERSON)]
)
def test_a_null_return_path_is_never_answered(path: str, who: Automation) -> None:
    """An empty envelope sender asks for silence; a missing trace of it does not."""
    mail = survey(untrusted_return_path=path)
    assert automation(mail) is who
    assert answerable(mail) is (who is PERSON)


@pytest.mark.parametrize(
    "sender",
    [
        "MAILER-DAEMON@gmp.example", "postmaster@gmp.example", "no-reply@gmp.example", "NoReply@gmp.example",
        "donotreply@gmp.example", "noreply+7@gmp.example", "bounces-12@gmp.example", "owner-list@gmp.example",
        "list-request@gmp.example", "root@gmp.example", "no.reply@gmp.example", "donotreply-hr@gmp.example",
        "hr-noreply@gmp.example", "noreply2@gmp.example", "do.not.reply@gmp.example", "AutoReply@gmp.example",
        "gmp_no_reply_forms@gmp.example", "dont-reply@gmp.example",
    ],
)  # fmt: skip
def test_a_robots_address_is_never_answered(sender: str) -> None:
    """Nobody reads there, whatever the headers say."""
    assert not answerable(survey(FORM, sender=sender))


@pytest.mark.parametrize(
    "sender",
    [
        "orla@gmp.example",
        "reply@gmp.example",
        "norep.ly@gmp.example",
        "daemons@gmp.example",
        "orla+noreply@gmp.example",
        "northern.noreplyson@gmp.example",
        "casino-replay@gmp.example",
    ],
)
def test_a_persons_address_is_answered(sender: str) -> None:
    """Names that merely resemble a robot's are people's."""
    assert answerable(survey(FORM, sender=sender))


BOUNCES: dict[str, dict[str, Any]] = {
    "a report by its type": {"untrusted_content_type": 'multipart/report; report-type=delivery-status; boundary="x"'},
    "a report in capitals": {"untrusted_content_type": 'MULTIPART/Report; boundary=x; Report-Type = "Delivery-Status"'},
    "a report with a comment": {"untrusted_content_type": "multipart/report (x); report-type=delivery-status"},
    "a bare status": {"untrusted_content_type": "message/delivery-status"},
    "a mailer's plain words": {"sender": "MAILER-DAEMON@gmp.example", "untrusted_content_type": "text/plain"},
    "a mailer without an address": {"sender": "Mailer Daemon <>"},
    "a postmaster with an empty path": {"sender": "postmaster@gmp.example", "untrusted_return_path": "<>"},
    "an empty path that returns a mail": {"untrusted_return_path": "<>", "returned_message_ids": ("<a@b.example>",)},
}


@pytest.mark.parametrize("case", BOUNCES.values(), ids=BOUNCES.keys())
@pytest.mark.parametrize("parts", [(), (STATUS,), (STATUS, FORM)])
def test_a_bounce_is_one_however_it_is_written(case: dict[str, Any], parts: tuple[Any, ...]) -> None:
    """Standard or home-made, and though it returns a form, a bounce is a bounce and never answered."""
    mail = survey(*parts, **case)
    assert automation(mail) is BOUNCE
    assert not answerable(mail)


@pytest.mark.parametrize(
    ("report", "attached"),
    [("disposition-notification", READ_RECEIPT), ("feedback-report", FORM), ("disposition-notification", STATUS)],
)
def test_a_receipt_of_reading_or_a_complaint_is_no_bounce(report: str, attached: Any) -> None:
    """A mail that says ours was read must not look like one that says it was not delivered."""
    mail = survey(
        attached, untrusted_content_type=f"multipart/report; report-type={report}", untrusted_return_path="<>",
        returned_message_ids=("<a@b.example>",),
    )  # fmt: skip
    assert automation(mail) is AUTO
    assert not answerable(mail)


def test_a_forwarded_bounce_is_a_persons_mail() -> None:
    """A person may ask about a bounce and attach it."""
    assert automation(survey(STATUS)) is PERSON


def test_an_invitation_is_calendar_and_a_form_beside_one_is_not() -> None:
    """Meeting mail is set aside; a form that comes with an appointment is a referral first."""
    assert automation(survey(INVITATION)) is CALENDAR
    assert automation(survey(untrusted_content_type="text/calendar; method=REPLY")) is CALENDAR
    assert automation(survey(INVITATION, FORM)) is PERSON


@pytest.mark.parametrize(("hops", "who"), [(0, PERSON), (50, PERSON), (51, AUTO), (60, AUTO)])
def test_more_than_fifty_hops_is_a_loop(hops: int, who: Automation) -> None:
    """What has gone round is not sent round again."""
    mail = survey(received_count=hops)
    assert automation(mail) is who
    assert answerable(mail) is (who is PERSON)


@pytest.mark.parametrize(
    ("subject", "away"),
    [
        ("Automatic reply: Referral", True), ("AUTOMATIC REPLY: x", True), ("Out of Office", True),
        ("[secure] Automatic reply: x", True), ("Re: Automatic reply: x", False), ("Referral", False), ("", False),
        ("[encrypt] CSPR referral", False), ("Referral: out of office hours incident", False),
    ],
)  # fmt: skip
def test_a_vacation_subject_is_a_hint_that_costs_a_letter_at_most(subject: str, away: bool) -> None:
    """The hint withholds the letter and never says that no person wrote."""
    assert says_away(subject) is away
    mail = survey(FORM, untrusted_subject=subject)
    assert answerable(mail) is (not away)
    assert automation(mail) is PERSON


@pytest.mark.parametrize("marker", ["[secure]", "[SECURE]", "[encrypt]", "[CJSM]", "[OFFICIAL-SENSITIVE]", "secure:"])
def test_secure_mail_markers_have_no_effect(marker: str) -> None:
    """NHSmail's and the justice mail's marks change nothing about who wrote or who is answered."""
    mail = survey(FORM, untrusted_subject=f"{marker} Referral")
    assert (automation(mail), answerable(mail)) == (PERSON, True)


def test_a_field_glued_onto_the_date_is_seen() -> None:
    """Some responders fold their marks into the Date by mistake; they are marks nevertheless."""
    glued = "Mon, 23 Nov 2026 09:00:00 +0000 Auto-Submitted: auto-replied"
    assert automation(survey(untrusted_date=glued)) is AUTO
    assert automation(survey(untrusted_date=glued.replace("auto-replied", "no"))) is PERSON


@pytest.mark.parametrize(
    ("case", "answers"),
    [
        ({}, False), ({"untrusted_auto_submitted": "auto-generated"}, False),
        ({"untrusted_auto_submitted": "auto-replied"}, True), ({"untrusted_in_reply_to": "<a@b.example>"}, True),
        ({"untrusted_subject": "Automatic reply: x"}, True),
    ],
)  # fmt: skip
def test_an_answer_is_told_from_a_notice(case: dict[str, Any], answers: bool) -> None:
    """An absent person's answer says so, or names what it answers."""
    assert replies(headers(**case)) is answers


MARKS = st.sampled_from(["no", "auto-replied", "(", ")", ",", ";", " ", "\\", '"', "bulk", "all", "<>", "é", "\x00"])
FIELDS = ("untrusted_auto_submitted", "untrusted_precedence", "untrusted_suppress", "untrusted_return_path",
          "untrusted_content_type", "untrusted_subject", "untrusted_date")  # fmt: skip


@given(
    st.dictionaries(st.sampled_from(FIELDS), st.one_of(st.text(max_size=60), st.lists(MARKS, max_size=9).map("".join)))
)
def test_nothing_raises_and_no_machine_is_answered(fields: dict[str, str]) -> None:
    """Whatever the headers say there are two answers, and they agree."""
    mail = survey(**fields)
    assert not (answerable(mail) and automation(mail) is not PERSON)


@given(st.text(max_size=100), st.text(max_size=100))
def test_any_sender_can_be_looked_at(address: str, raw: str) -> None:
    """A From without an at sign, without anything or full of them is looked at without a fault."""
    mail = survey(from_addresses=reply_to(address), untrusted_from_raw=(raw,))
    assert answerable(mail) in {True, False}

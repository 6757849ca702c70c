"""All verdicts together, and where each kind of mail goes by them."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.private import Private
from intake.domain.stages import WORKERS_WAYS, Stage
from intake.domain.verdict import Automation, ScanResult, Screening, SenderTrust
from intake.screening.authentication import Border
from intake.screening.summary import disposition, own_message_id, screening
from parsers.contract import Kind, Survey
from tests.builders.surveys import AGENCIES, BORDER, FORM, part, survey

FAILS = (f"{BORDER}; dmarc=fail header.from=gmp.example",)
STATUS = part(Kind.DELIVERY_STATUS, "", declared="message/delivery-status")
INVITATION = part(Kind.CALENDAR, "", declared="text/calendar")
DSN = "multipart/report; report-type=delivery-status"
Q, A, H, S = Stage.QUARANTINED, Stage.SET_ASIDE, Stage.HELD, Stage.SCREENED


def screened(mail: Survey, scan: ScanResult = ScanResult.CLEAN) -> Screening:
    """Return all verdicts with our border trusted."""
    return screening(mail, scan, AGENCIES, Border((BORDER,)), frozenset({"sscp@salford.gov.uk"}), date(2026, 11, 23))


def where(mail: Survey, scan: ScanResult = ScanResult.CLEAN) -> tuple[Stage, str]:
    """Return the stage and the reason."""
    return disposition(screened(mail, scan), mail)


TABLE: dict[str, tuple[tuple[Any, ...], dict[str, Any], tuple[Stage, str]]] = {
    "a form from an agency": ((FORM,), {}, (S, "may-be-opened")),
    "words alone": ((), {}, (S, "may-be-opened")),
    "a form from a stranger": ((FORM,), {"sender": "pat@webmail.example"}, (S, "may-be-opened")),
    "a form nobody vouches for": ((FORM,), {"authentication_results": ()}, (S, "may-be-opened")),
    "a form without a usable sender": ((FORM,), {"sender": "a@gmp.example <b@evil.example>"}, (S, "may-be-opened")),
    "a spoof": ((FORM,), {"authentication_results": FAILS}, (Q, "spoof")),
    "a spoofed out-of-office": ((), {"authentication_results": FAILS, "untrusted_auto_submitted": "auto-replied"},
                                (Q, "spoof")),
    "a stranger's failure": ((FORM,), {"sender": "a@x.example", "authentication_results":
                             (f"{BORDER}; dmarc=fail header.from=x.example",)}, (S, "may-be-opened")),
    "a program": ((FORM, part(Kind.EXECUTABLE)), {}, (Q, "executable")),
    "a bounce with a program": ((STATUS, part(Kind.EXECUTABLE)), {"untrusted_content_type": DSN}, (Q, "executable")),
    "macro bait": ((part(Kind.DOCM, "a.docx"),), {}, (Q, "macro-bait")),
    "our own mail": ((FORM,), {"sender": "sscp@salford.gov.uk"}, (A, "own-mail")),
    "a bounce": ((STATUS,), {"untrusted_content_type": DSN}, (A, "bounce")),
    "a bounce that returns a form": ((STATUS, FORM), {"untrusted_content_type": DSN}, (A, "bounce")),
    "an out-of-office": ((), {"untrusted_auto_submitted": "auto-replied"}, (A, "auto-reply")),
    "a form a platform sent": ((FORM,), {"untrusted_auto_submitted": "auto-generated"}, (S, "may-be-opened")),
    "a newsletter": ((), {"list_headers": ("list-id", "list-unsubscribe")}, (A, "bulk")),
    "a form over a list": ((FORM,), {"list_headers": ("list-id",)}, (S, "may-be-opened")),
    "words with a List-Unsubscribe": ((), {"list_headers": ("list-unsubscribe",)}, (S, "may-be-opened")),
    "an invitation": ((INVITATION,), {}, (A, "calendar")),
    "an invitation with a form": ((INVITATION, FORM), {}, (S, "may-be-opened")),
    "a loop": ((), {"received_count": 51}, (A, "auto-reply")),
    "a loop with a form": ((FORM,), {"received_count": 51}, (S, "may-be-opened")),
    "a wrapper": ((), {"wrapper": "egress"}, (H, "unopened-egress")),
    "a wrapper a machine sent": ((), {"wrapper": "zivver", "untrusted_auto_submitted": "auto-generated"},
                                 (H, "unopened-zivver")),
    "a protected message": ((part(Kind.PROTECTED_MESSAGE, "message.rpmsg"),), {}, (H, "unopened-purview")),
    "a wrapper beside a form": ((FORM,), {"wrapper": "egress"}, (S, "may-be-opened")),
    "a link": ((), {"links": ("sharepoint",)}, (H, "link-only")),
    "a link a service sent": ((), {"links": ("sharepoint",), "sender": "no-reply@share.example",
                              "untrusted_auto_submitted": "auto-generated"}, (H, "link-only")),
    "a link in an out-of-office": ((), {"links": ("sharepoint",), "untrusted_auto_submitted": "auto-replied"},
                                   (A, "auto-reply")),
    "a link in a newsletter": ((), {"links": ("sharepoint",), "untrusted_precedence": "bulk"}, (A, "bulk")),
    "a link beside a form": ((FORM,), {"links": ("sharepoint",)}, (S, "may-be-opened")),
    "a locked form": ((part(Kind.LOCKED_OFFICE),), {}, (S, "may-be-opened")),
}  # fmt: skip


@pytest.mark.parametrize(("parts", "case", "expected"), TABLE.values(), ids=TABLE.keys())
def test_each_kind_of_mail_goes_its_way(
    parts: tuple[Any, ...], case: dict[str, Any], expected: tuple[Stage, str]
) -> None:
    """The table of what arrives: hostile is quarantined, machines are set aside, the unopened waits for a person."""
    assert where(survey(*parts, **case)) == expected


def test_the_scanner_outweighs_everything() -> None:
    """An infected mail is malware, whoever sent it."""
    assert where(survey(FORM, sender="sscp@salford.gov.uk"), ScanResult.INFECTED) == (Q, "malware")
    assert where(survey(FORM), ScanResult.NOT_SCANNED) == (S, "may-be-opened")


def test_every_verdict_is_gathered() -> None:
    """One screening holds the sender, the writer, the scan, the wrapper, the links, the notes, the date and its id."""
    mail = survey(
        part(Kind.DOCX, "a.pdf.docx"), links=["sharepoint"], untrusted_date="Mon, 23 Nov 2026 09:00:00 +0000",
        list_headers=("list-help",), received_count=51,
    )  # fmt: skip
    found = screened(mail, ScanResult.NOT_SCANNED)
    assert (found.sender.trust, found.sender.agency) == (SenderTrust.AUTHENTICATED, "gmp")
    assert (found.automation, found.answerable, found.scan) == (Automation.AUTO_REPLY, False, ScanResult.NOT_SCANNED)
    assert (found.wrapper, found.links) == (None, ("sharepoint",))
    assert found.notes == ("double-extension", "mail-loop", "list-headers")
    assert found.sent_date == Private("Mon, 23 Nov 2026 09:00:00 +0000")
    assert found.in_reply_to == "<one@gmp.example>"
    assert found.linked == ()


def test_a_mail_without_a_date_has_none() -> None:
    """An absent Date is absent, not an empty one."""
    assert screened(survey(untrusted_date="")).sent_date is None


@pytest.mark.parametrize(
    "text",
    [
        "<a@b>",
        " <a@b.example>\t",
        "<20261123.1@mail.gmp.example>",
        "<a!#$%&'*+/=?^_`{|}~.-@[192.0.2.1]>",
        f"<{'a' * 240}@b.co>",
    ],
)
def test_a_clean_message_id_can_be_answered(text: str) -> None:
    """A msg-id of RFC 5322 comes back with its brackets and nothing round it."""
    assert own_message_id(text) == text.strip()


@pytest.mark.parametrize(
    "text",
    ["", "a@b.example", "<a>", "<>", "<@b>", "<a@>", "<a@b> <c@d>", "<a b@c>", "<a@b>\r\nBcc: eve@evil.example",
     "<a@b\r\n>",
     "<a@b\x00>", "<é@b>", "<a@b\u202e>", f"<{'a' * 249}@b>", f"<{'a' * 124}@{'b' * 124}>",
     "<a@b@c>", "<a<b@c>", "(x) <a@b>", "<a@b>\n"],
)  # fmt: skip
def test_an_odd_message_id_is_not_echoed(text: str) -> None:
    """Blanks, controls, line ends, other scripts, two of them, too long, no brackets: never in a header of ours."""
    assert own_message_id(text) is None


@given(st.text(max_size=300))
def test_what_is_echoed_is_always_clean(text: str) -> None:
    """Whatever comes back is short printable ASCII in one pair of brackets."""
    found = own_message_id(text)
    assert found is None or (found.isascii() and found.isprintable() and " " not in found and len(found) <= 250)


KINDS = st.lists(st.builds(part, st.sampled_from(Kind), st.text(max_size=30)), max_size=4)


@given(KINDS, st.sampled_from(ScanResult), st.text(max_size=60), st.lists(st.text(max_size=60), max_size=3))
def test_every_mail_has_a_way_that_is_on_the_map(
    parts: list[Any], scan: ScanResult, text: str, results: list[str]
) -> None:
    """No mail raises, and none is sent where the machine may not send it; the reason is a code."""
    mail = survey(
        *parts, sender=text, untrusted_subject=text, untrusted_message_id=text, untrusted_auto_submitted=text,
        authentication_results=tuple(results),
    )  # fmt: skip
    stage, why = where(mail, scan)
    assert stage in WORKERS_WAYS[Stage.RECEIVED]
    assert why.replace("-", "").isalnum()


@given(KINDS, st.sampled_from(["auto-replied", "auto-generated", "no"]))
def test_a_person_sees_every_document_that_is_not_hostile(parts: list[Any], submitted: str) -> None:
    """Nothing that may be a form is ever set aside at the door, however automatic its mail."""
    stage, _ = where(survey(*parts, FORM, untrusted_auto_submitted=submitted))
    assert stage is not Stage.SET_ASIDE

"""A form typed or pasted into a mail is offered once, however the mail carries its words."""

import pytest

from parsers.body_forms import typed_forms
from parsers.containers.opening import open_mail
from parsers.containers.tree import parse
from parsers.contract import DocumentReading, Harvest, Kind, Recognised
from parsers.limits import Allowance
from parsers.read import read_mail
from tests.builders import forms, mails
from tests.builders.mails import Attachment
from tests.builders.outlook import Mail, msg

ANSWERS = {
    "Name of referrer": "Orla Example",
    "Agency": "Greater Manchester Police",
    "Child's full name": "Tam Madeup",
    "Date of birth": "4/3/2021",
    "Date of incident": "10/11/2026",
}
TYPED = "".join(f"{label}: {value}\r\n" for label, value in ANSWERS.items())
ROWS = "".join(f"<tr><td>{label}</td><td><p>{value}</p></td></tr>" for label, value in ANSWERS.items())
PASTED = f"<p>Please see below.</p><table>{ROWS}</table><p>Orla</p>"
MEANT = {
    "referrer.name": "Orla Example",
    "child.name": "Tam Madeup",
    "child.dob": "4/3/2021",
    "incident.date": "10/11/2026",
}


def offered(raw: bytes) -> tuple[DocumentReading, ...]:
    """Return the forms in a mail's own words."""
    allowance = Allowance()
    return typed_forms(open_mail(parse(raw, allowance), allowance, raw), forms.library())


def said(reading: DocumentReading) -> dict[str, str]:
    """Return what was read of the fields this test is about."""
    return {each.field: each.untrusted_text for each in reading.readings if each.field in MEANT}


@pytest.mark.parametrize(
    "raw",
    [
        mails.mail(TYPED),
        mails.mail(TYPED.replace("\r\n", "\r\n> ")),
        mails.mail("See the page.", html=PASTED),
        mails.mail("See the page.", html=f"<table><tr><td><div>{PASTED}</div></td></tr></table>"),
        mails.mail("See the page.", html="".join(f"<p>{line}</p>" for line in TYPED.splitlines())),
        mails.mail("See the page.", html="<br>".join(TYPED.splitlines())),
        mails.forwarded(mails.mail(TYPED)),
        mails.mail("hello", Attachment("a.msg", msg(Mail(body="", html=PASTED.encode())))),
    ],
    ids=["typed", "quoted", "table", "table in a frame", "paragraphs", "breaks", "forwarded", "outlook"],
)
def test_a_form_in_a_mails_own_words_is_offered(raw: bytes) -> None:
    """Typed, quoted, pasted as a table, forwarded: the same answers, marked as the mail's own words."""
    (reading,) = offered(raw)
    assert said(reading) == MEANT
    assert "in-body" in reading.codes


def test_twins_count_once_and_the_page_is_the_one_that_is_read() -> None:
    """The plain words of a page's table no longer say what belongs to what."""
    flat = "Name of referrer\r\nAgency\r\nOrla Example\r\nGreater Manchester Police\r\n"
    for plain in (TYPED, flat):
        (reading,) = offered(mails.mail(plain, html=PASTED))
        assert reading.kind is Kind.HTML
        assert said(reading) == MEANT


def test_the_plain_words_count_where_the_page_is_no_form() -> None:
    """A page that only repeats a greeting hides nothing."""
    (reading,) = offered(mails.mail(TYPED, html="<p>Please read the plain words.</p>"))
    assert (reading.kind, said(reading)) == (Kind.TEXT, MEANT)


def test_a_struck_answer_is_no_answer() -> None:
    """What the sender crossed out is never read as said."""
    (reading,) = offered(mails.mail("x", html=PASTED.replace("4/3/2021", "<s>4/3/2020</s> 4/3/2021")))
    assert said(reading)["child.dob"] == "4/3/2021"


def test_two_mails_with_two_forms_are_two() -> None:
    """An outer mail's form does not hide the forwarded one's."""
    other = TYPED.replace("Tam Madeup", "Sam Madeup")
    outer = mails.forwarded(mails.mail(other)).replace(b"See below.", TYPED.encode())
    assert [said(reading)["child.name"] for reading in offered(outer)] == ["Tam Madeup", "Sam Madeup"]


def test_plain_talk_is_no_form() -> None:
    """A mail that speaks of a referral, and a signature laid out as a table, offer nothing."""
    signature = (
        "<table><tr><td>Tel</td><td>0161 496 0123</td></tr><tr><td>Email</td><td>o@agency.example</td></tr></table>"
    )
    assert offered(mails.mail("Please find attached the referral.", html=f"<p>Regards</p>{signature}")) == ()


@pytest.mark.parametrize(
    "attachment",
    [
        Attachment("referral.txt", TYPED.encode(), "application/octet-stream"),
        Attachment("referral.html", f"<html><body>{PASTED}</body></html>".encode(), "text/html"),
    ],
    ids=["text", "page"],
)
def test_a_form_in_a_text_file_or_a_page_is_offered(attachment: Attachment) -> None:
    """A form attached as words or as a page is read like one in the mail, its places named as the file's."""
    harvest = read_mail(mails.mail("See the file.", attachment), forms.library(), 10.0)
    assert isinstance(harvest, Harvest)
    (reading,) = harvest.documents
    assert said(reading) == MEANT
    assert "in-body" in reading.codes
    assert all(each.where.startswith(("file, ", "table ")) for each in reading.readings)


def test_a_neighbours_form_in_a_mails_own_words_is_no_referral() -> None:
    """A form of another service typed into a mail is recognised as theirs, with none of its answers."""
    (reading,) = offered(mails.mail(f"Multi-Agency Referral Form (MARF)\r\n\r\n{TYPED}"))
    assert reading.recognised is Recognised.NEIGHBOUR
    assert not reading.readings


def test_a_bold_line_ends_a_pasted_answer() -> None:
    """A title set in bold is no part of the long answer above it."""
    page = f"{PASTED}<p>What happened: A neighbour called.</p><p><b>Referral</b></p><p>Agencies: none</p>"
    (reading,) = offered(mails.mail("See the page.", html=page))
    assert [each.untrusted_text for each in reading.readings if each.field == "incident.summary"] == [
        "A neighbour called."
    ]

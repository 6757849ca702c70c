"""Nobody is written to who did not write, and two of us that write to one another fall silent (threats 11, 12, 13)."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from intake.settings import Settings
from tests.builders import mails
from tests.builders.forms import to_docx
from tests.builders.house import TestHouse, house
from tests.builders.mails import docx_attachment
from tests.builders.posted import POLICE, STRANGER, form, kinds, sent
from tests.builders.settings import AUTHSERV, settings

MAILERS = (
    "MAILER-DAEMON@mx.agency.example", "Mail Delivery Subsystem <mailer-daemon@mx.agency.example>",
    "postmaster@mx.agency.example", "MAILER-DAEMON (Mail Delivery System)", "<>", "orla.example@gmp.example",
)  # fmt: skip
TYPES = (
    'multipart/report; report-type=delivery-status; boundary="b"', 'multipart/report; boundary="b"',
    'multipart/mixed; boundary="b"', "text/plain", "message/delivery-status", "text/html",
)  # fmt: skip
MARKS: tuple[tuple[str, ...], ...] = (
    ("Return-Path: <>",), ("Return-Path: <>", "Auto-Submitted: auto-replied"), ("Auto-Submitted: auto-generated",),
    ("Return-Path: <MAILER-DAEMON>",), ("X-Autoreply: yes",), ("Precedence: bulk",),
)  # fmt: skip
BODY = (
    b"--b\r\nContent-Type: text/plain\r\n\r\nIt failed.\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n"
    b"Reporting-MTA: dns;x\r\n\r\nAction: failed\r\n\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"
    b"Message-ID: <one@agency.example>\r\nSubject: CSPR referral\r\n\r\nThis speaks of a referral.\r\n--b--\r\n"
)
OTHERS = "second@council.example"


@pytest.fixture
def at_home(tmp_path: Path) -> Iterator[TestHouse]:
    """Give a house of the test's own."""
    with house(tmp_path) as opened:
        yield opened


def bounces() -> Iterator[bytes]:
    """Give bounces of every make, each vouched for by our border, so that nothing but their being bounces forbids."""
    domain = "gmp.example"
    results = f"Authentication-Results: {AUTHSERV}; dmarc=pass header.from={domain}"
    for number, (sender, kind, marks) in enumerate((s, t, m) for s in MAILERS for t in TYPES for m in MARKS):
        lines = (*marks, results, f"From: {sender}", f"Message-ID: <{number}@x.example>", f"Content-Type: {kind}")
        yield mails.raw(*lines, body=BODY)


def test_no_bounce_of_any_make_is_answered(at_home: TestHouse) -> None:
    """Over two hundred bounces, by standard and home-made, from mailers and in people's names: no letter, no case."""
    made = list(bounces())
    assert len(made) == len(MAILERS) * len(TYPES) * len(MARKS) > 200
    rows = [at_home.take(raw) for raw in made[::3]]
    assert [row["letters"] for row in rows] == [[]] * len(rows)
    assert at_home.register() == []


@pytest.mark.parametrize("verdict", ["fail", "", "none", "temperror"])
@pytest.mark.parametrize("sender", [POLICE, STRANGER])
def test_what_does_not_authenticate_gets_no_letter_by_itself(at_home: TestHouse, sender: str, verdict: str) -> None:
    """A form, a chat and a mail nobody can read from an unproved address: nothing goes out, whoever is known to us."""
    many = [mails.Attachment(f"{number}.txt", b"x") for number in range(201)]
    for number, files in enumerate(([docx_attachment(to_docx(form()))], [], many)):
        at_home.take(sent(*files, number=number, sender=sender, verdict=verdict))
    assert at_home.letters() == {}


def test_two_of_us_that_write_to_one_another_end_at_one_letter(tmp_path: Path) -> None:
    """Another instance as a known agency: our acknowledgement reaches it, and it does not answer."""
    with house(tmp_path / "ours") as ours, house(tmp_path / "theirs", theirs_of(tmp_path)) as theirs:
        ours.take(sent(docx_attachment(to_docx(form())), sender=OTHERS))
        ((_, letter),) = ours.letters().items()
        arrives = mails.with_headers(mails.delivered("sscp@salford.gov.uk", "pass", AUTHSERV), letter.as_bytes())
        row = theirs.take(arrives)
    assert kinds(row) == []
    assert theirs.letters() == {}


def theirs_of(folder: Path) -> Settings:
    """Return another partnership's rules: their address is theirs, and ours is an agency's to them."""
    rules = settings(folder / "theirs")
    post = rules.program.post.model_copy(update={"sender": f"Theirs <{OTHERS}>"})
    box = rules.program.mailbox[0].model_copy(update={"username": OTHERS})
    ours = rules.agencies[0].model_copy(update={"code": "salford", "domains": ("salford.gov.uk",), "mailboxes": ()})
    program = rules.program.model_copy(update={"post": post, "mailbox": (box,)})
    return replace(rules, program=program, agencies=(*rules.agencies, ours))

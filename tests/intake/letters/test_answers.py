"""The letters to senders: what they must say, what they can never say, and what stands on their outside."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import pytest

from intake.domain.case import AcknowledgementFacts, Letter, LetterKind, LetterState, Reference
from intake.domain.private import Private
from intake.errors import BrokenPromise
from intake.letters import acknowledgement, receipt
from tests.builders.letters import (
    CHANNELS,
    FACTS,
    MESSAGE_ID,
    NOW,
    ORLA,
    POST,
    REFERENCE,
    SAFETY,
    html_of,
    mail_of,
    shipped_words,
    text_of,
    words_shown,
)


def acknowledged(
    facts: AcknowledgementFacts = FACTS,
    to: Private = ORLA,
    in_reply_to: str | None = None,
    message_id: str = MESSAGE_ID,
) -> Letter:
    """Compose an acknowledgement in the shipped words."""
    return acknowledgement.compose(
        facts, to, shipped_words(), SAFETY, POST, message_id=message_id, in_reply_to=in_reply_to, now=NOW
    )


def received(note: str | None = None, **more: object) -> Letter:
    """Compose a receipt in the shipped words."""
    facts = replace(FACTS, note=note, **more)  # type: ignore[arg-type]  # tests name fields of the facts
    return receipt.compose(
        facts, ORLA, shipped_words(), SAFETY, POST, message_id="receipt@salford.gov.uk", in_reply_to=None, now=NOW
    )


def test_an_acknowledgement_states_reference_time_and_count() -> None:
    """The reader learns the reference, when the mail came in London's words, and how many forms were in it."""
    text = text_of(acknowledged(replace(FACTS, received=datetime(2026, 6, 1, 11, 0, tzinfo=UTC), documents=3)))
    assert "Reference: SSCP-2026-7K4M2Q" in text
    assert "Received: midday on Monday 1 June 2026" in text
    assert "Forms received: 3" in text


@pytest.mark.parametrize("letter", [acknowledged(), received(), received("locked")])
def test_the_safety_block_stands_in_every_letter_to_a_sender(letter: Letter) -> None:
    """Each channel's name, number and hours are in the plain text and in the HTML."""
    for words in (text_of(letter), html_of(letter)):
        for channel in CHANNELS:
            assert f"{channel.name}: {channel.phone}" in words
            assert channel.hours in words


@pytest.mark.parametrize("letter", [acknowledged(replace(FACTS, sections=("qa", "incident"))), received("locked")])
def test_text_and_html_say_the_same(letter: Letter) -> None:
    """Every word of one is in the other, in the same order."""
    in_text = re.findall(r"[a-z0-9]+", text_of(letter).lower())
    in_html = re.findall(r"[a-z0-9]+", " ".join(words_shown(html_of(letter))).lower())
    assert in_text == in_html


def test_sections_are_named_by_their_titles_only_when_given() -> None:
    """An authenticated sender reads which sections need attention; without any, nothing is said of sections."""
    with_sections = text_of(acknowledged(replace(FACTS, sections=("qa", "no-longer-there", "qa"))))
    assert with_sections.count("Quality assurance") == 1
    assert "- No longer there" in with_sections
    assert "attention" not in text_of(acknowledged())


def test_a_receipt_names_neither_reference_nor_section() -> None:
    """Whatever the facts hold, a receipt gives nothing of a case away."""
    letter = received("locked", sections=("qa",))
    everything = letter.content.decode() + text_of(letter) + html_of(letter)
    assert "SSCP-2026" not in everything
    assert "Quality assurance" not in everything
    assert mail_of(letter)["Subject"] == "SSCP: we have received your email"


def test_a_note_is_said_in_words_and_an_unknown_one_still_makes_a_letter() -> None:
    """Each note has its sentence; a code without one gets the default, never an error or the bare code."""
    assert "locked with a password" in text_of(received("locked"))
    unknown = text_of(received("never-heard-of-it"))
    assert "never-heard-of-it" not in unknown
    assert " ".join(shipped_words().common.notes["default"].split()) in " ".join(unknown.split())


def test_an_oversize_receipt_names_the_limit() -> None:
    """A sender whose mail was too large learns what size is not."""
    assert "60 MB" in text_of(received("over-limit", limit_megabytes=60))


def test_several_forms_share_one_acknowledgement() -> None:
    """All references are in the letter; the subject names the first and the count of the others."""
    other = Reference("SSCP-2026-BBBBBB")
    letter = acknowledged(replace(FACTS, references=(REFERENCE, other), documents=2))
    assert mail_of(letter)["Subject"] == f"SSCP referral received: {REFERENCE} and 1 more"
    assert f"{REFERENCE}, {other}" in text_of(letter)


def test_the_headers_are_those_of_an_automatic_answer() -> None:
    """RFC 3834 and RFC 5322: who, to whom, when, which, in answer to what, and that no person wrote it."""
    mail = mail_of(acknowledged(in_reply_to="<their.id@agency.example>"))
    assert mail["From"] == "SSCP Business Unit <sscp@salford.gov.uk>"
    assert mail["To"] == ORLA.reveal()
    assert mail["Subject"] == f"SSCP referral received: {REFERENCE}"
    assert parsedate_to_datetime(mail["Date"]) == NOW
    assert mail["Message-ID"] == f"<{MESSAGE_ID}>"
    assert mail["In-Reply-To"] == mail["References"] == "<their.id@agency.example>"
    assert mail["Auto-Submitted"] == "auto-replied"
    assert mail["X-Auto-Response-Suppress"] == "All"
    assert mail["Content-Language"] == "en-GB"
    assert mail.get_content_type() == "multipart/alternative"
    assert not {"Cc", "Bcc", "Reply-To", "Importance"} & set(mail.keys())


def test_a_letter_is_queued_and_is_the_same_every_time() -> None:
    """The same facts at the same time give the same bytes: a second try is the same letter."""
    assert acknowledged() == acknowledged()
    assert acknowledged().state is LetterState.QUEUED
    assert acknowledged().kind is LetterKind.ACKNOWLEDGEMENT
    assert acknowledged().header_message_id == MESSAGE_ID
    assert acknowledged().recipients == (ORLA,)


@pytest.mark.parametrize(
    "theirs",
    ["no id at all", "<a@b.example> <c@d.example>", "<a@b.example>\r\nBcc: x@y.example", "<a@b.example\x00>",
     "<\u202ea@b.example>", "<" + "a" * 400 + "@b.example>", "<a@@b.example>", "<á@b.example>", "", " "],
)  # fmt: skip
def test_only_a_clean_message_id_is_answered_to(theirs: str) -> None:
    """Anything but one msg-id of plain grammar is left out, and the letter goes all the same."""
    mail = mail_of(acknowledged(in_reply_to=theirs))
    assert mail["In-Reply-To"] is None
    assert mail["References"] is None
    assert mail.keys() == mail_of(acknowledged()).keys()


def test_a_long_message_id_is_not_folded_apart() -> None:
    """A mail program's long Message-ID comes back in one piece."""
    theirs = "<" + "LONGPRD04MB" * 14 + "@mail.agency.example>"
    assert f"In-Reply-To: {theirs}\r\n".encode() in acknowledged(in_reply_to=theirs).content


@pytest.mark.parametrize(
    "end", ["\r\nBcc: all@agency.example", "\n", "\r", "\x00", "\x1b", "\u202e", "\u2028", "\ud800"]
)
def test_no_address_can_write_a_header(end: str) -> None:
    """An address with a line break, a control or a bidi character makes no letter at all."""
    with pytest.raises(BrokenPromise):
        acknowledged(to=Private("orla@agency.example" + end))


def test_a_letter_is_small_plain_and_leads_nowhere() -> None:
    """No image, link, script, form or tracking; 7-bit lines any server takes; no more than 8 kB to amplify."""
    facts = replace(FACTS, sections=("qa", "incident"))
    letter = acknowledged(facts)
    assert len(letter.content) <= 8_192
    assert letter.content.isascii()
    assert max(map(len, letter.content.split(b"\r\n"))) <= 998
    assert b"\n" not in letter.content.replace(b"\r\n", b"")
    html = html_of(letter)
    assert not re.search(r"(?i)<(?:img|a|script|form|iframe|link|object)\b|https?:|url\(|tel:|mailto:|\son\w+=", html)
    assert '<html lang="en-GB">' in html
    assert re.search(r"<title>[^<]+</title>", html)
    assert html.count("<h1>") == 1

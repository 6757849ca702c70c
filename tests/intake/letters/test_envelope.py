"""The outside of a letter: no text anybody can choose writes, ends or turns a header."""

from email import message_from_bytes

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.case import LetterKind
from intake.domain.private import Private
from intake.errors import BrokenPromise
from intake.letters.envelope import Envelope, Line, clean_message_id, sealed
from intake.letters.parts import Body
from tests.builders.letters import NOW, ORLA

BODY = Body("Words.\n", "<p>Words.</p>\n")
EXPECTED = ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress"]


def envelope(subject: str = "Subject", to: str = ORLA.reveal(), in_reply_to: str | None = None) -> Envelope:
    """Return an envelope from us."""
    return Envelope(
        LetterKind.RECEIPT,
        "sscp@salford.gov.uk",
        (Private(to),),
        subject,
        "one@salford.gov.uk",
        NOW,
        in_reply_to=in_reply_to,
    )


def headers_of(content: bytes) -> list[str]:
    """Return the names of the headers but those of MIME."""
    return [name for name in message_from_bytes(content).keys() if name not in MIME]  # noqa: SIM118 - a message, no dict


MIME = frozenset({"MIME-Version", "Content-Type", "Content-Language"})


@given(st.text(max_size=200), st.text(max_size=100), st.text(max_size=200))
def test_whatever_is_put_in_the_headers_stay_the_same(subject: str, to: str, in_reply_to: str) -> None:
    """Either the letter is refused, or it has exactly the headers it should have."""
    try:
        letter = sealed(envelope(subject, to, in_reply_to), BODY)
    except BrokenPromise:
        return
    names = headers_of(letter.content)
    assert names in (EXPECTED, [*EXPECTED, "In-Reply-To", "References"])


@given(st.text(max_size=50), st.sampled_from("\r\n\x00\x0b\x1f\x7f\x85\u061c\u200e\u202e\u2066\u2028\ufeff"))
def test_a_line_holds_no_break_control_or_bidi_character(text: str, bad: str) -> None:
    """To hold a Line is to hold a clean one, and the refusal says nothing of the text."""
    with pytest.raises(BrokenPromise) as refused:
        Line(text + bad + "tail")
    assert str(refused.value) == "header-not-clean"


def test_a_line_has_a_length() -> None:
    """RFC 5322 2.1.1."""
    assert Line("a" * 998).text
    with pytest.raises(BrokenPromise):
        Line("a" * 999)


@given(st.text())
def test_a_clean_message_id_is_one_token(text: str) -> None:
    """What comes out has no space, no bracket and exactly one ``@``, or nothing comes out."""
    clean = clean_message_id(text)
    assert clean is None or (clean.count("@") == 1 and not set(clean) & set("<> \r\n\t\0"))


def test_a_letter_to_nobody_is_refused() -> None:
    """A letter without a recipient is a fault of ours."""
    with pytest.raises(BrokenPromise, match="letter-without-recipient"):
        sealed(Envelope(LetterKind.RECEIPT, "sscp@salford.gov.uk", (), "s", "one@salford.gov.uk", NOW), BODY)


def test_an_international_address_is_written_as_it_is() -> None:
    """RFC 6532: only then does a header hold anything but ASCII."""
    assert "To: órla@agency.example".encode() in sealed(envelope(to="órla@agency.example"), BODY).content
    assert sealed(envelope(), BODY).content.isascii()

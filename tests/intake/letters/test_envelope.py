"""The outside of a letter: no text anybody can choose writes, ends or turns a header."""

import base64
import random
import re
from dataclasses import replace
from email import message_from_bytes

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from intake.domain.case import LetterKind
from intake.domain.message import MessageId
from intake.domain.private import Private
from intake.errors import BrokenPromise
from intake.letters import safety_alert, written
from intake.letters.envelope import Envelope, Line, clean_message_id, sealed
from intake.letters.parts import Body
from tests.builders.letters import NOW, ORLA, POST, SAFETY, shipped_words

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


INJECTED = "\r\nBcc: victim@elsewhere.example\r\nX-Evil: 1\r\n\r\nOther words.\r\n"
SMUGGLED = "=?utf-8?q?=0D=0ABcc=3A_victim=40elsewhere.example=0D=0AX-Evil=3A_1=0D=0A=0D=0AOther_words.=0D=0A?="
FIELDS = ("subject", "sender", "to", "message_id", "in_reply_to", "automatic")


def encoded(text: str, how: str, charset: str, chance: random.Random) -> str:
    """Return an encoded word as a stranger may write one: whole, or with its end or its middle missing."""
    data = text.encode(charset, "replace")
    plain = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789")
    coded = (
        base64.b64encode(data).decode() if how in "bB" else "".join(chr(b) if b in plain else f"={b:02X}" for b in data)
    )
    word = f"=?{charset}?{how}?{coded}?="
    return chance.choice((word, word, word[:-2], word + word, f"{word} {word}", word.replace("?", "?\t", 1)))


def heads(content: bytes) -> list[bytes]:
    """Return the lines of a letter's head by its bytes alone."""
    return content.split(b"\r\n\r\n")[0].split(b"\r\n")


@pytest.mark.parametrize("how", ["q", "Q", "b", "B"])
def test_no_encoded_word_in_any_field_writes_a_header_or_a_body(how: str) -> None:
    """Ten thousand encoded words, in every field: the letter is refused, or its bytes hold what they should alone."""
    chance = random.Random(f"words {how}")  # noqa: S311 - a seed, so that what fails can be seen again
    whole = len(heads(sealed(envelope(in_reply_to="<two@agency.example>"), BODY).content))
    pieces = (*INJECTED.split("\r\n"), "\r\n", "\r", "\n", "\0", ":", "<a@b.example>", "words", "=?", "?=")
    refused = 0
    for _ in range(2500):
        text = "".join(chance.choices(pieces, k=chance.randint(1, 6)))
        word = encoded(text, how, chance.choice(("utf-8", "us-ascii", "iso-8859-1", "utf-16")), chance)
        field = chance.choice(FIELDS)
        value = chance.choice((word, f"{word}@agency.example", f"<{word}@agency.example>", f"{word} <a@b.example>"))
        put = replace(envelope(), **{field: (Private(value),) if field == "to" else value})
        try:
            content = sealed(put, BODY).content
        except BrokenPromise:
            refused += 1
            continue
        assert len(heads(content)) <= whole, (field, value)
        assert not {*b"\r\n"} & {*content.replace(b"\r\n", b"")}, (field, value)
        assert not re.search(rb"Other words|Evil", content), (field, value)
    assert refused > 1000


@given(st.text(alphabet="=?_abqQ08DAutf-@<>", min_size=1, max_size=60))
@example(f"<{SMUGGLED}@evil.example>")
def test_an_encoded_word_is_no_message_id(text: str) -> None:
    """Nothing that a mail reader would decode is answered by, and what is passed on is written byte for byte."""
    clean = clean_message_id(text)
    assert clean is None or "=?" not in text
    content = sealed(envelope(in_reply_to=text), BODY).content
    lines = [line for line in heads(content) if line.startswith((b"In-Reply-To", b"References"))]
    expected = [] if clean is None else [f"In-Reply-To: <{clean}>".encode(), f"References: <{clean}>".encode()]
    assert lines == expected


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content.replace(b"Subject: ", b"Bcc: victim@elsewhere.example\r\nSubject: ", 1),
        lambda content: content.replace(b"Subject: Subject", b"Subject: Other", 1),
        lambda content: content.replace(b"To: orla@", b"To: nan@webmail.example, orla@", 1),
        lambda content: content.replace(b"MIME-Version: 1.0\r\n", b"", 1),
        lambda content: content.replace(b"Auto-Submitted: auto-replied\r\n", b"", 1),
        lambda content: content.replace(b"Date: ", b"\r\nDate: ", 1),
        lambda content: content + b"lone\nline\r\n",
        lambda content: content + b"lone\rline\r\n",
    ],
)
def test_a_letter_is_read_back_before_it_is_sealed(spoil: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the library writes besides or otherwise, the letter is not made."""
    assert callable(spoil)
    whole = written.says
    monkeypatch.setattr(written, "says", lambda content, *put, **how: whole(spoil(content), *put, **how))
    with pytest.raises(BrokenPromise, match="letter-not-as-composed"):
        sealed(envelope(), BODY)


def test_long_and_foreign_headers_are_read_back_as_they_were_put_in() -> None:
    """A display name with an accent, many recipients and a long subject are no fault."""
    to = tuple(Private(f"recipient.number.{number}@agency.example") for number in range(20))
    subject = "Überschrift " + "words and more words " * 20
    put = replace(envelope(subject), sender="Büro Example <sscp@salford.gov.uk>", to=to)
    assert message_from_bytes(sealed(put, BODY).content)["Subject"]


def test_an_alert_is_held_to_the_same() -> None:
    """Its subject names a message: were that an encoded word, there would be no letter."""
    given_ = {"message_id": "one@salford.gov.uk", "received": NOW, "now": NOW}
    words, to = shipped_words(), (ORLA.reveal(),)
    assert safety_alert.compose(MessageId("m-abcdefghij27"), ("x",), to, words, SAFETY, POST, **given_)
    with pytest.raises(BrokenPromise, match="header-not-clean"):
        safety_alert.compose(MessageId(SMUGGLED), ("x",), to, words, SAFETY, POST, **given_)

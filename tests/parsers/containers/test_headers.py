"""The header block as raw fields, and the digest that knows one mail in two deliveries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.containers.front import read_front
from parsers.containers.headers import content_digest, read_block
from parsers.contract import Headers
from tests.builders import mails


def front(raw: bytes) -> tuple[Headers, tuple[str, ...]]:
    """Read the headers of a mail with all codes of its block."""
    block = read_block(raw)
    headers, codes = read_front(block, ())
    return headers, (*block.codes, *codes)


def digest(raw: bytes) -> str:
    """Return the content digest."""
    return content_digest(raw, read_block(raw))


def test_three_readers_agree_on_an_honest_from() -> None:
    """An ordinary From is the same raw, by the modern policy and by mail-parser."""
    headers, codes = front(mails.mail())
    assert headers.untrusted_from_raw == (mails.SENDER,)
    assert [each.untrusted_address for each in headers.from_addresses] == ["orla.example@agency.example"]
    assert headers.from_second_opinion == headers.from_addresses
    assert headers.from_header_count == 1
    assert codes == ()


@pytest.mark.parametrize(
    "lines",
    [
        ("From: a@agency.example", "From: b@evil.example"),
        ("From: a@agency.example", "from \t: b@evil.example"),
        ("From: a@agency.example\rFrom: b@evil.example",),
        ("Subject: x\rFrom: b@evil.example", "From: a@agency.example"),
    ],
)
def test_a_second_from_is_counted_under_any_reading_of_line_ends(lines: tuple[str, ...]) -> None:
    """Two From fields are two, written with blanks before the colon or behind a lone CR too."""
    assert front(mails.raw(*lines))[0].from_header_count == 2


def test_a_lone_cr_or_nul_in_the_headers_is_told() -> None:
    """What two readers would split differently is kept in the raw value and told by a code."""
    headers, codes = front(mails.raw("From: a@agency.example\r <b@evil.example>\x00"))
    assert {"bare-cr-in-headers", "nul-in-headers"} <= set(codes)
    assert "\r" in headers.untrusted_from_raw[0]


def test_a_from_longer_than_a_line_is_not_handed_to_the_modern_policy() -> None:
    """Fifty kilobytes of dots in From cost nothing: no address is read, and a code tells why."""
    headers, codes = front(mails.raw("From: " + "." * 50_000 + "@agency.example"))
    assert headers.from_addresses == ()
    assert headers.from_second_opinion == ()
    assert "long-from" in codes
    assert len(headers.untrusted_from_raw[0]) == 998


def test_a_bomb_of_encoded_words_is_cut_and_told() -> None:
    """A Subject of 250 kB of encoded words is cut before it is decoded."""
    headers, codes = front(mails.raw("From: a@agency.example", "Subject: " + "=?utf-8?q?=41?= " * 15_000))
    assert set(headers.untrusted_subject) == {"A"}
    assert "long-header" in codes


@pytest.mark.parametrize("label", ["uft-8", "1", "", "iso-8859-8-i", "zip", "undefined", "idna", "x" * 300, "\x00"])
def test_any_charset_label_in_a_subject_is_survived(label: str) -> None:
    """A misspelt, empty or nonsense charset of an encoded word never raises (incident 46)."""
    headers, _ = front(mails.raw("From: a@agency.example", f"Subject: =?{label}?q?caf=C3=A9?="))
    assert headers.untrusted_subject


def test_header_values_may_be_eight_bit() -> None:
    """UTF-8 and Windows-1252 headers are read as what they are."""
    raw = b"From: a@agency.example\r\nSubject: caf\xc3\xa9\r\nReferences: caf\xe9\r\n\r\n"
    headers, codes = front(raw)
    assert (headers.untrusted_subject, headers.untrusted_references) == ("café", "café")
    assert codes == ("eight-bit-headers",)


def test_a_folded_subject_is_unfolded_without_control_characters() -> None:
    """No line end of a header survives decoding, not even out of an encoded word (incident 65)."""
    headers, _ = front(mails.raw("From: a@agency.example", "Subject: one\r\n two =?utf-8?q?=0D=0ABcc:_x?="))
    assert headers.untrusted_subject.isprintable()


def test_headers_of_machines_are_reported() -> None:
    """Auto-Submitted, Precedence, List-* and the null return path come across as written."""
    raw = mails.with_headers(
        [("Auto-Submitted", "auto-replied (away)"), ("Precedence", "bulk"), ("List-Id", "<x>"), ("Return-Path", "<>")],
        mails.raw("From: a@agency.example"),
    )
    headers, _ = front(raw)
    assert headers.untrusted_auto_submitted == "auto-replied (away)"
    assert headers.untrusted_precedence == "bulk"
    assert headers.list_headers == ("list-id",)
    assert headers.untrusted_return_path == "<>"


def test_results_of_authentication_keep_their_order_from_the_top() -> None:
    """Every Authentication-Results crosses in order, so that the border's own stands first."""
    raw = mails.with_headers([("Authentication-Results", "one"), ("Authentication-Results", "two")], mails.mail())
    assert front(raw)[0].authentication_results[:2] == ("one", "two")


def test_a_hundred_thousand_addresses_are_bounded() -> None:
    """Recipients beyond the bound are left out, not read."""
    headers, _ = front(mails.raw("From: a@agency.example", "To: " + "a@b.example, " * 15_000))
    assert len(headers.recipients) == 100


def test_the_same_mail_delivered_twice_has_one_content_digest() -> None:
    """Trace headers and line ends do not count."""
    one, two = mails.mail(), mails.mail(authserv="mx2.salford.example")
    assert one != two
    assert digest(one) == digest(two) == digest(one.replace(b"\r\n", b"\n"))


@pytest.mark.parametrize(
    "changed",
    [
        mails.mail("Other words"),
        mails.mail(subject="Other"),
        mails.mail(message_id="<two@agency.example>"),
        mails.raw("From: a@agency.example", "no field at all"),
        mails.raw("From: a@agency.example", "no field at all either"),
    ],
)
def test_another_mail_has_another_content_digest(changed: bytes) -> None:
    """Words, subject, Message-ID, and lines that are no header all count."""
    others = [mails.mail(), mails.raw("From: a@agency.example")]
    assert digest(changed) not in {digest(each) for each in others}


@given(st.binary(max_size=400))
def test_any_bytes_make_a_header_block(noise: bytes) -> None:
    """Whatever stands where headers should, reading them never raises and everything stays in bounds."""
    headers, codes = front(b"From: " + noise)
    assert len(headers.from_addresses) <= 8
    assert all(len(code) < 64 for code in codes)

"""Signed mail is read and its signature judged; what is read is what was signed."""

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.containers import smime
from parsers.containers.leaf import Leaf
from parsers.containers.opening import open_mail
from parsers.containers.tree import parse
from parsers.contract import Kind
from parsers.limits import Allowance
from tests.builders import cms_vectors, mails
from tests.builders import smime as made
from tests.builders.mails import Attachment

PDF = b"%PDF-1.4\nan invented form\n%%EOF\n"
CONTENT = made.entity(mails.mail("inner words", mails.pdf_attachment(PDF)))


def opened(raw: bytes) -> tuple[Leaf, ...]:
    """Open a mail with a fresh allowance."""
    allowance = Allowance()
    return open_mail(parse(raw, allowance), allowance, raw)


def form(raw: bytes) -> tuple[str, tuple[str, ...]]:
    """Return path and codes of the one form of a mail."""
    (leaf,) = (each for each in opened(raw) if each.told.kind is Kind.PDF)
    assert leaf.data == PDF
    return leaf.place.path, leaf.told.codes


@pytest.mark.parametrize("kind", ["rsa", "elliptic"])
def test_a_signed_mail_is_read_and_found_intact(kind: str) -> None:
    """Detached or opaque, RSA or elliptic: the form inside is found, with the code of a good signature."""
    who = made.identity("Orla Example", kind)
    assert form(made.detached(CONTENT, who)) == ("1.2", ("smime-intact",))
    assert form(made.opaque(CONTENT, who)) == ("1/2", ("smime-intact",))


@pytest.mark.parametrize(
    "der",
    [cms_vectors.BY_KEY_IDENTIFIER, cms_vectors.BY_PSS, cms_vectors.WITHOUT_ATTRIBUTES],
    ids=["key identifier", "pss", "no attributes"],
)
def test_a_signature_of_another_maker_is_judged(der: bytes) -> None:
    """By key identifier, by PSS, without signed attributes: good over its own words alone."""
    assert smime.judged(cms_vectors.CONTENT, der) == smime.INTACT
    assert smime.judged(cms_vectors.CONTENT.replace(b"d", b"t"), der) == smime.BROKEN


def test_an_opaque_signature_in_ber_is_unwrapped() -> None:
    """Indefinite lengths and octets in pieces, as programs that stream write it."""
    assert smime.unwrapped(cms_vectors.OPAQUE_IN_BER) == (cms_vectors.CONTENT, smime.INTACT)


def test_a_changed_mail_is_read_and_found_broken() -> None:
    """The form is still offered, with the code that its mail was changed on the way."""
    assert form(made.detached(CONTENT, signed=CONTENT + b" ")) == ("1.2", ("smime-broken",))
    der = made.signature(CONTENT, made.identity())
    assert form(made.pkcs7_mail(der.replace(b"inner words", b"other words"), "signed-data"))[1] == ("smime-broken",)


def test_line_ends_changed_on_the_way_break_nothing() -> None:
    """A signature is over CRLF, whatever a server made of it."""
    assert form(made.detached(CONTENT).replace(b"\r\n", b"\n"))[1] == ("smime-intact",)


def test_a_signature_that_cannot_be_verified_is_told() -> None:
    """No signature, no certificate: read, and said so."""
    junk = made.detached(CONTENT).replace(b"MII", b"AAA")
    assert form(junk)[1] == ("smime-unverified",)
    bare = made.signature(CONTENT, made.identity(), made.Options.NoCerts)
    assert form(made.pkcs7_mail(bare, "signed-data"))[1] == ("smime-unverified",)


def test_what_is_read_is_what_was_signed() -> None:
    """A boundary that stands more often than it may leaves nothing to be sure of."""
    twice = made.detached(CONTENT.replace(b"inner words", b"inner\r\n--=_signed\r\nwords"))
    assert all("smime-intact" not in leaf.told.codes for leaf in opened(twice))
    forwarded = mails.forwarded(made.detached(CONTENT))
    assert form(forwarded) == ("2/1.2", ("smime-intact",))
    two = mails.mail("x", Attachment("", forwarded), Attachment("a.eml", made.detached(CONTENT)))
    codes = [leaf.told.codes for leaf in opened(two) if leaf.told.kind is Kind.PDF]
    assert codes[-1] == ("smime-intact",)


def test_a_signature_in_a_signature_stops_at_the_depth_of_containers() -> None:
    """Signed twice is opened, signed three times stays closed with a code."""
    twice = made.opaque(made.content_only(made.opaque(CONTENT)))
    assert form(twice)[0] == "1/1/2"
    (closed,) = opened(made.opaque(made.content_only(twice)))
    assert (closed.told.kind, "nested-too-deep" in closed.told.codes) == (Kind.SMIME_SIGNED, True)


def test_a_signature_without_content_is_no_container() -> None:
    """A detached signature attached by itself stays a part."""
    alone = made.signature(CONTENT, made.identity(), made.Options.DetachedSignature)
    leaf = opened(mails.mail("x", Attachment("smime.p7s", alone)))[-1]
    assert (leaf.told.kind, leaf.told.codes) == (Kind.SMIME_SIGNED, ())


def test_an_armoured_signature_is_opened() -> None:
    """Base64 between dashes (PEM) is the same structure."""
    der = made.signature(CONTENT, made.identity())
    armoured = b"-----BEGIN PKCS7-----\n" + base64.encodebytes(der) + b"-----END PKCS7-----\n"
    assert smime.unwrapped(armoured) == (CONTENT, smime.INTACT)


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_any_mutilation_is_never_intact_over_other_words(data: st.DataObject) -> None:
    """A changed structure raises nothing but its own fault; intact is said of the very words alone."""
    raw = bytearray(cms_vectors.OPAQUE_IN_BER)  # the same bytes at every run, which a fresh signature is not
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    try:
        content, code = smime.unwrapped(bytes(raw))
    except smime.NothingInside:
        return
    assert code != smime.INTACT or content == cms_vectors.CONTENT

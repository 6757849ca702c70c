"""Mail encrypted to us is read through the real wall as what it holds; our key stays on this side."""

from collections.abc import Iterator

import pytest

from intake.edges.opening_reader import MAX_TRIED, OpeningReader
from intake.edges.reader import WalledReader
from intake.edges.smime import MailKey
from intake.errors import Unavailable
from parsers.contract import DocumentState, Harvest, Kind, Recognised, Survey
from tests.builders import forms, mails
from tests.builders import smime as made
from tests.builders.locked import PASSWORD, locked_word
from tests.builders.mails import Attachment

OURS = made.identity("SSCP Mailbox")
KEY = MailKey(OURS.certificate, OURS.key)
FORM = made.entity(mails.mail("inner words", mails.docx_attachment(forms.to_docx())))


@pytest.fixture(scope="module")
def walled() -> Iterator[WalledReader]:
    """One walled program for all."""
    with WalledReader(forms.library()) as reader:
        yield reader


def read(reader: OpeningReader, raw: bytes, password: str = "") -> Harvest:
    """Read a mail that can be read."""
    harvest = reader.read(raw, password=password)
    assert isinstance(harvest, Harvest)
    return harvest


@pytest.mark.parametrize(
    "raw",
    [
        made.encrypted(FORM),
        made.encrypted(made.content_only(made.opaque(FORM))),
        made.encrypted(made.content_only(made.detached(FORM))),
        mails.mail("hello", Attachment("smime.p7m", made.envelope(FORM))),
        mails.forwarded(made.encrypted(FORM)),
    ],
    ids=["encrypted", "signed within", "clear-signed within", "as a file", "forwarded"],
)
def test_a_form_encrypted_to_us_is_read(walled: WalledReader, raw: bytes) -> None:
    """Its readings are there, its part says how it came, and both tasks number the parts alike."""
    reader = OpeningReader(walled, lambda: [KEY])
    survey = reader.survey(raw)
    assert isinstance(survey, Survey)
    (document,) = (each for each in read(reader, raw).documents if each.recognised is Recognised.OURS)
    assert document.readings
    assert "smime-decrypted" in document.codes
    (part,) = (each for each in survey.parts if each.index == document.index)
    assert part.sha256 == document.sha256


def test_the_signature_within_is_told(walled: WalledReader) -> None:
    """Signed, then encrypted: both stand on the form."""
    raw = made.encrypted(made.content_only(made.detached(FORM)))
    document, signature = read(OpeningReader(walled, lambda: [KEY]), raw).documents
    assert {"smime-intact", "smime-decrypted"} <= set(document.codes)
    assert (signature.kind, signature.state) == (Kind.SMIME_SIGNED, DocumentState.IGNORED)


def test_without_a_key_of_ours_it_stays_locked(walled: WalledReader) -> None:
    """No key, or another's: held as locked, a value."""
    other = made.identity("Somebody Else")
    for reader in (OpeningReader(walled), OpeningReader(walled, lambda: [MailKey(other.certificate, other.key)])):
        (document,) = read(reader, made.encrypted(FORM)).documents
        assert (document.kind, document.state) == (Kind.SMIME_ENCRYPTED, DocumentState.LOCKED)


def test_a_key_is_asked_for_only_where_something_is_encrypted(walled: WalledReader) -> None:
    """A key that is away stops no other mail."""

    def away() -> list[MailKey]:
        raise Unavailable("secret", "file-missing")

    reader = OpeningReader(walled, away)
    assert read(reader, mails.mail("hello")).documents == ()
    with pytest.raises(Unavailable):
        reader.read(made.encrypted(FORM))


def test_a_mail_of_many_sealed_parts_tries_few(walled: WalledReader) -> None:
    """A flood of encrypted parts costs no more than a few."""
    asked = []
    reader = OpeningReader(walled, lambda: asked.append(1) or [])
    reader.survey(mails.mail("x", *(Attachment(f"{n}.p7m", made.envelope(b"x")) for n in range(MAX_TRIED + 4))))
    assert len(asked) == MAX_TRIED


def test_a_password_opens_what_stands_in_an_encrypted_mail(walled: WalledReader) -> None:
    """Our key first, then the operator's password."""
    entity = made.entity(mails.mail("inner", Attachment("a.docx", locked_word(forms.to_docx()))))
    (document,) = read(OpeningReader(walled, lambda: [KEY]), made.encrypted(entity), PASSWORD).documents
    assert document.recognised is Recognised.OURS
    assert {"unlocked", "smime-decrypted"} <= set(document.codes)

"""What came sealed: opened with a password, judged by its signature, handed out for our key."""

import base64
from hashlib import sha256

import pytest

from parsers import read
from parsers.contract import DocumentState, Extract, Harvest, Recognised, Refusal, Task, TaskKind
from parsers.template import Library
from tests.builders import forms, mails, smime
from tests.builders.locked import PASSWORD, locked_word
from tests.builders.mails import Attachment

NO_FORMS = Library(fields=(), sheets=(), neighbours=())


def harvest(raw: bytes, password: str = "") -> Harvest:
    """Read a mail that can be read, with the shipped forms."""
    task = Task(kind=TaskKind.READ, length=len(raw), password=password)
    answer = read.answer(task, raw, forms.library(), 10.0)
    assert isinstance(answer, Harvest)
    return answer


@pytest.fixture(scope="module")
def form() -> bytes:
    """Return a filled form of ours."""
    return forms.to_docx()


def test_a_password_opens_the_locked_form_and_its_part_keeps_its_digest(form: bytes) -> None:
    """What the operator typed is used in this one task; the register goes on knowing the file that was sent."""
    sealed = locked_word(form)
    raw = mails.mail("hello", Attachment("a.docx", sealed))
    told = []
    for password in ("", "another", PASSWORD):
        (document,) = harvest(raw, password).documents
        assert (document.bytes, document.sha256) == (len(sealed), sha256(sealed).hexdigest())
        told.append((document.state, document.why, document.codes[-1:]))
    assert told == [
        (DocumentState.LOCKED, "locked", ()),
        (DocumentState.LOCKED, "wrong-password", ()),
        (DocumentState.READ, None, ("unlocked",)),
    ]


@pytest.mark.parametrize(
    ("signed", "code"), [(None, "smime-intact"), (b"other words", "smime-broken")], ids=["intact", "broken"]
)
def test_a_form_says_how_its_mail_was_signed(form: bytes, signed: bytes | None, code: str) -> None:
    """The code of the signature stands on the reading, for the sign-off to weigh."""
    entity = smime.entity(mails.mail("inner", mails.docx_attachment(form)))
    document, _ = harvest(smime.detached(entity, signed=signed)).documents
    assert (document.recognised, code in document.codes) == (Recognised.OURS, True)


def test_a_part_is_handed_out_as_it_came() -> None:
    """By its number in the survey, byte for byte; another number is refused."""
    raw = mails.mail("hello", Attachment("a.bin", b"\x00\x01"), Attachment("b.bin", b"\x02"))
    found = [
        read.answer(Task(kind=TaskKind.EXTRACT, length=len(raw), part=part), raw, NO_FORMS, 1.0) for part in range(5)
    ]
    assert [each.data for each in found if isinstance(each, Extract)][1:] == [b"\x00\x01", b"\x02"]
    assert [isinstance(each, Refusal) for each in found] == [True, False, False, False, True]


def test_an_encrypted_part_is_handed_out_as_der() -> None:
    """Base64 between dashes or not, our side gets one shape."""
    der = smime.envelope(b"invented")
    armoured = b"-----BEGIN PKCS7-----\n" + base64.encodebytes(der) + b"-----END PKCS7-----\n"
    for data in (der, armoured):
        raw = mails.mail("hello", Attachment("a.p7m", data))
        answer = read.answer(Task(kind=TaskKind.EXTRACT, length=len(raw), part=2), raw, NO_FORMS, 1.0)
        assert isinstance(answer, Extract)
        assert answer.data == der

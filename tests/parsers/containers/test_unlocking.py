"""What an operator's password opens is read; a wrong one opens nothing, and no lock is mistaken for damage."""

import pytest

from parsers.containers.kinds import tell
from parsers.containers.leaf import Leaf
from parsers.containers.opening import open_mail, single_file
from parsers.containers.transfer import Declared
from parsers.containers.tree import parse
from parsers.containers.unlocking import NOT_OPENED, WrongPassword, unlocked
from parsers.contract import Kind
from parsers.limits import Allowance
from tests.builders import forms, mails
from tests.builders.fill_pdf import locked as locked_pdf
from tests.builders.locked import PASSWORD, locked_word, locked_zip
from tests.builders.mails import Attachment

PDF = b"%PDF-1.4\nan invented form\n%%EOF\n"
UNDECLARED = Declared(type="application/octet-stream", name="", attachment=True, charset="", encoding="")


@pytest.fixture(scope="module")
def word() -> bytes:
    """Return a form that Word locked."""
    return locked_word(forms.to_docx())


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """Return a form that a PDF program locked."""
    return locked_pdf(forms.to_pdf(), PASSWORD)


def opened(raw: bytes, password: str = "") -> tuple[Leaf, ...]:
    """Open a mail with a fresh allowance; return what is no word of its own."""
    allowance = Allowance()
    leaves = open_mail(parse(raw, allowance), allowance, raw, password)
    return tuple(leaf for leaf in leaves if not leaf.body)


def test_the_right_password_opens_a_document(word: bytes, pdf: bytes) -> None:
    """Word's file and a PDF become what they were."""
    assert unlocked(Kind.LOCKED_OFFICE, word, PASSWORD) == forms.to_docx()
    plain = unlocked(Kind.PDF, pdf, PASSWORD)
    assert plain is not None
    assert (tell(pdf, UNDECLARED).locked, tell(plain, UNDECLARED).locked) == (True, False)


def test_a_wrong_password_opens_none(word: bytes, pdf: bytes) -> None:
    """It is told as such, so that the operator tries again."""
    for kind, data in ((Kind.LOCKED_OFFICE, word), (Kind.PDF, pdf)):
        with pytest.raises(WrongPassword):
            unlocked(kind, data, "another")


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (Kind.LOCKED_OFFICE, mails.locked_docx()),
        (Kind.LOCKED_OFFICE, b"no Office file"),
        (Kind.PDF, b"%PDF-1.4 /Encrypt"),
        (Kind.PGP_ENCRYPTED, b"-----BEGIN PGP MESSAGE-----"),
        (Kind.SMIME_ENCRYPTED, b"0\x80"),
    ],
)
def test_a_lock_nobody_knows_stays_shut_and_raises_nothing(kind: Kind, data: bytes) -> None:
    """Broken files and locks no password opens: the part stays locked."""
    assert unlocked(kind, data, PASSWORD) is None


def test_an_opened_part_is_known_by_the_bytes_that_were_sent(word: bytes) -> None:
    """Its digest stays that of the mail; its kind is that of what it holds."""
    (leaf,) = opened(mails.mail("hello", Attachment("a.docx", word)), PASSWORD)
    assert (leaf.told.kind, leaf.told.locked, leaf.told.codes) == (Kind.DOCX, False, ("unlocked",))
    assert leaf.sent == word
    assert leaf.data == forms.to_docx()


def test_without_a_password_a_part_is_locked_and_nothing_is_tried(word: bytes, pdf: bytes) -> None:
    """One of each kind, none of them damaged."""
    zipped = locked_zip(("a.pdf", PDF))
    raw = mails.mail("hello", *(Attachment("a", data) for data in (word, pdf, zipped)))
    assert [(leaf.told.locked, leaf.told.codes) for leaf in opened(raw)] == [(True, ())] * 3


@pytest.mark.parametrize("aes", [True, False], ids=["aes", "old cipher"])
def test_a_zip_with_a_password_is_opened(*, aes: bool) -> None:
    """Both ciphers; what it holds are parts like any."""
    zipped = locked_zip(("a.pdf", PDF), ("b.pdf", PDF * 2), aes=aes)
    raw = mails.mail("hello", Attachment("a.zip", zipped))
    assert [(leaf.place.path, leaf.data) for leaf in opened(raw, PASSWORD)] == [("2/1", PDF), ("2/2", PDF * 2)]
    (shut,) = opened(raw, "another")
    assert (shut.told.kind, shut.told.locked, shut.told.codes) == (Kind.ZIP, True, (NOT_OPENED,))


def test_a_locked_form_in_a_zip_in_a_forwarded_mail_is_opened(word: bytes) -> None:
    """The password is tried wherever there is a lock, on each lock the same."""
    zipped = locked_zip(("a.docx", word))
    raw = mails.forwarded(mails.mail("inner", Attachment("a.zip", zipped)))
    (leaf,) = opened(raw, PASSWORD)
    assert (leaf.place.path, leaf.told.kind) == ("2/2/1", Kind.DOCX)


def test_a_bomb_behind_a_password_is_weighed_before_it_is_opened() -> None:
    """The directory of a locked zip is not locked."""
    bomb = locked_zip(("a.bin", bytes(60 * 1024 * 1024)))
    (leaf,) = opened(mails.mail("hello", Attachment("a.zip", bomb)), PASSWORD)
    assert (leaf.told.kind, leaf.told.codes) == (Kind.ZIP, ("zip-ratio", "over-limit"))


def test_a_password_changes_nothing_for_what_is_open() -> None:
    """Beside a locked part the others are read as ever."""
    raw = mails.mail("hello", Attachment("a.pdf", PDF))
    assert opened(raw, PASSWORD) == opened(raw)


def test_a_file_that_came_by_itself_is_opened_too(word: bytes) -> None:
    """As ``form try`` reads one."""
    assert single_file(word, PASSWORD).told.kind is Kind.DOCX
    assert NOT_OPENED in single_file(word, "another").told.codes

"""A form is found wherever a program left it: badly labelled, written into words, behind what stands before a mail."""

import base64
import binascii

import pytest

from parsers import read
from parsers.containers.accounts import why_closed
from parsers.containers.inline import MAX_BEGINNINGS, MAX_INLINE, taken_out
from parsers.containers.leaf import Leaf
from parsers.containers.opening import open_mail
from parsers.containers.tree import parse
from parsers.contract import DocumentState, Harvest, Kind
from parsers.limits import Allowance
from parsers.template import Library
from tests.builders import mails
from tests.builders.mails import Attachment

PDF = b"%PDF-1.4\nan invented form\n%%EOF\n" * 9
HEAD = b"From: a@agency.example\r\nMIME-Version: 1.0\r\n"
IN_BASE64 = base64.encodebytes(PDF).replace(b"\n", b"\r\n")


def opened(raw: bytes) -> tuple[Leaf, ...]:
    """Open a mail with a fresh allowance."""
    allowance = Allowance()
    return open_mail(parse(raw, allowance), allowance, raw)


def mixed(head: str, data: bytes) -> bytes:
    """Return a mail of words and one part with these headers."""
    parts = b"--b\r\nContent-Type: text/plain\r\n\r\nwords\r\n--b\r\n" + head.encode() + b"\r\n\r\n" + data
    return HEAD + b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + parts + b"\r\n--b--\r\n"


def uuencoded(data: bytes, name: str = "referral.pdf", more: bytes = b"") -> bytes:
    """Return a file as old programs write it into words; ``more`` follows each line, as some have it."""
    lines = [binascii.b2a_uu(data[at : at + 45]).rstrip(b"\n") for at in range(0, len(data), 45)]
    return f"begin 644 {name}\r\n".encode() + b"".join(line + more + b"\r\n" for line in lines) + b"`\r\nend\r\n"


@pytest.mark.parametrize(
    "said",
    [
        "base64",
        "base64 (x)",
        "(x) BASE64",
        '"base64"',
        "base64;",
        "base64; x=y",
        "x-base64",
        "",
        "7bit",
        "x-new",
        "8bit",
    ],
)
def test_a_form_in_base64_is_read_whatever_its_encoding_is_called(said: str) -> None:
    """Comments, quotes, an old name or none at all: the bytes themselves say what they are."""
    form = opened(mixed(f"Content-Type: application/pdf\r\nContent-Transfer-Encoding: {said}", IN_BASE64))[-1]
    assert (form.told.kind, form.data) == (Kind.PDF, PDF)


def test_a_form_quoted_under_an_encoding_with_a_comment_is_read() -> None:
    """The same for quoted-printable."""
    quoted = binascii.b2a_qp(PDF, istext=False)
    form = opened(mixed("Content-Transfer-Encoding: quoted-printable (safe)", quoted))[-1]
    assert (form.told.kind, form.data) == (Kind.PDF, PDF)


@pytest.mark.parametrize(
    "words", [b"UEsDB is how a zip begins in base64, she wrote.", b"JVBERi0" + b" and much more" * 9]
)
def test_words_that_only_begin_like_base64_stay_words(words: bytes) -> None:
    """Most of it must be base64."""
    assert opened(HEAD + b"\r\n" + words)[0].data == words


@pytest.mark.parametrize("more", [b"", b"x"])
def test_a_file_uuencoded_into_words_is_found(more: bytes) -> None:
    """It is a part of its own under its own name, and the words are without it."""
    words, form = opened(HEAD + b"\r\nhello\r\n" + uuencoded(PDF, more=more) + b"regards\r\n")
    assert (words.data, words.body) == (b"hello\r\nregards\r\n", True)
    assert (form.place.path, form.declared.name, form.told.kind, form.data) == ("1/1", "referral.pdf", Kind.PDF, PDF)


def test_a_uuencoded_file_that_is_cut_is_kept_as_far_as_it_goes() -> None:
    """What follows goes on as words."""
    cut = uuencoded(PDF)[:200] + b"\r\n\xe4 no line of it\r\n"
    words, form = opened(HEAD + b"\r\n" + cut)
    assert PDF.startswith(form.data[:80])
    assert words.data == b"\xe4 no line of it\r\n"


def test_words_that_begin_a_sentence_so_are_no_file() -> None:
    """A line that only says begin, a mode and a name has nothing behind it."""
    words = b"begin 644 files\r\nand then we left\r\n"
    assert [leaf.data for leaf in opened(HEAD + b"\r\n" + words)] == [words]


@pytest.mark.parametrize("more", [0, 1])
def test_so_many_files_are_taken_out_of_words(more: int) -> None:
    """One more stays words."""
    for data, calendar in (
        (uuencoded(b"x") * (MAX_INLINE + more), False),
        (b"ATTACH;ENCODING=BASE64:QUJD\r\n" * (MAX_INLINE + more), True),
    ):
        words, files = taken_out(data, calendar=calendar)
        assert len(files) == MAX_INLINE
        assert words in {uuencoded(b"x") * more, data}


@pytest.mark.parametrize("more", [0, 1])
def test_so_many_lines_are_tried_as_the_beginning_of_a_file(more: int) -> None:
    """A flood of lines that begin nothing is not followed line by line."""
    flood = b"begin 644 a\r\n" * (MAX_BEGINNINGS - 1 + more)
    assert len(taken_out(flood + uuencoded(PDF), calendar=False)[1]) == 1 - more


def test_a_form_in_a_calendars_entry_is_found() -> None:
    """Folded as calendars are, under the name it has there; the entry itself stays no document."""
    line = b"ATTACH;FILENAME=referral.pdf;ENCODING=BASE64;VALUE=BINARY:" + base64.b64encode(PDF)
    folded = b"\r\n ".join(line[at : at + 70] for at in range(0, len(line), 70))
    entry = b"BEGIN:VCALENDAR\r\n" + folded + b"\r\nATTACH:https://agency.example/a.docx\r\nEND:VCALENDAR\r\n"
    _, calendar, form = opened(mixed("Content-Type: text/calendar\r\nContent-Disposition: attachment", entry))
    assert (calendar.told.kind, form.told.kind) == (Kind.CALENDAR, Kind.PDF)
    assert (form.declared.name, form.data) == ("referral.pdf", PDF)


@pytest.mark.parametrize(
    "before", [b"\xef\xbb\xbf", b"\r\n", b"\n \n", b"\xef\xbb\xbf\r\n"], ids=["bom", "line", "lines", "both"]
)
@pytest.mark.parametrize("how", ["whole", "attached", "forwarded"])
def test_a_mail_is_read_from_its_head_on(before: bytes, how: str) -> None:
    """A mark of byte order or blank lines before it are a program's that saved it; its form is found."""
    raw = before + mails.mail("inner", mails.pdf_attachment(PDF))
    if how == "attached":
        raw = mails.mail("outer", Attachment("saved.eml", raw))
    if how == "forwarded":
        raw = mixed("Content-Type: message/rfc822", raw)
    harvest = read.read_mail(raw, Library(fields=(), sheets=(), neighbours=()), 10.0)
    assert isinstance(harvest, Harvest)
    assert [document.kind for document in harvest.documents] == [Kind.PDF]


def test_a_mail_that_says_twice_what_it_is_is_opened() -> None:
    """Words by its first account, parts by its second: whatever holds parts is taken apart."""
    raw = mixed("Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64", IN_BASE64)
    words, form = opened(raw.replace(b"MIME-Version: 1.0\r\n", b"Content-Type: text/plain\r\n"))
    assert (words.data.strip(), form.data) == (b"words", PDF)


@pytest.mark.parametrize(
    ("type", "code"), [("message/partial; id=a", "one-piece-of-many"), ("message/external-body", "content-elsewhere")]
)
@pytest.mark.parametrize("data", [b"", b"Content-Type: application/pdf\r\n\r\n", b"words"])
def test_a_mail_that_holds_a_piece_or_a_pointer_is_for_a_person(type: str, code: str, data: bytes) -> None:  # noqa: A002
    """What it stands for is not here, so nobody can say that it is no referral."""
    leaf = opened(mixed(f"Content-Type: {type}", data))[-1]
    assert (leaf.told.kind, leaf.told.codes, why_closed(leaf)) == (Kind.UNKNOWN, (code,), None)


def test_a_visiting_card_is_no_document() -> None:
    """People hang them on every mail; a text file beside it is one."""
    card = Attachment("orla.vcf", b"BEGIN:VCARD\r\nFN:Orla Example\r\nEND:VCARD\r\n", "text/vcard")
    _, found, notes = opened(mails.mail("x", card, Attachment("notes.txt", b"notes", "text/plain")))
    assert why_closed(found) == (DocumentState.IGNORED, "no-document")
    assert why_closed(notes) is None

"""A mail of another format is written as MIME that any reader takes apart the same way."""

from email import message_from_bytes
from email.header import decode_header, make_header

from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.containers.as_mime import Enclosure, Letter, as_mime

EMPTY = Letter(author="", address="", subject="", plain="", page=b"", page_charset="utf-8")
texts = st.text(max_size=60)


def parts(raw: bytes) -> list[tuple[str, bytes]]:
    """Return type and content of each leaf."""
    return [
        (part.get_content_type(), part.get_payload(decode=True))
        for part in message_from_bytes(raw).walk()
        if not part.is_multipart()
    ]


def test_words_page_files_and_mails_keep_their_order() -> None:
    """The plain words, the page, then what hangs on it, mails among it."""
    inner = Letter("", "", "inner", "inner words", b"", "")
    letter = Letter(
        "Orla Example", "orla@agency.example", "A referral", "words", b"<p>x</p>", "windows-1252",
        (Enclosure("a.pdf", b"%PDF"), inner, Enclosure("b.eml", b"Subject: b\n\nsaved", mail=True)),
    )  # fmt: skip
    raw = as_mime(letter)
    assert parts(raw)[:4] == [
        ("text/plain", b"words"),
        ("text/html", b"<p>x</p>"),
        ("application/octet-stream", b"%PDF"),
        ("text/plain", b"inner words"),
    ]
    head = message_from_bytes(raw)
    assert "orla@agency.example" in head["From"]
    assert str(make_header(decode_header(head["Subject"]))) == "A referral"
    assert b'charset="windows-1252"' in raw


def test_a_mail_of_nothing_has_one_empty_body() -> None:
    """There is always a body, so that files never become one."""
    assert parts(as_mime(EMPTY)) == [("text/plain", b"")]


@settings(max_examples=60, deadline=None)
@given(texts, texts, texts, texts, st.binary(max_size=200))
def test_no_word_becomes_a_header_or_a_part(author: str, address: str, subject: str, name: str, data: bytes) -> None:
    """Whatever a stranger's mail says of itself, what is written has the headers and parts it is meant to have."""
    raw = as_mime(Letter(author, address, subject, name, b"", "utf-8", (Enclosure(name, data),)))
    read = message_from_bytes(raw)
    assert set(read.keys()) <= {"From", "Subject", "MIME-Version", "Content-Type"}
    assert not read.defects
    assert [content for _, content in parts(raw)] == [name.encode("utf-8", "replace"), data]

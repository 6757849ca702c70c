"""What Outlook keeps and sends in its own formats is opened like a mail, within limits."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.containers import outlook, tnef
from parsers.containers.as_mime import Enclosure, Letter
from parsers.containers.bodies import words_of
from parsers.containers.leaf import Leaf
from parsers.containers.opening import open_mail
from parsers.containers.tree import parse
from parsers.contract import Kind
from parsers.limits import Allowance, OverLimit
from tests.builders import mails
from tests.builders.mails import Attachment
from tests.builders.ole import ole
from tests.builders.outlook import Mail, msg, winmail, words

PDF = b"%PDF-1.4\nan invented form\n%%EOF\n"
LARGE = b"%PDF-1.4\n" + bytes(range(256)) * 40
WRITTEN = [pytest.param(msg, "letter.msg", id="msg"), pytest.param(winmail, "winmail.dat", id="tnef")]


def opened(raw: bytes) -> tuple[Leaf, ...]:
    """Open a mail with a fresh allowance."""
    allowance = Allowance()
    return open_mail(parse(raw, allowance), allowance, raw)


def attached(data: bytes, name: str) -> tuple[Leaf, ...]:
    """Open a mail that brings one file; return what is no word of its own."""
    return tuple(leaf for leaf in opened(mails.mail("hello", Attachment(name, data))) if leaf.place.path != "1")


@pytest.mark.parametrize(("write", "name"), WRITTEN)
def test_its_files_and_its_words_are_found(write, name: str) -> None:
    """Attachments keep their long names and bytes, the body is a body."""
    leaves = attached(write(Mail(enclosed=[("referral é.pdf", PDF), ("second.pdf", LARGE)])), name)
    assert [(leaf.place.path, leaf.told.kind, leaf.body) for leaf in leaves] == [
        ("2/1", Kind.TEXT, True),
        ("2/2", Kind.PDF, False),
        ("2/3", Kind.PDF, False),
    ]
    assert [(leaf.declared.name, leaf.data) for leaf in leaves[1:]] == [
        ("referral é.pdf", PDF),
        ("second.pdf", LARGE),
    ]
    assert words_of(leaves).text == "Please find attached."


@pytest.mark.parametrize(("write", "name"), WRITTEN)
def test_a_mail_inside_it_is_opened_and_one_step_deeper_is_told(write, name: str) -> None:
    """An embedded mail is the second container; a third stays closed with a code."""
    inner = Mail(subject="inner", body="inner words", enclosed=[("form.pdf", PDF)])
    assert [(leaf.place.path, leaf.told.kind) for leaf in attached(write(Mail(enclosed=[inner])), name)] == [
        ("2/1", Kind.TEXT),
        ("2/2/1", Kind.TEXT),
        ("2/2/2", Kind.PDF),
    ]
    closed = attached(write(Mail(enclosed=[Mail(enclosed=[inner])])), name)[-1]
    assert (closed.place.path, closed.told.kind) == ("2/2/2", Kind.MAIL)
    assert "nested-too-deep" in closed.told.codes


def test_a_mail_nested_many_times_is_read_no_further_than_it_is_opened() -> None:
    """Depth costs nothing: beyond what is opened nothing is taken apart."""
    mail = Mail(enclosed=[("form.pdf", PDF)])
    for _ in range(12):
        mail = Mail(enclosed=[mail])
    assert all(leaf.told.kind is not Kind.PDF for leaf in attached(msg(mail), "deep.msg"))
    assert all(leaf.told.kind is not Kind.PDF for leaf in attached(winmail(mail), "winmail.dat"))


@pytest.mark.parametrize("read", [(msg, outlook.letter_of), (winmail, tnef.letter_of)], ids=["msg", "tnef"])
def test_its_sender_is_its_author(read) -> None:
    """The name and address of who wrote it stand on the inner mail, as claimed."""
    write, letter_of = read
    letter = letter_of(write(Mail(subject="A referral")))
    assert (letter.author, letter.address, letter.subject) == (
        "Orla Example",
        "orla.example@agency.example",
        "A referral",
    )


@pytest.mark.parametrize(("write", "name"), WRITTEN)
def test_a_page_is_read_in_its_own_charset(write, name: str) -> None:
    """An HTML body is bytes in the codepage its property names (65001 is UTF-8, 1252 Western European)."""
    for codepage, html in ((65001, "<p>café</p>".encode()), (1252, "<p>café</p>".encode("cp1252"))):
        more = [(0x3FDE, 0x03, codepage.to_bytes(4, "little"))]
        more = [(number, kind, content.ljust(8, b"\0") if write is msg else content) for number, kind, content in more]
        assert words_of(attached(write(Mail(body="", html=html, more=more)), name)).text == "café"


@pytest.mark.parametrize(("write", "name"), WRITTEN)
def test_a_body_kept_as_compressed_rtf_is_read(write, name: str) -> None:
    """Where only RTF holds the words, the page they were made from is taken out of it."""
    rtf = rb"{\rtf1\ansi\ansicpg1252\fromhtml1 {\*\htmltag64 <p>}Tam \'e9\htmlrtf \par \htmlrtf0{\*\htmltag72 </p>}}"
    packed = (len(rtf) + 12).to_bytes(4, "little") + len(rtf).to_bytes(4, "little") + b"MELA" + bytes(4) + rtf
    assert words_of(attached(write(Mail(body="", rtf=packed)), name)).text == "Tam é"


def test_a_pasted_object_is_told_by_its_content() -> None:
    """A document that was pasted into the mail as an object is a part like any."""
    leaf = attached(msg(Mail(enclosed=[{"Package": PDF * 9, "\x01Ole": b"small"}])), "a.msg")[-1]
    assert (leaf.told.kind, leaf.data) == (Kind.PDF, PDF * 9)


def test_a_signed_mail_saved_by_outlook_is_opened() -> None:
    """Outlook keeps a signed mail as one attachment of its whole MIME."""
    inner = mails.mail("inner words", mails.pdf_attachment(PDF))
    own = {
        "__properties_version1.0": bytes(8),
        "__substg1.0_370E001F": "multipart/signed".encode("utf-16-le"),
        "__substg1.0_37010102": inner,
    }
    data = ole({"__properties_version1.0": bytes(32), "__attach_version1.0_#00000000": own})
    assert [leaf.told.kind for leaf in attached(data, "signed.msg")] == [Kind.EMPTY, Kind.TEXT, Kind.PDF]


def test_named_and_several_valued_properties_are_stepped_over() -> None:
    """Properties nobody here needs do not hide the words behind them."""
    more = [words(0x8001, "named"), (0x1234, 0x0B, b"\x01\0\0\0"), words(0x1235, "odd")]
    assert tnef.letter_of(winmail(Mail(more=[*more, words(0x0042, "Quinn Sample")]))).author == "Quinn Sample"


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (msg(Mail(enclosed=[("a.pdf", PDF)]))[:1600], "a.msg", "broken-msg"),
        (winmail(Mail(enclosed=[("a.pdf", PDF)]))[:-20], "winmail.dat", "broken-tnef"),
        (b"\x78\x9f\x3e\x22" + bytes(40), "winmail.dat", "broken-tnef"),
    ],
)
def test_what_is_broken_stays_one_closed_part_with_a_code(data: bytes, name: str, code: str) -> None:
    """A cut file is told to a person; the form beside it is found."""
    raw = mails.mail("hello", Attachment(name, data), mails.pdf_attachment(PDF))
    broken, form = (leaf for leaf in opened(raw) if not leaf.body)
    assert code in broken.told.codes or broken.told.kind is Kind.UNKNOWN
    assert form.told.kind is Kind.PDF


@pytest.mark.parametrize("write", [msg, winmail])
def test_too_many_files_are_over_the_limit(write) -> None:
    """Two hundred parts are the most of any container."""
    raw = mails.mail("hello", Attachment("x", write(Mail(enclosed=[("a.pdf", PDF)] * 201))))
    assert "too-many-parts" in opened(raw)[-1].told.codes


def test_words_of_an_outlook_mail_never_become_headers_or_parts() -> None:
    """A subject with line ends and a body with boundaries stay what they are."""
    evil = "x\r\nBcc: y@agency.example\r\n\r\n--=_opened-0\r\n"
    (body,) = attached(msg(Mail(subject=evil, body=evil, author=evil, address=evil)), "a.msg")
    assert body.data.decode() == evil


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_mutilation_ends_in_a_letter_or_a_known_fault(data: st.DataObject) -> None:
    """Bytes cut out, doubled and overwritten raise nothing but the edge's own faults."""
    write, read, faults = data.draw(
        st.sampled_from(
            [
                (msg, outlook.letter_of, (outlook.BrokenMessage, OverLimit)),
                (winmail, tnef.letter_of, (tnef.BrokenTnef, OverLimit)),
            ]
        )
    )
    raw = bytearray(write(Mail(html=b"<p>x</p>", enclosed=[("a.pdf", PDF), Mail(enclosed=[("b.pdf", LARGE)])])))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=40))
    try:
        letter = read(bytes(raw))
    except faults:
        return
    assert all(isinstance(each, Enclosure | Letter) for each in letter.enclosed)

"""Every leaf of a mail is found, whatever its disposition; what holds too much stays closed and says so."""

import base64
import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.containers import zip  # noqa: A004 - the module is named for what it opens
from parsers.containers.leaf import Leaf
from parsers.containers.opening import open_mail
from parsers.containers.tree import defects, parse
from parsers.contract import Kind
from parsers.limits import MAX_DEPTH, MAX_PARTS, Allowance, OverLimit
from tests.builders import mails
from tests.builders.mails import Attachment

PDF = b"%PDF-1.4\nan invented form\n%%EOF\n"


def opened(raw: bytes) -> tuple[Leaf, ...]:
    """Open a mail with a fresh allowance."""
    allowance = Allowance()
    return open_mail(parse(raw, allowance), allowance)


def kinds(raw: bytes) -> list[tuple[str, Kind]]:
    """Return path and kind of every leaf that is no body."""
    return [(leaf.place.path, leaf.told.kind) for leaf in opened(raw) if not leaf.body]


def multipart(*parts: bytes, kind: str = "mixed", boundary: str = "=_b", declared: str | None = None) -> bytes:
    """Return a mail of raw parts, each with its headers; ``declared`` is what the header says of the boundary."""
    named = f'; boundary="{boundary}"' if declared is None else declared
    head = f"From: a@agency.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/{kind}{named}\r\n\r\n".encode()
    mark = boundary.encode()
    return head + b"".join(b"--" + mark + b"\r\n" + part + b"\r\n" for part in parts) + b"--" + mark + b"--\r\n"


def encoded(data: bytes, head: str = "Content-Type: application/octet-stream") -> bytes:
    """Return a part in base64."""
    return f"{head}\r\nContent-Transfer-Encoding: base64\r\n\r\n".encode() + base64.encodebytes(data)


def zipped(*entries: tuple[str, bytes]) -> bytes:
    """Return a deflated zip."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    "head",
    [
        "Content-Type: application/octet-stream",
        "Content-Type: text/plain",
        "Content-Type: image/png\r\nContent-Disposition: inline",
        "Content-Type: application/pdf\r\nContent-Disposition: attachment; filename=x.pdf",
        "Content-Disposition: inline",
        "X-Nothing: said",
        "Content-Type: ;;; nonsense",
        "Content-Type: application/pdf; name*=uft-8''%ff.pdf",
    ],
)
def test_a_form_is_found_whatever_its_part_says_of_itself(head: str) -> None:
    """Inline, without a name, under a wrong type: a candidate all the same (incident 13, 75)."""
    assert kinds(multipart(b"Content-Type: text/plain\r\n\r\nhello", encoded(PDF, head))) == [("2", Kind.PDF)]


def test_a_mail_that_is_nothing_but_the_form_is_opened() -> None:
    """A single-part mail of a PDF has one document."""
    assert kinds(b"From: a@agency.example\r\n" + encoded(PDF)) == [("1", Kind.PDF)]


def test_words_are_bodies_and_named_text_is_a_document() -> None:
    """Body or document is told by disposition and name, for text only."""
    raw = mails.mail("hello", Attachment("notes.txt", b"notes", "text/plain"), html="<p>hello</p>")
    assert [(leaf.told.kind, leaf.body) for leaf in opened(raw)] == [
        (Kind.TEXT, True),
        (Kind.HTML, True),
        (Kind.TEXT, False),
    ]


@pytest.mark.parametrize("encoding", ["7bit", "base64"])
def test_a_form_in_a_forwarded_mail_is_found(encoding: str) -> None:
    """message/rfc822 is opened, in the forbidden base64 too (incident 80)."""
    inner = mails.mail("inner", mails.pdf_attachment(PDF))
    sent = base64.encodebytes(inner) if encoding == "base64" else inner
    assert kinds(mails.forwarded(sent, encoding=encoding)) == [("2/2", Kind.PDF)]


def test_a_mail_attached_as_any_file_is_opened() -> None:
    """An .eml sent as application/octet-stream is a mail by its bytes."""
    inner = mails.mail("inner", mails.pdf_attachment(PDF))
    assert kinds(mails.mail("hello", Attachment("saved.eml", inner))) == [("2/2", Kind.PDF)]


def test_a_form_in_a_zip_in_a_forwarded_mail_is_found_and_one_step_deeper_is_told() -> None:
    """Two containers are opened; a third stays closed with a code."""
    once = zipped(("form.pdf", PDF))
    twice = zipped(("inner.zip", once))
    raw = mails.forwarded(mails.mail("inner", Attachment("forms.zip", once)))
    assert kinds(raw) == [("2/2/1", Kind.PDF)]
    (leaf,) = (each for each in opened(mails.forwarded(mails.mail("x", Attachment("z.zip", twice)))) if not each.body)
    assert (leaf.place.path, leaf.told.kind) == ("2/2/1", Kind.ZIP)
    assert "nested-too-deep" in leaf.told.codes


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (zipped(("bomb.docx", bytes(40_000_000))), "zip-ratio"),
        (zipped(*((f"{number}.txt", b"x") for number in range(MAX_PARTS + 1))), "too-many-parts"),
        (zipped(("form.pdf", PDF))[:-40], "broken-zip"),
        (b"PK\x03\x04" + bytes(400), "broken-zip"),
    ],
    ids=["bomb", "many", "cut", "junk"],
)
def test_a_zip_that_holds_too_much_or_is_broken_stays_one_closed_part(data: bytes, code: str) -> None:
    """The zip is listed with a code, the form beside it is still found (security.md 22)."""
    raw = mails.mail("hello", Attachment("a.zip", data), mails.pdf_attachment(PDF))
    closed, form = (leaf for leaf in opened(raw) if not leaf.body)
    assert closed.told.kind is Kind.ZIP
    assert code in closed.told.codes
    assert form.told.kind is Kind.PDF


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "C:\\x.pdf", "..\\x.pdf"])
def test_a_zip_entry_that_would_leave_its_folder_is_only_a_part_with_a_code(name: str) -> None:
    """Names of entries are never paths; this one is told to the person who might unpack it."""
    leaf = opened(mails.mail("x", Attachment("a.zip", zipped((name, PDF)))))[-1]
    assert (leaf.place.path, leaf.told.kind, leaf.told.codes) == ("2/1", Kind.PDF, ("unsafe-name",))


def test_mails_nested_two_thousand_deep_are_over_the_limit() -> None:
    """The tree stops growing at its depth, no recursion is left to overflow (incident 42)."""
    raw = b"Content-Type: message/rfc822\r\n\r\n" * 2_000 + b"words"
    with pytest.raises(OverLimit):
        opened(raw)


def test_multiparts_nested_beyond_the_depth_are_over_the_limit() -> None:
    """The same for multipart in multipart."""
    raw = b"".join(
        f'Content-Type: multipart/mixed; boundary="b{depth}"\r\n\r\n--b{depth}\r\n'.encode() for depth in range(2_000)
    )
    with pytest.raises(OverLimit):
        opened(raw)


def test_a_depth_that_is_allowed_is_opened() -> None:
    """A form just within the depth is found."""
    raw = encoded(PDF)
    for depth in range(MAX_DEPTH - 1):
        raw = multipart(raw, boundary=f"b{depth}")[len(b"From: a@agency.example\r\nMIME-Version: 1.0\r\n") :]
    assert [kind for _, kind in kinds(raw)] == [Kind.PDF]


@pytest.mark.parametrize("count", [MAX_PARTS + 1, 100_000])
def test_too_many_parts_are_over_the_limit(count: int) -> None:
    """A mail of a hundred thousand parts is refused while it is parsed (incident 43)."""
    with pytest.raises(OverLimit):
        opened(multipart(*[b"\r\nx"] * count))


def test_as_many_parts_as_allowed_are_opened() -> None:
    """Two hundred are."""
    assert len(opened(multipart(*[b"\r\nx"] * MAX_PARTS))) == MAX_PARTS


@pytest.mark.parametrize("declared", ["", "; boundary=other", "; boundary=", '; boundary="'])
def test_a_missing_or_wrong_boundary_is_found_in_the_body(declared: str) -> None:
    """A form behind a boundary nobody declared is found."""
    raw = multipart(b"Content-Type: text/plain\r\n\r\nhello", encoded(PDF), declared=declared)
    assert kinds(raw) == [("2", Kind.PDF)]


def test_truncated_base64_is_decoded_as_far_as_it_goes() -> None:
    """A cut attachment keeps its beginning and says that it was cut."""
    part = encoded(PDF * 20).rstrip()[:-3]
    (leaf,) = (each for each in opened(multipart(part)) if not each.body)
    assert leaf.data.startswith(PDF)
    assert "truncated-base64" in leaf.told.codes


def test_an_unterminated_mail_keeps_its_parts() -> None:
    """A mail cut in the middle of its last part has that part's beginning, and a defect is told."""
    raw = multipart(encoded(PDF * 20))[:-120]
    assert [kind for _, kind in kinds(raw)] == [Kind.PDF]
    assert "close-boundary-not-found-defect" in defects(parse(raw, Allowance()))


def test_numbers_and_paths_are_the_same_at_every_reading() -> None:
    """Names are ours, nothing is random (incident 83)."""
    raw = mails.forwarded(mails.mail("inner", mails.pdf_attachment(PDF, name="")))
    first, second = opened(raw), opened(raw)
    assert [(leaf.place, leaf.data) for leaf in first] == [(leaf.place, leaf.data) for leaf in second]


def test_a_detached_signature_is_dressing() -> None:
    """The second part of multipart/signed is no document; the same bytes attached elsewhere are."""
    signature = bytes.fromhex("3082010006092a864886f70d010702") + bytes(20)
    head = "Content-Type: application/pkcs7-signature; name=smime.p7s"
    signed = multipart(b"Content-Type: text/plain\r\n\r\nhello", encoded(signature, head), kind="signed")
    assert [leaf.dressing for leaf in opened(signed)] == [False, True]
    assert not any(leaf.dressing for leaf in opened(multipart(encoded(signature, head))))


def test_a_container_with_nothing_inside_is_told_and_not_lost() -> None:
    """An empty zip is a part of the mail like any other: a person may have meant to put something in."""
    (leaf,) = opened(mails.mail("x", Attachment("a.zip", b"PK\x05\x06" + bytes(18))))[1:]
    assert (leaf.told.kind, leaf.told.codes) == (Kind.ZIP, ("nothing-inside",))


def test_a_container_that_takes_all_memory_closes_itself_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one zip asks for in vain is not missing for the form beside it."""

    def greedy(*_: object) -> tuple[zip.Entry, ...]:
        raise MemoryError

    monkeypatch.setattr(zip, "unpack", greedy)
    raw = mails.mail("x", Attachment("a.zip", zipped(("f.pdf", PDF))), mails.pdf_attachment(PDF))
    closed, form = opened(raw)[1:]
    assert (closed.told.kind, closed.told.codes, form.data) == (Kind.ZIP, ("memory", "over-limit"), PDF)


@settings(max_examples=60)
@given(st.data())
def test_any_mutilation_of_a_mail_is_opened_or_over_the_limit(data: st.DataObject) -> None:
    """Bytes cut out, doubled and overwritten raise nothing but OverLimit."""
    raw = bytearray(mails.forwarded(mails.mail("x", Attachment("a.zip", zipped(("f.pdf", PDF))), html="<p>x</p>")))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(raw) - 1))
        raw[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=40))
    try:
        leaves = opened(bytes(raw))
    except OverLimit:
        return
    assert all(len(leaf.place.path) <= 200 for leaf in leaves)

"""What one task brings: forms wherever they stand in a mail, and what could not be read by name of reason."""

import time
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest

from parsers import desk, read
from parsers.contract import (
    DocumentReading,
    DocumentState,
    Harvest,
    Kind,
    Recognised,
    Refusal,
    Survey,
    Task,
    TaskKind,
    decode_answer,
    encode,
)
from parsers.contract.framing import MAX_ANSWER_BYTES
from parsers.limits import READING_SHARE, TURN_SHARE, OutOfTime
from parsers.recognise.reading import Readers
from parsers.template import Library
from tests.builders import forms, mails, smime
from tests.builders.mails import Attachment
from tests.builders.outlook import Mail, msg, winmail
from tests.hostile.zips import Item, zip_of

NO_FORMS = Library(fields=(), sheets=(), neighbours=())


def survey(raw: bytes) -> Survey:
    """Survey a mail that can be surveyed."""
    answer = read.answer(Task(kind=TaskKind.SURVEY, length=len(raw)), raw, NO_FORMS, 10.0)
    assert isinstance(answer, Survey)
    return answer


def harvest(raw: bytes, library: Library = NO_FORMS, kind: TaskKind = TaskKind.READ, seconds: float = 10.0) -> Harvest:
    """Read a mail that can be read."""
    answer = read.answer(Task(kind=kind, length=len(raw)), raw, library, seconds)
    assert isinstance(answer, Harvest)
    return answer


def zipped(*entries: tuple[str, bytes]) -> bytes:
    """Return a zip."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return file.getvalue()


@pytest.fixture(scope="module")
def form() -> bytes:
    """Return a filled form of ours."""
    return forms.to_docx()


@pytest.mark.parametrize(
    "sent",
    [
        lambda form: mails.mail("hello", mails.docx_attachment(form)),
        lambda form: mails.mail("hello", Attachment("", form, "text/plain", "inline")),
        lambda form: mails.forwarded(mails.mail("inner", mails.docx_attachment(form))),
        lambda form: mails.mail("hello", Attachment("mail.dat", mails.mail("inner", mails.docx_attachment(form)))),
        lambda form: mails.mail("hello", Attachment("a.msg", msg(Mail(enclosed=[("a.docx", form)])))),
        lambda form: mails.mail("hello", Attachment("winmail.dat", winmail(Mail(enclosed=[("a.docx", form)])))),
        lambda form: mails.mail("hello", Attachment("a.zip", zipped(("a.docx", form)))),
        lambda form: smime.opaque(smime.entity(mails.mail("inner", mails.docx_attachment(form)))),
    ],
    ids=["attached", "inline", "forwarded", "as a file of a mail", "msg", "winmail.dat", "zip", "signed"],
)
def test_a_form_is_read_wherever_it_stands(form: bytes, sent: Callable[[bytes], bytes]) -> None:
    """Attached, inline, in any container a mail brings: the form is ours and has its readings."""
    (document,) = harvest(sent(form), forms.library()).documents
    assert (document.state, document.recognised) == (DocumentState.READ, Recognised.OURS)
    assert document.readings


def test_survey_and_harvest_number_the_parts_alike(form: bytes) -> None:
    """A document's index and digest are its part's."""
    raw = mails.mail("hello", Attachment("a.bin", b"\x00\x01"), mails.docx_attachment(form), html="<p>hello</p>")
    parts = {part.index: part.sha256 for part in survey(raw).parts if not part.body}
    assert parts == {document.index: document.sha256 for document in harvest(raw, forms.library()).documents}


def test_a_single_file_is_document_zero(form: bytes) -> None:
    """``form try`` reads one file under the index 0."""
    (document,) = harvest(form, forms.library(), TaskKind.READ_FILE).documents
    assert (document.index, document.recognised) == (0, Recognised.OURS)


@pytest.mark.parametrize(
    ("attachment", "state"),
    [
        (Attachment("a.docx", mails.locked_docx()), DocumentState.LOCKED),
        (Attachment("a.ics", b"BEGIN:VCALENDAR\r\n", "text/calendar"), DocumentState.IGNORED),
        (Attachment("a.zip", b"PK\x03\x04" + bytes(90)), DocumentState.UNREADABLE),
        (Attachment("winmail.dat", b"\x78\x9f\x3e\x22" + bytes(40)), DocumentState.UNREADABLE),
    ],
    ids=["locked", "calendar", "broken zip", "broken tnef"],
)
def test_what_cannot_be_read_is_named_by_its_reason(attachment: Attachment, state: DocumentState) -> None:
    """Every part that is no body is accounted for in a state of the closed list."""
    (document,) = harvest(mails.mail("hello", attachment)).documents
    assert document.state is state
    assert document.why


def test_a_form_in_the_mails_own_words_is_offered() -> None:
    """It stands among the documents under its body's number, and the harvest says so."""
    lines = ("Name of referrer: Orla Example", "Child's full name: Tam Madeup", "Date of birth: 4/3/2021")
    typed = harvest(mails.mail("\r\n".join((*lines, "Date of incident: 10/11/2026"))), forms.library())
    (document,) = typed.documents
    assert (typed.body_looks_like_form, document.index, "in-body" in document.codes) == (True, 1, True)


def test_a_document_that_never_ends_does_not_hide_the_one_beside_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """One bomb among the attachments uses up its own share of the time, no more."""
    real = desk.read_document

    def slow(index: int, kind: Kind, data: bytes, library: Library, readers: Readers) -> DocumentReading:
        if data.startswith(b"%PDF-1.9"):
            time.sleep(60)
        return real(index, kind, data, library, readers)

    monkeypatch.setattr(desk, "read_document", slow)
    raw = mails.mail("x", mails.pdf_attachment(b"%PDF-1.9\n"), Attachment("notes.txt", b"notes", "text/plain"))
    bomb, notes = harvest(raw, seconds=0.5).documents
    assert (bomb.state, bomb.why) == (DocumentState.OVER_LIMIT, "time")
    assert notes.why != "time"


def test_many_documents_that_never_end_hide_no_form(monkeypatch: pytest.MonkeyPatch, form: bytes) -> None:
    """Each has its turn only, and what was packed comes after what lies openly; the form is read in all of it."""
    real, begun = desk.read_document, time.monotonic()

    def slow(index: int, kind: Kind, data: bytes, library: Library, readers: Readers) -> DocumentReading:
        if kind is Kind.PDF:
            time.sleep(60)
        return real(index, kind, data, library, readers)

    monkeypatch.setattr(desk, "read_document", slow)
    pdf = b"%PDF-1.9\n"
    packed = zip_of(*(Item(f"{n}.pdf", pdf) for n in range(60)))
    bombs = [mails.pdf_attachment(pdf), mails.pdf_attachment(pdf.ljust(100_000)), Attachment("a.zip", packed)]
    found = harvest(mails.mail("words", *bombs, mails.docx_attachment(form)), forms.library(), seconds=4.0)
    assert found.documents[-1].state is DocumentState.READ
    assert {(each.state, each.why) for each in found.documents[:-1]} == {(DocumentState.OVER_LIMIT, "time")}
    assert found.codes == ()
    assert time.monotonic() - begun < (READING_SHARE + TURN_SHARE) * 4.0


def test_what_took_longer_than_its_turn_is_read_with_the_time_that_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """An honest file that takes long among many small ones is read all the same."""
    real = desk.read_document

    def slow(index: int, kind: Kind, data: bytes, library: Library, readers: Readers) -> DocumentReading:
        if kind is Kind.PDF:
            time.sleep(0.3)
        return real(index, kind, data, library, readers)

    monkeypatch.setattr(desk, "read_document", slow)
    many = [Attachment(f"{n}.bin", bytes(90)) for n in range(20)]
    found = harvest(mails.mail("words", mails.pdf_attachment(b"%PDF-1.9\n"), *many), seconds=2.0)
    assert (found.documents[0].state, found.documents[0].why) == (DocumentState.UNREADABLE, "broken-pdf")


def test_words_that_take_too_long_cost_no_document(monkeypatch: pytest.MonkeyPatch, form: bytes) -> None:
    """A page that never ends is looked through no longer than its share: a code tells it, the file beside is read."""

    def slow(*_: object) -> tuple[DocumentReading, ...]:
        time.sleep(60)
        return ()

    monkeypatch.setattr(desk, "typed_forms", slow)
    found = harvest(mails.mail("words", mails.docx_attachment(form)), forms.library(), seconds=1.0)
    assert [document.state for document in found.documents] == [DocumentState.READ]
    assert found.codes == ("body-time",)


@pytest.mark.parametrize("fault", [ValueError("a stranger's words"), KeyError("words"), RecursionError()])
def test_a_fault_of_a_parser_is_a_refusal_without_its_words(monkeypatch: pytest.MonkeyPatch, fault: Exception) -> None:
    """No text of an exception crosses the wall, only a code."""

    def failing(*_: object) -> None:
        raise fault

    monkeypatch.setattr(read, "words_of", failing)
    answer = read.answer(Task(kind=TaskKind.SURVEY, length=1), mails.mail(), NO_FORMS, 10.0)
    assert isinstance(answer, Refusal)
    assert b"words" not in encode(answer)


def test_a_bounce_names_the_letter_it_returns() -> None:
    """RFC 3464: the Message-ID of the returned mail comes across."""
    assert survey(mails.bounce("<letter@salford.gov.uk>")).headers.returned_message_ids == ("<letter@salford.gov.uk>",)


def test_a_mail_that_only_forwards_ours_returns_nothing() -> None:
    """An attached mail is no delivery report."""
    raw = mails.forwarded(mails.mail(message_id="<letter@salford.gov.uk>"))
    assert survey(raw).headers.returned_message_ids == ()


@pytest.mark.parametrize("characters", ["\x01", "\udcff", "\x00", '"\\', "日"])
def test_the_largest_answers_cross_the_wall(characters: str) -> None:
    """Every header at its bound, of the characters that swell most in JSON, still decodes on the other side."""
    value = (characters * 16_000)[:16_000]
    lines = [f"{name}: {value}" for name in ("From", "Subject", "References", "To", "Received", "List-Id", "Date")]
    raw = mails.raw(*lines, *(f"Authentication-Results: {value[:4_000]}" for _ in range(5)), body=b"words")[:250_000]
    answer = encode(survey(raw))
    assert len(answer) <= MAX_ANSWER_BYTES
    assert decode_answer(answer) == survey(raw)


def test_what_nobody_read_tells_what_it_carries(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lock or a clock keeps the words back, not the codes of what would act."""
    locked = zip_of(Item("invoice.exe", b"x", flags=1))
    (document,) = harvest(mails.mail("x", Attachment("a.zip", locked))).documents
    assert (document.state, document.codes) == (DocumentState.LOCKED, ("program-inside",))

    def late(*_: object) -> DocumentReading:
        over = OutOfTime()
        over.codes = ("pdf-launch",)
        raise over

    monkeypatch.setattr(desk, "read_document", late)
    both = zip_of(Item("word/document.xml", b"<w/>"), Item("word/vbaProject.bin", b"x"))
    (document,) = harvest(mails.mail("x", Attachment("a.docx", both))).documents
    assert (document.state, document.codes) == (DocumentState.OVER_LIMIT, ("pdf-launch", "macros"))

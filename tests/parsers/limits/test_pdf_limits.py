"""Limits of PDFs, met from both sides: what just fits is read, one more is over the limit, cut or told."""

import zlib
from collections.abc import Iterator
from io import BytesIO
from types import SimpleNamespace

import pikepdf
import pypdfium2
import pytest
from pyhanko.sign import validation
from reportlab.pdfgen.canvas import Canvas

from parsers.contract import DocumentState
from parsers.document import Document, NotRead
from parsers.formats import (
    pdf,
    pdf_fields,
    pdf_notes,
    pdf_objects,
    pdf_pages,
    pdf_paths,
    pdf_picture,
    pdf_signatures,
    pdf_unpacking,
    pdf_weigh,
    pdf_words,
    pdf_xfa,
)
from parsers.formats.pdf import read_pdf
from parsers.formats.pdf_fields import fields_of
from parsers.formats.pdf_unpacking import TooHeavy, content_of, unpacked_size
from parsers.formats.pdf_weigh import Scales
from tests.builders.documents import texts
from tests.hostile.pdfs import TEXT, flate, letter, stream

both_sides = pytest.mark.parametrize("more", [0, 1])
IMAGE = b"/Type /XObject /Subtype /Image /Width 1 /Height 1"
FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]"


def code_of(data: bytes) -> str | None:
    """Return the code of the limit a file is over, None where it is read."""
    try:
        read_pdf(data)
    except NotRead as refused:
        return refused.code if refused.state is DocumentState.OVER_LIMIT else refused.state.value
    return None


def over(more: int, code: str = "pdf-limit") -> str | None:
    """Return what must be said of a file at the limit, and one beyond it."""
    return code if more else None


def drawn(more: dict[int, bytes], names: bytes = b"/X 10 0 R", content: bytes = b"/X Do") -> bytes:
    """Return a letter that draws what is given."""
    return letter(content, resources=b"/XObject << %s >>" % names, more=more)


def fields(*told: bytes) -> bytes:
    """Return a letter with these fields."""
    numbers = b" ".join(b"%d 0 R" % (10 + at) for at in range(len(told)))
    parts = {10 + at: b"<< /Subtype /Widget /Rect [0 0 9 9] %s >>" % each for at, each in enumerate(told)}
    return letter(catalog=b"/AcroForm << /Fields [%s] >>" % numbers, page=b"/Annots [%s]" % numbers, more=parts)


def many_pages(count: int) -> bytes:
    """Return a file of so many pages of words."""
    made = BytesIO()
    canvas = Canvas(made, invariant=1)
    for number in range(count):
        canvas.drawString(72, 700, f"An invented letter with words enough, page {number}.")
        canvas.showPage()
    canvas.save()
    return made.getvalue()


@both_sides
def test_pages_are_counted(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Those behind are not read, and the file says so."""
    monkeypatch.setattr(pdf, "MAX_PAGES", 2)
    document = read_pdf(many_pages(2 + more))
    assert len(texts(document)) == 2
    assert ("pages-cut" in document.codes) is bool(more)


@both_sides
def test_letters_of_a_file_are_counted(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Over all its pages."""
    most = len(b"".join(TEXT[TEXT.index(b"(") + 1 : TEXT.index(b")")].split()))
    monkeypatch.setattr(pdf_pages, "MAX_TEXT", most - more)
    assert code_of(letter()) == over(more, "too-much-text")


@both_sides
def test_letters_of_a_page_are_counted(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Seen ones and unseen ones, before any is looked at."""
    with pypdfium2.PdfDocument(letter()) as file:
        most = file[0].get_textpage().count_chars()
    monkeypatch.setattr(pdf_words, "MAX_LETTERS", most - more)
    assert code_of(letter()) == over(more)


@both_sides
def test_drawings_of_a_page_are_counted(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Those of forms drawn on it too."""
    monkeypatch.setattr(pdf_paths, "MAX_OBJECTS", 5)
    lines = b"0 0 m 9 9 l S\n" * (2 + more)
    assert code_of(drawn({10: stream(lines, FORM)}, content=b"/X Do 0 0 m 9 9 l S")) == over(more)


def ruled(monkeypatch: pytest.MonkeyPatch, content: bytes) -> int:
    """Return how many level lines are seen on a page."""
    seen: list[int] = []
    real = pdf_pages.look
    monkeypatch.setattr(pdf_pages, "look", lambda *given: seen.append(len((sight := real(*given)).level)) or sight)
    read_pdf(content)
    return seen[0]


@both_sides
def test_a_path_of_many_points_is_a_drawing(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Its lines are no lines of a table."""
    monkeypatch.setattr(pdf_paths, "MAX_POINTS", 4)
    path = b"10 10 m 200 10 l 200 60 l" + b" 10 60 l" * (1 + more) + b" S"
    assert ruled(monkeypatch, letter(path)) == (0 if more else 2)


@both_sides
def test_forms_are_looked_into_to_their_depth(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """The lines of one that is drawn deeper are not seen."""
    monkeypatch.setattr(pdf_paths, "MAX_DEPTH", 2)
    depth = 2 + more
    inner = FORM.replace(b"9 9", b"600 700") + b" /Resources << /XObject << /X %d 0 R >> >>"
    forms = {10 + at: stream(b"/X Do", inner % (11 + at)) for at in range(depth - 1)}
    forms[9 + depth] = stream(b"10 10 m 200 10 l S", inner % 5)
    assert ruled(monkeypatch, drawn(forms)) == 1 - more


@both_sides
def test_objects_of_a_file_are_counted(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """All that its pages lead to."""
    monkeypatch.setattr(pdf_weigh, "MAX_OBJECTS", _objects_of(drawn({10: stream(b"", FORM)})) - more)
    assert code_of(drawn({10: stream(b"", FORM)})) == over(more)


def _objects_of(data: bytes) -> int:
    scales = Scales()
    with pikepdf.open(BytesIO(data)) as file:
        scales.page(file.pages[0].obj)
    return scales._things


@both_sides
def test_what_one_stream_unpacks_to_is_weighed(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Drawing, letters, fonts."""
    monkeypatch.setattr(pdf_weigh, "MAX_GUESSED", 0)
    monkeypatch.setattr(pdf_weigh, "MAX_STREAM", 1_000)
    assert code_of(drawn({10: flate(b" " * (1_000 + more), FORM)})) == over(more)


@both_sides
def test_what_a_picture_unpacks_to_is_weighed(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """By a measure of its own: a page in colour is large."""
    monkeypatch.setattr(pdf_weigh, "MAX_GUESSED", 0)
    monkeypatch.setattr(pdf_weigh, "MAX_STREAM", 0)
    monkeypatch.setattr(pdf_weigh, "MAX_PICTURE", 1_000)
    assert code_of(drawn({10: flate(bytes(1_000 + more), IMAGE)})) == over(more)


@both_sides
def test_what_all_streams_unpack_to_is_weighed(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Pictures apart."""
    monkeypatch.setattr(pdf_weigh, "MAX_GUESSED", 0)
    own = len(TEXT) + 1 + len(b"/X Do")
    monkeypatch.setattr(pdf_weigh, "MAX_WORDS", own + 1_000)
    assert code_of(drawn({10: flate(b" " * (1_000 + more), FORM)})) == over(more)


@both_sides
def test_small_streams_are_not_unpacked_to_see(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """As long as all of them, at worst, would come to little; beyond that each is."""
    monkeypatch.setattr(pdf_weigh, "MAX_STREAM", 10)
    made = flate(b" " * 1_000, FORM)
    packed = int(made.split(b"/Length ")[1].split()[0])
    monkeypatch.setattr(pdf_weigh, "MAX_GUESSED", packed * pdf_unpacking.MOST + 1 - more)
    assert code_of(drawn({10: made})) == over(more)


@both_sides
def test_what_a_page_draws_is_weighed(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """A form as often as it is drawn."""
    calls = b"/X Do " * 3
    monkeypatch.setattr(pdf_weigh, "MAX_DRAWN", len(TEXT) + 1 + len(calls) + 3 * 100)
    assert code_of(drawn({10: stream(b" " * (100 + more), FORM)}, content=calls)) == over(more)


@both_sides
def test_forms_draw_forms_to_their_depth(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Deeper ones are nobody's stamp."""
    monkeypatch.setattr(pdf_weigh, "MAX_FORMS_DEEP", 3)
    depth = 3 + more
    inner = FORM + b" /Resources << /XObject << /X %d 0 R >> >>"
    forms = {10 + at: stream(b"/X Do" if at < depth - 1 else b"", inner % (11 + at)) for at in range(depth)}
    assert code_of(drawn({**forms, 10 + depth: b"null"})) == over(more)


@both_sides
def test_packings_in_one_another_are_counted(more: int) -> None:
    """A stream that was packed once more than that is nobody's."""
    names = ["/FlateDecode"] * (pdf_unpacking.MAX_FILTERS + more)
    data = b"words"
    for _ in names:
        data = zlib.compress(data)
    if more:
        with pytest.raises(TooHeavy):
            unpacked_size(data, names, 1_000)
    else:
        assert unpacked_size(data, names, 1_000) == len(b"words")


LZW = bytes.fromhex("800b6050220c0c8501")
"""Ten letters (ISO 32000-1, 7.4.4.2)."""


@both_sides
def test_the_rarest_packing_is_unpacked_to_its_limit(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Letters of it that come to more are over the limit before they are all there."""
    monkeypatch.setattr(pdf_unpacking, "MAX_LZW", 10 - more)
    if more:
        with pytest.raises(TooHeavy):
            unpacked_size(LZW, ["/LZWDecode"], 1_000)
    else:
        assert unpacked_size(LZW, ["/LZWDecode"], 1_000) == 10


@both_sides
def test_a_packed_byte_is_taken_for_what_it_may_come_to(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """What cannot come to the limit is not unpacked to see."""
    monkeypatch.setattr(pdf_unpacking, "MAX_LZW", 1)
    limit = len(LZW) * pdf_unpacking.MOST - more
    if more:
        with pytest.raises(TooHeavy):
            unpacked_size(LZW, ["/LZWDecode"], limit)
    else:
        assert unpacked_size(LZW, ["/LZWDecode"], limit) == len(LZW)


@both_sides
def test_a_text_of_a_file_is_read_to_its_length(more: int) -> None:
    """A longer answer is cut there."""
    words = b"x" * (pdf_objects.MAX_VALUE + more)
    with pikepdf.new() as file:
        assert len(pdf_objects.text_of(file.make_stream(words))) == pdf_objects.MAX_VALUE
    assert len(list(the_control(fields(b"/T (a) /FT /Tx /V (%s)" % words)))[-1]) == pdf_objects.MAX_VALUE


@both_sides
def test_a_text_that_is_a_stream_is_unpacked_to_its_limit(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """One that unpacks to more is no answer."""
    monkeypatch.setattr(pdf_objects, "MAX_TEXT_STREAM", 100)
    with pikepdf.new() as file:
        made = file.make_stream(b"x" * (100 + more))
        if more:
            with pytest.raises(TooHeavy):
                pdf_objects.text_of(made)
        else:
            assert content_of(made, 100) == b"x" * 100 == pdf_objects.text_of(made).encode()


@both_sides
def test_fields_are_counted(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Those behind are not read, and the file says so."""
    monkeypatch.setattr(pdf_fields, "MAX_FIELDS", 2)
    document = read_pdf(fields(*(b"/T (f%d) /FT /Tx /V (words)" % n for n in range(2 + more))))
    assert len(document.controls) == 2
    assert ("fields-cut" in document.codes) is bool(more)


@both_sides
def test_fields_are_found_to_their_depth(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """One that has more parents is not."""
    monkeypatch.setattr(pdf_fields, "MAX_DEPTH", 2)
    with pikepdf.new() as file:
        field = pikepdf.Dictionary(T="leaf", FT=pikepdf.Name.Tx, V="words")
        for depth in range(2 + more):
            field = pikepdf.Dictionary(T=f"parent {depth}", Kids=pikepdf.Array([file.make_indirect(field)]))
        file.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([file.make_indirect(field)]))
        assert len(fields_of(file, []).found) == 1 - more


def the_control(data: bytes) -> Iterator[str]:
    """Give name, title and text of the one field of a file."""
    (control,) = read_pdf(data).controls
    yield from (control.tag, control.title, control.text)


@both_sides
def test_a_fields_names_are_read_to_their_length(more: int) -> None:
    """Longer ones are cut."""
    name = b"n" * (pdf_fields.MAX_NAME + more)
    tag, title, _ = the_control(fields(b"/T (%s) /TU (%s) /FT /Tx /V (words)" % (name, name)))
    assert (len(tag), len(title)) == (pdf_fields.MAX_NAME,) * 2


@both_sides
def test_what_is_chosen_is_counted(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Of a list where several may be."""
    monkeypatch.setattr(pdf_fields, "MAX_CHOSEN", 2)
    *_, text = the_control(fields(b"/T (a) /FT /Ch /V [(one) (two)%s]" % (b" (three)" * more)))
    assert text == "one, two"


def typed(*words: bytes) -> bytes:
    """Return a letter onto which words were typed."""
    notes = (b"<< /Subtype /FreeText /Rect [72 %d 500 %d] /Contents (%s) >>" % (9 * n, 9 * n + 8, each)
             for n, each in enumerate(words, 1))  # fmt: skip
    return letter(page=b"/Annots [%s]" % b" ".join(notes))


def notes_in(data: bytes) -> list[str]:
    """Return the words typed onto the first page."""
    with pikepdf.open(BytesIO(data)) as file:
        return [note.text for note in pdf_notes.notes_of(file.pages[0].obj)]


@both_sides
def test_notes_of_a_page_are_counted(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Those behind are not looked at."""
    monkeypatch.setattr(pdf_notes, "MAX_NOTES", 2)
    assert notes_in(typed(b"one", b"two", *[b"three"] * more)) == ["one", "two"]


@both_sides
def test_what_is_typed_is_read_to_its_length(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """A longer note is cut."""
    monkeypatch.setattr(pdf_notes, "MAX_TYPED", 5)
    assert notes_in(typed(b"words" + b"x" * more)) == ["words"]


@both_sides
def test_leaves_of_an_xfa_form_are_counted(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Those behind are not read."""
    monkeypatch.setattr(pdf_xfa, "MAX_LEAVES", 2)
    space = "http://www.xfa.org/schema/xfa-data/1.0/"
    packet = f'<d:data xmlns:d="{space}">{"".join(f"<a{n}>x</a{n}>" for n in range(2 + more))}</d:data>'
    with pikepdf.new() as file:
        assert len(pdf_xfa.read_xfa(file.make_stream(packet.encode()))) == 2


@both_sides
def test_a_page_is_drawn_to_its_size(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """A larger one is drawn more coarsely."""
    monkeypatch.setattr(pdf_picture, "MAX_PIXELS", 612 * 792 - 9_000 * more)
    (picture,) = pdf_picture.render_pages(letter(), dpi=72)
    assert (picture.width * picture.height < 612 * 792) is bool(more)


class Signed:
    """A file that bears so many signatures, as pyHanko tells of it."""

    def __init__(self, count: int) -> None:
        """Name them by their number."""
        self.embedded_signatures = [type("One", (), {"field_name": f"s{n}"})() for n in range(count)]


@both_sides
def test_signatures_of_a_file_are_counted(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Further ones are told as not verified."""
    count = pdf_signatures.MAX_SIGNATURES
    monkeypatch.setattr(pdf_signatures, "_reader", lambda *_: Signed(count + more))
    monkeypatch.setattr(pdf_signatures, "_judged", lambda _: pdf_signatures.Signature(pdf_signatures.INTACT))
    assert len(pdf_signatures.signatures_of(b"", "")) == count


@both_sides
def test_a_signers_name_is_shown_to_its_length(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """A longer one is cut."""
    name = "n" * (pdf_signatures.MAX_SIGNER + more)
    subject = SimpleNamespace(native={"common_name": name})
    status = SimpleNamespace(
        intact=True, valid=True, coverage=validation.SignatureCoverageLevel.ENTIRE_FILE, modification_level=None,
        signing_cert=SimpleNamespace(subject=subject),
    )  # fmt: skip
    monkeypatch.setattr(validation, "validate_pdf_signature", lambda *_: status)
    assert len(pdf_signatures._judged(object()).signer) == pdf_signatures.MAX_SIGNER


def test_a_letter_is_read() -> None:
    """Were it not, every test above that expects a limit would be about nothing."""
    assert isinstance(read_pdf(letter()), Document)

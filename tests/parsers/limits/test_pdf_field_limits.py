"""Limits of fields, notes and signatures of a PDF, met from both sides: one more is cut, or told by a code."""

from collections.abc import Iterator
from io import BytesIO
from types import SimpleNamespace

import pikepdf
import pytest
from pyhanko.sign import validation

from parsers.formats import (
    pdf_fields,
    pdf_notes,
    pdf_objects,
    pdf_picture,
    pdf_signatures,
    pdf_xfa,
)
from parsers.formats.pdf import read_pdf
from parsers.formats.pdf_fields import fields_of
from parsers.formats.pdf_unpacking import TooHeavy, content_of
from tests.builders.limits import both_sides
from tests.hostile.pdfs import letter


def fields(*told: bytes) -> bytes:
    """Return a letter with these fields."""
    numbers = b" ".join(b"%d 0 R" % (10 + at) for at in range(len(told)))
    parts = {10 + at: b"<< /Subtype /Widget /Rect [0 0 9 9] %s >>" % each for at, each in enumerate(told)}
    return letter(catalog=b"/AcroForm << /Fields [%s] >>" % numbers, page=b"/Annots [%s]" % numbers, more=parts)


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


@both_sides
def test_packets_of_a_dynamic_form_are_searched_to_their_number(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """A script behind the last of them is not told."""
    monkeypatch.setattr(pdf_xfa, "MAX_PACKETS", 2)
    with pikepdf.new() as file:
        packets = [file.make_stream(b"<a/>") for _ in range(1 + more)]
        packets.append(file.make_stream(b"<script>app.alert(1)</script>"))
        entry = pikepdf.Array([part for packet in packets for part in (pikepdf.String("p"), packet)])
        assert pdf_xfa.has_script(entry) is not bool(more)

"""What a PDF unpacks to and draws, met from both sides of each limit: what just fits is read, one more is over it."""

import zlib
from io import BytesIO

import pikepdf
import pytest

from parsers.formats import (
    pdf_unpacking,
    pdf_weigh,
)
from parsers.formats.pdf import read_pdf
from parsers.formats.pdf_unpacking import TooHeavy, unpacked_size
from parsers.formats.pdf_weigh import Scales
from tests.builders.limits import both_sides, code_of, over
from tests.hostile.pdfs import FORM, IMAGE, TEXT, drawn, flate, stream


@both_sides
def test_objects_of_a_file_are_counted(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """All that its pages lead to."""
    monkeypatch.setattr(pdf_weigh, "MAX_OBJECTS", _objects_of(drawn({10: stream(b"", FORM)})) - more)
    assert code_of(read_pdf, drawn({10: stream(b"", FORM)})) == over(more, "pdf-limit")


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
    assert code_of(read_pdf, drawn({10: flate(b" " * (1_000 + more), FORM)})) == over(more, "pdf-limit")


@both_sides
def test_what_a_picture_unpacks_to_is_weighed(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """By a measure of its own: a page in colour is large."""
    monkeypatch.setattr(pdf_weigh, "MAX_GUESSED", 0)
    monkeypatch.setattr(pdf_weigh, "MAX_STREAM", 0)
    monkeypatch.setattr(pdf_weigh, "MAX_PICTURE", 1_000)
    assert code_of(read_pdf, drawn({10: flate(bytes(1_000 + more), IMAGE)})) == over(more, "pdf-limit")


@both_sides
def test_what_all_streams_unpack_to_is_weighed(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Pictures apart."""
    monkeypatch.setattr(pdf_weigh, "MAX_GUESSED", 0)
    own = len(TEXT) + 1 + len(b"/X Do")
    monkeypatch.setattr(pdf_weigh, "MAX_WORDS", own + 1_000)
    assert code_of(read_pdf, drawn({10: flate(b" " * (1_000 + more), FORM)})) == over(more, "pdf-limit")


@both_sides
def test_small_streams_are_not_unpacked_to_see(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """As long as all of them, at worst, would come to little; beyond that each is."""
    monkeypatch.setattr(pdf_weigh, "MAX_STREAM", 10)
    made = flate(b" " * 1_000, FORM)
    packed = int(made.split(b"/Length ")[1].split()[0])
    monkeypatch.setattr(pdf_weigh, "MAX_GUESSED", packed * pdf_unpacking.MOST + 1 - more)
    assert code_of(read_pdf, drawn({10: made})) == over(more, "pdf-limit")


@both_sides
def test_what_a_page_draws_is_weighed(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """A form as often as it is drawn."""
    calls = b"/X Do " * 3
    monkeypatch.setattr(pdf_weigh, "MAX_DRAWN", len(TEXT) + 1 + len(calls) + 3 * 100)
    assert code_of(read_pdf, drawn({10: stream(b" " * (100 + more), FORM)}, content=calls)) == over(more, "pdf-limit")


@both_sides
def test_forms_draw_forms_to_their_depth(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Deeper ones are nobody's stamp."""
    monkeypatch.setattr(pdf_weigh, "MAX_FORMS_DEEP", 3)
    depth = 3 + more
    inner = FORM + b" /Resources << /XObject << /X %d 0 R >> >>"
    forms = {10 + at: stream(b"/X Do" if at < depth - 1 else b"", inner % (11 + at)) for at in range(depth)}
    assert code_of(read_pdf, drawn({**forms, 10 + depth: b"null"})) == over(more, "pdf-limit")


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

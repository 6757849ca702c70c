"""Limits of the search for what acts, met from both sides: what stands beyond one is not told, and the rest goes on."""

import zlib
from io import BytesIO

import pikepdf
import pytest

from parsers import signs
from parsers.containers import front, packages, pages, relations, rtf_objects
from parsers.containers import zip as zips
from parsers.containers.headers import read_block
from parsers.formats import pdf_actions
from tests.builders import mails
from tests.builders.limits import both_sides
from tests.builders.ole import ole
from tests.hostile.pdfs import letter
from tests.hostile.zips import Item, zip_of

WORD = Item("word/document.xml", b"<w/>")
ELF = b"x\x7fELF"


def codes(*items: Item) -> tuple[str, ...]:
    """Return what is told of a Word file with these parts."""
    return packages.kind_of(zip_of(WORD, *items))[2]


@both_sides
def test_results_of_the_border_are_counted(more: int) -> None:
    """From the top, and how many stand above each with them."""
    lines = [f"Authentication-Results: mx.example; n={n}" for n in range(front.MAX_RESULTS + more)]
    told, _ = front.read_front(read_block(mails.raw("From: a@agency.example", *lines)), ())
    assert len(told.authentication_results) == len(told.received_above) == front.MAX_RESULTS


@both_sides
def test_letters_a_bounce_speaks_of_are_counted(more: int) -> None:
    """The first of them."""
    body = b"".join(b"Message-ID: <%d@b.example>\r\n" % n for n in range(front.MAX_RETURNED + more))
    mail = mails.raw("From: MAILER-DAEMON@agency.example", body=body)
    assert len(front.returned_in_words(mail, read_block(mail))) == front.MAX_RETURNED


@both_sides
def test_a_package_is_opened_in_a_package_so_deep(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Deeper, it is told that there is a file, and that not all was looked at."""
    monkeypatch.setattr(packages, "MAX_DEEP", 1 - more)
    inner = zip_of(Item("xl/workbook.xml", b"<x/>"), Item("xl/vbaProject.bin", b"x"))
    found = codes(Item("word/embeddings/a.xlsm", inner))
    assert ("macros-inside" in found) is not bool(more)
    assert ("files-inside" in found) is bool(more)


@both_sides
def test_a_package_inside_is_opened_to_its_size(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """A larger one is only told of."""
    inner = zip_of(Item("xl/workbook.xml", b"<x/>"), Item("xl/vbaProject.bin", b"x"))
    monkeypatch.setattr(packages, "MAX_PACKAGE_BYTES", len(inner) - more)
    assert ("macros-inside" in codes(Item("word/embeddings/a.xlsm", inner))) is not bool(more)


@both_sides
def test_an_old_document_inside_is_looked_at_to_its_size(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """What lies behind it is not seen."""
    content = ole({"Ole10Native": ELF})
    monkeypatch.setattr(packages, "MAX_OLE_BYTES", content.find(ELF) + len(ELF) - more)
    assert ("program-inside" in codes(Item("word/embeddings/o.bin", content))) is not bool(more)


@both_sides
def test_a_page_is_searched_to_its_size(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """A script behind it is not told."""
    page = b"<html><script>x"
    monkeypatch.setattr(pages, "MAX_BYTES", len(page) - 9 * more)
    assert bool(pages.carried_by(page, "a.html", is_page=True)) is not bool(more)


@both_sides
def test_relations_are_read_to_their_size(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Beyond it they are not, and that is told."""
    part = b"<Relationships/>"
    monkeypatch.setattr(relations, "MAX_BYTES", len(part) - more)
    _, whole = relations.relations_of(zips.listing(zip_of(Item("word/_rels/document.xml.rels", part))))
    assert whole is not bool(more)


@both_sides
def test_words_of_rtf_are_searched_to_their_length(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """An object behind it is not told."""
    words = rb"{\rtf1 \objdata"
    monkeypatch.setattr(rtf_objects, "MAX_BYTES", len(words) - more)
    assert bool(rtf_objects.carried_by(words + b" ")) is not bool(more)


@both_sides
def test_objects_of_rtf_are_counted(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """What stands behind the last of them is looked at as a part of it: nothing hides there."""
    monkeypatch.setattr(rtf_objects, "MAX_OBJECTS_LOOKED_AT", 2)
    words = rb"{\objdata 00" * (1 + more) + rb"{\objdata " + ELF.hex().encode()
    assert len(list(rtf_objects._objects(words))) == 2
    assert "program-inside" in rtf_objects.carried_by(words)


@both_sides
def test_digits_of_rtf_are_counted(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Of all objects together."""
    digits = ELF.hex().encode()
    monkeypatch.setattr(rtf_objects, "MAX_HEX", len(digits) - 2 * more)
    assert ("program-inside" in rtf_objects.carried_by(rb"{\objdata" + digits)) is not bool(more)


@both_sides
def test_pages_of_a_pdf_are_asked_to_their_number(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """What a later one does is not told; that not all were asked is."""
    monkeypatch.setattr(pdf_actions, "MAX_PAGES_LOOKED_AT", 2)
    with pikepdf.open(BytesIO(letter())) as file:
        for _ in range(1 + more):
            file.pages.append(file.pages[0])
        file.pages[-1].obj.AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.Launch, F="a.exe"))
        found = pdf_actions.actions_of(file)
    assert ("pdf-launch" in found) is not bool(more)
    assert ("pdf-actions-uncounted" in found) is bool(more)


def packed(words: bytes) -> bytes:
    """Return objects of a PDF packed in a stream."""
    return b"<< /Type /ObjStm >> stream\n" + zlib.compress(words) + b"\nendstream "


@both_sides
def test_packed_objects_of_a_locked_pdf_are_counted(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """What a later one names is not told."""
    monkeypatch.setattr(signs, "_MOST_PACKED", 2)
    assert bool(signs.actions_named(packed(b"1") * (1 + more) + packed(b"/Launch "))) is not bool(more)


@both_sides
def test_packed_objects_of_a_locked_pdf_unpack_to_their_size(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """What stands behind it is not told."""
    words = b" " * 100 + b"/Launch "
    monkeypatch.setattr(signs, "_MOST_UNPACKED", len(words) - 9 * more)
    assert bool(signs.actions_named(packed(words))) is not bool(more)

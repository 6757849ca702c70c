"""A hostile Word file ends in a state and a code, soon, and nothing of it is unpacked that need not be."""

import struct
import zipfile
from io import BytesIO

import pytest

from parsers.contract import DocumentState
from parsers.document import NotRead
from parsers.formats.docx import read_docx
from parsers.formats.zip_gate import Gate
from tests.builders.word_xml import W, docx, p, sdt, tbl, tc, xml, zipped


def refused(data: bytes) -> tuple[DocumentState, str]:
    """Return the state and the code a file is refused with."""
    with pytest.raises(NotRead) as caught:
        read_docx(data)
    return caught.value.state, caught.value.code


def test_a_giant_grid_span_costs_nothing() -> None:
    """The 846-byte file that stops python-docx is read: a span is never wider than Word's own limit."""
    wide = tc("x", properties='<w:gridSpan w:val="100000000"/>')
    (table,) = read_docx(docx(tbl((wide,)))).tables()
    assert table.rows[0][0].columns == 63


def test_a_zip_bomb_is_over_the_limit() -> None:
    """An entry that shrank beyond reason is refused by the directory alone."""
    assert refused(zipped({"word/document.xml": b"<" + b" " * 10_000_000})) == (DocumentState.OVER_LIMIT, "zip-ratio")


def test_a_directory_that_promises_too_much_is_over_the_limit() -> None:
    """The total is what all entries say they unpack to."""
    large = zipped({f"{n}": bytes(range(256)) * 4_000 for n in range(52)})
    assert refused(large)[0] is DocumentState.OVER_LIMIT


def test_too_many_entries_are_over_the_limit() -> None:
    """Two thousand entries are enough for any form."""
    assert refused(zipped({str(n): b"" for n in range(2_001)})) == (DocumentState.OVER_LIMIT, "too-many-entries")


def test_names_given_twice_are_refused() -> None:
    """A second document.xml under the same name could be read where the first was scanned."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as target:
        target.writestr("word/document.xml", xml(p("one")))
        with pytest.warns(UserWarning, match="Duplicate name"):
            target.writestr("word/document.xml", xml(p("two")))
    assert refused(made.getvalue()) == (DocumentState.UNREADABLE, "names-twice")


def test_overlapping_entries_are_refused() -> None:
    """Two directory entries over the same bytes are no honest zip."""
    data = bytearray(zipped({"word/document.xml": xml(p("one")), "word/documenu.xml": xml(p("two"))}))
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 4)
    struct.pack_into("<I", data, second + 42, 0)
    assert refused(bytes(data))[0] is DocumentState.UNREADABLE


def test_a_zip_password_is_locked() -> None:
    """An entry marked as encrypted asks for a person with the password."""
    data = bytearray(zipped({"word/document.xml": xml(p("one"))}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    assert refused(bytes(data)) == (DocumentState.LOCKED, "zip-password")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("word", ['<!DOCTYPE w SYSTEM "file:///etc/passwd">', '<!DOCTYPE w [<!ENTITY a "b">]>'])
def test_a_doctype_is_refused_in_any_encoding(word: str, encoding: str) -> None:
    """No declaration, entity or outside file is ever looked at."""
    text = f'<?xml version="1.0" encoding="{encoding}"?>{word}<w:document xmlns:w="{W}"><w:body/></w:document>'
    assert refused(zipped({"word/document.xml": text.encode(encoding)})) == (DocumentState.UNREADABLE, "has-doctype")


def test_more_paragraphs_or_depth_than_any_form_has_is_over_the_limit() -> None:
    """Half a million paragraphs and a thousand nested controls end in a code, not in a hanging reader."""
    many = "".join(f"<w:p><w:r><w:t>{n}</w:t></w:r></w:p>" for n in range(20_001))
    assert refused(docx(many)) == (DocumentState.OVER_LIMIT, "too-many-paragraphs")
    deep = p("x")
    for _ in range(60):
        deep = sdt(deep)
    assert refused(docx(deep)) == (DocumentState.OVER_LIMIT, "too-deep")


def test_more_text_than_any_form_has_is_over_the_limit() -> None:
    """A megabyte of letters is no form."""
    words = "".join(p(f"{n:07d} " * 30) for n in range(5_000))
    assert refused(docx(words)) == (DocumentState.OVER_LIMIT, "too-much-text")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "not-a-zip"),
        (b"PK\x03\x04 and nothing more", "broken-zip"),
        (zipped({"other": b"x"}), "part-missing"),
        (zipped({"word/document.xml": b"<not xml"}), "broken-xml"),
        (zipped({"word/document.xml": b"<x/>"}), "not-a-word-document"),
    ],
)
def test_what_is_no_word_file_says_why(data: bytes, code: str) -> None:
    """Each way of being no Word file has its own code."""
    assert refused(data) == (DocumentState.UNREADABLE, code)


def test_a_damaged_entry_is_unreadable() -> None:
    """A checksum that does not hold is found while unpacking."""
    data = bytearray(docx(p("word")))
    at = data.index(b"word/document.xml") + 30
    data[at] ^= 0xFF
    assert refused(bytes(data))[0] is DocumentState.UNREADABLE


def test_a_part_larger_than_asked_for_is_not_unpacked() -> None:
    """The limit of one part is checked before its first byte is unpacked."""
    gate = Gate(zipped({"a": bytes(range(256)) * 10}))
    with pytest.raises(NotRead) as caught:
        gate.part("a", limit=100)
    assert caught.value.code == "part-too-large"

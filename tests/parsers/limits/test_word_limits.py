"""Limits of Word files, met from both sides: what just fits is read, one more is told by its code or left out."""

import pytest

from parsers.document import Document, NotRead
from parsers.formats import (
    word_fields,
    word_ink,
    word_package,
    word_settle,
    word_sides,
    word_tables,
    word_walk,
    zip_gate,
)
from parsers.formats.docx import read_docx
from parsers.formats.zip_gate import Gate
from tests.builders.documents import texts
from tests.builders.limits import both_sides, code_of, over
from tests.builders.word_xml import docx, docx_with, legacy, p, r, relations, sdt, side, tbl, tc, xml, zipped
from tests.hostile.zips import STORED, Item, zip_of


@both_sides
def test_cells_are_counted(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Over all tables of a file."""
    monkeypatch.setattr(word_tables, "MAX_CELLS", 4)
    assert code_of(read_docx, docx(tbl(("a", "b")) + tbl(("c",) * (2 + more)))) == over(more, "too-many-cells")


@both_sides
def test_a_cell_is_as_wide_as_word_lets_it_be(more: int) -> None:
    """Wider ones are held at that."""
    wide = tc("x", properties=f'<w:gridSpan w:val="{word_tables.MAX_COLUMNS + more}"/>')
    (table,) = read_docx(docx(tbl((wide,)))).tables()
    assert table.rows[0][0].columns == word_tables.MAX_COLUMNS


@both_sides
def test_paragraphs_are_counted(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """In tables too."""
    monkeypatch.setattr(word_walk, "MAX_PARAGRAPHS", 3)
    assert code_of(read_docx, docx(p("a") + tbl(("b",)) + p("c") * (1 + more))) == over(more, "too-many-paragraphs")


@both_sides
def test_content_is_read_to_its_depth(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Boxes in boxes beyond it end in a code."""
    monkeypatch.setattr(word_walk, "MAX_DEPTH", 5)
    deep = tbl((tbl(("x",)),)) if more else tbl(("x",))
    assert code_of(read_docx, docx(deep)) == over(more, "too-deep")


@both_sides
def test_words_are_counted(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """With the end of each paragraph."""
    monkeypatch.setattr(word_ink, "MAX_TEXT", 10)
    assert code_of(read_docx, docx(p("word") + p("word" + "s" * more))) == over(more, "too-much-text")


@both_sides
def test_what_controls_hold_is_counted(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Controls round others repeat their words, so all of them together have a measure of their own."""
    monkeypatch.setattr(word_ink, "MAX_HELD", 8)
    inner = sdt(r("word" + "s" * more), tag="a")
    assert code_of(read_docx, docx(p(sdt(inner, tag="b")))) == over(more, "too-much-text")


@both_sides
def test_controls_are_counted(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """One more than any form has is over the limit."""
    monkeypatch.setattr(word_ink, "MAX_CONTROLS", 3)
    assert code_of(read_docx, docx(p(*[sdt(r("a"), tag="a")] * (3 + more)))) == over(more, "too-many-controls")


@both_sides
def test_fields_are_read_to_their_depth(more: int) -> None:
    """The answer of one that begins deeper is no control."""
    field = r("answer")
    for _ in range(word_fields.MAX_DEPTH + more):
        field = legacy('<w:name w:val="Text1"/>', field)
    assert len(read_docx(docx(p(field))).controls) == word_fields.MAX_DEPTH


@both_sides
def test_a_drop_down_is_read_to_its_last_entry(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """A choice beyond is taken for the last there may be."""
    monkeypatch.setattr(word_fields, "MAX_ENTRIES", 2)
    entries = "".join(f'<w:listEntry w:val="{name}"/>' for name in "abcd")
    chosen = f'<w:ddList><w:result w:val="{2 + more}"/>{entries}</w:ddList>'
    (control,) = read_docx(docx(p(legacy(f'<w:name w:val="L"/>{chosen}')))).controls
    assert control.text == "c"


@both_sides
def test_marks_that_change_a_text_are_counted(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """A million of them cost their time before one word is read."""
    monkeypatch.setattr(word_settle, "MAX_MARKS", 4)
    struck = r("x", "<w:strike/>")
    found = [count for count in range(1, 6) if code_of(read_docx, docx(p(*[struck] * count))) is None]
    limit = max(found)
    assert code_of(read_docx, docx(p(*[struck] * (limit + more)))) == over(more, "too-many-marks")
    assert limit <= word_settle.MAX_MARKS


@both_sides
def test_relationships_are_read_to_their_length(more: int) -> None:
    """Of a package that does not say where its document is by its usual name."""
    rels = relations(("officeDocument", "word/other.xml"))
    rels = rels.replace(b"><", b">" + b" " * (word_package.MAX_RELATIONSHIPS_BYTES - len(rels) + more) + b"<", 1)
    made = zip_of(Item("_rels/.rels", rels, STORED), Item("word/other.xml", xml(p("x"))))
    assert code_of(read_docx, made) == over(more, "part-too-large")


def with_footnotes(notes: bytes, times: int = 1) -> Document:
    """Read a file whose notes stand in a part of their own."""
    body = p(r("body"), "".join(f'<w:r><w:footnoteReference w:id="{n}"/></w:r>' for n in range(times)))
    return read_docx(docx_with(body, {"footnotes.xml": notes}, ("footnotes", "footnotes.xml")))


def footnotes(*words: str) -> bytes:
    """Return the part of notes, numbered from 0."""
    notes = (f'<w:footnote w:id="{n}">{p(each)}</w:footnote>' for n, each in enumerate(words))
    return side("".join(notes), "footnotes")


@both_sides
def test_a_part_beside_the_body_is_read_to_its_length(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """A longer one costs the document nothing, and is told."""
    part = footnotes("a note")
    monkeypatch.setattr(word_package, "MAX_SIDE_BYTES", len(part) - more)
    document = with_footnotes(part)
    assert texts(document)[0] == ("body" if more else "body [a note]")
    assert (word_package.UNREADABLE in document.codes) is bool(more)


@both_sides
def test_notes_are_counted(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """What refers to a further one has no words from it."""
    monkeypatch.setattr(word_sides, "MAX_NOTES", 2)
    document = with_footnotes(footnotes("one", "two", "three"), times=2 + more)
    assert texts(document)[0] == "body [one] [two]"


@both_sides
def test_a_note_is_read_to_its_length(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """A longer one is cut."""
    monkeypatch.setattr(word_sides, "MAX_NOTE", 5)
    assert texts(with_footnotes(footnotes("words" + "x" * more)))[0] == "body [words]"


@both_sides
def test_headers_and_footers_are_counted(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Of a file with a header for every section the first ones are read."""
    monkeypatch.setattr(word_sides, "MAX_PAGES", 2)
    count = 2 + more
    sections = "".join(f'<w:sectPr><w:headerReference r:id="rId{n + 1}"/></w:sectPr>' for n in range(count))
    parts = {f"h{n}.xml": side(p(f"header {n}"), "hdr") for n in range(count)}
    document = read_docx(docx_with(p("body") + sections, parts, *(("header", name) for name in parts)))
    assert texts(document) == ["body", "header 0", "header 1"]


@both_sides
def test_entries_of_a_word_file_are_counted(more: int) -> None:
    """By its directory alone."""
    parts = {str(n): b"" for n in range(zip_gate.MAX_ENTRIES - 1 + more)}
    assert code_of(read_docx, zipped({"word/document.xml": xml(p("x")), **parts})) == over(more, "too-many-entries")


@both_sides
def test_what_a_word_file_unpacks_to_is_weighed(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """All its entries together."""
    body = xml(p("x"))
    monkeypatch.setattr(zip_gate, "MAX_TOTAL_BYTES", len(body) + 90)
    made = zipped({"word/document.xml": body, "a": bytes(90 + more)})
    assert code_of(read_docx, made) == over(more, "unpacks-too-large")


@both_sides
def test_an_entry_of_a_word_file_shrinks_so_far(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Beyond a small size, where blank pages may."""
    large = Item("a", bytes(zip_gate.SMALL_BYTES + 1))
    entry = zip_of(large)
    shrinks = (zip_gate.SMALL_BYTES + 1) / int.from_bytes(entry[18:22], "little")
    monkeypatch.setattr(zip_gate, "MAX_RATIO", shrinks - 0.01 * more)
    assert code_of(read_docx, zip_of(Item("word/document.xml", xml(p("x"))), large)) == over(more, "zip-ratio")
    assert zip_gate.MAX_RATIO > 1


@both_sides
def test_a_part_is_unpacked_to_its_length(more: int) -> None:
    """A longer one is refused by what the directory says of it."""
    gate = Gate(zip_of(Item("a", bytes(zip_gate.MAX_PART_BYTES + more), STORED)))
    if more:
        with pytest.raises(NotRead, match="part-too-large"):
            gate.part("a")
    else:
        assert len(gate.part("a")) == zip_gate.MAX_PART_BYTES

"""What lies beside a Word document's body: headers, footers, notes, and what is told of and never opened."""

import pytest

from parsers.document import Document, NotRead, Paragraph, Table
from parsers.formats.docx import read_docx
from parsers.formats.word_package import MAX_SIDE_BYTES
from tests.builders.documents import grid, named, texts
from tests.builders.word_xml import docx, docx_with, p, r, relations, sdt, side, tbl, tc, xml, zipped

SECTION = '<w:sectPr><w:headerReference r:id="rId1"/><w:footerReference r:id="rId2"/></w:sectPr>'
PAGES = (("header", "header1.xml"), ("footer", "footer1.xml"))
DEEP = side("<w:sdt>" * 60 + "</w:sdt>" * 60, "hdr")


def with_pages(header: bytes, footer: bytes, body: str = "") -> Document:
    """Read a file with a header and a footer, and others that nothing refers to."""
    parts = {"header1.xml": header, "footer1.xml": footer, "header2.xml": side(p("unused"), "hdr")}
    return read_docx(docx_with(p("body") + body + SECTION, parts, *PAGES, ("header", "header2.xml")))


def test_headers_and_footers_in_use_stand_after_the_body() -> None:
    """Their paragraphs, tables and controls are read, and say where they stand."""
    header = side(p("OFFICIAL") + tbl(("Name", tc(p(sdt(r("Orla"), tag="t"))))), "hdr")
    document = with_pages(header, side(p("Page"), "ftr"), tbl(("first",)))
    assert texts(document) == ["body", "OFFICIAL", "Page"]
    assert grid(document) == [["first"]]
    places = [block.where for block in document.blocks if isinstance(block, Paragraph)]
    assert places == ["paragraph 1", "header paragraph 1", "footer paragraph 1"]
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert tables[1].where(tables[1].rows[0][1]) == "header table 2, row 1, column 2"
    assert named(document) == [("t", "Orla")]


def test_a_header_for_two_sections_is_read_once() -> None:
    """Sections share their headers."""
    document = read_docx(docx_with(p("x") + SECTION + SECTION, {"header1.xml": side(p("h"), "hdr")}, PAGES[0]))
    assert texts(document) == ["x", "h"]


@pytest.mark.parametrize("broken", [b"<w:hdr", b"", b"<!DOCTYPE x><x/>", DEEP])
def test_a_footer_that_cannot_be_read_costs_nothing_else(broken: bytes) -> None:
    """The body and the header stand, and that a part is missing is told."""
    document = with_pages(side(p("OFFICIAL"), "hdr"), broken)
    assert texts(document) == ["body", "OFFICIAL"]
    assert document.codes == ("part-unreadable",)


def test_a_part_beside_the_body_has_limits_of_its_own() -> None:
    """A header of megabytes is not even unpacked."""
    large = side("".join(p(f"{n:x}") for n in range(60_000)), "hdr")
    assert len(large) > MAX_SIDE_BYTES
    document = with_pages(large, side(p("Page"), "ftr"))
    assert (texts(document), document.codes) == (["body", "Page"], ("part-unreadable",))


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_a_note_stands_where_it_is_referred_to(kind: str) -> None:
    """An answer may lie in a note: its words stand in brackets at its number."""
    notes = side(f'<w:{kind} w:id="2">{p("on the", r(" second", "<w:strike/>"), " third")}</w:{kind}>', f"{kind}s")
    body = p(r("Date: "), f'<w:r><w:{kind}Reference w:id="2"/><w:{kind}Reference w:id="9"/></w:r>', r(" May"))
    document = read_docx(docx_with(body, {"notes.xml": notes}, (f"{kind}s", "notes.xml")))
    assert texts(document) == ["Date:  [on the third] May"]


def test_a_note_referred_to_without_end_is_over_the_limit() -> None:
    """A few bytes that repeat a long note are stopped by the text they make."""
    notes = side(f'<w:footnote w:id="2">{p("x" * 4_000)}</w:footnote>', "footnotes")
    body = p("<w:r>" + '<w:footnoteReference w:id="2"/>' * 300 + "</w:r>")
    with pytest.raises(NotRead, match="too-much-text"):
        read_docx(docx_with(body, {"notes.xml": notes}, ("footnotes", "notes.xml")))


def test_comments_are_told_and_never_read() -> None:
    """A remark in the margin is no answer."""
    body = p(r("x"), '<w:r><w:commentReference w:id="1"/></w:r>')
    comments = side('<w:comment w:id="1">' + p("remark") + "</w:comment>", "comments")
    document = read_docx(docx_with(body, {"comments.xml": comments}, ("comments", "comments.xml")))
    assert texts(document) == ["x"]
    assert document.codes == ("has-comments",)


def test_other_files_put_inside_are_told_and_not_opened() -> None:
    """A chunk of another format is left alone."""
    document = read_docx(docx_with(p("x") + '<w:altChunk r:id="rId1"/>', {"a.html": b"<p>y"}, ("aFChunk", "a.html")))
    assert (texts(document), document.codes) == (["x"], ("has-alt-chunk",))


def test_what_lies_outside_is_told_and_never_followed() -> None:
    """A picture or object that Word would fetch is told; a link that a person may follow is nothing."""
    link, fetched = ("hyperlink", "https://somewhere.example/"), ("image", "https://somewhere.example/a.png")
    assert read_docx(docx_with(p("x"), {}, link)).codes == ()
    assert read_docx(docx_with(p("x"), {}, link, fetched)).codes == ("has-external-links",)


@pytest.mark.parametrize(
    ("address", "codes"),
    [
        ("https://somewhere.example/t.dotm", ("has-remote-template",)),
        ("file:////somewhere.example/t.dotm", ("has-remote-template",)),
        (r"\\somewhere.example\t.dotm", ("has-remote-template",)),
        ("file:///C:/Users/Orla/Normal.dotm", ()),
    ],
)
def test_a_template_from_afar_is_told(address: str, codes: tuple[str, ...]) -> None:
    """Word would fetch a template from another machine, macros and all; one of the author's own is usual."""
    parts = {"settings.xml": side("", "settings"), "_rels/settings.xml.rels": relations(("attachedTemplate", address))}
    assert read_docx(docx_with(p("x"), parts, ("settings", "settings.xml"))).codes == codes


def test_macros_are_told_and_not_run() -> None:
    """A file with a macro project is read like any other, and says so."""
    data = zipped({"word/document.xml": xml(p("word")), "word/vbaProject.bin": b"x"})
    assert read_docx(data).codes == ("has-macros",)


@pytest.mark.parametrize(
    ("part", "code"),
    [("word/embeddings/oleObject1.bin", "has-ole-objects"), ("word/activeX/activeX1.xml", "has-active-x")],
)
def test_objects_of_other_programs_are_told_and_not_opened(part: str, code: str) -> None:
    """A file with a packed object is read like any other, and says so."""
    assert read_docx(zipped({"word/document.xml": xml(p("word")), part: b"x"})).codes == (code,)


@pytest.mark.parametrize(
    ("field", "codes"),
    [
        (p('<w:r><w:instrText> "DDEAUTO" cmd x y</w:instrText></w:r>'), ("has-dde",)),
        ('<w:p><w:fldSimple w:instr="dde cmd x y"><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p>', ("has-dde",)),
        (p("<w:r><w:instrText> DATE </w:instrText></w:r>"), ()),
        (p("DDEAUTO in a sentence"), ()),
    ],
)
def test_a_field_that_starts_a_program_is_told(field: str, codes: tuple[str, ...]) -> None:
    """Word asks another program for its answer, by a command the file brings along."""
    assert read_docx(docx(field)).codes == codes


def test_a_file_without_other_parts_is_read() -> None:
    """The body alone is enough."""
    assert read_docx(docx(p("x") + SECTION)) == Document((Paragraph("x", 1, "paragraph 1"),))

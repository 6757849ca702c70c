"""What stands in a Word file is read; what was taken back is not."""

import pytest

from parsers.formats.docx import read_docx
from tests.builders.documents import grid, texts
from tests.builders.word_xml import STRICT, W, box, docx, docx_with, p, r, relations, sdt, side, tbl, tc, zipped
from tests.builders.word_xml import xml as part


def test_words_split_over_runs_are_one_text() -> None:
    """A label split over runs, with a tab and a line break inside, is read whole."""
    split = r("Na") + r("me", "<w:b/>") + "<w:r><w:tab/><w:t>x</w:t><w:br/><w:t>y</w:t></w:r>"
    assert texts(read_docx(docx(p(split)))) == ["Name\tx\ny"]


@pytest.mark.parametrize(
    "wrapper",
    ["<w:hyperlink>{}</w:hyperlink>", "<w:smartTag>{}</w:smartTag>", '<w:fldSimple w:instr="DATE">{}</w:fldSimple>',
     "<w:customXml>{}</w:customXml>", "<w:ins>{}</w:ins>", "<w:moveTo>{}</w:moveTo>", "<w:later>{}</w:later>"],
)  # fmt: skip
def test_what_wraps_words_is_looked_through(wrapper: str) -> None:
    """Links, smart tags, simple fields, custom XML, insertions and wrappers yet unknown hide nothing."""
    assert texts(read_docx(docx(p(r("a"), wrapper.format(r("b")), r("c"))))) == ["abc"]


def test_ruby_says_its_base_alone() -> None:
    """Small print above a word is no part of it."""
    ruby = "<w:ruby><w:rt>" + r("above") + "</w:rt><w:rubyBase>" + r("word") + "</w:rubyBase></w:ruby>"
    assert texts(read_docx(docx(p(f"<w:r>{ruby}</w:r>")))) == ["word"]


def test_insertions_count_and_deletions_do_not() -> None:
    """Tracked changes are read as the author wants them to stand, and told."""
    body = p(
        "<w:ins>" + r("new") + "</w:ins>",
        "<w:del><w:r><w:delText>old</w:delText></w:r></w:del>",
        "<w:moveFrom>" + r("gone") + "</w:moveFrom>",
    )
    document = read_docx(docx(body))
    assert texts(document) == ["new"]
    assert document.codes == ("has-tracked-changes",)


def test_a_paragraph_whose_end_was_deleted_runs_on() -> None:
    """Two paragraphs made one by a tracked deletion are one."""
    deleted_end = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + r("Name: ") + "</w:p>"
    assert texts(read_docx(docx(deleted_end + deleted_end + p("Orla") + p("next")))) == ["Name: Name: Orla", "next"]


def test_deleted_and_hidden_rows_and_deleted_cells_are_gone() -> None:
    """A row inserted stands, a row or a cell deleted does not, and the cells after it move up to its place."""

    def row(properties: str, *cells: str) -> str:
        return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"

    rows = (
        row("<w:del/>", tc("old")),
        row("<w:hidden/>", tc("hidden")),
        row("<w:ins/>", tc("gone", properties="<w:cellDel/>"), tc("new")),
    )
    assert grid(read_docx(docx(f"<w:tbl>{''.join(rows)}</w:tbl>"))) == [["new"]]


@pytest.mark.parametrize("property_", ["<w:strike/>", "<w:dstrike/>", "<w:vanish/>", '<w:strike w:val="true"/>'])
def test_struck_and_hidden_words_are_taken_back(property_: str) -> None:
    """An option struck out is no answer; one that was struck in a format of the past is."""
    past = f"<w:rPrChange><w:rPr>{property_}</w:rPr></w:rPrChange>"
    assert texts(read_docx(docx(p(r("Yes"), r(" / No", property_))))) == ["Yes"]
    assert texts(read_docx(docx(p(r("Yes", '<w:strike w:val="0"/>'), r(" No", past))))) == ["Yes No"]


def test_a_tick_struck_out_is_no_tick() -> None:
    """A ticked box under a line is neither ticked nor unticked, in the text and by its name."""
    struck = box(True, tag="t").replace("<w:rPr></w:rPr>", "<w:rPr><w:strike/></w:rPr>")
    document = read_docx(docx(p(box(False, tag="u"), struck)))
    assert texts(document) == ["☐"]
    assert [control.checked for control in document.controls] == [False, None]


@pytest.mark.parametrize(
    "styled", ["<w:rPr><w:rStyle w:val='Out'/></w:rPr>", "", "<w:rPr><w:rStyle w:val='In'/></w:rPr>"]
)
def test_words_struck_out_by_their_style_are_taken_back(styled: str) -> None:
    """A character or paragraph style that strikes out does so to what is set in it."""
    styles = side('<w:style w:styleId="Out"><w:rPr><w:strike/></w:rPr></w:style><w:style w:styleId="In"/>', "styles")
    body = p(r("Yes"), r("No", '<w:rStyle w:val="Out"/>'), r("!", '<w:rStyle w:val="In"/>')) + p("No", style="Out")
    assert texts(read_docx(docx_with(body, {"styles.xml": styles}, ("styles", "styles.xml")))) == ["Yes!", ""]


def test_ticks_of_symbol_fonts_stand_as_the_two_signs() -> None:
    """A letter of a symbol font is what it looks like; a symbol of another font is its own letter."""
    letters = (
        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Wingdings" w:char="F04A"/></w:r>',
        r("o", '<w:rFonts w:ascii="Wingdings"/>'),
        r("R", '<w:rFonts w:hAnsi="Wingdings 2"/>'),
        '<w:r><w:sym w:font="Segoe UI Symbol" w:char="2713"/><w:sym w:font="x" w:char="zz"/></w:r>',
    )
    assert texts(read_docx(docx(p(*letters)))) == ["☒☐☒✓"]


def test_strict_files_are_read_like_any_other() -> None:
    """A Strict Open XML Document has other names for everything and reads the same."""
    body = p("word") + tbl(("a", tc(p(sdt(r("b"), tag="t")), properties='<w:gridSpan w:val="2"/>')))
    strict, usual = read_docx(docx(body, space=STRICT)), read_docx(docx(body, space=W))
    assert strict == usual
    assert grid(strict) == [["a", "b"]]


def test_a_main_part_of_another_name_is_found() -> None:
    """The package's relationships tell which part is the document."""
    found = relations(("officeDocument", "/word/document2.xml"))
    assert texts(read_docx(zipped({"_rels/.rels": found, "word/document2.xml": part(p("word"))}))) == ["word"]


def test_headings_have_their_level() -> None:
    """Titles and headings are told from running text, by their style or a level of their own."""
    outline = '<w:p><w:pPr><w:outlineLvl w:val="{}"/></w:pPr></w:p>'
    body = p("T", style="Title") + p("H", style="Heading2") + p("x") + outline.format(0) + outline.format(9)
    assert [getattr(block, "heading", None) for block in read_docx(docx(body)).blocks] == [1, 2, 0, 1, 0]

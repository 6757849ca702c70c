"""What stands in a Word file is read, wherever Word keeps it; what was taken back is not."""

import pytest

from parsers.document import Document, Paragraph, Table
from parsers.formats.docx import read_docx
from tests.builders.word_xml import STRICT, box, docx, legacy_box, p, r, sdt, tbl, tc, zipped
from tests.builders.word_xml import xml as part

PROMPTED = "<w:showingPlcHdr/>"


def texts(document: Document) -> list[str]:
    """Return the paragraphs' words."""
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def grid(document: Document) -> list[list[str]]:
    """Return the first table's words."""
    tables = [block for block in document.blocks if isinstance(block, Table)]
    return [[cell.text for cell in row] for row in tables[0].rows]


def test_words_split_over_runs_are_one_text() -> None:
    """A label split over runs, with a tab and a line break inside, is read whole."""
    split = r("Na") + r("me", "<w:b/>") + "<w:r><w:tab/><w:t>x</w:t><w:br/><w:t>y</w:t></w:r>"
    assert texts(read_docx(docx(p(split)))) == ["Name\tx\ny"]


def test_insertions_count_and_deletions_do_not() -> None:
    """Tracked changes are read as the author wants them to stand."""
    body = p(
        "<w:ins>" + r("new") + "</w:ins>",
        "<w:del><w:r><w:delText>old</w:delText></w:r></w:del>",
        "<w:moveFrom>" + r("gone") + "</w:moveFrom>",
    )
    assert texts(read_docx(docx(body))) == ["new"]


@pytest.mark.parametrize("property_", ["<w:strike/>", "<w:dstrike/>", "<w:vanish/>", '<w:strike w:val="true"/>'])
def test_struck_and_hidden_words_are_taken_back(property_: str) -> None:
    """An option struck out is no answer."""
    assert texts(read_docx(docx(p(r("Yes"), r(" / No", property_))))) == ["Yes"]
    assert texts(read_docx(docx(p(r("Yes", '<w:strike w:val="0"/>'))))) == ["Yes"]


def test_a_control_in_any_position_shifts_no_cell() -> None:
    """A control round a word, a paragraph, a cell, a row or the table leaves every label beside its own value."""
    word = tbl(("Name", tc(p(sdt(r("Orla"), tag="t")))))
    paragraph = tbl(("Name", tc(sdt(p("Orla"), tag="t"))))
    cell = "<w:tbl><w:tr>" + tc("Name") + sdt(tc("Orla"), tag="t") + "</w:tr></w:tbl>"
    row = "<w:tbl>" + sdt("<w:tr>" + tc("Name") + tc("Orla") + "</w:tr>", tag="t") + "</w:tbl>"
    table = sdt(tbl(("Name", "Orla")), tag="t")
    for body in (word, paragraph, cell, row, table):
        document = read_docx(docx(body))
        assert grid(document) == [["Name", "Orla"]]
        assert "Orla" in document.controls[0].text


def test_a_control_knows_the_cell_it_stands_in() -> None:
    """A control inside or round a cell bears the cell's number."""
    body = "<w:tbl><w:tr>" + tc("Name") + sdt(tc("Orla"), tag="a") + tc(p(sdt(r("X"), tag="b"))) + "</w:tr></w:tbl>"
    document = read_docx(docx(body))
    (table,) = document.tables()
    assert [control.spot for control in document.controls] == [table.rows[0][1].spot, table.rows[0][2].spot]


def test_a_prompt_is_no_text() -> None:
    """A control that shows its prompt is empty, in the text and by its name."""
    document = read_docx(docx(p("Name: ", sdt(r("Click here"), tag="t", properties=PROMPTED))))
    assert texts(document) == ["Name: "]
    assert document.controls[0].text == ""


def test_every_make_of_tick_box_stands_as_the_same_sign() -> None:
    """Content controls, boxes of Word 97 and symbol fonts all give the two signs."""
    symbol = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    letter = r("o", '<w:rFonts w:ascii="Wingdings"/>')
    assert texts(read_docx(docx(p(box(True), box(False), legacy_box(True), legacy_box(False), symbol, letter)))) == [
        "☒☐☒☐☒☐"
    ]


def test_a_box_of_word_97_without_end_swallows_one_paragraph_at_most() -> None:
    """A broken field does not silence the rest of the page."""
    broken = legacy_box(True).replace('<w:r><w:fldChar w:fldCharType="end"/></w:r>', "")
    assert texts(read_docx(docx(p(broken) + p("after"))))[1] == "after"


def test_a_drop_down_of_word_97_says_its_choice() -> None:
    """The chosen entry is the text, not the list."""
    entries = '<w:listEntry w:val="North"/><w:listEntry w:val="South"/>'
    data = f'<w:ffData><w:name w:val="D"/><w:ddList><w:result w:val="1"/>{entries}</w:ddList></w:ffData>'
    field = f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert texts(read_docx(docx(p(field)))) == ["South"]


def test_a_text_field_of_word_97_is_a_control() -> None:
    """A legacy text field gives its words and its name."""
    data = '<w:ffData><w:name w:val="Text1"/><w:textInput/></w:ffData>'
    field = (
        f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("Orla") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    document = read_docx(docx(p(field)))
    assert texts(document) == ["Orla"]
    assert (document.controls[0].tag, document.controls[0].text) == ("Text1", "Orla")


@pytest.mark.parametrize(
    ("shown", "read"),
    [
        ("12 November 2026", "2026-11-12"),
        ("12/11/26", "2026-11-12"),
        ("early November", "early November"),
        ("13 November 2026", "13 November 2026"),
    ],
)
def test_a_date_control_is_exact_only_where_its_words_agree(shown: str, read: str) -> None:
    """The day kept by the control is taken when the words shown name it, else the words count."""
    date = '<w:date w:fullDate="2026-11-12T00:00:00Z"><w:dateFormat w:val="dd/MM/yyyy"/></w:date>'
    document = read_docx(docx(p(sdt(r(shown), tag="t", properties=date))))
    assert texts(document) == [read]
    assert document.controls[0].text == read


def test_merged_cells_are_one_cell() -> None:
    """Cells merged to the right and downwards are read once, at their first place, covering the others."""
    wide = tc("Both", properties='<w:gridSpan w:val="2"/>')
    tall = tc("Side", properties='<w:vMerge w:val="restart"/>')
    rest = tc("", properties="<w:vMerge/>")
    document = read_docx(docx(tbl((tall, wide), (rest, "a", "b"))))
    (table,) = document.tables()
    assert grid(document) == [["Side", "Both"], ["a", "b"]]
    assert table.at(2, 1) is table.at(1, 1)
    assert table.at(1, 3) is table.at(1, 2)
    assert [cell.text for cell in table.across(2)] == ["Side", "a", "b"]


def test_nested_tables_and_text_boxes_are_read() -> None:
    """A table in a cell stays with its cell; a text box is read once though written for two Words."""
    inner = tbl(("in", "side"))
    text_box = "<w:txbxContent>" + p("boxed") + "</w:txbxContent>"
    ways = f"<mc:Choice>{text_box}</mc:Choice><mc:Fallback>{text_box}</mc:Fallback>"
    alternatives = f"<mc:AlternateContent>{ways}</mc:AlternateContent>"
    document = read_docx(docx(tbl((tc("out", inner),)) + p(f"<w:r>{alternatives}</w:r>")))
    assert [[cell.text for cell in row] for row in list(document.tables())[1].rows] == [["in", "side"]]
    assert texts(document)[-2:] == ["", "boxed"]


def test_strict_files_and_odd_part_names_are_read() -> None:
    """A Strict Open XML Document reads the same, and so does a main part under another name."""
    assert texts(read_docx(docx(p("word"), space=STRICT))) == ["word"]
    relationships = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        b'Target="/word/document2.xml"/></Relationships>'
    )
    data = zipped({"_rels/.rels": relationships, "word/document2.xml": part(p("word"))})
    assert texts(read_docx(data)) == ["word"]


def test_headings_have_their_level() -> None:
    """Titles and headings are told from running text."""
    document = read_docx(docx(p("T", style="Title") + p("H", style="Heading2") + p("x")))
    assert [block.heading for block in document.blocks if isinstance(block, Paragraph)] == [1, 2, 0]


def test_macros_are_told_and_not_run() -> None:
    """A file with a macro project is read like any other, and says so."""
    data = zipped({"word/document.xml": part(p("word")), "word/vbaProject.bin": b"x"})
    assert read_docx(data).codes == ("has-macros",)

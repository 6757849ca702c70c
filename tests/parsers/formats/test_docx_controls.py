"""Content controls of Word, wherever they stand, and its form fields of 1997."""

import pytest

from parsers.document import Document
from parsers.formats.docx import read_docx
from tests.builders.documents import grid, named, texts
from tests.builders.word_xml import box, docx, legacy, legacy_box, p, r, sdt, tbl, tc

PROMPTED = "<w:showingPlcHdr/>"
NAMED = '<w:name w:val="Text1"/>'


def read(*body: str) -> Document:
    """Read a body."""
    return read_docx(docx("".join(body)))


def test_a_control_in_any_position_shifts_no_cell() -> None:
    """A control round a word, a paragraph, a cell, a row or the table leaves every label beside its own value."""
    word = tbl(("Name", tc(p(sdt(r("Orla"), tag="t")))))
    paragraph = tbl(("Name", tc(sdt(p("Orla"), tag="t"))))
    cell = "<w:tbl><w:tr>" + tc("Name") + sdt(tc("Orla"), tag="t") + "</w:tr></w:tbl>"
    row = "<w:tbl>" + sdt("<w:tr>" + tc("Name") + tc("Orla") + "</w:tr>", tag="t") + "</w:tbl>"
    table = sdt(tbl(("Name", "Orla")), tag="t")
    for body in (word, paragraph, cell, row, table):
        document = read(body)
        assert grid(document) == [["Name", "Orla"]]
        assert "Orla" in document.controls[0].text


def test_a_control_inside_another_is_read_in_both() -> None:
    """The outer control says what the inner one says, each once."""
    document = read(p(sdt(r("Orla ") + sdt(r("Example"), tag="inner"), tag="outer")))
    assert texts(document) == ["Orla Example"]
    assert named(document) == [("inner", "Example"), ("outer", "Orla Example")]


def test_a_control_round_paragraphs_keeps_them_apart() -> None:
    """What was typed on two lines stays on two lines."""
    assert named(read(sdt(p("one") + p("two"), tag="t"))) == [("t", "one\ntwo")]


def test_a_bound_control_says_what_it_shows() -> None:
    """Data kept beside the document is not asked: what the page shows counts."""
    bound = '<w:dataBinding w:xpath="/a[1]" w:storeItemID="{0}"/>'
    assert named(read(p(sdt(r("Orla"), tag="t", properties=bound)))) == [("t", "Orla")]


def test_a_control_knows_the_cell_it_stands_in() -> None:
    """A control inside or round a cell bears the cell's number."""
    document = read(
        "<w:tbl><w:tr>" + tc("Name") + sdt(tc("Orla"), tag="a") + tc(p(sdt(r("X"), tag="b"))) + "</w:tr></w:tbl>"
    )
    (table,) = document.tables()
    assert [control.spot for control in document.controls] == [table.rows[0][1].spot, table.rows[0][2].spot]


def test_a_prompt_is_no_text() -> None:
    """A control that shows its prompt is empty, in the text and by its name, and so is one inside it."""
    document = read(p("Name: ", sdt(r("Click ") + sdt(r("here"), tag="in"), tag="out", properties=PROMPTED)))
    assert texts(document) == ["Name: "]
    assert named(document) == [("in", ""), ("out", "")]


def test_every_make_of_tick_box_stands_as_the_same_sign() -> None:
    """Boxes of content controls and of Word 97 give the same signs and tell their state."""
    document = read(p(box(True, tag="a"), box(False, tag="b"), legacy_box(True), legacy_box(False)))
    assert texts(document) == ["☒☐☒☐"]
    assert [control.checked for control in document.controls] == [True, False, True, False]
    assert {control.text for control in document.controls} == {""}


def test_a_box_ticked_with_changes_tracked_is_ticked() -> None:
    """The old sign is deleted and the new one inserted: the state counts."""
    tracked = f"<w:del>{r('☐')}</w:del><w:ins>{r('☒')}</w:ins>"
    assert texts(read(p(box(True).replace(r("☒"), tracked)))) == ["☒"]


@pytest.mark.parametrize(
    ("shown", "read_as"),
    [
        ("12 November 2026", "2026-11-12"),
        ("12/11/26", "2026-11-12"),
        ("early November", "early November"),
        ("13 November 2026", "13 November 2026"),
    ],
)
def test_a_date_control_is_exact_only_where_its_words_agree(shown: str, read_as: str) -> None:
    """The day kept by the control is taken when the words shown name it, else the words count."""
    date = '<w:date w:fullDate="2026-11-12T00:00:00Z"><w:dateFormat w:val="dd/MM/yyyy"/></w:date>'
    document = read(p("On ", sdt(r(shown), tag="t", properties=date)))
    assert texts(document) == [f"On {read_as}"]
    assert named(document) == [("t", read_as)]


def test_a_drop_down_of_word_97_says_its_choice() -> None:
    """The chosen entry is the text, not the list nor what the program drew in its place."""
    entries = '<w:listEntry w:val="North"/><w:listEntry w:val="South"/>'
    field = legacy(f'{NAMED}<w:ddList><w:result w:val="1"/>{entries}</w:ddList>', r("drawn"))
    document = read(p(field))
    assert texts(document) == ["South"]
    assert named(document) == [("Text1", "South")]


def test_a_text_field_of_word_97_is_a_control() -> None:
    """Its words, though in several runs and paragraphs, are the text and its answer; its instruction is neither."""
    document = read(p("Name: ", legacy(f"{NAMED}<w:textInput/>", r("Orla "), r("Exa"), "</w:p><w:p>", r("mple"))))
    assert texts(document) == ["Name: Orla Exa", "mple"]
    assert named(document) == [("Text1", "Orla Exa\nmple")]


def test_a_text_field_that_shows_its_default_is_empty() -> None:
    """What the form itself wrote there is no answer."""
    default = f'{NAMED}<w:textInput><w:default w:val="Type here"/></w:textInput>'
    assert texts(read(p("Name: ", legacy(default, r("Type "), r("here"))))) == ["Name: "]
    assert texts(read(p("Name: ", legacy(default, r("Orla"))))) == ["Name: Orla"]


def test_the_result_of_any_field_counts_and_what_makes_it_does_not() -> None:
    """A field inside the instruction of another is not shown on the page."""
    inner = legacy("", r("condition"))
    outer = legacy("", r("result")).replace('<w:r><w:fldChar w:fldCharType="separate"/></w:r>', "@", 1)
    assert texts(read(p(outer.replace("@", inner + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>')))) == ["result"]


def test_a_field_without_end_swallows_one_paragraph_at_most() -> None:
    """A broken field does not silence the rest of the page."""
    broken = legacy_box(True).replace('<w:r><w:fldChar w:fldCharType="end"/></w:r>', "")
    assert texts(read(p(broken) + p("after")))[1] == "after"


def test_a_struck_field_says_nothing_and_ends_where_it_ends() -> None:
    """A box struck out is no box, and what follows it is read."""
    struck = legacy_box(True).replace("<w:r>", "<w:r><w:rPr><w:strike/></w:rPr>")
    document = read(p(struck, r(" after")))
    assert texts(document) == [" after"]
    assert document.controls == ()

"""Tables of Word: every cell in its row and column, whatever is merged, left out or nested."""

from parsers.document import Document
from parsers.formats.docx import read_docx
from tests.builders.documents import grid
from tests.builders.word_xml import docx, p, tbl, tc


def read(*body: str) -> Document:
    """Read a body."""
    return read_docx(docx("".join(body)))


def test_merged_cells_are_one_cell() -> None:
    """Cells merged to the right and downwards are read once, at their first place, covering the others."""
    wide = tc("Both", properties='<w:gridSpan w:val="2"/>')
    tall = tc("Side", properties='<w:vMerge w:val="restart"/>')
    rest = tc("", properties="<w:vMerge/>")
    document = read(tbl((tall, wide), (rest, "a", "b")))
    (table,) = document.tables()
    assert grid(document) == [["Side", "Both"], ["a", "b"]]
    assert table.at(2, 1) is table.at(1, 1)
    assert table.at(1, 3) is table.at(1, 2)
    assert [cell.text for cell in table.across(2)] == ["Side", "a", "b"]


def test_cells_merged_across_in_the_old_way_are_one_cell() -> None:
    """Files that came from .doc merge to the right cell by cell."""
    first, second = (tc(text, properties=f'<w:hMerge w:val="{how}"/>') for text, how in (("a", "restart"), ("", "x")))
    (table,) = read(tbl((first, second, "b"))).tables()
    assert [(cell.text, cell.column, cell.columns) for cell in table.rows[0]] == [("a", 1, 2), ("b", 3, 1)]


def test_words_and_tables_in_a_merged_rest_are_kept() -> None:
    """What stands in the hidden part of a merged cell belongs to the cell."""
    tall = tc("one", properties='<w:vMerge w:val="restart"/>')
    rest = tc(p("two"), tbl(("in",)), p(), properties="<w:vMerge/>")
    (outer, inner) = read(tbl((tall,), (rest,))).tables()
    assert [cell.text for cell in outer.rows[0]] == ["one\ntwo"]
    assert inner.rows[0][0].text == "in"


def test_a_row_that_leaves_columns_out_begins_further_right() -> None:
    """The columns before a row's first cell are counted."""
    row = '<w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr>' + tc("x") + "</w:tr>"
    (table,) = read(f"<w:tbl>{row}</w:tbl>").tables()
    assert table.rows[0][0].column == 3


def test_a_span_of_the_past_is_not_counted() -> None:
    """Tracked changes of a cell's format keep the old one beside it."""
    past = '<w:tcPrChange><w:tcPr><w:gridSpan w:val="3"/></w:tcPr></w:tcPrChange>'
    (table,) = read(tbl((tc("a", properties=past), "b"))).tables()
    assert [(cell.column, cell.columns) for cell in table.rows[0]] == [(1, 1), (2, 1)]


def test_a_nested_table_stays_with_its_cell() -> None:
    """Its words are not the cell's own, and its cells have numbers of their own."""
    document = read(tbl((tc("out", tbl(("in", "side")), p()),)))
    assert grid(document) == [["out"]]
    outer, inner = document.tables()
    assert [[cell.text for cell in row] for row in inner.rows] == [["in", "side"]]
    assert outer.rows[0][0].tables == (inner,)
    assert (outer.number, inner.number) == (1, 2)


def test_a_cell_of_no_table_costs_no_words() -> None:
    """Broken nesting is read as the words it holds."""
    document = read("<w:tr>", tc("stray"), "</w:tr>", p("after"))
    assert [getattr(block, "text", None) for block in document.blocks] == ["stray", "after"]

"""A page is read as a person sees it: lines, tables with their merged cells, boxes; never longer than it may."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.containers.html_blocks import MAX_PLACES, blocks_of_html
from parsers.containers.text import words_of_html
from parsers.document import Block, Cell, Paragraph, Table


def lines(markup: str) -> list[str]:
    """Return a page's paragraphs."""
    return [block.text for block in blocks_of_html(markup) if isinstance(block, Paragraph)]


def tables(markup: str) -> list[Table]:
    """Return a page's tables."""
    return [block for block in blocks_of_html(markup) if isinstance(block, Table)]


def texts(table: Table) -> list[list[str]]:
    """Return a table's rows of text."""
    return [[cell.text for cell in row] for row in table.rows]


def test_blocks_stand_on_lines_of_their_own() -> None:
    """Paragraphs, breaks and list items part lines; inline markup and blanks do not."""
    markup = "<p>Name:\n <b>Orla</b>&nbsp;Example<br>Role:&nbsp; DI</p><ul><li>one<li>two</ul>tail"
    assert lines(markup) == ["Name: Orla Example", "Role:  DI", "one", "two", "tail"]


def test_preformatted_words_keep_their_lines() -> None:
    """What was typed line by line is read so."""
    assert lines("<pre>Name: Orla\nRole: DI\n</pre>after") == ["Name: Orla", "Role: DI", "after"]


def test_a_heading_keeps_its_level() -> None:
    """Sections of a pasted form are known by their headings."""
    found = blocks_of_html("<h2>1 Referrer</h2><p>x</p>")
    assert [block.heading for block in found if isinstance(block, Paragraph)] == [2, 0]


def test_a_table_keeps_its_rows_and_merged_cells() -> None:
    """Cells know their column whatever stands merged above or beside them."""
    (table,) = tables(
        "<table><tr><th colspan=2>Child<th>Date</tr><tr><td rowspan=2>Tam<td>1<td>2</tr><tr><td>3<td>4</table>"
    )
    assert texts(table) == [["Child", "Date"], ["Tam", "1", "2"], ["3", "4"]]
    assert [(cell.row, cell.column, cell.columns, cell.rows) for row in table.rows for cell in row] == [
        (1, 1, 2, 1), (1, 3, 1, 1), (2, 1, 1, 2), (2, 2, 1, 1), (2, 3, 1, 1), (3, 2, 1, 1), (3, 3, 1, 1),
    ]  # fmt: skip


def test_a_table_of_one_cell_is_only_a_frame() -> None:
    """Mail programs put whole mails into one; what stands in it is read as if it were not there."""
    found = blocks_of_html("<table><tr><td><p>hello</p><table><tr><td>Name<td>Orla</table></td></tr></table>")
    assert isinstance(found[0], Paragraph)
    assert isinstance(found[1], Table)
    assert texts(found[1]) == [["Name", "Orla"]]


def test_a_table_in_a_cell_stays_there() -> None:
    """Nested tables belong to their cell, whose own words stay its own."""
    (outer,) = tables("<table><tr><td>left<table><tr><td>a<td>b</table>more<td>right</table>")
    cell = outer.rows[0][0]
    assert cell.text == "left\nmore"
    assert [texts(inner) for inner in cell.tables] == [[["a", "b"]]]


def test_every_cell_and_line_has_a_number_of_its_own() -> None:
    """By it a place is known."""
    spots = [
        spot for block in blocks_of_html("<p>a</p><table><tr><td>b<td>c</table><p>d</p>") for spot in numbers(block)
    ]
    assert len(spots) == len(set(spots)) == 4


def numbers(block: Block) -> list[int]:
    """Return the numbers of a block."""
    return [block.spot] if isinstance(block, Paragraph) else [cell.spot for row in block.rows for cell in row]


@pytest.mark.parametrize("markup", ["", " ", "<!-- -->", "<img src='x'>", "<div>" * 3_000 + "deep"])
def test_a_page_nobody_can_read_has_no_blocks(markup: str) -> None:
    """Empty, broken, or nested deeper than any mail program writes."""
    assert blocks_of_html(markup) == ()


def test_words_too_deep_for_a_page_are_still_words() -> None:
    """Nothing is lost in silence: a person and the safety check see what stands between the tags."""
    assert words_of_html("<p>before</p>" + "<div>" * 3_000 + "deep words") == "before\n\ndeep words"


def test_a_flood_of_merged_cells_costs_no_more_than_its_cells() -> None:
    """A cell may claim 12,000 places; all together have no more than the limit, the words are kept."""
    (table,) = tables("<table>" + "<tr><td colspan=60 rowspan=200>x<td>y</tr>" * 300 + "</table>")
    places = sum(cell.columns * cell.rows for row in table.rows for cell in row)
    assert places <= MAX_PLACES + sum(map(len, table.rows))
    assert sum(cell.text.count("x") for row in table.rows for cell in row) == 300


def test_cells_beyond_the_limit_become_words() -> None:
    """A page of endless cells keeps every word."""
    found = blocks_of_html("<table><tr>" + "<td>x" * (MAX_PLACES + 50) + "</table>")
    cells = [cell for block in found if isinstance(block, Table) for row in block.rows for cell in row]
    loose = [block.text for block in found if isinstance(block, Paragraph)]
    assert len(cells) == MAX_PLACES
    assert sum(text.count("x") for text in (*loose, *(cell.text for cell in cells))) == MAX_PLACES + 50


TAGS = st.sampled_from(
    ["<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<td colspan=3>", "<td rowspan=9>", "<p>", "</p>", "<br>",
     "<pre>", "</pre>", "<s>", "</s>", "<h1>", "</h1>", "word ", "☑", "<select><option selected>", "</select>"]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(TAGS, max_size=40))
def test_any_soup_of_tags_is_read_with_no_place_covered_twice(soup: list[str]) -> None:
    """Whatever the markup, cells never overlap and no row ends behind its table."""
    for table in (block for block in blocks_of_html("".join(soup)) if isinstance(block, Table)):
        for each in (table, *(inner for row in table.rows for cell in row for inner in cell.tables)):
            cells: list[Cell] = [cell for row in each.rows for cell in row]
            assert all(cell.row + cell.rows - 1 <= len(each.rows) for cell in cells)
            begun = [(cell.row, cell.column) for cell in cells]
            assert len(begun) == len(set(begun))

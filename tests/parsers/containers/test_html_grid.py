"""The places of a table: each cell begins where nothing stands yet."""

from lxml import html

from parsers.containers.html_grid import OpenTable
from parsers.document import Table


def cell(attributes: str = ""):
    """Return a table cell's element."""
    return html.fromstring(f"<table><tr><td {attributes}>x</td></tr></table>").find(".//td")


def test_a_cell_steps_over_what_a_row_above_covers() -> None:
    """Merged downwards, it moves the next row's first cell to the right."""
    grid = OpenTable(1, rows=[[]])
    grid.open(cell("rowspan=2"), 1, 100)
    grid.rows.append([])
    opened = grid.open(cell(), 2, 100)
    assert opened is not None
    assert (opened.row, opened.column) == (2, 2)


def test_a_cell_without_a_row_begins_one() -> None:
    """Sloppy markup is read."""
    grid = OpenTable(1)
    assert grid.open(cell(), 1, 100) is not None
    assert len(grid.rows) == 1


def test_places_are_spent() -> None:
    """A cell that wants more than is left has one place; with none left there is no cell."""
    grid = OpenTable(1)
    opened = grid.open(cell("colspan=9 rowspan=9"), 1, 80)
    assert opened is not None
    assert (opened.columns, opened.rows) == (1, 1)
    assert grid.open(cell(), 2, 0) is None


def test_an_empty_table_comes_to_nothing() -> None:
    """Layout without a word is no table."""
    grid = OpenTable(1)
    grid.open(cell(), 1, 100)
    grid.open(cell(), 2, 100)
    assert grid.items() == []


def test_a_cell_ends_with_its_table() -> None:
    """A cell that claims more rows than there are covers those there are."""
    grid = OpenTable(1)
    for spot in (1, 2):
        opened = grid.open(cell("rowspan=50"), spot, 1_000)
        assert opened is not None
        opened.items.append("x")
    (table,) = grid.items()
    assert isinstance(table, Table)
    assert {each.rows for each in table.rows[0]} == {1}

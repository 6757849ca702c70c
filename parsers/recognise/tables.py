"""Answers in tables: right of a label, below it, in its own cell, under a header row, or one column for each child."""

from parsers.document import Cell, Table
from parsers.recognise.beside import read_pairs
from parsers.recognise.headers import (
    Header,
    Shape,
    child_columns,
    header_of,
    people_header,
    person_columns,
    table_header,
    yes_no_columns,
)
from parsers.recognise.options import read_options
from parsers.recognise.page import Page, numbered_child
from parsers.recognise.side_titles import without_side_title
from parsers.recognise.split_names import with_whole_names
from parsers.recognise.under_header import read_under, rows_before, stands_under
from parsers.recognise.value_columns import is_header_all_the_same, value_columns
from parsers.template import FieldKind


def read_table(table: Table, page: Page) -> None:
    """Take every answer of a table and of the tables inside it, keeping the form's order."""
    if not page.labels.of_a_sheet:
        table = with_whole_names(table, page.answers.blank)
    shape = Shape(values=value_columns(table, page))
    for number in range(1, len(table.rows) + 1):
        cells = without_side_title(table.across(number), number, page, shape)
        if not _heading(table, number, cells, page, shape) and not page.skipping:
            _read_row(table, number, cells, page, shape)
        for cell in table.rows[number - 1]:
            for inner in cell.tables:
                read_table(inner, page)
    page.stand_upright()


def _heading(table: Table, number: int, cells: tuple[Cell, ...], page: Page, shape: Shape) -> bool:
    """Enter the section, or begin the child, that a row with one cell alone is the heading of."""
    if len(cells) != 1:
        return False
    text = cells[0].text.strip()
    if _asks_long(table, number, text, page):
        return False
    section, child = page.heading(text, looks=True), numbered_child(text)
    if section is None and child is None and (len(table.rows) == 1 or _stands_over_labels(table, number, page)):
        section = page.labels.hinted(text)
    if section is None and child is None:
        return False
    if section is not None:
        page.enter(section)
    if child is not None:
        page.child = child
    shape.header, shape.children, shape.people = None, {}, {}
    return True


def _asks_long(table: Table, number: int, text: str, page: Page) -> bool:
    """Tell whether a row alone, on a form we do not know, asks for the long answer in the row below it."""
    if number == len(table.rows) or len(table.across(number + 1)) != 1 or page.labels.section(text) is not None:
        return False
    match = page.told_by_words(text)
    return match is not None and match.field.kind is FieldKind.LONG_TEXT


def _stands_over_labels(table: Table, number: int, page: Page) -> bool:
    """Tell whether the row below begins with a label and has more than that: what stands above it is a title."""
    below = table.across(number + 1) if number < len(table.rows) else ()
    return len(below) > 1 and page.labels.is_any_label(below[0].text.strip())


def _read_row(table: Table, number: int, cells: tuple[Cell, ...], page: Page, shape: Shape) -> None:
    people, children = person_columns(cells, page), child_columns(cells)
    if people or children:
        shape.people, shape.children, shape.header = people or shape.people, children or shape.children, None
        return
    below = table.across(number + 1) if number < len(table.rows) else ()
    header = people_header(cells, below, page) or table_header(cells, page)
    header = header or _header_of(table, number, cells, page, shape)
    if header is not None:
        header.base = rows_before(header, shape.header, page)
        shape.header = header
        return
    said = yes_no_columns(cells)
    if said:
        shape.said, shape.header = said, None
        return
    rest = read_options(table, cells, page)
    if shape.header is not None and stands_under(rest, shape.header, page):
        read_under(table, number, rest, page, shape.header)
        return
    shape.header = None
    read_pairs(table, rest, page, shape)


def _header_of(table: Table, number: int, cells: tuple[Cell, ...], page: Page, shape: Shape) -> Header | None:
    """Return the header of a row of labels, unless answers stand in it that only look like labels."""
    if number == len(table.rows) or (len(cells) == 1 and len(table.across(number + 1)) > 1):
        return None
    in_values = any(cell.column in shape.values for cell in cells)
    if in_values and not is_header_all_the_same(cells, shape.values, page):
        return None
    return header_of(cells, page) or _question_over(table, number, cells, page, shape)


def _question_over(table: Table, number: int, cells: tuple[Cell, ...], page: Page, shape: Shape) -> Header | None:
    """Return the header that a question alone in its row is, which no label is worded like but telling words tell."""
    answers = shape.header is not None and not shape.header.rows
    if len(cells) != 1 or answers or len(table.across(number + 1)) > 1:
        return None
    if page.labels.split(cells[0].text, page.section) is not None:
        return None
    match = page.told_by_words(cells[0].text)
    return Header({cells[0].column: cells[0].text}, {cells[0].column: match}) if match is not None else None

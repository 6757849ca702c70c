"""Answers in tables: right of a label, below it, in its own cell, under a header row, or one column for each child."""

from dataclasses import dataclass, field

from parsers.document import Cell, Table
from parsers.recognise.headers import Header, child_columns, header_of, person_columns, table_header
from parsers.recognise.labels import Split
from parsers.recognise.options import read_options
from parsers.recognise.page import Page, numbered_child, quoted
from parsers.recognise.under_header import read_under, rows_before, stands_under
from parsers.recognise.value_columns import is_header_all_the_same, value_columns
from parsers.recognise.wordings import Match
from parsers.template import FieldKind, Section


@dataclass
class _Shape:
    """What is known of a table from the rows above."""

    header: Header | None = None
    children: dict[int, int] = field(default_factory=dict)
    """Column -> child, from a row that numbers the children."""
    people: dict[int, Section] = field(default_factory=dict)
    """Column -> section, from a row that names two people."""
    values: frozenset[int] = frozenset()
    """Columns that hold answers."""


@dataclass(frozen=True, slots=True)
class _Pair:
    """A label's cell and the cells right of it up to the next label."""

    label: Cell
    split: Split
    values: tuple[Cell, ...]


def read_table(table: Table, page: Page) -> None:
    """Take every answer of a table and of the tables inside it, keeping the form's order."""
    shape = _Shape(values=value_columns(table, page))
    for number in range(1, len(table.rows) + 1):
        cells = _side_heading(table.across(number), number, page, shape)
        if not _heading(cells, page, shape) and not page.skipping:
            _read_row(table, number, cells, page, shape)
        for cell in table.rows[number - 1]:
            for inner in cell.tables:
                read_table(inner, page)


def _side_heading(cells: tuple[Cell, ...], row: int, page: Page, shape: _Shape) -> tuple[Cell, ...]:
    """Enter the section that a cell beside several rows names, and leave that cell out."""
    if len(cells) < 2 or cells[0].rows < 2:
        return cells
    section = page.heading(cells[0].text.strip(), looks=True)
    if section is None:
        return cells
    if cells[0].row == row:
        page.enter(section)
        shape.header = None
    return cells[1:]


def _heading(cells: tuple[Cell, ...], page: Page, shape: _Shape) -> bool:
    """Enter the section, or begin the child, that a row with one cell alone is the heading of."""
    if len(cells) != 1:
        return False
    text = cells[0].text.strip()
    section, child = page.heading(text, looks=True), numbered_child(text)
    if section is None and child is None:
        return False
    if section is not None:
        page.enter(section)
    elif child is not None:
        page.child = child
    shape.header, shape.children, shape.people = None, {}, {}
    return True


def _read_row(table: Table, number: int, cells: tuple[Cell, ...], page: Page, shape: _Shape) -> None:
    header = table_header(cells, page) or _header_of(table, number, cells, page, shape)
    if header is not None:
        header.base = rows_before(header, shape.header, page)
        shape.header = header
        return
    people, children = person_columns(cells, page), child_columns(cells)
    if people or children:
        shape.people, shape.children, shape.header = people or shape.people, children or shape.children, None
        return
    rest = read_options(table, cells, page)
    if shape.header is not None and stands_under(rest, page):
        read_under(table, number, rest, page, shape.header)
        return
    shape.header = None
    _read_pairs(table, rest, page, shape)


def _header_of(table: Table, number: int, cells: tuple[Cell, ...], page: Page, shape: _Shape) -> Header | None:
    """Return the header of a row of labels, unless answers stand in it that only look like labels."""
    if number == len(table.rows):
        return None
    in_values = any(cell.column in shape.values for cell in cells)
    if in_values and not is_header_all_the_same(cells, shape.values, page):
        return None
    return header_of(cells, page)


def _read_pairs(table: Table, cells: tuple[Cell, ...], page: Page, shape: _Shape) -> None:
    """Read labels and what stands right of each, up to the next label."""
    splits = [_split(cell, page, shape) for cell in cells]
    if shape.people and cells:
        _read_people(table, cells, page, shape)
        return
    at = 0
    while at < len(cells):
        end = next((n for n in range(at + 1, len(cells)) if splits[n] is not None), len(cells))
        split = splits[at]
        if split is not None:
            _read_pair(table, _Pair(cells[at], split, cells[at + 1 : end]), page, shape)
        elif end - at == 2:
            page.answers.put_aside(cells[at].text, cells[at + 1].text, _right_of(table, cells[at]))
        at = end


def _split(cell: Cell, page: Page, shape: _Shape) -> Split | None:
    if cell.column in shape.values:
        return None
    return page.labels.split(cell.text, shape.people.get(cell.column, page.section))


def _read_pair(table: Table, pair: _Pair, page: Page, shape: _Shape) -> None:
    label, split, values = pair.label, pair.split, pair.values
    match, where = split.match, _right_of(table, label)
    columns = _columns_of_children(match, values, page, shape)
    if columns:
        for cell, number in columns:
            page.put(match, number, cell.text, f"{where}, child {number}", cell.spot)
        return
    child = page.child_of(match)
    answered = next((cell for cell in values if not page.answers.blank(cell.text)), None)
    if answered is not None:
        page.put(match, child, answered.text, where, answered.spot, sure=answered is values[0])
        return
    rest_where = f"table {table.number}, row {label.row}, after {quoted(_split_label(label, split))}"
    if not values:
        page.put(match, child, _answer_part(split, page), rest_where, label.spot)
    elif split.by == ":" and match.field.kind is not FieldKind.CHOICES:
        page.put_doubtful(match, child, _answer_part(split, page), rest_where, label.spot)
    page.answers.seen.add(match.field.name)


def _columns_of_children(match: Match, values: tuple[Cell, ...], page: Page, shape: _Shape) -> list[tuple[Cell, int]]:
    """Return whose answer each value is where a table has a column for each child."""
    if not match.field.per_child:
        return []
    if shape.children:
        return [(cell, shape.children[cell.column]) for cell in values if cell.column in shape.children]
    if len(values) > 1 and page.section is not None and page.section.children:
        return [(cell, number) for number, cell in enumerate(values, 1)]
    return []


def _read_people(table: Table, cells: tuple[Cell, ...], page: Page, shape: _Shape) -> None:
    """Read one label for several people: each column's heading says whose answer it is."""
    for cell in cells[1:]:
        match = page.labels.match(cells[0].text.strip(), shape.people.get(cell.column))
        if cell.column in shape.people and match is not None:
            page.put(match, page.child_of(match), cell.text, _right_of(table, cells[0]), cell.spot)


def _answer_part(split: Split, page: Page) -> str:
    """Return what follows a label in its own cell, without guidance that the form itself prints there."""
    lines = split.rest.split("\n")
    return "\n".join(line for line in lines if not page.labels.is_guidance(line))


def _split_label(cell: Cell, split: Split) -> str:
    """Return the label's own words where its cell holds an answer too."""
    return cell.text[: len(cell.text) - len(split.rest)] if split.rest else cell.text


def _right_of(table: Table, cell: Cell) -> str:
    return f"table {table.number}, row {cell.row}, right of {quoted(cell.text)}"

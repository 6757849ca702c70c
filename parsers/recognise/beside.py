"""Answers right of their labels in a row: one, one for each child or each of two people, a mark in a column."""

from dataclasses import dataclass

from parsers.document import Cell, Table
from parsers.recognise.headers import Shape
from parsers.recognise.labels import Split
from parsers.recognise.page import Page, quoted
from parsers.recognise.wordings import Match
from parsers.template import Field, FieldKind
from parsers.values.ticks import mark


@dataclass(frozen=True, slots=True)
class _Pair:
    """A label's cell and the cells right of it up to the next label."""

    label: Cell
    split: Split
    values: tuple[Cell, ...]


def read_pairs(table: Table, cells: tuple[Cell, ...], page: Page, shape: Shape) -> None:
    """Read labels and what stands right of each, up to the next label."""
    splits = [_split(cell, page, shape) for cell in cells]
    begins = [split is not None or _is_asked(cells, at, page, shape) for at, split in enumerate(splits)]
    if shape.people and cells:
        _read_people(table, cells, page, shape)
        return
    at = 0
    while at < len(cells):
        end = next((n for n in range(at + 1, len(cells)) if begins[n]), len(cells))
        split = splits[at]
        if split is not None:
            _read_pair(table, _Pair(cells[at], split, cells[at + 1 : end]), page, shape)
        elif end - at == 2:
            page.put_unknown(cells[at].text, cells[at + 1].text, _right_of(table, cells[at]), cells[at + 1].spot)
        elif len(cells) == 1:
            _told_inside(table, cells[at], page)
        at = end


def _told_inside(table: Table, cell: Cell, page: Page) -> None:
    """Read a box that begins with a question no label is worded like and goes on with its answer."""
    question, _, answer = cell.text.strip().partition("\n")
    match = page.told_by_words(question) if answer else None
    if match is not None and match.field.kind in {FieldKind.LONG_TEXT, FieldKind.TEXT}:
        where = f"{table.place}, row {cell.row}, below {quoted(question)}"
        page.put(match, page.child_of(match), answer, where, cell.spot, sure=False)


def _is_asked(cells: tuple[Cell, ...], at: int, page: Page, shape: Shape) -> bool:
    """Tell whether a cell is a question no label is worded like: between columns of answers, or told by its words."""
    cell = cells[at]
    if page.labels.of_a_sheet or shape.children or not cell.text.strip() or cell.column in shape.values:
        return False
    between = cell.column - 1 in shape.values and cell.column + cell.columns in shape.values
    return between or (at % 2 == 0 == len(cells) % 2 and page.told_by_words(cell.text) is not None)


def _split(cell: Cell, page: Page, shape: Shape) -> Split | None:
    if cell.column in shape.values:
        return None
    return page.labels.split(cell.text, shape.people.get(cell.column, page.section))


def _read_pair(table: Table, pair: _Pair, page: Page, shape: Shape) -> None:
    label, split, values = pair.label, pair.split, pair.values
    match, where = split.match, _right_of(table, label)
    page.ask(match)
    page.lean(match)
    values = tuple(cell for cell in values if cell.rows <= label.rows)  # what stands beside several rows answers none
    columns = _columns_of_children(match, values, page, shape)
    if columns:
        for cell, number in columns:
            page.put(match, number, cell.text, f"{where}, child {number}", cell.spot)
        return
    child = page.child_of(match)
    if match.field.kind is FieldKind.YES_NO and len(values) > 1:
        page.put(match, child, _marked(values, page, shape), where, values[0].spot)
        return
    answered = _answered(match.field, values, page, shape)
    if answered is not None:
        page.put(match, child, answered.text, where, answered.spot, sure=answered is values[0])
        return
    rest_where = f"{table.place}, row {label.row}, after {quoted(_split_label(label, split))}"
    if not values:
        page.put(match, child, _answer_part(split, page), rest_where, label.spot)
    elif split.by == ":" and match.field.kind is not FieldKind.CHOICES:
        page.put_doubtful(match, child, _answer_part(split, page), rest_where, label.spot)
    page.answers.seen.add(match.field.name)


def _answered(field_asked: Field, values: tuple[Cell, ...], page: Page, shape: Shape) -> Cell | None:
    """Return the cell that answers: the one where answers stand in this table, else the first that says anything."""
    if page.labels.of_a_sheet or not values or values[0].column not in shape.values:
        return next((cell for cell in values if page.says(cell.text, field_asked)), None)
    return values[0] if page.says(values[0].text, field_asked) else None


def _marked(values: tuple[Cell, ...], page: Page, shape: Shape) -> str:
    """Return what is answered to yes or no over several cells: the column that is marked, or all their words."""
    if not shape.said:
        return "\n".join(cell.text for cell in values if cell.text.strip())
    marked = [cell for cell in values if cell.column in shape.said and not page.answers.blank(cell.text)]
    if len(marked) != 1:
        return ""
    said = shape.said[marked[0].column]
    return said if mark(marked[0].text) or marked[0].text.strip().capitalize() == said else ""


def _columns_of_children(match: Match, values: tuple[Cell, ...], page: Page, shape: Shape) -> list[tuple[Cell, int]]:
    """Return whose answer each value is where a table has a column for each child."""
    if not match.field.per_child:
        return []
    if shape.children:
        return [(cell, shape.children[cell.column]) for cell in values if cell.column in shape.children]
    several = any(cell.text.strip() for cell in values[1:])
    if several and page.section is not None and page.section.children:
        return [(cell, number) for number, cell in enumerate(values, 1)]
    return []


def _read_people(table: Table, cells: tuple[Cell, ...], page: Page, shape: Shape) -> None:
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
    return f"{table.place}, row {cell.row}, right of {quoted(cell.text)}"

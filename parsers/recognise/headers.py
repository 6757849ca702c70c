"""Rows that say what the rows below them are: headers, tables of people, columns for children or for two people."""

from dataclasses import dataclass, field
from itertools import pairwise

from rapidfuzz import fuzz

from parsers.document import Cell
from parsers.recognise.page import Page, numbered_child
from parsers.recognise.wordings import Match
from parsers.template import Field, Section
from parsers.values.text import plain

LIKE_A_COLUMN = 90


@dataclass
class Header:
    """A header row: each column's words, the fields they mean, and how many rows were read under it."""

    columns: dict[int, str]
    matches: dict[int, Match] = field(default_factory=dict)
    table: Field | None = None
    indices: dict[int, int] = field(default_factory=dict)
    """Column -> place in the table field's columns."""
    sure: bool = True
    """Every column is known by its words, none by its place alone."""
    marker: int = 0
    """The column that numbers the rows, 0 where there is none."""
    rows: int = 0
    base: int = 0
    people: bool = False
    """Its rows are people, each begun by whom it is: "Referrer", "PRSG member"."""


@dataclass
class Shape:
    """What is known of a table from the rows above."""

    header: Header | None = None
    children: dict[int, int] = field(default_factory=dict)
    """Column -> child, from a row that numbers the children."""
    people: dict[int, Section] = field(default_factory=dict)
    """Column -> section, from a row that names two people."""
    values: frozenset[int] = frozenset()
    """Columns that hold answers."""
    said: dict[int, str] = field(default_factory=dict)
    """Column -> "Yes" or "No", where a mark under it is the answer."""


def header_of(cells: tuple[Cell, ...], page: Page) -> Header | None:
    """Return the header these cells are: labels side by side with nothing blank among them, or one label alone."""
    said = [cell for cell in cells if cell.text.strip()]
    matches = {cell.column: _asked(cell.text.strip(), page) for cell in said}
    known = {column: match for column, match in matches.items() if match is not None}
    blank_inside = any(not cell.text.strip() for cell in cells[1:])
    if not known or blank_inside:
        return None
    if len(cells) > 1 and not _all_ask(said, known, page):
        beside = any(left.column in known and right.column in known for left, right in pairwise(cells))
        if not beside or len(known) * 2 < len(said):
            return None
    first = cells[0]
    numbers = first.column not in known and (not first.text.strip() or len(plain(first.text)) <= 8)
    return Header(
        {cell.column: cell.text for cell in said}, known, marker=first.column if numbers and len(cells) > 1 else 0
    )


def _all_ask(said: list[Cell], known: dict[int, Match], page: Page) -> bool:
    """Tell whether a row of three and more, on a form we do not know, is worded like labels throughout."""
    if page.labels.of_a_sheet or len(said) < 3:
        return False
    return all(cell.column in known or page.labels.is_worded(cell.text) for cell in said)


def _asked(text: str, page: Page) -> Match | None:
    """Return what a cell asks, be it with a line of the form's own guidance under it."""
    match = page.labels.match(text, page.section)
    if match is not None or "\n" not in text:
        return match
    label, _, rest = text.partition("\n")
    return page.labels.match(label.strip(), page.section) if page.labels.is_guidance(rest) else None


def people_header(cells: tuple[Cell, ...], below: tuple[Cell, ...], page: Page) -> Header | None:
    """Return the header of people in rows, on a form we do not know: labels behind a blank cell over titles."""
    if page.labels.of_a_sheet or len(cells) < 3 or cells[0].text.strip():
        return None
    if not below or numbered_child(below[0].text) is not None:
        return None
    labels = {cell.column: cell.text for cell in cells[1:] if page.labels.is_any_label(cell.text.strip())}
    named = page.named(below[0].text) if below[0].column == cells[0].column else None
    return Header(labels, marker=cells[0].column, people=True) if named and len(labels) == len(cells) - 1 else None


def table_header(cells: tuple[Cell, ...], page: Page) -> Header | None:
    """Return the header of a table field (family, agencies): two and more of its columns, most of the row.

    Where the section asks for no such table, its own labels explain such a row better.
    """
    said = [cell for cell in cells if cell.text.strip()]
    labels = sum(page.labels.match(cell.text.strip(), page.section) is not None for cell in said)
    for table, least in page.tables():
        indices: dict[int, int] = {}
        for cell in said:
            index = column_index(cell.text, table)
            if index is not None and index not in indices.values():
                indices[cell.column] = index
        left = _left_over(said, indices, table) if not page.labels.of_a_sheet else None
        elsewhere = least > 2
        if len(indices) >= least and len(indices) * 2 >= len(said) and not (elsewhere and labels >= len(indices)):
            columns = {cell.column: cell.text for cell in said}
            return Header(columns, table=table, indices=indices | (left or {}), sure=not left)
    return None


def _left_over(said: list[Cell], indices: dict[int, int], table: Field) -> dict[int, int] | None:
    """Return the one head of no known words as the one column no other head is, where all stand in our order."""
    if len(said) != len(table.columns) or len(indices) != len(said) - 1:
        return None
    others = [cell.column for cell in said if cell.column not in indices]
    found = dict.fromkeys(others, *set(range(len(table.columns))) - set(indices.values()))
    order = [(indices | found)[cell.column] for cell in said]
    return found if order == sorted(order) else None


def column_index(text: str, table: Field) -> int | None:
    """Return which column of a table field these words name, or None."""
    words = plain(text)
    if not words or len(words) > 60:
        return None
    named = [plain(column) for column in table.columns]
    if words in named:
        return named.index(words)
    for index, column in enumerate(table.columns):
        if words in map(plain, table.wordings.get(column, ())):
            return index
    scores = [(fuzz.token_set_ratio(words, column), -index) for index, column in enumerate(named)]
    score, index = max(scores)
    return -index if score >= LIKE_A_COLUMN else None


def person_columns(cells: tuple[Cell, ...], page: Page) -> dict[int, Section]:
    """Return column -> section where a row's cells name two or more people's sections."""
    named = {cell.column: _person(cell.text.strip(), cells, page) for cell in cells[1:] if cell.text.strip()}
    people = {column: section for column, section in named.items() if section is not None}
    return people if len({section.key for section in people.values()}) >= 2 and len(people) == len(named) else {}


def _person(text: str, cells: tuple[Cell, ...], page: Page) -> Section | None:
    """Return the section of the one person a cell names; by hints only behind a blank cell, among other people."""
    section = page.labels.section(text)
    if section is not None or cells[0].text.strip():
        return section
    hinted = page.labels.hinted(text)
    return hinted if hinted is not None and page.labels.is_of_a_person(hinted) else None


def child_columns(cells: tuple[Cell, ...]) -> dict[int, int]:
    """Return column -> child where a row numbers the children: "Child 1", "Child 2" ..."""
    numbers = {cell.column: numbered_child(cell.text) for cell in cells[1:] if cell.text.strip()}
    children = {column: number for column, number in numbers.items() if number is not None}
    return children if children and len(children) == len(numbers) else {}


def yes_no_columns(cells: tuple[Cell, ...]) -> dict[int, str]:
    """Return column -> "Yes" or "No" where a row heads columns for marks: its first cell blank, nothing else."""
    said = {cell.column: cell.text.strip().capitalize() for cell in cells if cell.text.strip()}
    first_blank = bool(cells) and not cells[0].text.strip()
    return said if first_blank and sorted(said.values()) == ["No", "Yes"] else {}

"""Titles at the side of a table: a cell beside several rows, beside a table of their own, or before a row's labels."""

from parsers.document import Cell
from parsers.recognise.headers import Shape
from parsers.recognise.page import Page, numbered_child
from parsers.template import Section


def without_side_title(cells: tuple[Cell, ...], row: int, page: Page, shape: Shape) -> tuple[Cell, ...]:
    """Enter the section, or begin the child, that a row's first cell names at the side; leave that cell out."""
    if len(cells) < 2:
        return cells
    text = cells[0].text.strip()
    section, child = page.heading(text, looks=True) or page.labels.hinted(text), numbered_child(text)
    if section is None and child is None:
        return cells
    if not (cells[0].rows > 1 or _only_tables(cells[1:]) or _leads_pairs(cells, section or page.section, page)):
        return cells
    if cells[0].row == row:
        shape.header = None
        if section is not None:
            page.enter(section)
        if child is not None:
            page.child = child
    return cells[1:]


def _only_tables(cells: tuple[Cell, ...]) -> bool:
    return any(cell.tables for cell in cells) and not any(cell.text.strip() for cell in cells)


def _leads_pairs(cells: tuple[Cell, ...], section: Section | None, page: Page) -> bool:
    """Tell whether a row of a form we do not know goes on with this section's labels, each with its answer's cell."""
    if page.labels.of_a_sheet or len(cells) < 3 or len(cells) % 2 == 0:
        return False
    labels, values = cells[1::2], cells[2::2]
    known = [page.labels.match(cell.text.strip(), section) is not None for cell in (*labels, *values)]
    return all(known[: len(labels)]) and not all(known[len(labels) :])

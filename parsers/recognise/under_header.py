"""Rows of answers under a header row: one for each child, one for each line of a table, or one alone."""

from parsers.document import Cell, Table
from parsers.recognise.controls import row_text
from parsers.recognise.headers import Header
from parsers.recognise.page import Page, numbered_child, quoted
from parsers.recognise.wordings import Match


def rows_before(header: Header, above: Header | None, page: Page) -> int:
    """Return how many children stand before this header's first row: none, unless its fields have answers already."""
    if above is not None and above.columns == header.columns:
        return above.base + above.rows
    names = [match.field.name for match in header.matches.values() if match.field.per_child]
    most = page.answers.most_children()
    return most if any(page.answers.has(name, child) for name in names for child in range(1, most + 1)) else 0


def stands_under(cells: tuple[Cell, ...], header: Header, page: Page) -> bool:
    """Tell whether a row can be answers under a header: it does not begin with a label of its own."""
    if header.people:
        return bool(cells) and page.named(cells[0].text) is not None
    if cells and not cells[0].text.strip() and cells[0].column in header.matches:
        return True
    first = next((cell for cell in cells if cell.text.strip()), None)
    split = page.labels.split(first.text, page.section) if first is not None else None
    return split is None or (page.labels.of_a_sheet and not split.match.exact)


def read_under(table: Table, number: int, cells: tuple[Cell, ...], page: Page, header: Header) -> None:
    """Take a row's answers by the columns of its header: one row of them, but for children and tables of people."""
    header.rows += 1
    if header.table is not None:
        _read_table_row(table, cells, page, header)
        return
    if header.people:
        _read_person(table, number, cells, page, header)
        return
    child = _child_of_row(cells, header)
    for cell in cells:
        if cell.row != number:
            continue
        match, label = header.matches.get(cell.column), header.columns.get(cell.column, "")
        where = f"{table.place}, row {number}, under {quoted(label)}"
        if match is not None and len(header.columns) == 1 and header.rows == 1:
            page.put(match, page.child_of(match), cell.text, where, cell.spot)
        elif match is not None and (match.field.per_child or header.rows == 1):
            page.put(match, child if match.field.per_child else None, cell.text, where, cell.spot)
        elif match is None and label.strip() and numbered_child(label) is None and cell.column != header.marker:
            page.put_unknown(label, cell.text, where, cell.spot)


def _read_person(table: Table, number: int, cells: tuple[Cell, ...], page: Page, header: Header) -> None:
    section = page.named(cells[0].text)
    for cell in cells[1:]:
        label = header.columns.get(cell.column, "")
        match = page.labels.match(label.strip(), section) if section is not None else None
        where = f"{table.place}, row {number}, under {quoted(label)}"
        if match is not None:
            page.put(match, page.child_of(match), cell.text, where, cell.spot)
        else:
            page.answers.put_aside(label, cell.text, where)


def _child_of_row(cells: tuple[Cell, ...], header: Header) -> int:
    """Return the child of a row: by its number where it has one, else by its place."""
    marked = next((cell.text for cell in cells if cell.column == header.marker), "")
    said = numbered_child(marked) or (int(marked) if marked.strip().isascii() and marked.strip().isdigit() else None)
    return said if said is not None and 0 < said <= header.base + header.rows else header.base + header.rows


def _read_table_row(table: Table, cells: tuple[Cell, ...], page: Page, header: Header) -> None:
    table_field = header.table
    if table_field is None:
        return
    texts = [""] * len(table_field.columns)
    for cell in cells:
        index = header.indices.get(cell.column)
        if index is not None and not page.answers.blank(cell.text):
            texts[index] = cell.text
    first = next((c for c in cells if c.column in header.indices and not page.answers.blank(c.text)), None)
    if first is not None:
        where = f"{table.place}, row {first.row}"
        page.put(Match(table_field, exact=True), None, row_text(texts), where, first.spot, sure=header.sure)

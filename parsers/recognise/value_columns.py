"""Which columns of a table hold answers: those right of a column of labels, hardly ever holding one themselves.

There an answer may be worded like a label ("Role | PRSG member") and is an answer all the same.
"""

from collections import Counter
from itertools import pairwise

from parsers.document import Cell, Table
from parsers.recognise.page import Page

LEAST_ROWS = 2
LEAST_HEADER = 3
MOST_LABELS = 1 / 3
LEAST_LABELS = 2 / 3


def value_columns(table: Table, page: Page) -> frozenset[int]:
    """Return the columns of a table that hold answers; none in a small table or one of another make."""
    if len(table.rows) < LEAST_ROWS:
        return frozenset()
    said: Counter[int] = Counter()
    labels: Counter[int] = Counter()
    for row in table.rows:
        for cell in row:
            if cell.text.strip() and len(row) > 1:
                said[cell.column] += 1
                labels[cell.column] += page.is_label(cell.text.strip())
    columns = sorted({cell.column for row in table.rows for cell in row if len(row) > 1})
    found: set[int] = set()
    for left, column in pairwise(columns):
        if left in found or said[left] < LEAST_ROWS - 1:
            continue
        many = labels[left] >= max(2, LEAST_LABELS * said[left])
        if many and labels[column] <= MOST_LABELS * max(said[column], LEAST_HEADER):
            found.add(column)
    return frozenset(found)


def is_header_all_the_same(cells: tuple[Cell, ...], columns: frozenset[int], page: Page) -> bool:
    """Tell whether a row with cells in such columns is a header: all labels, or nearly all cells of such columns."""
    if len(cells) >= LEAST_HEADER and all(page.is_label(cell.text.strip()) for cell in cells):
        return True
    here = [cell for cell in cells if cell.column in columns]
    labels = [cell for cell in here if page.is_label(cell.text.strip())]
    return len(labels) >= 2 and len(labels) * 3 >= len(here) * 2

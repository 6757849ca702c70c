"""Tables for spreadsheets, in which no cell can become a formula or a link, whoever filled in the form.

A spreadsheet takes a cell that begins with one of ``= + - @`` or a tab or line end for a formula, also in CSV (OWASP,
"CSV Injection"): such a cell gets an apostrophe before it. In a workbook, formulas and links are switched off besides.
"""

import csv
import io
from collections.abc import Iterable, Sequence

Cell = str | int | None

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
MAX_CELL = 32_767
"""What Excel takes in one cell."""
NOT_IN_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)])
"""Signs XML 1.0 cannot hold (2.2), which would make a workbook unreadable."""


def harmless(cell: Cell) -> str | int:
    """Return a cell no spreadsheet takes for a formula; numbers of ours stay numbers, absent is empty."""
    if cell is None:
        return ""
    if isinstance(cell, int):
        return cell
    clean = cell.translate(NOT_IN_XML)[: MAX_CELL - 1]
    starts = clean.lstrip(" ").startswith(FORMULA_STARTS)
    return f"'{clean}" if starts else clean


def csv_of(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return CSV as RFC 4180 has it, UTF-8 with the mark by which Excel knows it."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def xlsx_of(columns: Sequence[str], rows: Sequence[Sequence[Cell]], name: str = "Register") -> bytes:
    """Return a workbook of one sheet with a frozen, bold first row; every text is a text."""
    import xlsxwriter

    content = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, plain) as book:
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, columns, book.add_format({"bold": True}))
        for number, row in enumerate(rows, start=1):
            for place, cell in enumerate(row):
                value = harmless(cell)
                (sheet.write_number if isinstance(value, int) else sheet.write_string)(number, place, value)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
        sheet.autofit()
    return content.getvalue()

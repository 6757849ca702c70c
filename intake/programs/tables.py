"""What a command shows: a table for people at a terminal, aligned plain text for a pipe, JSON for programs.

Some cells hold a stranger's words (``form try``, ``register --reveal``): whatever could steer a terminal is made
visible first, so that no form can clear a screen or forge a line.
"""

import json
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import Enum
from typing import TextIO
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
NOTHING = "-"
WHOLE_WORD = 16
"""As long as a case's reference."""
STEERING = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
"""Unicode categories that move, hide or reorder what is shown (bidirectional overrides among them)."""

Cell = str | int | None


def show(columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, empty: str, out: TextIO | None = None) -> None:
    """Show rows under their columns, or the sentence ``empty`` when there are none."""
    stream = out or sys.stdout
    cells = [[visible(cell) for cell in row] for row in rows]
    if not cells:
        stream.write(f"{empty}\n")
    elif stream.isatty():
        _for_people(columns, cells, stream)
    else:
        _plain(columns, cells, stream)


def show_json(value: object, out: TextIO | None = None) -> None:
    """Write one JSON document, UTF-8, keys as they are; times and dates in ISO 8601."""
    json.dump(value, out or sys.stdout, ensure_ascii=False, indent=2, default=_plain_value)
    (out or sys.stdout).write("\n")


def visible(cell: Cell) -> str:
    """Return a cell as one line without anything that could steer a terminal; nothing is shown as ``-``."""
    if cell is None or cell == "":
        return NOTHING
    return "".join(_visible_sign(sign) for sign in str(cell))


def in_london(moment: datetime | None) -> str | None:
    """Return a moment as staff read it: date and minute in Europe/London."""
    return None if moment is None else moment.astimezone(LONDON).strftime("%Y-%m-%d %H:%M")


def joined(codes: Iterable[object]) -> str:
    """Return codes in one cell."""
    return ", ".join(str(code) for code in codes)


def _visible_sign(sign: str) -> str:
    if sign in "\n\r\t":
        return " / " if sign == "\n" else " "
    return "\N{REPLACEMENT CHARACTER}" if unicodedata.category(sign) in STEERING else sign


def _plain(columns: Sequence[str], cells: Sequence[Sequence[str]], stream: TextIO) -> None:
    widths = [max(map(len, column)) for column in zip(columns, *cells, strict=True)]
    lines = ("  ".join(map(str.ljust, row, widths)).rstrip() for row in (columns, *cells))
    stream.writelines(f"{line}\n" for line in lines)


def _for_people(columns: Sequence[str], cells: Sequence[Sequence[str]], stream: TextIO) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for number, column in enumerate(columns):
        longest = max((len(word) for row in cells for word in row[number].split()), default=0)
        # an id or a reference stays whole where the terminal allows it; what is longer may fold
        table.add_column(Text(column), overflow="fold", min_width=min(longest, WHOLE_WORD))
    for row in cells:
        table.add_row(*(Text(cell.replace(", ", "\n")) for cell in row))  # Text: a cell's brackets are no markup
    Console(file=stream, highlight=False).print(table)


def _plain_value(value: object) -> object:
    if isinstance(value, date):  # a datetime is a date
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, frozenset | set):
        return sorted(value)
    raise TypeError(type(value).__name__)  # a Private above all: it never becomes JSON by accident

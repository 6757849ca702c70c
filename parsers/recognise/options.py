"""Ticked options that stand free in a section: a box and its words in one cell, in two, or on a line."""

from collections.abc import Sequence

from parsers.contract import Certainty
from parsers.document import Cell, Table
from parsers.recognise.answers import Found
from parsers.recognise.page import Page, quoted
from parsers.template import Field
from parsers.values.choices import option
from parsers.values.ticks import mark, ticks

Choices = Sequence[tuple[Field, int]]
"""Questions with options, each with the least words that tell one."""


def read_options(table: Table, cells: tuple[Cell, ...], page: Page) -> tuple[Cell, ...]:
    """Take the options ticked in a row of their own; returns the cells that are not part of any."""
    fields = page.choices()
    if not fields:
        return cells
    used: set[int] = set()
    for at, cell in enumerate(cells):
        where = f"{table.place}, row {cell.row}"
        if mark(cell.text) is not None:
            used |= _marked_beside(cells, at, fields, where, page)
        elif _tick_line(cell.text, fields, where, cell.spot, page):
            used.add(at)
    return tuple(cell for at, cell in enumerate(cells) if at not in used)


def read_option_line(text: str, where: str, spot: int, page: Page) -> bool:
    """Take the options ticked on one line of text; returns whether it held any boxes of known options."""
    return _tick_line(text, page.choices(), where, spot, page)


def _option(words: str, field: Field, least: int) -> str | None:
    return option(words, field) if len(words.split()) >= least else None


def _tick_line(text: str, fields: Choices, where: str, spot: int, page: Page) -> bool:
    known = False
    for tick in ticks(text):
        for field, least in fields:
            choice = _option(tick.words, field, least)
            if choice is not None:
                known = True
                _take(field, choice, tick.on, where=where, spot=spot, page=page)
    return known


def _marked_beside(cells: tuple[Cell, ...], at: int, fields: Choices, where: str, page: Page) -> set[int]:
    """Give a mark in a cell of its own to the option beside it: the row's first cell tells on which side."""
    order = (at + 1, at - 1) if mark(cells[0].text) is not None else (at - 1, at + 1)
    for beside in order:
        if 0 <= beside < len(cells):
            for field, least in fields:
                choice = _option(cells[beside].text, field, least)
                if choice is not None:
                    _take(field, choice, bool(mark(cells[at].text)), where=where, spot=cells[at].spot, page=page)
                    return {at, beside}
    return set()


def _take(field: Field, choice: str, on: bool, *, where: str, spot: int, page: Page) -> None:
    page.answers.seen.add(field.name)
    if on:
        place = f"{where}, tick-box of {quoted(choice)}"
        page.answers.tick(Found(field, None, choice, place, Certainty.CERTAIN, spot))

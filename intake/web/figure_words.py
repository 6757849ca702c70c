"""What figures say: their titles, what their rows and columns are called, and every cell in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from intake.domain.figures import NOT_KNOWN, TOTAL, Cell, Column, Dimension, Figure, Hidden, Unit
from intake.letters.london import MONTHS
from intake.web.way_words import DECISIONS

TITLES: Mapping[str, str] = {
    "referrals-by-agency": "Referrals by agency and month",
    "referrals-by-type": "Why referrals were made, by month",
    "timeliness-by-agency": "Referrals in time, by agency",
    "days-to-referral": "Days from incident to referral",
    "quality-assurance-by-agency": "Quality assurance, by agency",
    "incomplete-by-section": "Sections without an answer that is needed",
    "acknowledgement-by-month": "From receipt to acknowledgement, by month",
    "panel-by-month": "From receipt to the Virtual Panel, by month of receipt",
    "decision-by-month": "From the Virtual Panel to its decision, by month of receipt",
    "decisions": "What was decided, by month of receipt",
    "rapid-review-by-month": "Rapid reviews against their 15 working days, by month of receipt",
    "misdirected-by-month": "Forms of other services, by month, and how soon a person dealt with them",
    "alerts-by-month": "Alerts that a child may be at risk, by month, and how soon a person closed them",
    "read-by-month": "Emails with a form that could be read whole, by month",
    "letters-by-month": "Answers to senders, by month",
}
COLUMNS: Mapping[str, str] = {
    **{decision.value: says for decision, says in DECISIONS.items()},
    TOTAL: "Total",
    "within-calendar": "In time",
    "within-working": "In time by working days",
    "late": "Late",
    "cannot-say": "Cannot be said",
    "signed": "Signed off",
    "not-in-order": "Not in order",
    "missing": "Missing",
    "within-hour": "Within an hour",
    "within-day": "Within a day",
    "later": "Later",
    "not-yet": "Not yet",
    "sent-to-panel": "With the panel",
    "decided": "Decided",
    "in-time": "In time",
    "running": "Running",
    "overdue": "Overdue",
    "no-review": "No review",
    "must": "Must be made",
    "may": "May be made",
    "seriously-good-outcome": "Seriously good outcome",
    "not-stated": "Not stated",
    "read-whole": "All of it read",
    "not-read-whole": "Not all of it",
    "delivered": "Delivered",
    "bounced": "Came back",
    "not-sent": "Not sent yet",
    "percent-in-time": "In time, of all",
    "percent-of-referrals": "Of all referrals",
    "percent-not-read": "Not all of it, of all",
    "percent-bounced": "Came back, of all",
    "percent-missing": "Missing, of all",
    "median": "Median",
    "longest": "Longest",
}
FEWER, NOT_SHOWN, NOTHING = "fewer than 5", "not shown", "-"
UNITS: Mapping[Unit, tuple[str, str]] = {
    Unit.DAYS: ("day", "days"),
    Unit.WORKING_DAYS: ("working day", "working days"),
}
HEADS: Mapping[Dimension, str] = {
    Dimension.AGENCY: "Agency", Dimension.DECISION: "Decision",
    Dimension.MONTH: "Month", Dimension.DAYS: "Days from incident", Dimension.TYPE: "Why", Dimension.SECTION: "Section",
}  # fmt: skip


NAMED_BY_US = frozenset({Dimension.AGENCY, Dimension.SECTION})
"""What configuration has names for."""
Names = Mapping[Dimension, Mapping[str, str]]
"""The names of agencies and of sections, by code; a code without one stands for itself."""


@dataclass(frozen=True, slots=True)
class FigureTable:
    """A figure as a table of texts: heads, then rows (each begins with its own head), the total last."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


def table(figure: Figure, names: Names) -> FigureTable:
    """Return a figure as texts, for a page or a sheet."""
    heads = [HEADS[figure.by], *map(head_of, figure.columns)]
    rows = [
        [row_name(figure, row.key, names) if row is not figure.total else COLUMNS[TOTAL]]
        + [cell_in_words(cell, column.unit) for cell, column in zip(row.cells, figure.columns, strict=True)]
        for row in (*figure.rows, figure.total)
    ]
    return FigureTable(title(figure), heads, rows)


def title(figure: Figure) -> str:
    """Return what a figure is called."""
    return TITLES.get(figure.code, figure.code)


def row_name(figure: Figure, key: str, names: Names) -> str:
    """Return what a row is called: an agency's name, a section's title, a month, some days."""
    if key == NOT_KNOWN:
        return "Not known"
    if figure.by in NAMED_BY_US:
        return names.get(figure.by, {}).get(key, key)
    if figure.by in {Dimension.DECISION, Dimension.TYPE}:
        return COLUMNS[key]
    return days_in_words(key) if figure.by is Dimension.DAYS else month_in_words(key)


def column_name(column: Column) -> str:
    """Return what a column is called."""
    return COLUMNS.get(column.code) or month_in_words(column.code)


def head_of(column: Column) -> str:
    """Return what stands over a column: months short, since there may be twelve of them."""
    return COLUMNS.get(column.code) or short_month(column.code)


def short_month(key: str) -> str:
    """Return ``Nov 2026`` for ``2026-11``; anything else as it stands."""
    name, _, year = month_in_words(key).partition(" ")
    return f"{name[:3]} {year}" if year else key


def month_in_words(key: str) -> str:
    """Return ``November 2026`` for ``2026-11``; anything else as it stands."""
    year, _, month = key.partition("-")
    return f"{MONTHS[int(month) - 1]} {year}" if month.isdigit() and 1 <= int(month) <= len(MONTHS) else key


def days_in_words(key: str) -> str:
    """Return ``1 day``, ``6 to 10 days`` or ``21 days or more`` for a bin."""
    begin, _, end = key.partition("-")
    if not end:
        return f"{begin} days or more"
    return f"{begin} to {end} days" if begin != end else f"{begin} day{'' if begin == '1' else 's'}"


def cell_in_words(cell: Cell, unit: Unit) -> str:
    """Return a cell with its unit: ``3``, ``25%``, ``2.5 days``, ``1 h 5 min``, ``fewer than 5``."""
    if cell is None:
        return NOTHING
    if isinstance(cell, Hidden):
        return FEWER if cell is Hidden.FEWER else NOT_SHOWN
    if unit is Unit.MINUTES:
        return _duration(round(cell))
    number = f"{cell:g}" if isinstance(cell, float) else str(cell)
    if unit is Unit.PERCENT:
        return f"{number}%"
    return number if unit is Unit.COUNT else f"{number} {UNITS[unit][cell != 1]}"


def _duration(minutes: int) -> str:
    days, hours, rest = minutes // 1_440, minutes % 1_440 // 60, minutes % 60
    if days:
        return f"{days} d {hours} h" if hours else f"{days} d"
    if hours:
        return f"{hours} h {rest} min" if rest else f"{hours} h"
    return f"{rest} min"

"""What a figure is: a table of counts by codes, never a word about anybody (domain.md, "Records").

:mod:`intake.domain.counting` makes one of facts (:mod:`intake.domain.figure_facts`), and
:mod:`intake.domain.small_numbers` makes it fit to leave the unit. What codes are called stands with the pages.
"""

from dataclasses import dataclass
from enum import StrEnum

NOT_KNOWN = "not-known"
"""The row of referrals whose agency is not known."""
TOTAL = "total"


class Population(StrEnum):
    """What a figure counts."""

    REFERRALS = "referrals"
    GAPS = "gaps"
    """Sections of forms that lack a needed answer: each section of each referral."""
    MISDIRECTED = "misdirected"
    ALERTS = "alerts"
    FORM_MAILS = "form-mails"
    LETTERS = "letters"


class Dimension(StrEnum):
    """What its rows are, or its columns."""

    AGENCY = "agency"
    TYPE = "type"
    SECTION = "section"
    MONTH = "month"
    BAND = "band"
    DAYS = "days"
    QA = "qa"
    ACKNOWLEDGED = "acknowledged"
    PANEL = "panel"
    DECIDED = "decided"
    DECISION = "decision"
    REVIEWED = "reviewed"
    DEALT_WITH = "dealt-with"
    READ = "read"
    DELIVERED = "delivered"


class Role(StrEnum):
    """What a column is to the others. The parts of a row are counts and make up its whole."""

    PART = "part"
    WHOLE = "whole"
    STATISTIC = "statistic"


class Unit(StrEnum):
    """What a number is; percent are of the row's whole."""

    COUNT = "count"
    DAYS = "days"
    WORKING_DAYS = "working-days"
    MINUTES = "minutes"
    PERCENT = "percent"


class Hidden(StrEnum):
    """Stands in a cell in place of a number that must not leave the unit."""

    FEWER = "fewer-than-5"
    NOT_SHOWN = "not-shown"
    """From it another could be worked out, or it is one person's own."""


class Drawing(StrEnum):
    """How a figure is drawn."""

    STRIPS = "strips"
    """A strip of bars for each row, a bar for each part: for parts that are months."""
    STACKS = "stacks"
    """A bar for each row, its parts one after another."""
    BARS = "bars"
    """A bar for each row, of its whole, under its name: for rows whose names are long."""
    DISTRIBUTION = "distribution"
    """A bar for each row, of its whole; the figure's line lies after the last row within it."""


Cell = int | float | Hidden | None
"""None: there is nothing to say (the median of nothing)."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of numbers of one unit; ``is_extreme`` marks one that is always a single case's own (the longest)."""

    code: str
    role: Role = Role.PART
    unit: Unit = Unit.COUNT
    is_extreme: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row's key (an agency's code, a month, ``0-5``) and a cell for each column."""

    key: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line to be held against: so many days; it is drawn after the row ``after``."""

    days: int
    after: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A table of numbers and how it is drawn; a row's parts, if any, add up to its whole, and columns to the total row.

    ``by`` is what rows are, ``across`` what parts are (None: there are no parts).
    """

    code: str
    of: Population
    by: Dimension
    across: Dimension | None
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row
    drawing: Drawing
    line: Line | None = None

    @property
    def parts(self) -> tuple[int, ...]:
        """Where the parts stand among the columns."""
        return tuple(place for place, column in enumerate(self.columns) if column.role is Role.PART)

    @property
    def whole(self) -> int:
        """Where the whole stands."""
        return next(place for place, column in enumerate(self.columns) if column.role is Role.WHOLE)

"""What the unit's figures are made of, and what a figure is: counts by codes, never a word about anybody (domain.md).

:mod:`intake.domain.counting` makes the one of the other; :mod:`intake.domain.small_numbers` makes it fit to leave the
unit. What codes are called stands with the pages.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from intake.domain.case_way import Decision
from intake.domain.sign_off import QAStatus
from intake.domain.timeliness import Band
from intake.domain.working_days import local_date

NOT_KNOWN = "not-known"
"""The row of referrals whose agency is not known."""
TOTAL = "total"


@dataclass(frozen=True, slots=True)
class ReferralFact:
    """One case, counted once however often its form came: its first receipt (aware), what its newest version says.

    None stands for what is not known or has not happened. Dates are days in London.
    """

    agency: str | None
    received_at: datetime
    band: Band
    qa: QAStatus
    acknowledged_at: datetime | None = None
    """When the mail server took the acknowledgement of the first form."""
    calendar_days: int | None = None
    working_days: int | None = None
    panel_on: date | None = None
    decided_on: date | None = None
    decision: Decision | None = None
    notified_on: date | None = None
    reviewed_on: date | None = None


@dataclass(frozen=True, slots=True)
class MessageFact:
    """One mail: when and whence it came, whether it held another service's form, when a person dealt with that."""

    received_at: datetime
    agency: str | None
    is_misdirected: bool
    dealt_with_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Period:
    """Whole months: that of the day ``first`` to that of ``last``; ValueError where it ends before it begins."""

    first: date
    last: date

    def __post_init__(self) -> None:
        """Refuse a period that ends before it begins."""
        if month_of(self.last) < month_of(self.first):
            raise ValueError("the period ends before it begins")

    @property
    def months(self) -> tuple[str, ...]:
        """The months, as ``2026-11``."""
        begin, end = (day.year * 12 + day.month - 1 for day in (self.first, self.last))
        return tuple(f"{number // 12:04}-{number % 12 + 1:02}" for number in range(begin, end + 1))

    def has(self, moment: datetime) -> bool:
        """Tell whether an aware moment lies in it, in London."""
        return month_of(self.first) <= month_of(local_date(moment)) <= month_of(self.last)


def month_of(day: date) -> str:
    """Return the month of a day, as ``2026-11``: it sorts as it stands."""
    return f"{day.year:04}-{day.month:02}"


class Population(StrEnum):
    """What a figure counts."""

    REFERRALS = "referrals"
    MISDIRECTED = "misdirected"


class Dimension(StrEnum):
    """What its rows are, or its columns."""

    AGENCY = "agency"
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

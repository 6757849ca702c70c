"""The tables of a case's way after intake and of what people put beside it: rows are added, never changed into others.

Each row has its line in the intake log. What a person said is sealed with the case's data key: beside the line as its
reason, or in the note. The plain columns hold days, codes and who acted.
"""

from sqlalchemy import CheckConstraint, Column, ForeignKey, LargeBinary, Table, Text

from intake.domain.case_file import LinkVerdict
from intake.domain.case_way import Decision, Step
from intake.records.schema import Number, metadata, one_of


def _numbered() -> Column[int]:
    return Column("id", Number, primary_key=True, autoincrement=True)


def _case() -> Column[str]:
    return Column("reference", Text, ForeignKey("cases.reference"), nullable=False, index=True)


def _line() -> Column[int]:
    return Column("line", Number, ForeignKey("intake_log.seq"), nullable=False)


steps = Table(
    "case_steps",
    metadata,
    _numbered(),
    _case(),
    Column("step", Text, nullable=False),
    Column("day", Text),
    Column("decision", Text),
    Column("recorded_by", Text, nullable=False),
    Column("recorded_at", Text, nullable=False),
    _line(),
    one_of("step", Step),
    one_of("decision", Decision),
    CheckConstraint("(decision IS NOT NULL) = (step = 'decided' AND day IS NOT NULL)", name="decided"),
)
"""``day`` is a date of ISO 8601; NULL takes the step back."""

notes = Table(
    "case_notes",
    metadata,
    _numbered(),
    _case(),
    Column("note", LargeBinary, nullable=False),
    Column("written_by", Text, nullable=False),
    Column("written_at", Text, nullable=False),
    _line(),
)

owners = Table(
    "case_owners",
    metadata,
    _numbered(),
    _case(),
    Column("owner", Text),
    Column("set_by", Text, nullable=False),
    Column("set_at", Text, nullable=False),
    _line(),
)

verdicts = Table(
    "link_verdicts",
    metadata,
    _numbered(),
    _case(),
    Column("link", Number, ForeignKey("case_links.id"), nullable=False, index=True),
    Column("verdict", Text, nullable=False),
    Column("judged_by", Text, nullable=False),
    Column("judged_at", Text, nullable=False),
    _line(),
    one_of("verdict", LinkVerdict),
)
"""``reference`` is the case the link belongs to, whose data key seals the reason."""

ACTS = (steps, notes, owners, verdicts)
"""Every table whose lines of the log may have a reason sealed with a case's key."""

"""Which lines of the intake log are about a case, and which a person left: found by indexes, in each dialect's words.

An index on what a line says cannot disagree with the line, so there is nothing beside the chain to verify. Each
expression must stand in a query letter by letter as in its index (migration 0006).
"""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import DDL, ColumnElement, Connection, Row, event, func, literal_column

from intake.records.marks import ROWS
from intake.records.schema import intake_log

CASE: Mapping[str, str] = {
    "sqlite": "json_extract(details, '$.case')",
    "postgresql": "((details::jsonb) ->> 'case')",
}
"""The reference of the case a line is about; NULL for a line that is about none."""
ACT: Mapping[str, str] = {
    "sqlite": "(CASE WHEN instr(details, '\"by\":') > 0 OR event IN ('signed-in', 'sign-in-failed') THEN 1 END)",
    "postgresql": "(CASE WHEN strpos(details, '\"by\":') > 0 OR event IN ('signed-in', 'sign-in-failed') THEN 1 END)",
}
"""1 for a line that a person left; NULL for the program's own."""
BY: Mapping[str, str] = {
    "sqlite": "coalesce(json_extract(details, '$.by'), json_extract(details, '$.account'))",
    "postgresql": "coalesce((details::jsonb) ->> 'by', (details::jsonb) ->> 'account')",
}
"""Who left a line; no index is on it, so it is asked of lines of people alone."""


for _dialect in CASE:
    for _index, _on in (("case", f"({CASE[_dialect]})"), ("act", f"{ACT[_dialect]}, seq")):
        _made = DDL(f"CREATE INDEX ix_intake_log_{_index} ON intake_log ({_on})")  # type: ignore[no-untyped-call]  # SQLAlchemy's
        event.listen(intake_log, "after_create", _made.execute_if(dialect=_dialect))


def is_about(connection: Connection, reference: str) -> ColumnElement[bool]:
    """Return the condition that a line is about a case, whatever message it is of."""
    return literal_column(CASE[connection.dialect.name]) == reference


def is_by_a_person(connection: Connection) -> ColumnElement[bool]:
    """Return the condition that a person left a line."""
    return literal_column(f"{ACT[connection.dialect.name]} = 1")


def is_by(connection: Connection, who: str) -> ColumnElement[bool]:
    """Return the condition that somebody of this name left a line, however it is written."""
    return is_by_a_person(connection) & (func.lower(literal_column(BY[connection.dialect.name])) == who.lower())


def told_in(row: Row[Any]) -> dict[str, Any]:
    """Return what a line of the log tells, but for the marks of rows, which tell people nothing."""
    told: dict[str, Any] = json.loads(row.details)
    return {name: value for name, value in told.items() if name != ROWS}

"""``intake register``: the case register; what the forms say only with ``--reveal``, which is written down."""

import os
import pwd
import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from intake.programs import tables
from intake.programs.form_files import written
from intake.programs.opening import opened
from intake.programs.tables import Cell
from intake.report import spreadsheets
from intake.settings import Settings

FOUND = 1
COLUMNS = (
    "REFERENCE", "VERSION", "RECEIVED", "AGENCY", "TYPE", "CHILDREN", "INCIDENT", "BAND", "CALENDAR DAYS",
    "WORKING DAYS", "SIGN-OFF", "MISSING", "ALERTS", "STATUS", "MESSAGE",
)  # fmt: skip
READINGS = ("REFERENCE", "VERSION", "FIELD", "VALUE", "WHERE", "CERTAINTY", "BY")

Case = Mapping[str, Any]


def command(options: Namespace, settings: Settings) -> int:
    """Show the register, and write it into the files that were named; each revealing is a line of the intake log.

    1 where a case does not open: it is named, and the others are shown.
    """
    with opened(settings) as house:
        cases = house.records.register_rows(reveal=options.reveal, by=account(), now=house.clock())
    spoilt = [case for case in cases if "unreadable" in case]
    for case in spoilt:
        sys.stderr.write(f"{case['reference']} version {case['version']}: cannot be opened ({case['unreadable']})\n")
    _write(cases, options)
    if options.json:
        tables.show_json(cases)
    elif options.csv is None and options.xlsx is None:
        tables.show(COLUMNS, map(line, cases), empty="No case has been registered yet.")
        if options.reveal and cases:
            sys.stdout.write("\n")
            tables.show(READINGS, _readings(cases), empty="No answer has been read.")
    return FOUND if spoilt else 0


def account() -> str:
    """Return the account this command runs under, as the log names who had the register revealed."""
    number = os.getuid()
    try:
        return f"account:{pwd.getpwuid(number).pw_name}"
    except KeyError:
        return f"account:{number}"


def line(case: Case) -> tuple[Cell, ...]:
    """Return one case as a row under COLUMNS."""
    clock = case["timeliness"]
    return (
        case["reference"],
        case["version"],
        tables.in_london(case["received_at"]),
        case["agency"],
        case["type"],
        case["children"],
        _days(clock),
        clock["band"],
        clock["calendar_days"],
        clock["working_days"],
        case["qa"]["status"],
        tables.joined(case["missing"]),
        tables.joined(case["alerts"]),
        "unreadable" if "unreadable" in case else case["status"],
        case["message"],
    )


def _days(clock: Case) -> str:
    """Return an incident's day or days with its precision, where it is not one exact day."""
    if clock["earliest"] is None:
        return str(clock["precision"])
    if clock["earliest"] == clock["latest"]:
        return f"{clock['earliest']}"
    return f"{clock['earliest']} to {clock['latest']} ({clock['precision']})"


def _readings(cases: Sequence[Case]) -> Iterator[tuple[Cell, ...]]:
    for case in cases:
        for reading in case["readings"]:
            said = (reading["value"], reading["where"], str(reading["certainty"]), reading["by"])
            yield case["reference"], case["version"], _field(reading), *said


def _field(reading: Case) -> str:
    return reading["field"] if reading["child"] is None else f"{reading['field']} [{reading['child']}]"


def _write(cases: Sequence[Case], options: Namespace) -> None:
    """Write the files that were named: with ``--reveal``, a column for each field besides."""
    fields = list(dict.fromkeys(_field(r) for case in cases for r in case["readings"])) if options.reveal else []
    columns = (*COLUMNS, *fields)
    rows = [(*line(case), *(_values(case, field) for field in fields)) for case in cases]
    for path, made in ((options.csv, spreadsheets.csv_of), (options.xlsx, spreadsheets.xlsx_of)):
        if path is not None:
            written(path, made(columns, rows))
            if not options.json:
                sys.stdout.write(f"{path}: {len(rows)} cases\n")


def _values(case: Case, field: str) -> str | None:
    """Return what the form says under a field; answers in several places side by side."""
    values = [reading["value"] for reading in case["readings"] if _field(reading) == field]
    return " | ".join(values) if values else None

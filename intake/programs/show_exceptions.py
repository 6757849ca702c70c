"""``intake exceptions``: what waits for a person, the gravest and longest waiting first."""

from argparse import Namespace

from intake.programs import tables
from intake.programs.by_a_person import act
from intake.programs.opening import opened
from intake.settings import Settings

COLUMNS = ("NUMBER", "SEVERITY", "WHAT", "MESSAGE", "CASE", "DOCUMENT", "SINCE")


def command(options: Namespace, settings: Settings) -> int:
    """Show every exception nobody has closed, having closed the one that ``--close`` names."""
    with opened(settings) as house:
        if options.close is not None:
            act("--close", options.close, options, house.records.close_exception, house.clock())
        rows = house.records.exception_rows()
    if options.json:
        tables.show_json(rows)
        return 0
    lines = [
        (
            row["id"],
            row["severity"],
            row["code"],
            row["message"],
            row["reference"],
            row["document"],
            tables.in_london(row["opened_at"]),
        )
        for row in rows
    ]
    tables.show(COLUMNS, lines, empty="Nothing waits for a person.")
    return 0

"""``intake log``: every message and where it stands; no personal word in it."""

from argparse import Namespace
from typing import Any

from intake.programs import tables
from intake.programs.opening import opened
from intake.settings import Settings

COLUMNS = ("MESSAGE", "RECEIVED", "STAGE", "WHY", "SENDER", "DOCUMENTS", "CASES", "FINDINGS", "LETTERS")


def command(options: Namespace, settings: Settings) -> int:
    """Show every message, newest first."""
    with opened(settings) as house:
        rows = list(house.records.log_rows())
    if options.json:
        tables.show_json(rows)
    else:
        tables.show(COLUMNS, map(_line, rows), empty="No message has been taken in yet.")
    return 0


def _line(row: dict[str, Any]) -> tuple[tables.Cell, ...]:
    return (
        row["id"],
        tables.in_london(row["received_at"]),
        row["stage"],
        row["why"],
        row["sender_trust"],
        tables.joined(f"{one['kind']}:{one['state']}" for one in row["documents"]),
        tables.joined(row["cases"]),
        tables.joined(row["findings"]),
        tables.joined(f"{one['kind']}:{one['state']}" for one in row["letters"]),
    )

"""``intake outbox``: the letters and whether they went; never to whom, nor what they say."""

from argparse import Namespace

from intake.programs import tables
from intake.programs.by_a_person import act
from intake.programs.opening import opened
from intake.settings import Settings

COLUMNS = ("LETTER", "KIND", "STATE", "WHY", "TRIES", "MESSAGE", "ORDERED", "ENDED", "CAME BACK")


def command(options: Namespace, settings: Settings) -> int:
    """Show every letter, newest first, having let go or withdrawn the one that is named."""
    with opened(settings) as house:
        if options.release is not None:
            act("--release", options.release, options, house.records.release_letter, house.clock())
        if options.withdraw is not None:
            act("--withdraw", options.withdraw, options, house.records.withdraw_letter, house.clock())
        rows = house.records.outbox_rows()
    if options.json:
        tables.show_json(rows)
        return 0
    lines = [
        (
            row["id"],
            row["kind"],
            row["state"],
            row["why"],
            row["attempts"],
            row["message"],
            tables.in_london(row["ordered_at"]),
            tables.in_london(row["ended_at"]),
            tables.in_london(row["bounced_at"]),
        )
        for row in rows
    ]
    tables.show(COLUMNS, lines, empty="No letter has been ordered yet.")
    return 0

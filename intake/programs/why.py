"""``intake why ID``: one message's story, leg by leg, in codes and counts, without a name in it."""

import sys
from argparse import Namespace
from collections.abc import Mapping

from intake.errors import ConfigFault, Misconfigured
from intake.programs import tables
from intake.programs.opening import opened
from intake.settings import Settings

COLUMNS = ("WHEN", "MESSAGE", "EVENT", "FROM", "TO", "WHY", "DETAILS")


def command(options: Namespace, settings: Settings) -> int:
    """Tell the intake log's lines of a message, or of every message of a case; misuse where there is no such thing."""
    with opened(settings) as house:
        lines = house.records.story(options.id)
    if not lines:
        raise Misconfigured([ConfigFault("why", tables.visible(options.id), "no such message or case")])
    rows = [
        (
            tables.in_london(line["at"]),
            line["message"],
            line["event"],
            line["from"],
            line["to"],
            line["why"],
            _details(line["details"]),
        )
        for line in lines
    ]
    tables.show(COLUMNS, rows, empty="")
    sys.stdout.write(f"\nIt stands at: {last_stage(lines)}.\n")
    return 0


def last_stage(lines: list[dict[str, object]]) -> str:
    """Return where each message of a story stands by its last line."""
    stands = {str(line["message"]): str(line["to"]) for line in lines if line["to"]}
    return next(iter(stands.values())) if len(stands) == 1 else tables.joined(f"{m} {s}" for m, s in stands.items())


def _details(details: Mapping[str, object]) -> str:
    return tables.joined(
        f"{name}={_value(value)}" for name, value in details.items() if value not in (None, [], {}, "")
    )


def _value(value: object) -> str:
    if isinstance(value, list) and any(isinstance(one, list) for one in value):
        return " + ".join(" ".join(str(part) for part in one if part is not None) for one in value)
    if isinstance(value, list):
        return " + ".join(map(str, value))
    return str(value)

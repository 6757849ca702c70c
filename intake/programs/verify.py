"""``intake verify``: is everything as it was written? The log, its anchors, every row, seal and original."""

import re
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager

from intake.errors import ConfigFault, Misconfigured
from intake.programs import tables
from intake.programs.opening import House, opened
from intake.records.verification import verify_house
from intake.records.verifying.discrepancy import Discrepancy
from intake.records.verifying.lines import Head
from intake.settings import Settings

FOUND = 1
COLUMNS = ("WHAT", "WHERE")
HEAD = re.compile(r"\s*([0-9]{1,12})\s+(?:lines, ending\s+)?([0-9a-f]{12,64})\s*")
"""As a nightly report says it, or the two alone."""


def command(options: Namespace, settings: Settings) -> int:
    """Read everything again and tell what is not as it was written; 1 when there is anything."""
    heads = [_head(options.head)] if options.head else []
    with opened(settings) as house, _at_work():
        found = _by_missing_keys(house, list(verify_house(house.records.store, house.vault(), heads)))
        lines, _ = house.records.log_head()
        messages = sum(house.records.messages_by_stage().values())
    if options.json:
        tables.show_json(as_json(found, lines, messages))
    else:
        tables.show(COLUMNS, [(one.code, one.where) for one in found], empty="Everything is as it was written.")
        sys.stdout.write(f"{messages} messages, {lines} lines of the intake log, {len(found)} discrepancies\n")
    return FOUND if found else 0


def _head(written: str) -> Head:
    """Return a head as somebody copied it from a report; Misconfigured where it is none."""
    read = HEAD.fullmatch(written)
    if read is None:
        says = "is no head: give the number of lines and the digits, as the report has them"
        raise Misconfigured([ConfigFault("verify", "--head", says)])
    return int(read[1]), read[2]


def as_json(found: list[Discrepancy], lines: int, messages: int) -> dict[str, object]:
    """Return what was looked at, whether all is well, and each discrepancy."""
    return {
        "ok": not found,
        "messages": messages,
        "log_lines": lines,
        "discrepancies": [{"code": one.code, "where": one.where} for one in found],
    }


def _by_missing_keys(house: House, found: list[Discrepancy]) -> list[Discrepancy]:
    """Tell of a key that the ring has lost as that: the lines it signed cannot be checked, they are not changed."""
    signed = house.records.signing_keys()
    lost = {key: span for key, span in signed.items() if not house.keys.has(key)}
    if not lost:
        return found
    uncheckable = {f"line {number}" for number in house.records.lines_signed_by(lost)}
    missing = [Discrepancy("key-missing", f"{key}: lines {first} to {last}") for key, (first, last) in lost.items()]
    return missing + [one for one in found if one.code != "line-changed" or one.where not in uncheckable]


@contextmanager
def _at_work() -> Iterator[None]:
    """Show a person at a terminal that every original is being read; say nothing in a pipe or a unit."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status("Reading every original and the whole log ..."):
        yield

"""Puts every hostile case, or a folder of files, through the wall and the whole program: ``python -m tests.hostile``.

Prints case, verdict wanted, verdict met, time and memory; 1 where one is not as wanted, or the journey broke a promise.
With a folder (``make corpus INTAKE_CORPUS=folder``) the files are the cases: what is met is counted, nothing is wanted
but that each is read or refused within its limits and that the good form beside it is read.
"""

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import repeat, zip_longest
from pathlib import Path

from rich.console import Console
from rich.table import Table

from parsers.contract import DocumentState
from tests.hostile.bag import every_case, verdicts
from tests.hostile.case import READ, Case, good_mail
from tests.hostile.folder import cases_in
from tests.hostile.journey import MOST_MEGABYTES as MOST_OF_THE_DAEMON
from tests.hostile.journey import Outcome, put_through
from tests.hostile.weighing import GOOD_NOT_READ, MOST_MEGABYTES, SECONDS, SLOW_SECONDS, Weighed, scales

OVER = DocumentState.OVER_LIMIT.value
ENDED = ("refused killed", "refused memory", "refused bad-answer")
"""What an honest reader never says: the child ended otherwise than by itself."""


def main(arguments: Sequence[str]) -> int:
    """Put the cases through; return the exit code."""
    console = Console(width=None if sys.stdout.isatty() else 160)
    if arguments:
        return _folder(console, Path(arguments[0]))
    cases = every_case()
    broken = _readings(console, cases)
    found = _journey(console, cases)
    stands = [(case.name, verdicts()[case.name][0], stage) for case, stage in zip(cases, found.hostile, strict=True)]
    wrong = [each for each in stands if each[1] != each[2]]
    for name, wanted, stage in wrong:
        console.print(f"BROKEN: {name} stands as {stage}, wanted {wanted}")
    broken += len(wrong) + _broken_promises(console, found)
    console.print(f"{len(cases)} cases, {broken} not as they should be")
    return 1 if broken else 0


def _readings(console: Console, cases: Sequence[Case]) -> int:
    table = Table("case", "stands for", "wanted", "met", "ms", "MB", title="Hostile mails at the wall")
    broken, heaviest, slowest = 0, 0.0, 0.0
    with scales() as fast, scales(workshop=True) as slow:
        for case in cases:
            weighed = (slow if case.workshop else fast).read(case.make())
            wanted = verdicts()[case.name][1:]
            bad = not _agrees(wanted, weighed.verdict(case), slow=case.slow) or not _within(weighed, case)
            broken += bad
            heaviest, slowest = max(heaviest, weighed.megabytes), max(slowest, weighed.seconds)
            table.add_row(
                ("BROKEN " if bad else "") + case.name, case.threat, _few(wanted), _few(weighed.verdict(case)),
                f"{1_000 * weighed.seconds:.0f}", f"{weighed.megabytes:.0f}",
            )  # fmt: skip
    console.print(table)
    console.print(f"longest {slowest:.1f} s, heaviest {heaviest:.0f} MB, {broken} not as wanted")
    return broken


def _journey(console: Console, cases: Sequence[Case]) -> Outcome:
    console.print("The same from a mailbox to the register; this takes some minutes ...")
    with tempfile.TemporaryDirectory() as folder:
        found = put_through(cases, Path(folder) / "house")
    for stands, count in Counter(found.hostile).most_common():
        console.print(f"{count:5} {stands}")
    console.print(f"{len(found.good)} good mails, {found.cases_of_good} cases; the daemon had {found.megabytes:.0f} MB")
    return found


def _broken_promises(console: Console, found: Outcome) -> int:
    promises = {
        "every good mail is registered": set(found.good) == {"registered registered"},
        "every good mail is a case": found.cases_of_good == len(found.good),
        "no mail is without a record": found.waiting == 0,
        "the program ends as it should": set(found.exits) == {0} and "Traceback" not in found.said,
        f"the daemon keeps under {MOST_OF_THE_DAEMON} MB": found.megabytes < MOST_OF_THE_DAEMON,
    }
    broken = [promise for promise, kept in promises.items() if not kept]
    for promise in broken:
        console.print(f"BROKEN: {promise}")
    return len(broken)


def _folder(console: Console, folder: Path) -> int:
    """Put every file of a folder through; print each verdict with how many files met it, and one of them."""
    met: dict[str, list[tuple[str, Weighed]]] = {}
    cases, broken = cases_in(folder), 0
    with scales() as fast:
        for case in cases:
            weighed, behind = fast.read(case.make()), fast.read(good_mail())
            said = _few(weighed.verdict(case))
            hidden = GOOD_NOT_READ in said or behind.lines != [READ]
            broken += hidden or said.endswith(ENDED) or not _within(weighed, case)
            met.setdefault(said, []).append((case.name, weighed))
    table = Table("files", "verdict", "most ms", "most MB", "for example", title=f"{len(cases)} files")
    for said, each in sorted(met.items(), key=lambda item: -len(item[1])):
        longest, heaviest = max(one.seconds for _, one in each), max(one.megabytes for _, one in each)
        table.add_row(str(len(each)), said, f"{1_000 * longest:.0f}", f"{heaviest:.0f}", each[0][0])
    console.print(table)
    console.print(f"{len(cases)} files, {broken} ended their reader, hid the good form beside them or took too much")
    return 1 if broken + _broken_promises(console, _journey(console, cases)) else 0


def _agrees(wanted: list[str], met: list[str], *, slow: bool) -> bool:
    """Compare; on a busy machine a heavy case may run out of its time before it meets its other limit."""
    if not slow:
        return wanted == met
    pairs = list(zip_longest(_each(wanted), _each(met), fillvalue="nothing"))
    return all(one == other or other.startswith(f"{one.split()[0]} {OVER} time") for one, other in pairs)


def _each(lines: list[str]) -> Iterator[str]:
    """Give every line by itself, those that were told as one with how often too."""
    for line in lines:
        times, _, rest = line.partition(" x ")
        yield from repeat(rest, int(times)) if times.isdecimal() else (line,)


def _within(weighed: Weighed, case: Case) -> bool:
    seconds = 2 * SECONDS + (SLOW_SECONDS if case.workshop else 0)
    return weighed.seconds < seconds and weighed.megabytes < MOST_MEGABYTES


def _few(lines: list[str]) -> str:
    return "; ".join(lines[:3] or ["words"]) + (f"; and {len(lines) - 3} more" if len(lines) > 3 else "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

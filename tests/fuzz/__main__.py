"""Fuzzes: ``python -m tests.fuzz [--seconds 120] [--seed N] [--only TARGET]``; findings are kept in tests/fuzz/seeds.

Prints a table of verdicts by target. Exit code 1 where anything was found: then the test of kept seeds fails until the
fault is mended. The same seed harms in the same way.
"""

import argparse
import hashlib
import sys
import time
from collections import Counter
from random import Random

from rich.console import Console
from rich.table import Table

from intake.edges.reader import WalledReader
from tests.builders.forms import library
from tests.fuzz.mutations import harmed
from tests.fuzz.targets import HERE, KEPT, FindingError, Target, behind_the_wall, seeds


def main() -> int:
    """Harm and try, target after target, until the time is over."""
    asked = _asked()
    verdicts: dict[str, Counter[str]] = {}
    found = 0
    with WalledReader(library(), workshop=False) as reader:
        targets = {**behind_the_wall(reader), **HERE}
        chosen = [name for name in targets if asked.only in name]
        for name in chosen:
            until = time.monotonic() + asked.seconds / len(chosen)
            verdicts[name] = _tried(name, targets[name], Random(f"{name} {asked.seed}"), until)  # noqa: S311 - to be the same again
            found += verdicts[name]["FOUND"]
    _show(verdicts)
    return 1 if found else 0


def _tried(name: str, target: Target, rng: Random, until: float) -> Counter[str]:
    verdicts: Counter[str] = Counter()
    sound = seeds()[name]
    while time.monotonic() < until:
        data = harmed(rng.choice(sound), sound, rng)
        try:
            verdicts[target(data)] += 1
        except Exception as fault:  # noqa: BLE001 - whatever it is, it is what we look for
            verdicts["FOUND"] += 1
            kept = KEPT / f"{name}-{hashlib.sha256(data).hexdigest()[:12]}"
            kept.write_bytes(data)
            code = str(fault) if isinstance(fault, FindingError) else type(fault).__name__
            sys.stderr.write(f"{name}: {code}: {kept.name}\n")
    return verdicts


def _show(verdicts: dict[str, Counter[str]]) -> None:
    table = Table(title="Verdicts", title_justify="left")
    for column in ("target", "verdict", "times"):
        table.add_column(column, justify="right" if column == "times" else "left")
    for name, counts in verdicts.items():
        for verdict, times in counts.most_common():
            table.add_row(name, verdict, f"{times:,}")
    Console().print(table)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=120.0, help="in all (120)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed harms in the same way (1)")
    parser.add_argument("--only", default="", help="targets whose name holds this")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())

"""Measures reading: ``python -m benchmarks.reading [--documents 2000] [--seed 1] [--only NAME] [--faults N]``.

Exit code 1 where a bar is not cleared.
"""

import argparse
import os
import statistics
import sys

from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks.reading.bars import bars
from benchmarks.reading.measure import measured
from benchmarks.reading.plan import batches
from benchmarks.reading.score import Score
from benchmarks.reading.speed import ratios


def main() -> int:
    """Run, print, and tell whether every bar is cleared."""
    asked = _arguments()
    console = Console(width=None if sys.stdout.isatty() else 120)
    run = measured(asked.documents, asked.seed, asked.only, asked.jobs)
    title = f"Reading {asked.documents:,} invented documents ..."
    results = list(track(run, title, total=len(batches()), console=console, transient=True))
    groups: dict[str, Score] = {}
    table = _table("Documents read, by kind")
    for batch, score in results:
        groups.setdefault(batch.group, Score()).add(score)
        _row(table, f"{batch.group}: {batch.name}", score)
    console.print(table)
    totals = _table("All together")
    for group, score in groups.items():
        _row(totals, group, score)
    console.print(totals)
    for _, score in results:
        for fault in score.faults[: asked.faults]:
            console.print(fault, markup=False, highlight=False)
    return _judged(console, groups, speed=not asked.only)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading", description=__doc__)
    parser.add_argument("--documents", type=int, default=2_000, help="how many, about (2000)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same documents (1)")
    parser.add_argument("--only", default="", help="kinds whose group or name holds this")
    parser.add_argument("--faults", type=int, default=0, help="print so many faults of each kind, in words")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="worker processes")
    return parser.parse_args()


def _table(title: str) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("kind", no_wrap=True)
    for name in ("documents", "recall", "wrong", "wrong of certain", "conflicts", "ms"):
        table.add_column(name, justify="right")
    return table


def _row(table: Table, name: str, score: Score) -> None:
    table.add_row(
        name,
        f"{score.documents:,}",
        f"{score.right / score.asked:.2%}" if score.asked else "-",
        f"{score.wrong / score.read:.2%}" if score.read else "-",
        f"{score.wrong_certain / score.certain:.2%}" if score.certain else "-",
        f"{score.conflicts / score.asked:.2%}" if score.asked else "-",
        f"{statistics.median(score.seconds) * 1000:.1f}" if score.seconds else "-",
    )


def _judged(console: Console, groups: dict[str, Score], *, speed: bool) -> int:
    table = Table(title="Bars", title_justify="left")
    for name in ("what", "reached", "wanted", ""):
        table.add_column(name)
    found = bars(groups)
    lines = [(bar.name, bar.reached, bar.wanted, bar.cleared) for bar in found]
    if speed:
        lines += [(r.name, f"{r.ratio:.2f}", f"<= {r.most}" if r.most else "", r.cleared) for r in ratios()]
    for name, reached, wanted, cleared in lines:
        verdict = "[green]cleared[/]" if cleared else "[red]NOT CLEARED[/]"
        table.add_row(name, reached, wanted, verdict if wanted else "")
    console.print(table)
    return 0 if all(cleared for *_, cleared in lines) else 1


if __name__ == "__main__":
    sys.exit(main())

"""``make faults``: so many faults, each round of them held over the real program; a table, and 1 where a promise broke.

Usage: ``python -m tests.faults [--faults N] [--seed N] [--workers N] [--no-sent-folder]``. Each round has a fault with
each bag of mails, taken from all there can be in an order of chance: every one comes before any comes again. Without a
folder of sent mail a letter in doubt may go twice; with one, no letter may.
"""

import argparse
import logging
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import count, islice
from pathlib import Path

from tests.faults.ground import Ground, bags, ground
from tests.faults.kinds import KINDS
from tests.faults.rounds import First, Verdict, held
from tests.faults.shim import built
from tests.servers import dovecot

TELL_SECONDS = 60.0
MOST_SAID = 2_000


def worked(number: int, workers: int, faults: int, seed: int, keeps_sent: bool) -> list[Verdict]:
    """Hold one worker's share of the rounds, with servers of its own."""
    logging.getLogger("mail.log").setLevel(logging.ERROR)  # the server's library, about its own login
    with tempfile.TemporaryDirectory(prefix="faults-") as folder, dovecot.running() as box:
        shim = built(Path(folder))
        with ground(Path(folder), shim, box, bags(), keeps_sent=keeps_sent) as here:
            chosen = _firsts(here, random.Random(seed))  # noqa: S311 - to be the same again
            rounds = (held(here, f"r{at}", firsts) for at, firsts in enumerate(islice(chosen, number, None, workers)))
            return list(_until(rounds, faults, f"worker {number}"))


def _firsts(here: Ground, chance: random.Random) -> Iterator[list[First]]:
    """Give for each round a fault with each bag, one bag or another the first, for ever."""
    plans = [here.plan(bag) for bag in range(len(here.bags))]
    for plan in plans:
        chance.shuffle(plan)
    for at in count():
        firsts = [plan[at % len(plan)] for plan in plans]
        yield firsts[at % len(firsts) :] + firsts[: at % len(firsts)]


def _until(rounds: Iterator[Verdict], faults: int, who: str) -> Iterator[Verdict]:
    happened, told = 0, time.monotonic()
    for verdict in rounds:
        yield verdict
        happened += verdict.happened.total()
        if not verdict.is_good:
            _say(f"BROKEN: {verdict}"[:MOST_SAID])
        if time.monotonic() - told > TELL_SECONDS:
            told = time.monotonic()
            _say(f"{who}: {happened} of {faults} faults")
        if happened >= faults:
            return


def table(verdicts: list[Verdict]) -> str:
    """Return what happened, by kind, and what came of it."""
    happened = sum((one.happened for one in verdicts), Counter[str]())
    lines = [f"{kind.name:<22}{happened[kind.name]:>8}" for kind in KINDS]
    sums = [
        ("faults", happened.total()), ("rounds", len(verdicts)), ("runs", sum(one.runs for one in verdicts)),
        ("lost", sum(len(one.lost) for one in verdicts)), ("double", sum(len(one.double) for one in verdicts)),
        ("unexplained", sum(len(one.unexplained) for one in verdicts)),
        ("letters twice, in doubt", sum(one.twice for one in verdicts)),
    ]  # fmt: skip
    return "\n".join([*lines, "", *(f"{name:<24}{number:>6}" for name, number in sums)])


def main() -> int:
    """Do as asked; 1 where a promise was broken."""
    asked = argparse.ArgumentParser(prog="python -m tests.faults")
    asked.add_argument("--faults", type=int, default=10_000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("--no-sent-folder", action="store_true", help="the letters' server keeps no copies")
    options = asked.parse_args()
    share = -(-options.faults // options.workers)
    with ProcessPoolExecutor(options.workers) as pool:
        shares = [
            pool.submit(worked, number, options.workers, share, options.seed, not options.no_sent_folder)
            for number in range(options.workers)
        ]
        verdicts = [verdict for each in shares for verdict in each.result()]
    _say(table(verdicts))
    return 0 if all(one.is_good for one in verdicts) else 1


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 - what this is for


if __name__ == "__main__":
    sys.exit(main())

"""``python -m benchmarks.flood [--mails 10000]``: the real program, a real Dovecot, a real SMTP server, and a table.

Exit code 1 where a promise is broken: a mail without an end, out of order, memory that grows, letters beyond the cap.
"""

import argparse
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.flood.mails import Flood, flood
from tests.builders.settings import OWN_ADDRESS, write_config
from tests.servers import dovecot, smtp

CAP = 20
"""Letters to one address in a day (``post.letters_per_sender_a_day``)."""
DONE = ("registered", "set-aside", "held", "quarantined")
GROWTH = 1.25
"""Memory at the end beside memory at a quarter of the way: more is a leak."""
STEPS = 10
PATIENCE = 3600.0
ALERT_SECONDS = 60.0


@dataclass
class Sample:
    """How far the program was, after how long, and how much memory it held: its own, and its readers'."""

    done: int
    seconds: float
    own: float
    readers: float


@dataclass
class Run:
    """What was seen."""

    samples: list[Sample] = field(default_factory=list)
    seconds: float = 0.0


def main() -> int:
    """Run, print, and tell whether every promise was kept."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.flood", description=__doc__)
    parser.add_argument("--mails", type=int, default=10_000, help="how many wait (10000)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed makes the same mails (1)")
    asked = parser.parse_args()
    console = Console(width=None if sys.stdout.isatty() else 120)
    with tempfile.TemporaryDirectory() as folder, dovecot.running() as box, smtp.running() as out:
        coming = flood(asked.mails, asked.seed)
        box.append_all(OWN_ADDRESS, list(coming.mails))
        config = write_config(
            Path(folder), imap_port=box.plain, smtp_port=out.port, password=dovecot.PASSWORD, timeout_seconds=60.0
        )
        run = watched(config, asked.mails)
        _show(console, run)
        return _judged(console, run, coming, config, out)


def watched(config: Path, mails: int) -> Run:
    """Let the program run until every mail has its end and every letter that may go is gone; sample it meanwhile."""
    run, begun, step = Run(), time.monotonic(), max(1, mails // STEPS)
    command = [sys.executable, "-m", "intake", "--config", str(config), "run"]
    with (config.parent / "log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        try:
            while time.monotonic() - begun < PATIENCE and process.poll() is None:
                done, unsent = _progress(config)
                if done >= step * (len(run.samples) + 1) or done == mails:
                    run.samples.append(Sample(done, time.monotonic() - begun, *_memory(process.pid)))
                if done == mails and not unsent:
                    break
                time.sleep(0.5)
            run.seconds = time.monotonic() - begun
        finally:
            process.send_signal(signal.SIGTERM)
    return run


def _progress(config: Path) -> tuple[int, int]:
    """Return how many mails have their end, and how many letters are still to go."""
    try:
        with closing(sqlite3.connect(f"file:{config.parent}/var/intake.db?mode=ro", uri=True)) as records:
            places = ", ".join("?" * len(DONE))
            done = records.execute(f"SELECT COUNT(*) FROM messages WHERE stage IN ({places})", DONE).fetchone()[0]  # noqa: S608 - our own marks
            return done, records.execute("SELECT COUNT(*) FROM letters WHERE state = 'queued'").fetchone()[0]
    except sqlite3.OperationalError:
        return 0, 1  # not yet made


def _memory(pid: int) -> tuple[float, float]:
    """Return the megabytes a process holds, and those of all processes below it."""
    children = Path(f"/proc/{pid}/task").glob("*/children")
    below = [int(child) for file in children for child in _told(file).split()]
    return _resident(pid), sum(_resident(child) + _memory(child)[1] for child in below)


def _told(file: Path) -> str:
    """Return what a file of the kernel's says; nothing where its process has just gone."""
    try:
        return file.read_text(encoding="ascii")
    except OSError:
        return ""


def _resident(pid: int) -> float:
    lines = _told(Path(f"/proc/{pid}/status")).splitlines()
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)


def _show(console: Console, run: Run) -> None:
    table = Table(title="On the way", title_justify="left")
    for name in ("mails done", "seconds", "a second", "program MB", "readers MB"):
        table.add_column(name, justify="right")
    for one in run.samples:
        rate = one.done / one.seconds
        table.add_row(f"{one.done:,}", f"{one.seconds:.0f}", f"{rate:.1f}", f"{one.own:.0f}", f"{one.readers:.0f}")
    console.print(table)


def _judged(console: Console, run: Run, coming: Flood, config: Path, out: smtp.Server) -> int:
    with closing(sqlite3.connect(config.parent / "var/intake.db")) as records:
        rows = records.execute("SELECT uid, stage FROM messages ORDER BY number").fetchall()
        waiting = records.execute("SELECT COUNT(*) FROM letters WHERE state = 'waiting'").fetchone()[0]
        late = _latest_alert(records)
    uids, stages = [row[0] for row in rows], Counter(row[1] for row in rows)
    to_agencies = [address for letter in out.taken for address in letter.recipients if address.endswith("gmp.example")]
    most = max(Counter(to_agencies).values(), default=0)
    quarter = run.samples[len(run.samples) // 4].own if run.samples else 0.0
    growth = run.samples[-1].own / quarter if quarter else 0.0
    command = [sys.executable, "-m", "intake", "--config", str(config), "verify"]
    verified = subprocess.run(command, check=False, capture_output=True).returncode
    here, all_, referrals = len(rows), len(coming.mails), coming.counted["referral"]
    ends = ", ".join(f"{stage} {count:,}" for stage, count in stages.items())
    promises = [
        ("every mail is on record once", f"{here:,} of {all_:,}", len(set(uids)) == here == all_),
        ("every mail has its end", ends, set(stages) <= set(DONE)),
        ("in the order they came", "by UID", uids == sorted(uids)),
        ("referrals registered", f"{stages['registered']} of {referrals}", stages["registered"] == referrals),
        ("most letters to one address", f"{most} (cap {CAP}); {waiting} wait for a person", most <= CAP),
        ("memory at the end / at a quarter", f"{growth:.2f} (bar {GROWTH})", growth <= GROWTH),
        ("longest from decision to alert sent", f"{late:.1f} s", late < ALERT_SECONDS),
        ("records and originals verify", f"exit {verified}", verified == 0),
    ]
    table = Table(title=f"{len(coming.mails):,} mails in {run.seconds:.0f} s", title_justify="left")
    for name in ("what", "seen", ""):
        table.add_column(name)
    for name, seen, kept in promises:
        table.add_row(name, seen, "kept" if kept else "BROKEN")
    console.print(table)
    return 0 if all(kept for _, _, kept in promises) else 1


def _latest_alert(records: sqlite3.Connection) -> float:
    """Return the longest a safety alert took from being ordered to being sent, in seconds."""
    took = "MAX((julianday(ended_at) - julianday(ordered_at)) * 86400)"
    found = records.execute(f"SELECT {took} FROM letters WHERE kind = 'safety-alert'").fetchone()[0]  # noqa: S608 - fixed words
    return float(found or 0.0)


if __name__ == "__main__":
    sys.exit(main())

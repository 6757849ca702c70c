"""The flood's promises hold for a small one too; ten thousand mails, and their memory, are for ``make flood``."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROMISES = 8
MEMORY = "memory at the end"
"""Says nothing over so few mails."""


def test_a_small_flood_keeps_every_promise() -> None:
    """Each mail on record once, with its end, in order; letters capped, alerts soon, everything verifiable."""
    command = [sys.executable, "-m", "benchmarks.flood", "--mails", "60"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=280, check=False)
    told = [line for line in ran.stdout.splitlines() if ("kept" in line or "BROKEN" in line) and MEMORY not in line]
    assert len(told) == PROMISES - 1, ran.stdout + ran.stderr
    assert [line for line in told if "BROKEN" in line] == []

"""A process of its own that runs the program again and again, each time in a fresh fork: what is imported is warm.

Usage: ``python -m tests.promises.warm PRACTICE_TOML``. It first does ``run --once`` under the practice configuration,
in itself. Each line of standard input is one run as JSON: ``[config, words, ahead, stderr, seconds]``, with the clock
``ahead`` by so many seconds, what is said on stderr written to a file, and an end by force after ``seconds``. Each
answer, the practice's first, is the exit code as JSON; null for a run that had to be ended. The forks share one walled
program, as a daemon's rounds do; everything else is each run's own.
"""

import json
import os
import signal
import sys
import time
from contextlib import nullcontext, redirect_stdout
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from intake.__main__ import main
from intake.edges.clock import SystemClock
from intake.edges.reader import WalledReader
from intake.programs import opening
from intake.settings.loading import load


def program(config: str, words: list[str]) -> int:
    """Run a command of the program."""
    with redirect_stdout(sys.stderr):
        return main(["--config", config, *words])


def forked(config: str, words: list[str], ahead: float, stderr: str, seconds: float) -> int | None:
    """Run it in a fork; return its exit code, None where it was still running after ``seconds``."""
    child = os.fork()
    if child == 0:
        _child(config, words, ahead, stderr)
    until = time.monotonic() + seconds
    while os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT | os.WNOHANG) is None:
        if time.monotonic() > until:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return None
        time.sleep(0.005)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _child(config: str, words: list[str], ahead: float, stderr: str) -> None:
    code = 70
    try:
        with Path(stderr).open("wb") as said:
            os.dup2(said.fileno(), 2)
        later = patch.object(SystemClock, "now", lambda _: datetime.now(UTC) + timedelta(seconds=ahead))
        with later:
            code = program(config, words)
        sys.stderr.flush()
    finally:
        os._exit(code)


def answer(code: int | None) -> None:
    """Say how a run ended."""
    print(json.dumps(code), flush=True)  # noqa: T201 - the answer


if __name__ == "__main__":
    practised = program(sys.argv[1], ["run", "--once"])
    with WalledReader(load(Path(sys.argv[1]), {}).library) as reader:
        reader.holds()
        with patch.object(opening, "reader_of", lambda _: nullcontext(reader)):
            answer(practised)
            for line in sys.stdin:
                answer(forked(*json.loads(line)))

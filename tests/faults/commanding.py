"""A process of its own, with the shim preloaded, that runs one command of the program in a fork and harms it as told.

Usage: ``LD_PRELOAD=shim.so python -m tests.faults.commanding``. Each line of standard input is an order as JSON: the
words of the command, the root under which calls count, the fault or null. Each answer: the exit code (null: killed),
how many calls of each sort there were, and what was said.
"""

import json
import os
import sys
import tempfile
from contextlib import redirect_stdout
from typing import Any

from intake.__main__ import main
from intake.programs.commands import COMMANDS
from tests.faults.shim import Fault, Shim


def ordered(shim: Shim, words: list[str], root: str, fault: dict[str, Any] | None) -> dict[str, Any]:
    """Run one command in a fork until its end."""
    shim.clear()
    told = tempfile.TemporaryFile("w+", errors="replace")  # noqa: SIM115 - the fork's too
    child = os.fork()
    if child == 0:
        code = 70
        try:
            os.dup2(told.fileno(), 2)
            shim.arm(root, Fault(**fault) if fault else None)
            with redirect_stdout(sys.stderr):
                code = main(words)
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    with told:
        told.seek(0)
        said = told.read()
    code = None if os.WIFSIGNALED(status) else os.waitstatus_to_exitcode(status)
    return {"code": code, "fired": shim.control.fired, "seen": shim.seen, "said": said}


if __name__ == "__main__":
    preloaded = Shim()
    for command in COMMANDS:  # imported here once, and not by every fork
        if not command.bare:
            command.load()
    print("ready", flush=True)  # noqa: T201 - the answer
    for line in sys.stdin:
        print(json.dumps(ordered(preloaded, **json.loads(line))), flush=True)  # noqa: T201 - the answer

"""A program that holds secrets keeps them to itself."""

import ctypes
import subprocess
import sys
from pathlib import Path

from tests.builders.settings import write_config

ROOT = Path(__file__).parents[3]
ASK = """
import ctypes, resource, runpy, sys
sys.argv = ["intake", "--config", sys.argv[1], "log"]
try:
    runpy.run_module("intake", run_name="__main__")
except SystemExit as done:
    print(done.code, ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), resource.getrlimit(resource.RLIMIT_CORE))
"""
PR_GET_DUMPABLE = 3


def test_a_command_can_neither_be_dumped_nor_looked_into(tmp_path: Path) -> None:
    """After any command its process is not dumpable, and no core would be written."""
    config = write_config(tmp_path)
    ran = subprocess.run(
        [sys.executable, "-c", ASK, str(config)], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert ran.stdout.splitlines()[-1] == "0 0 (0, 0)"


def test_the_tests_own_process_is_left_alone() -> None:
    """Calling a command as a function changes nothing of whoever calls."""
    from intake.__main__ import main

    before = ctypes.CDLL(None).prctl(PR_GET_DUMPABLE, 0, 0, 0, 0)
    assert main(["no-such-command"]) == 2
    assert ctypes.CDLL(None).prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == before


def test_no_secret_is_in_a_command_line(tmp_path: Path) -> None:
    """A secret is named by its file or its variable: what ``ps`` shows of a run has none."""
    config = write_config(tmp_path, password="zqxkanari")
    command = [sys.executable, "-m", "intake", "--config", str(config), "run"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as running:
        assert running.stdout is not None
        running.stdout.readline()  # it has begun to work
        seen = [_words(process) for process in Path("/proc").iterdir() if process.name.isdecimal()]
        running.kill()
    assert any(str(config).encode() in words for words in seen)
    assert not any(b"zqxkanari" in words for words in seen)


def _words(process: Path) -> bytes:
    try:
        return (process / "cmdline").read_bytes()
    except OSError:
        return b""

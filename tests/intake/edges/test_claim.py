"""A claim on this machine: one holder at a time, and it ends with its process."""

import subprocess
import sys
from pathlib import Path

import pytest

from intake.edges import claim
from intake.edges.claim import claimed, holder
from intake.errors import Unavailable

HOLDS = """
import fcntl, sys, time
file = open(sys.argv[1], "a")
fcntl.flock(file, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(600)
"""


def test_only_one_holds_it_and_then_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second is told at once, the claim is free afterwards, and others' claims are not in the way."""
    monkeypatch.setattr(claim, "GRACE_SECONDS", 0.0)
    file = tmp_path / "new" / "a.lock"
    with claimed(file), claimed(tmp_path / "b.lock"), pytest.raises(Unavailable, match="held-here"), claimed(file):
        pytest.fail("two hold it")
    with claimed(file):
        assert file.stat().st_mode & 0o077 == 0


def test_a_holder_that_is_killed_lets_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing has to be cleaned up after a crash."""
    file = tmp_path / "a.lock"
    with subprocess.Popen([sys.executable, "-c", HOLDS, str(file)], stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        monkeypatch.setattr(claim, "GRACE_SECONDS", 0.0)
        with pytest.raises(Unavailable), claimed(file):
            pytest.fail("two hold it")
        other.kill()
    with claimed(file):
        pass


def test_a_place_that_cannot_hold_a_lock_is_told(tmp_path: Path) -> None:
    """Without the lock nobody goes on."""
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Unavailable, match="lock-file"), claimed(tmp_path / "file" / "a.lock"):
        pytest.fail("held nothing")


def test_the_holders_name_outlives_the_process_and_says_nothing(tmp_path: Path) -> None:
    """After a crash the same machine takes its own lease up again; another claim has another name."""
    assert holder(tmp_path / "a") == holder(tmp_path / "a") != holder(tmp_path / "b")
    assert str(tmp_path) not in holder(tmp_path / "a")

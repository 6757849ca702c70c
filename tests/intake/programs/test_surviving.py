"""``intake restore`` where something outlived its database: it joins the copy or stops it, never written over."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from intake.domain.message import MessageId
from intake.programs.opening import opened
from intake.settings.loading import load
from tests.builders.copies import lose_database, run


def left_by_a_killed_program(config: Path) -> None:
    """Leave the write-ahead log of a database whose program was killed, and nothing else of it."""
    var = config.parent / "var"
    with closing(sqlite3.connect(var / "intake.db", isolation_level=None)) as living:
        living.execute("PRAGMA wal_autocheckpoint=0")
        living.execute("INSERT INTO health VALUES ('x', 'y', 'z')")
        shutil.copy(var / "intake.db-wal", var / "kept")
    (var / "intake.db").unlink()
    (var / "kept").rename(var / "intake.db-wal")


def test_a_database_that_is_lost_alone_comes_back(saved: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """Ring, vault and anchors survived: the copy's database joins them, and the anchors are kept aside by name."""
    config, copy = saved
    var = config.parent / "var"
    assert run(config, "register", "--reveal") == 0  # a line the copy does not have
    before = (var / "intake-log.anchor").read_bytes()
    left_by_a_killed_program(config)
    assert run(config, "restore", copy) == 2
    (var / "intake.db-wal").unlink()
    capsys.readouterr()
    assert run(config, "restore", copy) == 0
    assert "kept as intake-log.anchor.before-1" in capsys.readouterr().err
    assert (var / "intake-log.anchor.before-1").read_bytes() == before
    assert run(config, "verify") == 0


def test_an_original_younger_than_the_copy_stays(saved: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """It may be all there is of a mail: it is left in the vault, and counted."""
    config, copy = saved
    with opened(load(config, {})) as house:
        house.vault().store(MessageId("m-9"), [b"Words."])
    lose_database(config)
    assert run(config, "restore", copy) == 0
    assert "1 originals are younger" in capsys.readouterr().err
    with opened(load(config, {})) as house:
        assert house.vault().open(MessageId("m-9")) == b"Words."


def test_a_vault_whose_keys_were_rotated_since_is_the_same_vault(saved: tuple[Path, Path]) -> None:
    """What an original holds decides, not which key wraps it."""
    config, copy = saved
    assert run(config, "keys", "rotate") == 0
    lose_database(config)
    assert run(config, "restore", copy) == 0
    assert run(config, "verify") == 0


def test_another_vault_is_not_written_over(saved: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """An original of another content under the same name stops the restore, and stays as it is."""
    config, copy = saved
    var = config.parent / "var"
    lose_database(config)
    (var / "vault" / "m-1.sealed").write_bytes(b"other")
    assert run(config, "restore", copy) == 2
    assert "m-1.sealed" in capsys.readouterr().err
    assert (var / "vault" / "m-1.sealed").read_bytes() == b"other"
    assert not (var / "intake.db").exists()


def test_surviving_anchors_that_contradict_a_copy_stop_it(
    saved: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    """A copy whose log is not the one that was anchored is no copy of this house."""
    config, copy = saved
    var = config.parent / "var"
    lose_database(config)
    lines = (var / "intake-log.anchor").read_bytes().splitlines(keepends=True)
    flipped = lines[1][:-2] + (b"1" if lines[1][-2:-1] == b"0" else b"0") + b"\n"
    (var / "intake-log.anchor").write_bytes(b"".join([lines[0], flipped, *lines[2:]]))
    assert run(config, "restore", copy) == 1
    assert "contradicts the copy at line" in capsys.readouterr().err
    assert not (var / "intake.db").exists()

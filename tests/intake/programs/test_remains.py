"""Where something of a house is left and its database is not, nobody begins anew beside it."""

from pathlib import Path

import pytest

from tests.builders.copies import run
from tests.builders.settings import write_config


@pytest.mark.parametrize("left", ["keyring", "vault/m-1.sealed", "intake-log.anchor"])
@pytest.mark.parametrize("words", [("log",), ("verify",), ("advance", "--once"), ("keys", "new")])
def test_no_command_makes_a_database_beside_what_another_left(
    tmp_path: Path, left: str, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """An empty database in the place of a lost one would look like an intake without a referral."""
    config = write_config(tmp_path)
    (tmp_path / "var" / left).parent.mkdir(parents=True)
    (tmp_path / "var" / left).touch(mode=0o600)
    assert run(config, *words) == 2
    said = capsys.readouterr().err
    assert "restore a backup" in said or "is there already" in said
    assert not list(tmp_path.rglob("intake.db*"))


@pytest.mark.parametrize("name", ["intake.db-wal", "intake.db-shm", "intake.db-journal"])
def test_what_sqlite_left_of_another_database_is_never_played_in(
    saved: tuple[Path, Path], elsewhere: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A restore refuses beside a left journal, names it, and no program makes a database there either."""
    _, copy = saved
    (elsewhere.parent / "var" / name).write_bytes(b"left")
    assert run(elsewhere, "restore", copy) == 2
    assert name in capsys.readouterr().err
    assert run(elsewhere, "log") == 2
    assert not (elsewhere.parent / "var" / "intake.db").exists()

"""``intake restore``: what comes back is what was there, or nothing comes back and it is said why."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from intake.domain.message import Arrival, MessageId, Place
from intake.programs.opening import opened
from intake.settings.loading import load
from tests.builders.copies import give_ring, run
from tests.builders.lived_in import RECEIVED, late_referral, lived_in, referral
from tests.builders.settings import write_config
from tests.servers import postgres


@pytest.fixture(scope="module")
def server() -> Iterator[postgres.Postgres]:
    """Return the run's PostgreSQL."""
    with postgres.running() as running:
        yield running


def test_what_was_saved_is_restored_whole(
    saved: tuple[Path, Path], elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """On another machine with the ring's copy every record and original is back and verifies."""
    config, copy = saved
    assert run(elsewhere, "restore", copy) == 0
    assert run(elsewhere, "verify") == 0
    capsys.readouterr()
    assert run(config, "register", "--reveal", "--json") == 0
    before = capsys.readouterr().out
    assert run(elsewhere, "register", "--reveal", "--json") == 0
    assert capsys.readouterr().out == before


@pytest.mark.parametrize("name", ["intake.db", "vault/m-1.sealed", "vault/m-2.sealed"])
def test_a_changed_or_missing_file_is_named_and_nothing_is_restored(
    saved: tuple[Path, Path], elsewhere: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """One byte more, or a file gone: it is said which, and the store stays empty."""
    _, copy = saved
    for spoil in (lambda path: path.write_bytes(path.read_bytes() + b"x"), lambda path: path.unlink()):
        spoil(copy / name)
        assert run(elsewhere, "restore", copy) == 1
        assert f"{name}: is not as it was written" in capsys.readouterr().err
    assert not list(elsewhere.parent.rglob("*.sealed"))


def test_an_unfinished_backup_is_none(
    saved: tuple[Path, Path], elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without its list of files a folder is no backup."""
    _, copy = saved
    (copy / "backup.json").unlink()
    assert run(elsewhere, "restore", copy) == 2
    assert "is no finished backup" in capsys.readouterr().err


def test_another_ring_restores_nothing(
    saved: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With a ring that opens none of it the store stays empty."""
    _, copy = saved
    config = write_config(tmp_path / "stranger")
    assert run(config, "keys", "new") == 0
    for database in config.parent.rglob("intake.db*"):
        database.unlink()
    assert run(config, "restore", copy) == 1
    assert "another key ring" in capsys.readouterr().err


def test_nothing_is_written_over(saved: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """Neither a store that is there nor a folder that holds something."""
    config, copy = saved
    assert run(config, "restore", copy) == 2
    assert "there are records already" in capsys.readouterr().err
    assert run(config, "backup", copy) == 2
    assert "is not an empty folder" in capsys.readouterr().err


def test_records_in_postgresql_are_saved_and_restored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], server: postgres.Postgres
) -> None:
    """From PostgreSQL into an empty one: all is back, verifies, and new mail goes on behind the old numbers."""
    here = lived_in(tmp_path / "here", [referral(), late_referral()], database=server.database())
    assert run(here, "backup", tmp_path / "copy") == 0
    there = write_config(tmp_path / "there", database=server.database())
    give_ring(tmp_path / "here", tmp_path / "there")
    assert run(there, "restore", tmp_path / "copy") == 0
    assert run(there, "verify") == 0
    capsys.readouterr()
    shown = []
    for config in (here, there):
        assert run(config, "register", "--reveal", "--json") == 0
        shown.append(capsys.readouterr().out)
    assert shown[0] == shown[1]
    with opened(load(there, {})) as house:
        arrival = Arrival(Place("sscp", "INBOX", 7, 99), RECEIVED, 9, "0" * 64)
        assert house.records.receive(MessageId("m-99"), arrival, now=RECEIVED)
    assert run(there, "restore", tmp_path / "copy") == 2


def test_what_the_list_does_not_name_is_not_taken(saved: tuple[Path, Path], elsewhere: Path) -> None:
    """Files laid into a copy later are none of it."""
    _, copy = saved
    (copy / "vault" / "m-77.sealed").write_bytes(b"laid in")
    (copy / "intake.db-wal").write_bytes(b"laid in")
    assert run(elsewhere, "restore", copy) == 0
    assert not list(elsewhere.parent.rglob("m-77.sealed"))
    assert run(elsewhere, "verify") == 0


@pytest.mark.parametrize("key", ["messages", "made", "files"])
def test_a_list_that_was_written_by_somebody_else_proves_nothing(
    saved: tuple[Path, Path], elsewhere: Path, key: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its digests may fit the files: without the key ring nobody makes a list."""
    _, copy = saved
    listed = json.loads((copy / "backup.json").read_text())
    others = {"messages": 1, "made": "2026-01-01T00:00:00Z", "files": {"intake.db": listed["files"]["intake.db"]}}
    (copy / "backup.json").write_text(json.dumps(listed | {key: others[key]}))
    assert run(elsewhere, "restore", copy) == 1
    assert "was changed" in capsys.readouterr().err
    assert not (elsewhere.parent / "var" / "intake.db").exists()

"""``intake backup`` and ``restore``: what comes back is what was there, or nothing comes back and it is said why."""

import json
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from intake.__main__ import main
from intake.domain.message import Arrival, MessageId, Place
from intake.programs import backup
from intake.programs.opening import House, opened
from intake.settings.loading import load
from tests.builders.forms import CHILD
from tests.builders.lived_in import RECEIVED, late_referral, lived_in, referral
from tests.builders.mails import list_mail
from tests.builders.settings import write_config
from tests.servers import postgres


def run(config: Path, *words: str | Path) -> int:
    """Run a command on a configuration."""
    return main([*map(str, words), "--config", str(config)])


def ring_of(folder: Path) -> Path:
    """Return the key ring of a house."""
    return next(path for path in folder.rglob("keyring") if path.is_file())


@pytest.fixture(scope="module")
def server() -> Iterator[postgres.Postgres]:
    """Return the run's PostgreSQL."""
    with postgres.running() as running:
        yield running


@pytest.fixture
def saved(tmp_path: Path) -> tuple[Path, Path]:
    """Give a lived-in house and a copy of it."""
    config = lived_in(tmp_path / "here", [referral(), late_referral()])
    assert run(config, "backup", tmp_path / "copy") == 0
    return config, tmp_path / "copy"


@pytest.fixture
def elsewhere(tmp_path: Path, saved: tuple[Path, Path]) -> Path:
    """Give a configuration with nothing but the key ring of the house that was saved."""
    config = write_config(tmp_path / "there")
    source = ring_of(tmp_path / "here")
    target = tmp_path / "there" / source.relative_to(tmp_path / "here")
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target)
    return config


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


def test_a_backup_says_nothing_without_the_ring(saved: tuple[Path, Path]) -> None:
    """No file of it holds a child's name, and no file is the ring."""
    _, copy = saved
    files = [path for path in copy.rglob("*") if path.is_file()]
    assert len(files) >= 4
    for path in files:
        assert CHILD["child.name"].encode() not in path.read_bytes()
        assert path.name != "keyring"


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


def test_broken_records_make_no_finished_backup(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What does not verify is said, and the copy is left without its list."""
    config = lived_in(tmp_path / "here", [referral()])
    next(tmp_path.rglob("m-1.sealed")).write_bytes(b"altered")
    assert run(config, "backup", tmp_path / "copy") == 1
    assert "discrepancies" in capsys.readouterr().err
    assert not (tmp_path / "copy" / "backup.json").exists()


def test_records_in_postgresql_are_saved_and_restored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], server: postgres.Postgres
) -> None:
    """From PostgreSQL into an empty one: all is back, verifies, and new mail goes on behind the old numbers."""
    here = lived_in(tmp_path / "here", [referral(), late_referral()], database=server.database())
    assert run(here, "backup", tmp_path / "copy") == 0
    there = write_config(tmp_path / "there", database=server.database())
    source = ring_of(tmp_path / "here")
    target = tmp_path / "there" / source.relative_to(tmp_path / "here")
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target)
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


def at_the_copying_of(monkeypatch: pytest.MonkeyPatch, config: Path, does: Callable[[House], object]) -> None:
    """Do something in another program's house, once, right after the records were copied."""
    copy, left = backup._copy_records, [does]

    def copied(*given: Any) -> None:
        copy(*given)
        if left:
            with opened(load(config, {})) as other:
                left.pop()(other)

    monkeypatch.setattr(backup, "_copy_records", copied)


def test_a_line_written_while_a_copy_is_made_breaks_nothing(
    saved: tuple[Path, Path], elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The anchors of a copy never know of a line that its database does not have."""
    config, copy = saved
    at_the_copying_of(monkeypatch, config, lambda house: house.records.note_reveal("x", "test", RECEIVED))
    assert run(config, "backup", copy.with_name("second")) == 0
    assert run(elsewhere, "restore", copy.with_name("second")) == 0
    assert run(elsewhere, "verify") == 0


def test_what_is_erased_while_a_copy_is_made_is_not_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The copy is made again, without the original, and verifies."""
    config, copy = lived_in(tmp_path / "here", [list_mail(), referral()]), tmp_path / "copy"

    def erase(house: House) -> None:
        house.records.erase_message(MessageId("m-1"), "Orla", "none", RECEIVED)
        house.vault().erase(MessageId("m-1"))

    at_the_copying_of(monkeypatch, config, erase)
    assert run(config, "backup", copy) == 0
    assert [path.name for path in (copy / "vault").iterdir()] == ["m-2.sealed"]
    assert list(json.loads((copy / "backup.json").read_text())["files"])[-1] == "vault/m-2.sealed"


def test_a_copy_is_made_while_the_service_writes(saved: tuple[Path, Path], elsewhere: Path) -> None:
    """A writer that never rests makes no discrepancy."""
    config, copy = saved
    done = threading.Event()

    def write() -> None:
        with opened(load(config, {})) as house:
            while not done.is_set():
                house.records.note_reveal("x", "test", RECEIVED)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        ends = [run(config, "backup", copy.with_name(f"copy{number}")) for number in range(3)]
    finally:
        done.set()
        writer.join()
    assert ends == [0, 0, 0]
    assert run(elsewhere, "restore", copy.with_name("copy2")) == 0


def test_a_copy_is_ours_alone(saved: tuple[Path, Path]) -> None:
    """No file of a copy, nor the database itself, may be read by others."""
    config, copy = saved
    files = [path for path in copy.rglob("*") if path.is_file()] + list(config.parent.rglob("intake.db*"))
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}


def left_by_a_killed_program(config: Path) -> None:
    """Leave the write-ahead log of a database whose program was killed, and nothing else of it."""
    var = config.parent / "var"
    with closing(sqlite3.connect(var / "intake.db", isolation_level=None)) as living:
        living.execute("PRAGMA wal_autocheckpoint=0")
        living.execute("INSERT INTO health VALUES ('x', 'y', 'z')")
        shutil.copy(var / "intake.db-wal", var / "kept")
    (var / "intake.db").unlink()
    (var / "kept").rename(var / "intake.db-wal")


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
    for path in (config.parent / "var").glob("intake.db*"):
        path.unlink()
    assert run(config, "restore", copy) == 0
    assert "1 originals are younger" in capsys.readouterr().err
    with opened(load(config, {})) as house:
        assert house.vault().open(MessageId("m-9")) == b"Words."


def test_a_vault_whose_keys_were_rotated_since_is_the_same_vault(saved: tuple[Path, Path]) -> None:
    """What an original holds decides, not which key wraps it."""
    config, copy = saved
    assert run(config, "keys", "rotate") == 0
    for path in (config.parent / "var").glob("intake.db*"):
        path.unlink()
    assert run(config, "restore", copy) == 0
    assert run(config, "verify") == 0


def test_another_vault_is_not_written_over(saved: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    """An original of another content under the same name stops the restore, and stays as it is."""
    config, copy = saved
    var = config.parent / "var"
    for path in var.glob("intake.db*"):
        path.unlink()
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
    for path in var.glob("intake.db*"):
        path.unlink()
    lines = (var / "intake-log.anchor").read_bytes().splitlines(keepends=True)
    flipped = lines[1][:-2] + (b"1" if lines[1][-2:-1] == b"0" else b"0") + b"\n"
    (var / "intake-log.anchor").write_bytes(b"".join([lines[0], flipped, *lines[2:]]))
    assert run(config, "restore", copy) == 1
    assert "contradicts the copy at line" in capsys.readouterr().err
    assert not (var / "intake.db").exists()


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

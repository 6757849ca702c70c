"""``intake backup``: a copy is whole, of one moment, says nothing without the key ring, or is no backup at all."""

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from intake.domain.message import MessageId
from intake.programs import backup
from intake.programs.opening import House, opened
from intake.settings.loading import load
from tests.builders.copies import run
from tests.builders.forms import CHILD
from tests.builders.lived_in import RECEIVED, lived_in, referral
from tests.builders.mails import list_mail


def test_a_backup_says_nothing_without_the_ring(saved: tuple[Path, Path]) -> None:
    """No file of it holds a child's name, and no file is the ring."""
    _, copy = saved
    files = [path for path in copy.rglob("*") if path.is_file()]
    assert len(files) >= 4
    for path in files:
        assert CHILD["child.name"].encode() not in path.read_bytes()
        assert path.name != "keyring"


def test_broken_records_make_no_finished_backup(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What does not verify is said, and the copy is left without its list."""
    config = lived_in(tmp_path / "here", [referral()])
    next(tmp_path.rglob("m-1.sealed")).write_bytes(b"altered")
    assert run(config, "backup", tmp_path / "copy") == 1
    assert "discrepancies" in capsys.readouterr().err
    assert not (tmp_path / "copy" / "backup.json").exists()


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

"""Folders are there after a power cut, or the program knows that they are not."""

import os
from pathlib import Path

import pytest

from intake import folders


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the names of the folders that were synced, in order."""
    names: list[str] = []
    kept = os.fsync
    monkeypatch.setattr(os, "fsync", lambda fd: (names.append(Path(f"/proc/self/fd/{fd}").readlink().name), kept(fd)))
    return names


def test_every_new_folder_is_kept_in_the_one_above(tmp_path: Path, synced: list[str]) -> None:
    """Each is made for us alone, and the folder it stands in is synced before the next."""
    folders.make(tmp_path / "one" / "two")
    assert synced == [tmp_path.name, "one"]
    assert (tmp_path / "one").stat().st_mode & 0o777 == folders.MODE


def test_a_folder_that_is_there_is_kept_all_the_same(tmp_path: Path, synced: list[str]) -> None:
    """Whoever made it may have died before it was synced."""
    (tmp_path / "one").mkdir()
    folders.make(tmp_path / "one")
    assert synced == [tmp_path.name]


def test_a_file_in_its_place_is_told(tmp_path: Path) -> None:
    """Nothing is put in a file's place."""
    (tmp_path / "one").write_bytes(b"")
    with pytest.raises(OSError, match="exists"):
        folders.make(tmp_path / "one")

"""The model of a disk that loses its power keeps to its rules."""

import random
from pathlib import Path

import pytest

from tests.faults import power
from tests.faults.power import HEAD, Disk

CHANCES = 40


def note(what: int, *, fd: int = 0, at: int = 0, data: bytes = b"", one: str = "", two: str = "") -> bytes:
    """Return one note, as the shim writes it."""
    return HEAD.pack(what, fd, at, len(data), len(one), len(two)) + one.encode() + two.encode() + data


def after(root: Path, notes: bytes, chance: int) -> dict[str, bytes]:
    """Return what lies under the root after these changes and a cut, by name."""
    disk = Disk(root)
    disk.play(notes)
    disk.cut(random.Random(chance))  # noqa: S311 - to be the same again
    return {path.name: path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Give a disk with one file, kept."""
    folder = tmp_path / "root"
    folder.mkdir()
    (folder / "old").write_bytes(b"o" * 2000)
    return folder


def test_what_was_synced_with_its_name_is_there(root: Path) -> None:
    """After fsync of file and folder, no chance takes anything away."""
    notes = (
        note(power.CREATE, fd=5, one=f"{root}/new")
        + note(power.WRITE, fd=5, data=b"whole")
        + note(power.SYNC, fd=5)
        + note(power.OPEN, fd=6, one=str(root))
        + note(power.SYNC, fd=6)
    )
    for chance in range(CHANCES):
        assert after(root, notes, chance)["new"] == b"whole"


def test_a_name_not_synced_may_be_lost_and_may_be_there(root: Path) -> None:
    """A file's own fsync keeps what it holds, not its name."""
    notes = note(power.CREATE, fd=5, one=f"{root}/new") + note(power.WRITE, fd=5, data=b"x") + note(power.SYNC, fd=5)
    seen = set()
    for chance in range(CHANCES):
        (root / "new").unlink(missing_ok=True)
        seen.add(after(root, notes, chance).get("new"))
    assert seen == {None, b"x"}


def test_what_was_not_synced_is_torn_by_sectors(root: Path) -> None:
    """Of a long write each sector is as before or as after, and some cuts leave a mixture."""
    notes = note(power.OPEN, fd=5, one=f"{root}/old") + note(power.WRITE, fd=5, data=b"n" * 2000)
    seen = set()
    for chance in range(CHANCES):
        (root / "old").write_bytes(b"o" * 2000)
        content = after(root, notes, chance)["old"]
        parts = [content[at : at + 512] for at in range(0, 2000, 512)]
        assert all(set(part) in ({ord("o")}, {ord("n")}) for part in parts)
        seen.add(content)
    assert {b"o" * 2000, b"n" * 2000} < seen


def test_a_file_put_in_anothers_place_is_one_of_the_two(root: Path) -> None:
    """A rename that was not kept leaves the old file under the name, one that was the new."""
    notes = (
        note(power.CREATE, fd=5, one=f"{root}/draft")
        + note(power.WRITE, fd=5, data=b"new")
        + note(power.SYNC, fd=5)
        + note(power.NAME, fd=power.RENAMED, one=f"{root}/draft", two=f"{root}/old")
    )
    seen = set()
    for chance in range(CHANCES):
        (root / "draft").unlink(missing_ok=True)
        (root / "old").write_bytes(b"o")
        seen.add(after(root, notes, chance)["old"])
    assert seen == {b"o", b"new"}

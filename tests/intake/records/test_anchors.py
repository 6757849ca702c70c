"""Anchors are read back as they were written, whatever a crash or a power cut did to the file's end."""

from pathlib import Path

import pytest

from intake.errors import Unavailable
from intake.records.anchors import Anchors

MAC = "k-abcdefgh:" + "0f" * 32
OTHER = "k-abcdefgh:" + "a1" * 32


def read(path: Path) -> list[tuple[int, str] | None]:
    """Return all heads that a fresh reader reads."""
    return [one and (one.seq, one.mac) for one in Anchors(path).read()]


def test_anchors_are_read_in_the_order_written(tmp_path: Path) -> None:
    """One line each; the same head is not anchored twice in a row."""
    anchors = Anchors(tmp_path / "anchor")
    for seq, mac in [(1, MAC), (1, MAC), (2, OTHER)]:
        anchors.append(seq, mac)
    assert read(tmp_path / "anchor") == [(1, MAC), (2, OTHER)]


@pytest.mark.parametrize("kept", [0, 1, 2, 3, 12, 13, 40, len(MAC) + 1, len(MAC) + 2])
def test_a_line_cut_short_harms_no_other(tmp_path: Path, kept: int) -> None:
    """Of a torn line nothing is read and nothing is told, and the next anchor stands on a line of its own."""
    whole = f"7 {MAC}\n".encode()
    (tmp_path / "anchor").write_bytes(f"1 {MAC}\n".encode() + whole[:kept])
    Anchors(tmp_path / "anchor").append(8, OTHER)
    found = read(tmp_path / "anchor")
    assert found == [(1, MAC), *([(7, MAC)] if kept > len(MAC) + 1 else []), (8, OTHER)]


def test_zeros_where_nothing_was_written_are_no_anchor(tmp_path: Path) -> None:
    """A part of the file that the disk never got is passed over."""
    (tmp_path / "anchor").write_bytes(
        f"1 {MAC}\n2 {MAC[:20]}".encode() + bytes(100) + f"{MAC[-9:]}\n9 {OTHER}\n".encode()
    )
    assert read(tmp_path / "anchor") == [(1, MAC), (9, OTHER)]


@pytest.mark.parametrize("line", ["x 1", f"1 {MAC} ", f"-1 {MAC}", "hello", f"1 {MAC.upper()}", f"1 {MAC}0"])
def test_what_no_crash_leaves_is_told(tmp_path: Path, line: str) -> None:
    """A line that somebody wrote is no anchor and no torn one."""
    (tmp_path / "anchor").write_text(f"{line}\n")
    assert read(tmp_path / "anchor") == [None]


def test_a_disk_that_refuses_loses_the_anchor_alone(tmp_path: Path) -> None:
    """Nothing is raised; once the disk takes it again the head is anchored."""
    anchors = Anchors(tmp_path / "away" / "anchor")
    anchors.append(1, MAC)
    (tmp_path / "away").mkdir()
    anchors.append(1, MAC)
    assert read(tmp_path / "away" / "anchor") == [(1, MAC)]


def test_an_anchor_names_the_one_before_it_in_the_file(tmp_path: Path) -> None:
    """Whoever else appends in between, each follows what is there; the first follows the beginning."""
    one, other = Anchors(tmp_path / "anchor"), Anchors(tmp_path / "anchor")
    one.begin()
    for anchors, seq in [(one, 1), (other, 4), (one, 3), (one, 5)]:
        anchors.append(seq, MAC)
    assert [(one.seq, one.after) for one in Anchors(tmp_path / "anchor").read() if one] == [
        (0, 0), (1, 0), (4, 1), (3, 4), (5, 3),
    ]  # fmt: skip


def test_what_a_torn_line_was_nobody_can_say(tmp_path: Path) -> None:
    """An anchor after a part that the disk never got may name the one that stood there; the next one may not."""
    kept = f"0<0 none:{'0' * 64}\n1<0 {MAC}\n".encode() + bytes(78) + f"\n3<2 {MAC}\n4<3 {OTHER}\n".encode()
    (tmp_path / "anchor").write_bytes(kept)
    found = [(one.seq, one.follows_torn) for one in Anchors(tmp_path / "anchor").read() if one]
    assert found == [(0, False), (1, False), (3, True), (4, False)]


def test_a_beginning_is_made_once(tmp_path: Path) -> None:
    """A file that is there, also an empty one that somebody made append-only for us, keeps what it holds."""
    (tmp_path / "anchor").touch()
    for _ in range(2):
        Anchors(tmp_path / "anchor").begin()
    (beginning,) = Anchors(tmp_path / "anchor").read()
    assert beginning is not None
    assert beginning.is_beginning


def test_without_a_file_for_anchors_no_log_begins(tmp_path: Path) -> None:
    """A place that cannot be written to is told before there is anything to lose."""
    with pytest.raises(Unavailable, match="anchors"):
        Anchors(tmp_path / "away" / "anchor").begin()

"""The vault: an original is there whole and unaltered, or it is not there; a large one costs little memory."""

import errno
import os
import stat
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.message import MessageId
from intake.edges.keyring import KeyRing
from intake.edges.sealed_file import CHUNK_BYTES, MAGIC, TAG_BYTES, WRAPPED_BYTES
from intake.edges.vault import FileVault
from intake.errors import BrokenPromise, Unavailable

ONE, OTHER = MessageId("m-aaaaaaaaaaaa"), MessageId("m-bbbbbbbbbbbb")
WORDS = b"From: rae.ferrer@gmp.example\r\n\r\nTam Madeup\r\n"


@pytest.fixture(scope="module")
def ring(tmp_path_factory: pytest.TempPathFactory) -> KeyRing:
    """Return a ring nobody changes."""
    return KeyRing.create(tmp_path_factory.mktemp("ring") / "keyring")


@pytest.fixture
def vault(tmp_path: Path, ring: KeyRing) -> FileVault:
    """Return an empty vault."""
    return FileVault(tmp_path / "vault", ring)


def file_of(tmp_path: Path, message: MessageId = ONE) -> Path:
    """Return the sealed file."""
    return tmp_path / "vault" / f"{message}.sealed"


@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES])
def test_what_was_stored_comes_back(vault: FileVault, size: int) -> None:
    """Whatever its length, and however it was cut on the way in."""
    raw = bytes(n % 251 for n in range(size))
    vault.store(ONE, [raw[:100], raw[100:]])
    assert vault.open(ONE) == raw
    assert sum(map(len, vault.read(ONE))) == size


@given(pieces=st.lists(st.binary(max_size=60), max_size=12))
def test_any_cutting_of_the_same_bytes_is_the_same_original(
    tmp_path_factory: pytest.TempPathFactory, ring: KeyRing, pieces: list[bytes]
) -> None:
    """The chunks the server gives say nothing about the original."""
    vault = FileVault(tmp_path_factory.mktemp("v"), ring)
    vault.store(ONE, pieces)
    assert vault.open(ONE) == b"".join(pieces)


def test_the_writer_tells_digest_and_length(vault: FileVault) -> None:
    """Both are of what was written, and the digest can be read again from the vault."""
    with vault.writer(ONE) as original:
        original.write(WORDS)
        original.write(WORDS)
    assert (original.bytes, original.sha256) == (2 * len(WORDS), vault.digest(ONE))


def test_the_file_is_ours_alone_and_shows_no_word(tmp_path: Path, vault: FileVault) -> None:
    """0600 in a folder of 0700, named by our id, and nothing of the mail can be read in it."""
    vault.store(ONE, [WORDS])
    file = file_of(tmp_path)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert b"Tam" not in file.read_bytes()


def test_an_exception_leaves_nothing(tmp_path: Path, vault: FileVault) -> None:
    """A mail cut short while it was taken in is not in the vault, and the exception passes as it was."""

    def cut_short() -> None:
        with vault.writer(ONE) as original:
            original.write(WORDS * 20_000)
            raise OSError(errno.EIO, "the server's, not the disk's")

    with pytest.raises(OSError, match="the server's"):
        cut_short()
    assert list((tmp_path / "vault").iterdir()) == []
    with pytest.raises(BrokenPromise, match="original-missing"):
        vault.open(ONE)


def test_what_a_crash_left_unfinished_is_replaced(tmp_path: Path, vault: FileVault) -> None:
    """The draft of a killed writer is no original and does not stand in the way."""
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault" / f"{ONE}.part").write_bytes(b"half")
    assert vault.ids() == frozenset()
    vault.store(ONE, [WORDS])
    assert vault.ids() == {ONE}
    assert vault.open(ONE) == WORDS


def test_a_finished_original_is_never_replaced(vault: FileVault) -> None:
    """A second mail under the same id is refused, the first stays."""
    vault.store(ONE, [WORDS])
    with pytest.raises(BrokenPromise, match="original-exists"):
        vault.store(ONE, [b"another"])
    assert vault.open(ONE) == WORDS


def test_an_original_opens_under_its_own_id_alone(tmp_path: Path, vault: FileVault) -> None:
    """Two files cannot be exchanged."""
    vault.store(ONE, [WORDS])
    file_of(tmp_path).rename(file_of(tmp_path, OTHER))
    with pytest.raises(BrokenPromise, match="original-altered"):
        vault.open(OTHER)


CHUNK = CHUNK_BYTES + TAG_BYTES
HEADER = 16 + 2 * (10 + 12 + 32 + 16)


END = HEADER + 2 * CHUNK + 9 + TAG_BYTES
FIRST, SECOND, LAST = (HEADER, HEADER + CHUNK), (HEADER + CHUNK, HEADER + 2 * CHUNK), (HEADER + 2 * CHUNK, END)


@pytest.mark.parametrize(
    "spans",
    [
        pytest.param([(0, END - 1)], id="last byte gone"),
        pytest.param([(0, END), (0, 1)], id="byte added"),
        pytest.param([(0, END), LAST], id="last chunk repeated"),
        pytest.param([(0, HEADER), FIRST, SECOND], id="last chunk gone"),
        pytest.param([(0, HEADER), FIRST], id="two chunks gone"),
        pytest.param([(0, HEADER)], id="header alone"),
        pytest.param([(0, 20)], id="half a header"),
        pytest.param([], id="empty"),
        pytest.param([(0, HEADER), SECOND, FIRST, LAST], id="chunks exchanged"),
        pytest.param([(0, HEADER), FIRST, FIRST, SECOND, LAST], id="chunk repeated"),
        pytest.param([(0, HEADER), SECOND, LAST], id="first chunk gone"),
    ],
)
def test_every_kind_of_change_is_noticed(tmp_path: Path, vault: FileVault, spans: list[tuple[int, int]]) -> None:
    """Cut, extended, reordered or repeated at the very border of a chunk: it does not open."""
    vault.store(ONE, [bytes(2 * CHUNK_BYTES + 9)])
    file = file_of(tmp_path)
    raw = file.read_bytes()
    assert len(raw) == END
    file.write_bytes(b"".join(raw[start:end] for start, end in spans))
    with pytest.raises(BrokenPromise, match="original-altered"):
        vault.digest(ONE)


@given(data=st.data())
def test_every_changed_byte_is_noticed_or_does_no_harm(
    tmp_path_factory: pytest.TempPathFactory, ring: KeyRing, data: st.DataObject
) -> None:
    """Whichever bit of the file is turned: one in a wrapped key leaves the other, any other is told."""
    folder = tmp_path_factory.mktemp("v")
    vault = FileVault(folder / "vault", ring)
    vault.store(ONE, [WORDS])
    raw = bytearray(file_of(folder).read_bytes())
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= 1 << data.draw(st.integers(0, 7))
    file_of(folder).write_bytes(raw)
    if len(MAGIC) <= at < HEADER:
        assert vault.open(ONE) == WORDS
        return
    with pytest.raises(BrokenPromise, match=r"original-altered|key-missing"):
        vault.open(ONE)


def test_another_ring_opens_nothing(tmp_path: Path, vault: FileVault) -> None:
    """A stolen vault without its ring is noise; the ring's absence has its own code."""
    vault.store(ONE, [WORDS])
    with pytest.raises(BrokenPromise, match="key-missing"):
        FileVault(tmp_path / "vault", KeyRing.create(tmp_path / "other")).open(ONE)


def test_a_large_mail_costs_little_memory(vault: FileVault) -> None:
    """Thirty megabytes go in and are digested in a few chunks' memory."""
    chunk = bytes(1024 * 1024)
    tracemalloc.start()
    try:
        with vault.writer(ONE) as original:
            for _ in range(30):
                original.write(chunk)
        assert vault.digest(ONE) == original.sha256
        assert tracemalloc.get_traced_memory()[1] < 6 * 1024 * 1024
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(("fault", "code"), [(errno.ENOSPC, "full"), (errno.EDQUOT, "full"), (errno.EIO, "io")])
def test_a_disk_that_fails_is_away_and_leaves_nothing(
    tmp_path: Path, vault: FileVault, monkeypatch: pytest.MonkeyPatch, fault: int, code: str
) -> None:
    """A full or broken disk is told as such when the original is made durable, and what was written is gone."""

    def broken(_descriptor: int) -> None:
        raise OSError(fault, "the disk")

    vault.store(OTHER, [WORDS])
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", broken)
        with pytest.raises(Unavailable, match=f"vault unavailable: {code}"):
            vault.store(ONE, [WORDS])
    assert vault.ids() == {OTHER}
    assert list((tmp_path / "vault").iterdir()) == [file_of(tmp_path, OTHER)]


def test_a_known_original_can_be_discarded(vault: FileVault) -> None:
    """What was taken in a second time leaves nothing; discarding nothing is no fault."""
    vault.store(ONE, [WORDS])
    vault.discard(ONE)
    vault.discard(OTHER)
    assert vault.ids() == frozenset()


def test_a_new_key_wraps_originals_without_writing_them_again(tmp_path: Path) -> None:
    """After rotation the original opens with the new key alone; not one byte of its chunks was written."""
    old = KeyRing.create(tmp_path / "keyring")
    FileVault(tmp_path / "vault", old).store(ONE, [WORDS])
    sealed = file_of(tmp_path).read_bytes()
    new = KeyRing.rotate(tmp_path / "keyring")
    vault = FileVault(tmp_path / "vault", new)
    assert vault.key_of(ONE) == old.current
    vault.rewrap(ONE)
    assert vault.key_of(ONE) == new.current != old.current
    assert file_of(tmp_path).read_bytes()[-len(WORDS) - TAG_BYTES :] == sealed[-len(WORDS) - TAG_BYTES :]
    only_new = KeyRing(new.current, {new.current: new._keys[new.current]})
    assert FileVault(tmp_path / "vault", only_new).open(ONE) == WORDS


@pytest.mark.parametrize("slot", [0, 1])
def test_a_rewrapping_cut_short_leaves_an_original_that_opens(tmp_path: Path, vault: FileVault, slot: int) -> None:
    """Whichever of the two wrapped keys was torn, the other opens."""
    vault.store(ONE, [WORDS])
    with file_of(tmp_path).open("r+b") as file:
        file.seek(len(MAGIC) + slot * WRAPPED_BYTES + 30)
        file.write(b"torn")
    assert vault.open(ONE) == WORDS


def test_nothing_rewraps_what_is_not_there(vault: FileVault) -> None:
    """A missing original is told as one."""
    with pytest.raises(BrokenPromise, match="original-missing"):
        vault.rewrap(ONE)


def test_a_running_program_finds_a_key_that_came_since(tmp_path: Path) -> None:
    """What another program sealed after a rotation opens for one that loaded the ring before it."""
    running = KeyRing.create(tmp_path / "keyring")
    FileVault(tmp_path / "vault", KeyRing.rotate(tmp_path / "keyring")).store(ONE, [WORDS])
    assert FileVault(tmp_path / "vault", running).open(ONE) == WORDS

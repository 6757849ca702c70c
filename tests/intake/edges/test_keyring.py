"""The key ring: made once, never written over, and nothing it seals opens anywhere else."""

import json
import pickle
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import is_dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.edges.keyring import KeyRing, making, told
from intake.errors import BrokenPromise, Misconfigured


def older_and_newer(folder: Path) -> tuple[KeyRing, KeyRing]:
    """Return a ring, and the same after another key was put before its own."""
    first, second = KeyRing.create(folder / "one"), KeyRing.create(folder / "two")
    one, two = (json.loads((folder / name).read_text()) for name in ("one", "two"))
    (folder / "both").write_text(json.dumps({"version": 1, "keys": two["keys"] + one["keys"]}))
    both = KeyRing.load(folder / "both")
    assert both.current == second.current
    return first, both


@pytest.fixture(scope="module")
def ring(tmp_path_factory: pytest.TempPathFactory) -> KeyRing:
    """Return a ring nobody changes."""
    return KeyRing.create(tmp_path_factory.mktemp("ring") / "keyring")


def test_a_new_ring_is_for_us_alone_and_opens_again(tmp_path: Path) -> None:
    """The file is 0600, nothing else is left beside it, and loading it gives the same keys."""
    file = tmp_path / "keys" / "keyring"
    made = KeyRing.create(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]
    assert KeyRing.load(file).unseal("a/1/b", made.seal("a/1/b", b"words")) == b"words"


def test_a_ring_is_never_written_over(tmp_path: Path) -> None:
    """Making one where there is one is refused, and the first stays as it was."""
    KeyRing.create(tmp_path / "keyring")
    before = (tmp_path / "keyring").read_bytes()
    with pytest.raises(Misconfigured):
        KeyRing.create(tmp_path / "keyring")
    assert (tmp_path / "keyring").read_bytes() == before


def test_a_missing_ring_is_not_made_for_a_store_in_use(tmp_path: Path) -> None:
    """A new ring could open nothing of it: the program refuses to start instead."""
    with pytest.raises(Misconfigured, match="restore it"):
        KeyRing.open_or_create(tmp_path / "keyring", store_is_empty=False)
    assert not (tmp_path / "keyring").exists()


def test_an_empty_store_gets_its_ring_once(tmp_path: Path) -> None:
    """The second start finds the ring of the first, whatever it thinks of the store."""
    first = KeyRing.open_or_create(tmp_path / "keyring", store_is_empty=True)
    assert KeyRing.open_or_create(tmp_path / "keyring", store_is_empty=True).current == first.current


@pytest.mark.parametrize(
    "content",
    ["", "{}", '{"version": 1, "keys": []}', '{"version": 2, "keys": []}', "[1]", "\x00\xff",
     '{"version": 1, "keys": [{"id": "k-aaaaaaaa", "made": "2026-01-01T00:00:00Z", "secret": "YWJj"}]}'],
)  # fmt: skip
def test_what_is_no_ring_is_refused_without_a_word_of_it(tmp_path: Path, content: str) -> None:
    """A broken file is a fault of configuration, and its text is not quoted."""
    (tmp_path / "keyring").write_text(content, encoding="latin-1")
    with pytest.raises(Misconfigured) as caught:
        KeyRing.load(tmp_path / "keyring")
    assert "YWJj" not in str(caught.value)
    assert caught.value.faults[0].place == "store.keyring_file"


@given(plain=st.binary(max_size=200), place=st.text(max_size=20), other=st.text(max_size=20))
def test_what_is_sealed_opens_at_its_place_alone(ring: KeyRing, plain: bytes, place: str, other: str) -> None:
    """The same words in another row or column do not open: rows cannot be swapped."""
    sealed = ring.seal(place, plain)
    assert ring.unseal(place, sealed) == plain
    if other != place:
        with pytest.raises(BrokenPromise, match="seal-broken"):
            ring.unseal(other, sealed)


@given(data=st.data(), plain=st.binary(max_size=60))
def test_every_changed_byte_is_noticed(ring: KeyRing, data: st.DataObject, plain: bytes) -> None:
    """Whichever byte is changed, or how it is cut: it does not open, and says only that."""
    sealed = bytearray(ring.seal("t/1/c", plain))
    at = data.draw(st.integers(0, len(sealed) - 1))
    cut = bytes(sealed[:at])
    sealed[at] ^= data.draw(st.integers(1, 255))
    for wrong in (bytes(sealed), cut):
        with pytest.raises(BrokenPromise, match=r"seal-broken|key-missing"):
            ring.unseal("t/1/c", wrong)


def test_an_old_key_still_opens_and_proves(tmp_path: Path) -> None:
    """After a new key came in front, what the old one sealed, signed, tokened and indexed is still known."""
    old, both = older_and_newer(tmp_path)
    assert both.unseal("t/1/c", old.seal("t/1/c", b"words")) == b"words"
    key, mac = old.mac(b"line")
    assert both.is_mac(key, b"line", mac)
    assert both.is_token("letter", "m-1", old.token("letter", "m-1"))
    assert set(old.blinds("child", "x")) < set(both.blinds("child", "x"))
    with pytest.raises(BrokenPromise, match="key-missing"):
        old.unseal("t/1/c", both.seal("t/1/c", b"words"))


def test_a_mac_is_of_its_key_and_data_alone(ring: KeyRing) -> None:
    """Another line, another MAC or an unknown key is refused."""
    key, mac = ring.mac(b"line")
    assert ring.is_mac(key, b"line", mac)
    assert not ring.is_mac(key, b"lime", mac)
    assert not ring.is_mac(key, b"line", mac[:-1] + ("0" if mac[-1] != "0" else "1"))
    assert not ring.is_mac("k-zzzzzzzz", b"line", mac)


@given(
    one=st.tuples(st.text(max_size=8), st.text(max_size=8)), other=st.tuples(st.text(max_size=8), st.text(max_size=8))
)
def test_tokens_and_blinds_are_of_purpose_and_text(ring: KeyRing, one: tuple[str, str], other: tuple[str, str]) -> None:
    """Two pairs share a code exactly when they are the same pair; a token is 20 base32 digits."""
    token = ring.token(*one)
    assert len(token) == 20
    assert set(token) <= set("abcdefghijklmnopqrstuvwxyz234567")
    assert ring.is_token(*other, token) == (one == other)
    assert (ring.blinds(*one) == ring.blinds(*other)) == (one == other)


def test_uses_do_not_share_a_key(ring: KeyRing) -> None:
    """The same words as a token, a blind index and a line's MAC have nothing in common."""
    assert ring.blinds("a", "b")[0] != ring.mac(b"1:a:b")[1]


def test_the_ring_shows_no_key(ring: KeyRing) -> None:
    """Neither text nor a walk over its fields nor a pickle gives a key away."""
    assert repr(ring) == str(ring) == f"KeyRing(current={ring.current!r})"
    assert not is_dataclass(ring)
    with pytest.raises(TypeError):
        pickle.dumps(ring)


def test_a_killed_creation_leaves_no_keys_lying_about(tmp_path: Path) -> None:
    """A draft that somebody left who was killed is removed by the next that may make or grow a ring, by no other."""
    ring = tmp_path / "keyring"
    KeyRing.create(ring)
    left = tmp_path / ".keyring.0123456789abcdef"
    left.write_bytes(ring.read_bytes())
    KeyRing.load(ring)
    assert left.exists()  # it may be another's who is at it now
    with making(ring):
        KeyRing.open_or_create(ring, store_is_empty=False)
    assert not left.exists()


def test_two_rotations_at_once_keep_both_keys(tmp_path: Path) -> None:
    """Whatever the one reads before the other writes, no key is lost: both are in the ring, and the first too."""
    ring = tmp_path / "keyring"
    first = KeyRing.create(ring).current
    with ThreadPoolExecutor(8) as pool:
        made = [each.current for each in pool.map(lambda _: KeyRing.rotate(ring), range(24))]
    keys = [key.id for key in told(ring)]
    assert len(keys) == len(set(keys)) == 25
    assert {first, *made} <= set(keys)

"""``intake keys``: a ring is made once, grows by rotation, and tells of itself without showing a key."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from intake.__main__ import main
from intake.edges.claim import claimed
from intake.edges.keyring import KeyRing
from intake.edges.vault import FileVault
from intake.errors import Unavailable
from tests.builders.lived_in import late_referral, lived_in, referral
from tests.builders.settings import write_config


def keys(config: Path, *words: str) -> int:
    """Run ``intake keys ...``."""
    return main(["keys", *words, "--config", str(config)])


def listed(config: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    """Return what ``keys list --json`` tells."""
    capsys.readouterr()
    assert keys(config, "list", "--json") == 0
    found: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return found


def test_a_ring_is_made_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """For an empty store, and never over one that is there."""
    config = write_config(tmp_path)
    assert keys(config, "new") == 0
    assert "apart from the backups" in capsys.readouterr().out
    before = next(tmp_path.rglob("keyring")).read_bytes()
    assert keys(config, "new") == 2
    assert "is there already" in capsys.readouterr().err
    assert next(tmp_path.rglob("keyring")).read_bytes() == before


def test_rotation_wraps_every_original_with_the_new_key(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Afterwards all originals are the new key's, the records still verify, and old sealed values still open."""
    config = lived_in(tmp_path, [referral(), late_referral()])
    assert keys(config, "rotate") == 0
    assert "2 of 2 originals and" in capsys.readouterr().out
    current, old = listed(config, capsys)
    assert (current["current"], current["originals"], old["current"], old["originals"]) == (True, 2, False, 0)
    assert int(str(current["data_keys"])) >= 4
    assert old["data_keys"] == 0
    assert main(["verify", "--config", str(config)]) == 0
    assert main(["register", "--reveal", "--json", "--config", str(config)]) == 0
    assert "Madeup" in capsys.readouterr().out


def test_an_original_that_cannot_be_wrapped_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The others are wrapped all the same, and the exit code says that one was not."""
    config = lived_in(tmp_path, [referral(), late_referral()])
    next(tmp_path.rglob("m-1.sealed")).write_bytes(b"altered")
    assert keys(config, "rotate") == 1
    told = capsys.readouterr()
    assert "m-1: original-altered" in told.err
    assert "1 of 2 originals" in told.out


def test_no_key_is_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is printed names keys; none of their bytes is in it, in any writing."""
    config = lived_in(tmp_path, [referral()])
    ring = next(tmp_path.rglob("keyring"))
    secret = json.loads(ring.read_text())["keys"][0]["secret"]
    assert keys(config, "list") == 0
    assert keys(config, "rotate") == 0
    assert secret not in capsys.readouterr().out
    assert KeyRing.load(ring).current in str(listed(config, capsys))


def log_of(config: Path) -> list[dict[str, object]]:
    """Return what the log tells of rotations."""
    with closing(sqlite3.connect(config.parent / "var" / "intake.db")) as hand:
        return [
            json.loads(row[0]) for row in hand.execute("SELECT details FROM intake_log WHERE event = 'keys-rotated'")
        ]


def test_a_rotation_is_a_line_of_the_log(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Which key, by whose account, how much it wraps."""
    config = lived_in(tmp_path, [referral()])
    assert keys(config, "rotate") == 0
    (line,) = log_of(config)
    assert (line["key"], line["originals"]) == (listed(config, capsys)[0]["key"], 1)
    assert str(line["by"]).startswith("account:")


def test_a_data_key_that_does_not_open_is_named_and_the_others_are_wrapped(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The rotation ends with 1 and one new key, not with a fault, and a person is told today."""
    config = lived_in(tmp_path, [referral(), late_referral()])
    with closing(sqlite3.connect(config.parent / "var" / "intake.db", isolation_level=None)) as hand:
        hand.execute("UPDATE data_keys SET wrapped = zeroblob(70) WHERE owner = 'message/m-1'")
    assert keys(config, "rotate") == 1
    assert "message/m-1: its data key does not open (seal-broken)" in capsys.readouterr().err
    current, old = listed(config, capsys)
    assert (current["originals"], old["data_keys"]) == (2, 0)
    assert main(["exceptions", "--json", "--config", str(config)]) == 0
    waiting = json.loads(capsys.readouterr().out)
    found = [(one["message"], one["severity"]) for one in waiting if one["code"] == "record-unreadable"]
    assert found == [("m-1", "today")]
    assert main(["register", "--reveal", "--config", str(config)]) == 0


def test_a_rotation_cut_short_is_finished_without_another_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """However often it is cut, there is one new key, and the next that comes to its end wraps everything with it."""
    config = lived_in(tmp_path, [referral(), late_referral()])
    with monkeypatch.context() as cut:
        cut.setattr(FileVault, "rewrap", lambda *_: (_ for _ in ()).throw(Unavailable("vault", "io")))
        assert [keys(config, "rotate") for _ in range(3)] == [75, 75, 75]
    assert len(listed(config, capsys)) == 2
    assert keys(config, "rotate") == 0
    assert "no key was added" in capsys.readouterr().out
    current, old = listed(config, capsys)
    assert (current["originals"], old["originals"], old["data_keys"]) == (2, 0, 0)
    assert keys(config, "rotate") == 0
    assert len(listed(config, capsys)) == 3


def test_two_rotations_do_not_interleave(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """While one is at it, a second says that it must wait, and adds no key."""
    config = lived_in(tmp_path, [referral()])
    with claimed(tmp_path / "var" / "keyring.rotating"):
        assert keys(config, "rotate") == 75
    assert len(listed(config, capsys)) == 1


def test_a_lost_key_is_said_to_be_lost(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What it signed cannot be checked: that is one discrepancy of its own, not a changed line each."""
    config = lived_in(tmp_path, [referral()])
    assert keys(config, "rotate") == 0
    ring = tmp_path / "var" / "keyring"
    stored = json.loads(ring.read_text())
    ring.write_text(json.dumps({"version": 1, "keys": stored["keys"][:1]}))
    capsys.readouterr()
    assert main(["verify", "--json", "--config", str(config)]) == 1
    found = json.loads(capsys.readouterr().out)["discrepancies"]
    missing = [one["where"].partition(":")[0] for one in found if one["code"] == "key-missing"]
    assert missing == [stored["keys"][1]["id"]]
    assert not [one for one in found if one["code"] == "line-changed"]

"""``intake keys``: a ring is made once, grows by rotation, and tells of itself without showing a key."""

import json
from pathlib import Path

import pytest

from intake.__main__ import main
from intake.edges.keyring import KeyRing
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
    assert (current["current"], current["originals"]) == (True, 2)
    assert (old["current"], old["originals"]) == (False, 0)
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

"""The register as files: for their owner alone, and a place that cannot be is told."""

import stat
from pathlib import Path

import pytest

from intake.__main__ import main
from tests.builders.settings import write_config


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_is_written_is_for_its_owner_alone(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A register on disk is readable by nobody else."""
    path = tmp_path / f"register.{kind}"
    assert main(["--config", str(write_config(tmp_path / "c")), "register", f"--{kind}", str(path)]) == 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "0 cases" in capsys.readouterr().out


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that is not there is misuse with the file's name, not a traceback."""
    place = str(tmp_path / "nowhere" / "register.csv")
    assert main(["--config", str(write_config(tmp_path / "c")), "register", "--csv", place]) == 2
    assert "cannot be written" in capsys.readouterr().err

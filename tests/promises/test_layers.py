"""The architecture is a test: import-linter's contracts hold, all of them, and none may be left out."""

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_contract_of_the_layers_is_kept() -> None:
    """No import goes up a floor, through the wall or from one check to another."""
    code = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_room_stands_on_a_floor() -> None:
    """The two layer contracts are exhaustive, so a new room cannot stand outside the house."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = [c for c in project["tool"]["importlinter"]["contracts"] if c["type"] == "layers"]
    assert [(c["containers"], c["exhaustive"]) for c in layers] == [(["intake"], True), (["parsers"], True)]


def test_one_check_never_imports_another() -> None:
    """A rule can be read, changed and removed alone."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert any(
        c["type"] == "independence" and c["modules"] == ["intake.checks.*"]
        for c in project["tool"]["importlinter"]["contracts"]
    )

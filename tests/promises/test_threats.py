"""SECURITY.md's table of threats: every row of the model is there, and names tests that are there."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
THREATS = 56
"""Rows of the threat model."""
_ROW = re.compile(r"^\| (?P<numbers>\d+(?:, \d+)*) \| (?P<rest>.*) \|$", re.MULTILINE)
_FILE = re.compile(r"`([A-Za-z0-9_./]+\.py)`")
ROWS = [
    (found["numbers"], found["rest"]) for found in _ROW.finditer((ROOT / "SECURITY.md").read_text(encoding="utf-8"))
]


def files_of(tests: str) -> list[Path]:
    """Return the files a row names; one without a folder lies beside the one before it."""
    files: list[Path] = []
    for name in _FILE.findall(tests):
        files.append(ROOT / name if "/" in name else files[-1].parent / name)
    return files


def functions_in(file: Path) -> list[str]:
    """Return the names of a file's test functions."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]


def test_every_threat_has_its_row() -> None:
    """None of the model's rows was left out or given twice."""
    assert sorted(int(number) for numbers, _ in ROWS for number in numbers.split(", ")) == list(range(1, THREATS + 1))


@pytest.mark.parametrize(("numbers", "rest"), ROWS, ids=[numbers for numbers, _ in ROWS])
def test_every_row_names_tests_that_are_there(numbers: str, rest: str) -> None:
    """Each row has its letter, a threat, a control, and files that exist, each with a test in it."""
    letters, threat, control, tests = rest.split(" | ")
    assert set(letters) <= set("STRIDE, "), numbers
    assert threat.strip()
    assert control.strip()
    files = files_of(tests)
    assert files, numbers
    assert [file for file in files if not file.is_file()] == []
    assert [file for file in files if not functions_in(file)] == []

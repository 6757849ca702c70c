"""The roll call: every check is on the list, no code is used twice, and no check knows another."""

import ast
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import cast

import pytest

from intake.checks import roll
from intake.domain.findings import FindingKind, Severity
from intake.errors import BrokenPromise

FOLDER = Path(roll.__file__).parent
NOT_CHECKS = {"__init__", "assessment", "context", "roll"}
MODULES = sorted(path for path in FOLDER.glob("*.py") if path.stem not in NOT_CHECKS)


def test_every_check_of_the_folder_is_on_the_roll() -> None:
    """A new file cannot be forgotten."""
    assert {module.__name__.rpartition(".")[2] for module in roll.ROLL} == {path.stem for path in MODULES}


def test_a_child_at_risk_is_asked_for_first() -> None:
    """The order of asking is the order of urgency at its head."""
    assert roll.ROLL[0].__name__.endswith("current_risk")


def test_a_code_used_twice_refuses_to_start() -> None:
    """Two checks may not mean different things by one code."""
    kind = FindingKind("twice", "x", Severity.NOTE)
    one, other = (cast("ModuleType", SimpleNamespace(KINDS=(kind,), ask=lambda _r, _c: ())) for _ in range(2))
    with pytest.raises(BrokenPromise, match="finding-code-twice-twice"):
        roll.checks((one, other))


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_check_asks_a_question_and_knows_no_other(path: Path) -> None:
    """Its docstring's first line is a question, and it imports no other check."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert (ast.get_docstring(tree) or "").splitlines()[0].rstrip().endswith("?") or "?" in (
        ast.get_docstring(tree) or ""
    )
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name for name in imported if name and name.startswith("intake.checks")} <= {"intake.checks.context"}


def test_codes_are_kebab_case_and_explained() -> None:
    """Codes are stable names for programs, meanings are for people."""
    for code, kind in roll.KINDS.items():
        assert code == code.lower()
        assert code.replace("-", "").isalnum()
        assert kind.meaning

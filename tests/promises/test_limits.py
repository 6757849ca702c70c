"""Every limit of the readers is met by a test: what is over it ends in a verdict, and the rest goes on."""

import ast
from pathlib import Path

from parsers import limits

TESTS = Path(__file__).parents[1]


def constants() -> set[str]:
    """Return the names of all limits, as ``parsers/limits.py`` has them."""
    tree = ast.parse(Path(limits.__file__).read_text(encoding="utf-8"))
    targets = [node.target for node in tree.body if isinstance(node, ast.AnnAssign)]
    names = {target.id for target in targets if isinstance(target, ast.Name)}
    return {name for name in names if name.isupper() and not name.startswith("_")}


def met_by_tests() -> dict[str, set[str]]:
    """Return for each name the tests that use it, in their own lines or in those of what they are given."""
    found: dict[str, set[str]] = {}
    for file in TESTS.rglob("test_*.py"):
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                used = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
                for name in used:
                    found.setdefault(name, set()).add(node.name)
    return found


def test_every_limit_is_met_by_a_test() -> None:
    """A limit that no test goes to is a guess."""
    met = met_by_tests()
    assert constants() - set(met) == set()


def test_the_limits_are_found() -> None:
    """Were the file written otherwise, the promise above would be about nothing."""
    assert constants() >= {"MAX_MAIL_BYTES", "MAX_DEPTH", "MAX_ZIP_RATIO", "DOCUMENT_SHARE"}

"""Every limit of the readers is met by a test: what is over it ends in a verdict, and the rest goes on."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import parsers

TESTS = Path(__file__).parents[1]
PARSERS = Path(parsers.__file__).parent
A_LIMIT = re.compile(r"_?(?:MAX|MOST)(?:_[A-Z0-9_]+)?")
Limit = tuple[str, str]
"""A module and the name of a limit in it."""

LOOKS = frozenset(
    {
        *(("parsers.recognise.lines", name) for name in ("MAX_CAPITALS", "MAX_TITLE_OVER")),
        ("parsers.recognise.open_answer", "MOST_LINES"),
        ("parsers.recognise.page", "MAX_BROKEN"),
        *(("parsers.recognise.pairs", name) for name in ("MAX_UNKNOWN_LABEL", "MAX_TITLE_WORDS")),
        ("parsers.recognise.printed_tables", "MOST_OF_A_ROW"),
        ("parsers.recognise.value_columns", "MOST_LABELS"),
        *(("parsers.workshop.boxes", name) for name in ("MOST_MARK", "MOST_IN_MOAT")),
        ("parsers.workshop.seen", "_MOST_TYPE"),
        ("parsers.workshop.upright", "MOST_SLANT"),
    }
)
"""What something looks like and no limit of how much is looked at: these are held by the golden forms and layouts."""


def limits() -> set[Limit]:
    """Return all limits of the walled program: those of ``parsers/limits.py`` by any name, elsewhere by their name."""
    found = set()
    for file in PARSERS.rglob("*.py"):
        module = ".".join(("parsers", *file.relative_to(PARSERS).with_suffix("").parts))
        for name in _assigned(ast.parse(file.read_text(encoding="utf-8"))):
            own = module == "parsers.limits" and name.isupper() and not name.startswith("_")
            if own or A_LIMIT.fullmatch(name):
                found.add((module, name))
    return found


def _assigned(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        targets = (
            [node.target] if isinstance(node, ast.AnnAssign) else node.targets if isinstance(node, ast.Assign) else []
        )
        yield from (each.id for target in targets for each in ast.walk(target) if isinstance(each, ast.Name))


def met_by_tests() -> dict[Limit, set[str]]:
    """Return for each limit the tests that use it, in their own lines or in those of what they are given."""
    found: dict[Limit, set[str]] = {}
    for file in TESTS.rglob("test_*.py"):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        names = dict(_imported(tree))
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                for limit in _used(node, names):
                    found.setdefault(limit, set()).add(node.name)
    return found


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Give each name that a file has from the parsers, and what it stands for: a module or what is in one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "parsers":
            yield from ((each.asname or each.name, f"{node.module}.{each.name}") for each in node.names)


def _used(test: ast.FunctionDef, names: dict[str, str]) -> Iterator[Limit]:
    """Give the limits a test reads, by name or of a module, and those it sets (``setattr(module, "LIMIT", ...)``)."""
    for node in ast.walk(test):
        if isinstance(node, ast.Name) and node.id in names:
            module, _, name = names[node.id].rpartition(".")
            yield module, name
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in names:
            yield names[node.value.id], node.attr
        if isinstance(node, ast.Call) and len(node.args) > 1 and isinstance(node.args[0], ast.Name):
            told = node.args[1].value if isinstance(node.args[1], ast.Constant) else None
            if node.args[0].id in names and isinstance(told, str):
                yield names[node.args[0].id], told


def test_every_limit_is_met_by_a_test() -> None:
    """A limit that no test goes to is a guess."""
    assert limits() - LOOKS - set(met_by_tests()) == set()


def test_what_is_left_out_is_there() -> None:
    """A look that is gone is not left out for ever, and a limit is no look."""
    assert limits() >= LOOKS
    assert not any(module.startswith(("parsers.limits", "parsers.contract.")) for module, _ in LOOKS)


def test_the_limits_are_found() -> None:
    """Were the files written otherwise, the promise above would be about nothing."""
    found = limits()
    assert len(found) > 130
    assert {("parsers.limits", name) for name in ("MAX_MAIL_BYTES", "MAX_ZIP_RATIO", "DOCUMENT_SHARE")} <= found
    assert {("parsers.session", "MAX_TASK_BYTES"), ("parsers.formats.pdf_unpacking", "MOST")} <= found

"""Threat 36: no statement is made of words, and words that are statements stay words."""

import ast
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders.forms import CHILD, FilledForm, to_docx
from tests.builders.house import house
from tests.builders.mails import docx_attachment
from tests.builders.posted import sent

ROOT = Path(__file__).parents[2]
STATEMENT = re.compile(
    r"\b(?:select\s.{0,200}\bfrom|insert\s+into|update\s+\w+\s+set|delete\s+from|drop\s+table|alter\s+table)\b",
    re.IGNORECASE | re.DOTALL,
)
RUNS = {"execute", "exec_driver_sql", "executemany", "executescript", "text"}
OURS_ALONE = {"intake/records/migrations"}
"""Steps run on our own constants, before there is a word of anybody's."""
OURS_IN_PLACE = {
    ("intake/records/store.py", "connection.execute(f'PRAGMA {pragma}')"),
    ("intake/records/store.py", "text(f'SELECT pg_advisory_xact_lock({LOCK})')"),
    ("intake/records/store.py", "connection.exec_driver_sql(f'VACUUM {table}')"),
    ("intake/records/store.py", "cursor.execute(f'PRAGMA busy_timeout={wait_milliseconds}')"),
    ("intake/records/store.py", "cursor.execute(f'PRAGMA busy_timeout={BUSY_MILLISECONDS}')"),
    (
        "intake/records/verifying/said.py",
        "self._file.executescript(f'PRAGMA cache_size = -{MEMORY_KIB}; PRAGMA journal_mode = OFF; {TABLES}')",
    ),
}
"""Where the databases take no parameter: each word put in is a constant of ours."""
PAYLOADS = (
    "'; DROP TABLE messages;--", "' OR '1'='1", "x'); DELETE FROM cases;--", "\\'; UPDATE messages SET stage='held';--",
    "1; ATTACH DATABASE 'x' AS y", "%s %(a)s :name ? $1", "$$; DROP TABLE cases; $$", "\"; VACUUM;--",
)  # fmt: skip


def source() -> Iterator[tuple[str, ast.AST]]:
    """Give every expression of our own code."""
    for file in sorted((ROOT / "intake").rglob("*.py")):
        name = file.relative_to(ROOT).as_posix()
        if not name.startswith(tuple(OURS_ALONE)):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                yield name, node


def is_built(node: ast.AST) -> bool:
    """Tell whether an expression is a text put together from others."""
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    called = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    return isinstance(node, ast.BinOp) or (called and node.func.attr in {"format", "join", "replace"})  # type: ignore[attr-defined]


def words_of(node: ast.AST) -> str:
    """Return the literal texts in an expression."""
    return " ".join(n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str))


def test_no_statement_is_put_together_from_strings() -> None:
    """Nowhere in the program is SQL built by an f-string, by adding or by formatting."""
    built = [
        (name, ast.unparse(node)) for name, node in source() if is_built(node) and STATEMENT.search(words_of(node))
    ]
    assert built == []


def test_what_runs_a_statement_is_given_no_built_one() -> None:
    """Each call that runs one has an expression of SQLAlchemy's or a constant, and values apart."""
    given = [
        (name, ast.unparse(node))
        for name, node in source()
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", getattr(node.func, "id", "")) in RUNS
        and node.args
        and is_built(node.args[0])
    ]
    assert [each for each in given if each not in OURS_IN_PLACE] == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_statement_in_every_field_is_a_word_like_any_other(tmp_path: Path, payload: str) -> None:
    """A form full of statements is registered as it stands, and all tables are as they were."""
    form = FilledForm()
    kept = {"referrer.agency", "qa.agency"}
    values = {name: value if name in kept or "date" in name else payload for name, value in form.values.items()}
    child = {**CHILD, "child.name": payload}
    with house(tmp_path) as home:
        first = home.take(sent(text="Nothing."))
        form = replace(form, values=values, children=(child,))
        row = home.take(
            sent(docx_attachment(to_docx(form), f"{payload}.docx"), number=2, subject=payload.replace("\\", ""))
        )
        assert row["stage"] == "registered"
        assert home.row(first["id"])["stage"] == first["stage"]
        assert payload in str(home.register())

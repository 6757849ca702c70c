"""A store of an older program verifies as it did; from the day a newer one opens it, every row in it is told of."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from intake.records.marking import mark_once
from intake.records.marks import ROWS
from intake.records.store import signed
from tests.builders.messages import NOW
from tests.builders.records import Books, everything, opened, rewrite, without_guard

CHANGE = "UPDATE case_versions SET agency = 'nhs'"


@pytest.fixture
def old(tmp_path: Path) -> Iterator[Books]:
    """Return records whose lines have no marks, as an older program wrote them."""
    with opened(f"sqlite:///{tmp_path / 'intake.db'}", tmp_path) as books:
        message = books.receive()
        books.records.commit(message, everything(message), now=NOW)
        with books.engine.begin() as connection:
            without_guard(connection)
        lines, previous = books.log(), ""
        for line in lines:
            told = {name: value for name, value in json.loads(line["details"]).items() if name != ROWS}
            line |= {"details": json.dumps(told, separators=(",", ":"), sort_keys=True), "previous": previous}
            line["mac"] = previous = ":".join(books.ring.mac(signed(line, previous)))
        rewrite(books, lines)
        books.anchor.write_text("".join(f"{line['seq']} {line['mac']}\n" for line in lines))
        yield books


def changed(books: Books) -> None:
    """Change a row behind the records' back."""
    with closing(sqlite3.connect(books.folder / "intake.db")) as database:
        assert database.execute(CHANGE).rowcount
        database.commit()


def test_rows_without_marks_are_no_false_alarm(old: Books) -> None:
    """Lines of an older program cover no row, and its anchors name no other: nothing is told of that."""
    assert old.discrepancies() == []
    old.receive()
    assert old.discrepancies() == []
    changed(old)
    assert old.discrepancies() == []


def test_every_row_is_marked_once(old: Books) -> None:
    """Afterwards a change is found; opening again writes no line more."""
    for _ in range(2):
        mark_once(old.records.store, NOW)
    assert [line["event"] for line in old.log()] == ["received", "moved", "records-marked"]
    assert old.discrepancies() == []
    changed(old)
    assert old.discrepancies() == ["row-changed"]


def test_a_new_store_needs_no_marking(tmp_path: Path) -> None:
    """Its first line has marks already, and an empty store has no line."""
    with opened(f"sqlite:///{tmp_path / 'intake.db'}", tmp_path) as books:
        mark_once(books.records.store, NOW)
        books.receive()
        mark_once(books.records.store, NOW)
        assert [line["event"] for line in books.log()] == ["received"]

"""Threat 40: a clock that jumps moves no deadline and stops no timer."""

import ast
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders.forms import to_docx
from tests.builders.house import NOW, house
from tests.builders.mails import docx_attachment
from tests.builders.posted import form, sent

ROOT = Path(__file__).parents[2]
WALL_CLOCKS = {("time", "time"), ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today")}
ALLOWED = {
    "intake/edges/clock.py": "the one clock of the program",
    "intake/edges/keyring.py": "the day a key was made, for people",
    "intake/programs/servers.py": "the times in a sign-on's token, which are the provider's",
}


@pytest.mark.parametrize("jump", [timedelta(hours=1), timedelta(days=1), timedelta(minutes=6)])
@pytest.mark.parametrize("sign", [1, -1])
def test_our_clock_decides_no_deadline(tmp_path: Path, jump: timedelta, sign: int) -> None:
    """However wrong our clock is, the submission is judged by the mail server's time of receipt."""
    with house(tmp_path) as home:
        home.now = NOW + sign * jump
        row = home.take(sent(docx_attachment(to_docx(form()))))
        (version,) = home.register()
    assert row["stage"] == "registered"
    assert version["timeliness"]["band"] == "within-working"


def test_a_mail_waits_no_longer_for_a_clock_put_back(tmp_path: Path) -> None:
    """What was recorded before the clock was put back is taken up all the same."""
    with house(tmp_path) as home:
        message = home.arrive(sent(docx_attachment(to_docx(form()))))
        home.now = NOW - timedelta(days=1)
        assert list(home.records.workable(10, now=home.now)) == [message]
        home.walk(message)
        assert home.row(message)["stage"] == "registered"


def test_timers_are_monotonic() -> None:
    """Nothing but the clock itself asks the wall clock; every time-out counts seconds that never jump."""
    asked = []
    for package in ("intake", "parsers"):
        for file in sorted((ROOT / package).rglob("*.py")):
            name = file.relative_to(ROOT).as_posix()
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                named = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
                if named and (node.value.id, node.attr) in WALL_CLOCKS and name not in ALLOWED:
                    asked.append((name, node.lineno))
    assert asked == []

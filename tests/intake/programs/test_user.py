"""``intake user``: accounts are made, listed and closed at a terminal; no password is ever a word of a command."""

import io
import json
from pathlib import Path

import pytest

from intake.__main__ import main
from tests.builders.settings import write_config

GOOD = "an invented sentence\n"


def user(config: Path, monkeypatch: pytest.MonkeyPatch, *words: str, typed: str = GOOD) -> int:
    """Run the command with something on standard input."""
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    return main(["--config", str(config), "user", *words])


def test_an_account_is_made_listed_and_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With its roles, in lower case; closing keeps it on record."""
    config = write_config(tmp_path)
    assert user(config, monkeypatch, "add", "Orla.Example", "--role", "reviewer,manager") == 0
    assert user(config, monkeypatch, "disable", "orla.example") == 0
    capsys.readouterr()
    assert main(["--config", str(config), "user", "list", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["name"], row["roles"], row["second_factor"]) == ("orla.example", ["manager", "reviewer"], False)
    assert row["disabled_at"]


def test_an_account_that_is_there_is_renewed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another password and other roles, and it is open again where it was closed."""
    config = write_config(tmp_path)
    user(config, monkeypatch, "add", "orla.example", "--role", "reviewer")
    user(config, monkeypatch, "disable", "orla.example")
    assert user(config, monkeypatch, "add", "orla.example", "--role", "auditor", typed="another sentence\n") == 0
    capsys.readouterr()
    main(["--config", str(config), "user", "list", "--json"])
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["roles"], row["disabled_at"]) == (["auditor"], None)


@pytest.mark.parametrize(
    ("words", "typed", "says"),
    [
        (("add", "orla", "--role", "king"), GOOD, "reviewer"),
        (("add", "orla"), GOOD, "is needed"),
        (("add", "two words", "--role", "auditor"), GOOD, "one word"),
        (("add", "orla", "--role", "auditor"), "short\n", "at least 12"),
        (("add", "orlaexample", "--role", "auditor"), "orlaexample-orlaexample\n", "harder to guess"),
        (("add", "orla", "--role", "auditor"), "aaaaaaaaaaaaaaa\n", "harder to guess"),
        (("disable", "orla"), "", "no such account"),
    ],
)
def test_what_cannot_be_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...], typed: str, says: str,
) -> None:  # fmt: skip
    """By one line and exit 2; the password is in none."""
    assert user(write_config(tmp_path), monkeypatch, *words, typed=typed) == 2
    said = capsys.readouterr().err
    assert says in said
    assert typed.strip() not in said or not typed.strip()

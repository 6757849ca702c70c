"""Decisions of people on the command line."""

import json
from pathlib import Path

import pytest

from intake.__main__ import main
from tests.builders.forms import to_docx
from tests.builders.house import house
from tests.builders.mails import docx_attachment
from tests.builders.posted import STRANGER, sent
from tests.builders.settings import settings

NAMED = ["--by", "Robin Reviewer", "--reason", "rang the agency"]


@pytest.fixture
def config(tmp_path: Path) -> str:
    """Give a configuration whose records hold a stranger's referral: open exceptions and a waiting letter."""
    with house(tmp_path, settings(tmp_path)) as home:
        home.take(sent(docx_attachment(to_docx()), sender=STRANGER))
    return str(tmp_path / "config" / "intake.toml")


def told(config: str, capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, object]]:
    """Return what a command shows as JSON."""
    assert main(["--config", config, *words, "--json"]) == 0
    return list(json.loads(capsys.readouterr().out))


def test_a_person_closes_an_exception_by_name_and_reason(config: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A closed exception is shown no more, is closed once, and stands in the message's story."""
    first, *rest = told(config, capsys, "exceptions")
    assert told(config, capsys, "exceptions", "--close", str(first["id"]), *NAMED) == rest
    assert main(["--config", config, "exceptions", "--close", str(first["id"]), *NAMED]) == 2
    assert "closed already" in capsys.readouterr().err
    assert main(["--config", config, "why", str(first["message"])]) == 0
    assert "exception-closed" in capsys.readouterr().out


def test_a_person_releases_a_waiting_letter(config: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A released letter is queued, once."""
    (letter,) = told(config, capsys, "outbox")
    assert letter["state"] == "waiting"
    (letter,) = told(config, capsys, "outbox", "--release", str(letter["id"]), *NAMED)
    assert letter["state"] == "queued"
    assert main(["--config", config, "outbox", "--release", str(letter["id"]), *NAMED]) == 2


@pytest.mark.parametrize(
    "words", [["--close", "1"], ["--close", "1", "--by", " ", "--reason", "x"], ["--close", "99", *NAMED]]
)
def test_without_name_and_reason_nothing_is_decided(
    config: str, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    """A decision without a name or a reason, or about nothing there is, is misuse and changes nothing."""
    before = told(config, capsys, "exceptions")
    assert main(["--config", config, "exceptions", *words]) == 2
    assert capsys.readouterr().err.startswith("--close")
    assert told(config, capsys, "exceptions") == before

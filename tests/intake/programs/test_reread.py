"""``intake reread``: shows by code what today's sheets read otherwise, and applies it once."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from intake.__main__ import main
from intake.domain.differences import differences
from intake.domain.message import MessageId
from intake.domain.rereading import ReadAgain, Rereading
from intake.programs.opening import opened
from intake.settings.loading import load
from tests.builders.lived_in import RECEIVED, lived_in, referral

MESSAGE = MessageId("m-1")


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Give records whose one form was read with its first answer missing."""
    config = lived_in(tmp_path, [referral()])
    with opened(load(config, {}), lambda: RECEIVED) as house:
        seen = house.records.standing(MESSAGE)
        (form,) = seen.forms
        less = replace(form.read, readings=form.read.readings[1:])
        result = Rereading((ReadAgain(form, less, differences(form.read, less), form.assessment),))
        house.records.read_again(seen, result, RECEIVED)
    return config


def generation(config: Path) -> int:
    """Return the number of the reading that stands."""
    with opened(load(config, {})) as house:
        return house.records.standing(MESSAGE).forms[0].generation


def log_lines(config: Path) -> int:
    """Return how many lines the intake log has."""
    with opened(load(config, {})) as house:
        return house.records.log_head()[0]


def test_a_dry_run_tells_what_would_change_and_writes_nothing(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It ends with 1, names the field and that it would be added, shows no value, and no row or line is new."""
    lines = log_lines(config)
    assert main(["reread", "--dry-run", "--json", "--config", str(config)]) == 1
    out = capsys.readouterr().out
    (told,) = json.loads(out)
    (form,) = told["forms"]
    (change,) = form["changes"]
    assert (change["change"], change["before"], change["after"]) == ("added", None, None)
    assert (form["generation"], told["applied"]) == (3, False)
    assert "Madeup" not in out
    assert (generation(config), log_lines(config)) == (2, lines)


def test_revealed_values_are_shown_and_that_is_written_down(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``--reveal`` shows what is read now; the log has a line of who looked."""
    lines = log_lines(config)
    assert main(["reread", "--dry-run", "--json", "--reveal", "--config", str(config)]) == 1
    (told,) = json.loads(capsys.readouterr().out)
    assert all(told["forms"][0]["changes"][0]["after"])
    assert log_lines(config) == lines + 1


def test_applied_once_it_stands_and_a_second_time_changes_nothing(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The third reading stands; to apply again, or to look again, finds nothing more."""
    for _ in range(2):
        assert main(["reread", "--apply", "--config", str(config)]) == 0
        assert generation(config) == 3
    assert "Every stored form reads today as it is on record." in capsys.readouterr().out
    assert main(["reread", "--dry-run", "--config", str(config)]) == 0


@pytest.mark.parametrize("narrowed", [["--since", "2099-01-01"], ["--sheet", "none"]])
def test_what_was_not_asked_for_is_left_as_it_is(config: Path, narrowed: list[str]) -> None:
    """Received before the day, or read by another sheet: not read again."""
    assert main(["reread", "--apply", *narrowed, "--config", str(config)]) == 0
    assert generation(config) == 2


@pytest.mark.parametrize("wrong", [[], ["--dry-run", "--apply"], ["--dry-run", "--since", "soon"]])
def test_a_misused_call_is_refused(config: Path, wrong: list[str]) -> None:
    """Neither, both, or a day that is none: told as a fault of the call, and nothing is done."""
    assert main(["reread", *wrong, "--config", str(config)]) == 2
    assert generation(config) == 2

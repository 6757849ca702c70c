"""``intake retention``: what is due is shown, classes are applied and cases erased by name and reason, and not else."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from intake.__main__ import main
from intake.domain.findings import ExceptionItem, Severity
from intake.edges.vault import FileVault
from intake.programs.opening import opened
from intake.records.exceptions import open_all
from intake.settings.loading import load
from tests.builders.lived_in import SENDER, lived_in, referral
from tests.builders.mails import mail

ACT = ("--by", "Orla Example", "--reason", "the panel agreed")
LONG_AGO = datetime(2025, 1, 6, 9, 30, tzinfo=UTC)


def newsletter() -> bytes:
    """Return a mail that is no referral."""
    return mail("News.", sender=SENDER, headers=[("List-Id", "<news.gmp.example>")])


def retention(config: Path, *words: str) -> int:
    """Run ``intake retention ...``."""
    return main(["retention", *words, "--config", str(config)])


def shown(config: Path, capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, dict[str, Any]]:
    """Return what ``retention review --json`` tells, by what it tells of."""
    capsys.readouterr()
    retention(config, "review", "--json", *words)
    return {row["what"]: row for row in json.loads(capsys.readouterr().out)}


def case(config: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Return the reference of the one case there is, at rest: its letter is sent, its exceptions are closed."""
    with opened(load(config, {})) as house:
        for row in house.records.exception_rows():
            house.records.close_exception(row["id"], "orla", "done", LONG_AGO)
        for letter in house.records.due_letters(LONG_AGO, 10):
            house.records.letter_sent(letter.id, "250 taken", LONG_AGO)
    return next(what for what in shown(config, capsys, "--all") if not what.startswith("m-"))


def originals(config: Path) -> set[str]:
    """Return the ids of the originals kept."""
    with opened(load(config, {})) as house:
        return set(house.vault().ids())


def test_what_was_no_referral_goes_when_it_is_due(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Review names it, a dry run shows it, applying erases it with its original; the case stays."""
    config = lived_in(tmp_path, [newsletter(), referral()], at=LONG_AGO)
    reference = case(config, capsys)
    assert {what: row["do"] for what, row in shown(config, capsys).items()} == {"m-1": "apply erases it"}
    assert retention(config, "review") == 1
    assert retention(config, "apply", "--dry-run") == 0
    assert originals(config) == {"m-1", "m-2"}
    assert retention(config, "apply", *ACT) == 0
    assert "1 of 1 messages erased" in capsys.readouterr().out
    assert originals(config) == {"m-2"}
    assert shown(config, capsys, "--all")[reference]["do"] == "is kept"
    assert retention(config, "review") == 0
    assert main(["verify", "--config", str(config)]) == 0


def test_a_new_mail_is_not_due(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Within its days nothing is shown, and applying erases nothing."""
    config = lived_in(tmp_path, [newsletter()])
    assert shown(config, capsys) == {}
    assert retention(config, "apply", *ACT) == 0
    assert originals(config) == {"m-1"}


def test_a_case_is_erased_by_name_and_reason_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without either, under a hold, or under a wrong number it stays; then it is gone and every command still works."""
    config = lived_in(tmp_path, [referral()], at=LONG_AGO)
    reference = case(config, capsys)
    assert retention(config, "erase", reference) == 2
    assert "needs --by and --reason" in capsys.readouterr().err
    assert retention(config, "erase", "SSCP-2026-0000", *ACT) == 2
    assert retention(config, "hold", reference, *ACT) == 0
    assert retention(config, "erase", reference, *ACT) == 2
    assert "legal hold" in capsys.readouterr().err
    assert retention(config, "lift", reference, *ACT) == 0
    assert retention(config, "erase", reference, *ACT) == 0
    assert originals(config) == set()
    for words in (
        ["verify"],
        ["register", "--reveal"],
        ["log"],
        ["why", reference],
        ["outbox"],
        ["reread", "--dry-run"],
    ):
        assert main([*words, "--config", str(config)]) == 0, words
    assert main(["register", "--json", "--config", str(config)]) == 0
    assert "erased" in capsys.readouterr().out


def test_what_cannot_be_erased_is_told_and_the_rest_goes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A message with an open exception stays, by name; exit code 1 says that one did."""
    config = lived_in(tmp_path, [newsletter(), newsletter() + b"more"], at=LONG_AGO)
    with opened(load(config, {})) as house, house.records.store.writing() as connection:
        open_all(connection, "m-2", [ExceptionItem("letter-abandoned", Severity.TODAY)], LONG_AGO)
    assert retention(config, "apply", *ACT) == 1
    told = capsys.readouterr()
    assert "m-2: has an open exception" in told.err
    assert "1 of 2 messages erased" in told.out


def test_an_erasure_cut_short_is_finished_by_the_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the program died before the original was gone, whatever is erased next takes it along."""
    config = lived_in(tmp_path, [newsletter(), referral()], at=LONG_AGO)
    case(config, capsys)
    with monkeypatch.context() as patched:
        patched.setattr(FileVault, "erase", lambda *_: 1 / 0)
        assert retention(config, "apply", *ACT) == 70
    assert originals(config) == {"m-1", "m-2"}
    assert main(["verify", "--config", str(config)]) == 1
    assert retention(config, "apply", *ACT) == 0
    assert originals(config) == {"m-2"}
    assert main(["verify", "--config", str(config)]) == 0

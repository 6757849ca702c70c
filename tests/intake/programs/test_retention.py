"""``intake retention``: what is due is shown, classes are applied and cases erased by name and reason, and not else."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from intake.__main__ import main
from intake.domain.findings import ExceptionItem, Severity
from intake.edges.vault import FileVault
from intake.programs.opening import opened
from intake.records.exceptions import open_all
from intake.records.store import Store
from intake.settings.loading import load
from tests.builders.forms import FilledForm, to_docx
from tests.builders.lived_in import SENDER, lived_in, referral
from tests.builders.mails import docx_attachment, mail

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


def still_reading(config: Path) -> sqlite3.Connection:
    """Return a connection of another program that has not finished reading what was there before."""
    other = sqlite3.connect(config.parent / "var" / "intake.db", isolation_level=None)
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM messages").fetchall()
    return other


def wrapped_keys(config: Path) -> list[bytes]:
    """Return every wrapped data key there is, enough of each to know it by."""
    with closing(sqlite3.connect(config.parent / "var" / "intake.db")) as hand:
        return [row[0][-40:] for row in hand.execute("SELECT wrapped FROM data_keys WHERE wrapped IS NOT NULL")]


def found_in_files(config: Path, keys: list[bytes]) -> int:
    """Count which of the keys still lie in a file of the database."""
    files = [path.read_bytes() for path in (config.parent / "var").glob("intake.db*")]
    return sum(any(key in content for content in files) for key in keys)


@pytest.mark.parametrize("finished_by", ["the same command", "advance"])
def test_an_erasure_is_not_finished_while_somebody_reads_the_old(
    tmp_path: Path, finished_by: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says so and ends with 75, and the next that looks takes the wrapped key out of the file."""
    monkeypatch.setattr(Store.settle, "__defaults__", (50,))
    config = lived_in(tmp_path, [newsletter()], at=LONG_AGO)
    keys = wrapped_keys(config)
    with closing(still_reading(config)) as other:
        assert retention(config, "erase", "m-1", *ACT) == 75
        assert "another program still reads" in capsys.readouterr().err
        assert found_in_files(config, keys) == len(keys)
        assert retention(config, "erase", "m-1", *ACT) == 75
        other.execute("COMMIT")
    if finished_by == "advance":
        assert main(["advance", "--once", "--config", str(config)]) == 0
    else:
        assert retention(config, "erase", "m-1", *ACT) == 0
    assert found_in_files(config, keys) == 0
    assert retention(config, "erase", "m-1", *ACT) == 2
    assert "is erased already" in capsys.readouterr().err


@pytest.mark.parametrize("finished_by", ["the same command", "advance"])
def test_an_erasure_cut_short_is_finished_by_the_same_command(
    tmp_path: Path, finished_by: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though the records say that it is erased already, the original goes."""
    config = lived_in(tmp_path, [newsletter()], at=LONG_AGO)
    with monkeypatch.context() as patched:
        patched.setattr(FileVault, "erase", lambda *_: 1 / 0)
        assert retention(config, "erase", "m-1", *ACT) == 70
    assert originals(config) == {"m-1"}
    if finished_by == "advance":
        assert main(["advance", "--once", "--config", str(config)]) == 0
    else:
        assert retention(config, "erase", "m-1", *ACT) == 0
    assert originals(config) == set()


def test_a_held_message_is_erased_by_nobody(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By name it is held and lifted; an exact copy is held with it."""
    config = lived_in(tmp_path, [newsletter(), newsletter()], at=LONG_AGO)
    assert retention(config, "hold", "m-1", *ACT) == 0
    assert retention(config, "hold", "m-1", *ACT) == 2
    assert {what: row["do"] for what, row in shown(config, capsys, "--all").items()} == dict.fromkeys(
        ("m-1", "m-2"), "is held"
    )
    assert retention(config, "apply", *ACT) == 0
    assert "0 of 0 messages erased" in capsys.readouterr().out
    for message in ("m-1", "m-2"):
        assert retention(config, "erase", message, *ACT) == 2
        assert "legal hold" in capsys.readouterr().err
    assert retention(config, "lift", "m-1", *ACT) == 0
    assert retention(config, "lift", "m-1", *ACT) == 2
    assert retention(config, "hold", "m-9", *ACT) == 2
    assert retention(config, "apply", *ACT) == 0
    assert originals(config) == set()
    assert retention(config, "hold", "m-1", *ACT) == 2


def test_a_copy_of_a_held_cases_mail_stays_with_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An exact copy is no referral and its days are over; while the case is held nothing erases it."""
    raw = referral()
    config = lived_in(tmp_path, [raw, raw], at=LONG_AGO)
    reference = case(config, capsys)
    assert shown(config, capsys)["m-2"]["do"] == "apply erases it"
    assert retention(config, "hold", reference, *ACT) == 0
    assert shown(config, capsys)["m-2"]["do"] == "is held"
    assert retention(config, "apply", *ACT) == 0
    assert retention(config, "erase", "m-2", *ACT) == 2
    assert originals(config) == {"m-1", "m-2"}


def test_a_held_mail_holds_its_case(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A hold on one of a case's mails forbids erasing the case with it."""
    config = lived_in(tmp_path, [referral()], at=LONG_AGO)
    reference = case(config, capsys)
    assert retention(config, "hold", "m-1", *ACT) == 0
    assert retention(config, "erase", reference, *ACT) == 2
    assert "legal hold" in capsys.readouterr().err


def test_a_case_whose_letter_waits_is_erased_once_that_is_withdrawn(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody has to write to an unknown sender to be rid of what they sent."""
    stranger = mail("A referral.", docx_attachment(to_docx(FilledForm())), sender="Nan <nan@webmail.example>")
    config = lived_in(tmp_path, [stranger], at=LONG_AGO)
    reference = case(config, capsys)
    assert retention(config, "erase", reference, *ACT) == 2
    assert "letters that are not sent" in capsys.readouterr().err
    assert main(["outbox", "--json", "--config", str(config)]) == 0
    (letter,) = [one for one in json.loads(capsys.readouterr().out) if one["state"] == "waiting"]
    assert main(["outbox", "--withdraw", str(letter["id"]), "--config", str(config)]) == 2
    assert main(["outbox", "--withdraw", str(letter["id"]), *ACT, "--config", str(config)]) == 0
    assert main(["outbox", "--withdraw", str(letter["id"]), *ACT, "--config", str(config)]) == 2
    capsys.readouterr()
    assert main(["outbox", "--json", "--config", str(config)]) == 0
    assert {(one["state"], one["why"]) for one in json.loads(capsys.readouterr().out)} == {("abandoned", "withdrawn")}
    assert retention(config, "erase", reference, *ACT) == 0
    assert main(["verify", "--config", str(config)]) == 0


def test_an_erased_form_cannot_be_known_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever has a form cannot learn from its digest that it was here."""
    form = to_docx(FilledForm())
    config = lived_in(tmp_path, [mail("A referral.", docx_attachment(form), sender=SENDER)], at=LONG_AGO)
    assert retention(config, "erase", case(config, capsys), *ACT) == 0
    digest = sha256(form).hexdigest().encode()
    assert not [path for path in (config.parent / "var").rglob("*") if path.is_file() and digest in path.read_bytes()]

"""One row that no longer opens stands in nobody's way: the others go on, and a person is told which it is."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from intake.__main__ import main
from intake.domain.figure_facts import Period
from intake.programs.opening import opened
from intake.settings.loading import load
from tests.builders.lived_in import RECEIVED, late_referral, lived_in, referral
from tests.servers import smtp


def spoil(config: Path, *statements: str) -> None:
    """Change the records behind the program's back."""
    with closing(sqlite3.connect(config.parent / "var" / "intake.db", isolation_level=None)) as hand:
        for statement in statements:
            assert hand.execute(statement).rowcount > 0


def shown(config: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any, str]:
    """Return how a command ended, what it told as JSON and what it complained of."""
    capsys.readouterr()
    code = main([*words, "--json", "--config", str(config)])
    told = capsys.readouterr()
    return code, json.loads(told.out), told.err


LETTER = "UPDATE letters SET sealed = {} WHERE message = 'm-1'"
OF_THE_CASE = "(SELECT 'case/' || reference FROM case_versions WHERE message = 'm-1')"
ON_RECORD = (
    "UPDATE case_versions SET referral = x'00' WHERE message = 'm-1'",
    "UPDATE case_versions SET assessment = CAST('d1:' || hex(zeroblob(80)) AS BLOB) WHERE message = 'm-1'",
    f"UPDATE data_keys SET wrapped = zeroblob(70) WHERE owner IN {OF_THE_CASE}",  # noqa: S608 - our own words
)


@pytest.mark.parametrize("spoilt", ["x'00'", "zeroblob(200)"])
def test_a_letter_that_does_not_open_keeps_back_no_other(
    tmp_path: Path, spoilt: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The others go; it is abandoned, and a person learns of it today."""
    with smtp.running() as server:
        config = lived_in(tmp_path, [referral(), late_referral()], smtp_port=server.port)
        spoil(config, LETTER.format(spoilt))
        assert main(["post", "--once", "--config", str(config)]) == 0
        assert len(server.taken) == 1
    _, letters, _ = shown(config, capsys, "outbox")
    found = {letter["message"]: (letter["state"], letter["why"]) for letter in letters}
    assert found == {"m-1": ("abandoned", "unreadable"), "m-2": ("sent", None)}
    _, waiting, _ = shown(config, capsys, "exceptions")
    assert ("m-1", "letter-abandoned", "today") in {(one["message"], one["code"], one["severity"]) for one in waiting}


def test_a_full_batch_of_spoilt_letters_keeps_back_no_other(tmp_path: Path) -> None:
    """Those behind them are due in the same look."""
    config = lived_in(tmp_path, [referral(), late_referral()])
    spoil(config, LETTER.format("x'00'"))
    with opened(load(config, {})) as house:
        (due,) = house.records.due_letters(RECEIVED, 1)
        assert due.letter.header_message_id.split(".")[2].startswith("m-2")


def test_a_letter_whose_key_is_missing_waits_for_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The ring may come back: the letter is put off, told of once, and goes when the key is there again."""
    with smtp.running() as server:
        config = lived_in(tmp_path, [referral(), late_referral()], smtp_port=server.port)
        with closing(sqlite3.connect(tmp_path / "var" / "intake.db")) as hand:
            (kept,) = hand.execute("SELECT wrapped FROM data_keys WHERE owner = 'message/m-1'").fetchone()
        spoil(
            config,
            "UPDATE data_keys SET wrapped = CAST('k-zzzzzzzz' || hex(wrapped) AS BLOB) WHERE owner = 'message/m-1'",
        )
        for _ in range(2):
            assert main(["post", "--once", "--config", str(config)]) == 0
        assert len(server.taken) == 1
        _, waiting, _ = shown(config, capsys, "exceptions")
        assert [one["message"] for one in waiting if one["code"] == "letter-unreadable"] == ["m-1"]
        with closing(sqlite3.connect(tmp_path / "var" / "intake.db", isolation_level=None)) as hand:
            hand.execute("UPDATE data_keys SET wrapped = ? WHERE owner = 'message/m-1'", (kept,))
            hand.execute("UPDATE letters SET next_try = ordered_at")
        assert main(["post", "--once", "--config", str(config)]) == 0
        assert len(server.taken) == 2


@pytest.mark.parametrize("statement", ON_RECORD)
def test_a_case_that_does_not_open_is_named_and_the_others_are_shown(
    tmp_path: Path, statement: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The register ends with 1, names it, shows the rest, and a person is told today, once."""
    config = lived_in(tmp_path, [referral(), late_referral()])
    spoil(config, statement)
    for _ in range(2):
        code, cases, said = shown(config, capsys, "register", "--reveal")
        assert code == 1
        by_mail = {case["message"]: case for case in cases}
        assert by_mail["m-1"]["unreadable"] in {"seal-broken", "key-missing", "record-unreadable"}
        assert by_mail["m-1"]["reference"] in said
        assert by_mail["m-2"]["readings"]
    _, waiting, _ = shown(config, capsys, "exceptions")
    found = [(one["message"], one["severity"]) for one in waiting if one["code"] == "record-unreadable"]
    assert found == [("m-1", "today")]
    assert main(["register", "--config", str(config)]) == 1


@pytest.mark.parametrize("statement", ON_RECORD[1:])
def test_the_figures_are_made_of_what_opens(tmp_path: Path, statement: str) -> None:
    """A case whose days do not open is counted, without its days."""
    config = lived_in(tmp_path, [referral(), late_referral()])
    spoil(config, statement)
    period = Period(RECEIVED.date(), RECEIVED.date())
    with opened(load(config, {})) as house:
        facts = list(house.records.referral_facts(period))
    assert len(facts) == 2
    assert len([fact for fact in facts if fact.calendar_days is None]) == 1

"""The commands over the records as people and programs call them: shapes, codes, and no personal word unasked."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from intake.__main__ import main
from intake.programs.opening import opened
from intake.settings.loading import load
from tests.builders.forms import CHILD, VALUES
from tests.builders.lived_in import FORMULA, late_referral, lived_in, referral
from tests.builders.mails import out_of_office

PERSONAL = ("Madeup", "Orla", "Quinn", "Tam ", "Made Up Street", "gmp.example", "0161", "999 000")
MESSAGE = "m-1"

# interface.md, "JSON"
LOG_KEYS = (
    "id received_at mailbox uidvalidity uid sha256 bytes stage why attempts sender_trust documents cases findings "
    "letters"
)
CASE_KEYS = (
    "reference version received_at message sheet edition type children timeliness qa missing alerts status readings"
)
CLOCK_KEYS = "earliest latest precision calendar_days working_days band"
READING_KEYS = "field child value where certainty by"

CALLS = ["log", "log --json", "register", "exceptions", "exceptions --json", "outbox", "outbox --json", "verify"]


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give records with a referral, a late one and an automatic answer."""
    return lived_in(tmp_path_factory.mktemp("house"), [referral(), late_referral(), out_of_office()])


@pytest.fixture
def asked(config: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Give a way to run a command that must end well, and get what it printed."""

    def ask(*words: str) -> str:
        assert main([*words, "--config", str(config)]) == 0
        out, err = capsys.readouterr()
        assert err == ""
        return str(out)

    return ask


def test_log_json_has_the_promised_keys_and_stages(asked: Any) -> None:
    """``log --json`` tells of every message by number and code: two registered, one set aside."""
    rows = json.loads(asked("log", "--json"))
    assert {row["stage"] for row in rows} == {"registered", "set-aside"}
    assert len(rows) == 3
    assert all(set(LOG_KEYS.split()) <= set(row) for row in rows)
    (first,) = (row for row in rows if row["id"] == MESSAGE)
    assert (first["received_at"], first["uidvalidity"], first["uid"]) == ("2026-11-16T09:30:00+00:00", 7, 1)
    assert set(first["documents"][0]) >= {"index", "kind", "bytes", "state", "why"}
    assert {"kind": "acknowledgement", "state": "queued"}.items() <= first["letters"][0].items()


def test_register_json_hides_values_and_has_the_promised_keys(asked: Any) -> None:
    """``register --json`` gives every field's place and certainty, and no value."""
    cases = json.loads(asked("register", "--json"))
    assert len(cases) == 2
    for case in cases:
        assert set(CASE_KEYS.split()) <= set(case)
        assert set(case["timeliness"]) >= set(CLOCK_KEYS.split())
        assert set(case["qa"]) >= {"status", "date"}
        assert all(set(r) >= set(READING_KEYS.split()) for r in case["readings"])
        assert {reading["value"] for reading in case["readings"]} == {None}
    assert {case["timeliness"]["band"] for case in cases} == {"within-working", "late"}


def test_reveal_shows_the_values_and_is_written_down(asked: Any) -> None:
    """``--reveal`` shows what the form says; the intake log then holds one line more, and still verifies."""
    before = json.loads(asked("verify", "--json"))["log_lines"]
    cases = json.loads(asked("register", "--json", "--reveal"))
    values = {reading["value"] for case in cases for reading in case["readings"]}
    assert {VALUES["referrer.name"], CHILD["child.name"]} <= values
    after = json.loads(asked("verify", "--json"))
    assert (after["log_lines"], after["ok"]) == (before + 1, True)


@pytest.mark.parametrize("call", [*CALLS, f"why {MESSAGE}"])
def test_no_command_shows_a_personal_word_unasked(call: str, asked: Any) -> None:
    """Without ``--reveal`` no name, address or number of anybody is on the screen."""
    told = asked(*call.split())
    assert told.strip()
    assert [word for word in PERSONAL if word in told] == []


def test_why_tells_every_leg_of_a_message_and_of_a_case(asked: Any) -> None:
    """A story runs from receipt to where the message stands, by message or by case."""
    story = asked("why", MESSAGE)
    for stage in ("received", "screened", "parsed", "checked", "registered"):
        assert stage in story
    assert story.endswith("It stands at: registered.\n")
    (case,) = json.loads(asked("log", "--json"))[-1]["cases"]
    assert asked("why", case) == story


def test_why_of_nothing_is_misuse(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An id nobody knows exits 2 with a line, whatever stands in it."""
    assert main(["why", "m-\x1b[2J", "--config", str(config)]) == 2
    assert capsys.readouterr().err == "why: m-\N{REPLACEMENT CHARACTER}[2J: no such message or case\n"


def test_the_register_goes_into_spreadsheets_without_formulas(asked: Any, tmp_path: Path) -> None:
    """``--csv`` and ``--xlsx`` hold a row for each case; with ``--reveal`` a column for each field, none a formula."""
    asked("register", "--reveal", "--csv", str(tmp_path / "r.csv"), "--xlsx", str(tmp_path / "r.xlsx"))
    text = (tmp_path / "r.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert len(rows) == 2
    assert {row["referrer.phone"] for row in rows} == {f"'{FORMULA}", VALUES["referrer.phone"]}
    assert {row["child.name [1]"] for row in rows} == {"Dot Madeup", CHILD["child.name"]}
    assert (tmp_path / "r.xlsx").read_bytes().startswith(b"PK")
    asked("register", "--csv", str(tmp_path / "plain.csv"))
    assert "Madeup" not in (tmp_path / "plain.csv").read_text(encoding="utf-8-sig")


def test_exceptions_and_outbox_have_codes_and_states(asked: Any) -> None:
    """What waits for a person and the letters are there as rows of codes for programs."""
    open_ = json.loads(asked("exceptions", "--json"))
    assert {"late-submission", "incomplete"} <= {row["code"] for row in open_}
    letters = json.loads(asked("outbox", "--json"))
    assert {(row["kind"], row["state"]) for row in letters} == {("acknowledgement", "queued")}


def test_verify_finds_what_was_changed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An original that was altered on disk is found, named by its message, and exits 1."""
    config = lived_in(tmp_path, [out_of_office()])
    assert main(["verify", "--config", str(config)]) == 0
    assert "Everything is as it was written." in capsys.readouterr().out
    (sealed,) = (tmp_path / "var/vault").glob("*.sealed")
    content = bytearray(sealed.read_bytes())
    content[-1] ^= 1
    sealed.write_bytes(content)
    assert main(["verify", "--json", "--config", str(config)]) == 1
    said = json.loads(capsys.readouterr().out)
    assert said["ok"] is False
    assert said["discrepancies"] == [{"code": "original-altered", "where": MESSAGE}]


def test_verify_holds_a_reports_head_against_the_log(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The head as the report words it is found, another is told, and what is no head is misuse."""
    config = str(lived_in(tmp_path, [out_of_office()]))
    with opened(load(Path(config), {})) as house:
        lines, head = house.records.log_head()
    for written in (f"{lines} {head[:12]}", f"{lines} lines, ending {head[:24]}"):
        assert main(["verify", "--head", written, "--config", config]) == 0
    assert main(["verify", "--head", f"{lines} {'0' * 12}", "--config", config]) == 1
    assert "head-disagrees" in capsys.readouterr().out
    assert main(["verify", "--head", "the last one", "--config", config]) == 2


def test_a_second_place_for_anchors_is_kept_and_verified(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`store.anchor_file` gets every head too; taken away, it is missed by its name."""
    config = lived_in(tmp_path, [])
    text = config.read_text(encoding="utf-8")
    config.write_text(
        text.replace("[store]", f'[store]\nanchor_file = "{tmp_path}/elsewhere.anchor"'), encoding="utf-8"
    )
    with opened(load(config, {})) as house:
        house.records.note_reveal("register", "orla", house.clock())
    assert main(["verify", "--config", str(config)]) == 0
    (tmp_path / "elsewhere.anchor").unlink()
    assert main(["verify", "--json", "--config", str(config)]) == 1
    said = json.loads(capsys.readouterr().out.partition("{")[2].join(["{", ""]))
    assert said["discrepancies"] == [{"code": "anchors-missing", "where": "elsewhere.anchor"}]


def test_an_empty_house_is_told_in_sentences(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Before the first mail each table is a sentence and each JSON an empty list."""
    config = str(lived_in(tmp_path, []))
    for words in (["log"], ["register"], ["exceptions"], ["outbox"]):
        assert main([*words, "--config", config]) == 0
        assert capsys.readouterr().out.endswith(".\n")
        assert main([*words, "--json", "--config", config]) == 0
        assert json.loads(capsys.readouterr().out) == []

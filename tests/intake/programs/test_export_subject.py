"""``intake export-subject``: all of a child's case in a folder only its owner reads; the giving is on record."""

import io
import json
from pathlib import Path

import pytest
from sqlalchemy import delete

from intake.__main__ import main
from intake.domain.case import Reference
from intake.domain.case_file import LinkVerdict
from intake.domain.case_way import Step
from intake.domain.findings import ExceptionItem, Severity
from intake.domain.message import MessageId
from intake.domain.private import Private
from intake.domain.stages import Stage
from intake.programs.opening import opened
from intake.records import SqlRecords
from intake.records.exceptions import open_all
from intake.records.schema import health, subject_index
from intake.settings.loading import load
from tests.builders.forms import CHILD
from tests.builders.lived_in import RECEIVED, SENDER, late_referral, lived_in, referral
from tests.builders.mails import mail

TYPED = "".join(
    f"{label}: {answer}\r\n"
    for label, answer in (
        ("Date of incident", "9 November 2026"),
        ("Name of child", CHILD["child.name"]),
        ("Date of birth of child", CHILD["child.dob"]),
        ("Address of child", "1 Invented Street"),
        ("Summary of the incident", "an invented fall"),
        ("Name of referrer", "Orla Example"),
    )
)
ACT = ("--by", "Orla Example", "--reason", "asked by the family")


class Terminal(io.StringIO):
    """Somebody at a terminal."""

    def isatty(self) -> bool:
        """Tell that it is one."""
        return True


def export(config: Path, folder: Path, *words: str) -> int:
    """Run ``intake export-subject``."""
    return main(["export-subject", *words, "--out", str(folder), "--config", str(config)])


def references(config: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Return the cases there are, in the order of their mails."""
    capsys.readouterr()
    assert main(["register", "--json", "--config", str(config)]) == 0
    cases = json.loads(capsys.readouterr().out)
    return [case["reference"] for case in sorted(cases, key=lambda case: str(case["message"]))]


def test_a_child_is_asked_for_on_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By name and date of birth its case is found, no other child's; answers, story and mails are written."""
    sent = referral()
    config = lived_in(tmp_path / "house", [sent, late_referral()])
    first, _ = references(config, capsys)
    monkeypatch.setattr("sys.stdin", Terminal(f"{CHILD['child.name']}\n{CHILD['child.dob']}\n"))
    folder = tmp_path / "given"
    assert export(config, folder, "--originals", *ACT) == 0
    names = {path.name for path in folder.iterdir()}
    parts = {f"{first}{part}.json" for part in ("", "-way", "-letters", "-acts", "-log")}
    assert names == {"README.txt", "m-1.eml", *parts}
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700
    assert CHILD["child.name"] in (folder / f"{first}.json").read_text()
    assert (folder / "m-1.eml").read_bytes() == sent
    capsys.readouterr()
    assert main(["why", first, "--config", str(config)]) == 0
    assert "case-disclosed" in capsys.readouterr().out
    assert main(["verify", "--config", str(config)]) == 0


def test_a_case_is_named_by_its_reference(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without asking; the mails stay where they are unless they are asked for."""
    config = lived_in(tmp_path / "house", [referral()])
    (only,) = references(config, capsys)
    assert export(config, tmp_path / "given", only, *ACT) == 0
    assert not list((tmp_path / "given").glob("*.eml"))
    assert CHILD["child.name"] not in capsys.readouterr().out


def test_what_was_decided_and_noted_is_given_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each step with its day and rationale, each note, and what was said of a suggested link."""
    config = lived_in(tmp_path / "house", [referral(), referral().replace(b"A referral.", b"Once again.")])
    only = references(config, capsys)[0]
    with opened(load(config, {}), lambda: RECEIVED) as house:
        records, act = house.records, ("orla", RECEIVED)
        records.record_step(Reference(only), Step.SENT_TO_PANEL, RECEIVED.date(), *act, words=Private("by hand"))
        records.add_note(Reference(only), Private("rang the school"), *act)
        for link in records.links_to_judge():
            records.judge_link(link.id, LinkVerdict.ACCEPTED, "orla", "the same file", RECEIVED)
    assert export(config, tmp_path / "given", only, *ACT) == 0
    way = json.loads((tmp_path / "given" / f"{only}-way.json").read_text())
    assert [(step["step"], step["day"], step["words"]) for step in way["steps"]] == [
        ("sent-to-panel", "2026-11-16", "by hand")
    ]
    assert [note["note"] for note in way["notes"]] == ["rang the school"]
    assert [(link["kind"], link["verdict"], link["reason"]) for link in way["links"]] == [
        ("resubmission", "accepted", "the same file")
    ]


@pytest.mark.parametrize(
    ("typed", "code", "says"),
    [
        ("Nobody Atall\n1 May 2011\n", 1, "Nothing is found by that name and date"),
        ("Nobody Atall\nsome time in May\n", 1, "Nothing is found by that name."),
        ("\n\n", 2, "needs a name"),
    ],
)
def test_who_is_not_found_gets_no_folder(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    typed: str,
    code: int,
    says: str,
) -> None:
    """A child nobody referred, or a date of birth that is none, writes nothing."""
    config = lived_in(tmp_path / "house", [referral()])
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    assert export(config, tmp_path / "given", *ACT) == code
    told = capsys.readouterr()
    assert says in told.out + told.err
    assert not (tmp_path / "given").exists()


def test_it_is_refused_without_name_reason_terminal_or_an_empty_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is written over, nobody exports namelessly, and no child's name comes from a pipe."""
    config = lived_in(tmp_path / "house", [referral()])
    assert export(config, tmp_path / "given") == 2
    assert export(config, tmp_path / "given", *ACT) == 2
    assert export(config, tmp_path / "given", "SSCP-2026-0000", *ACT) == 2
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").touch()
    assert export(config, tmp_path / "full", *ACT) == 2
    told = capsys.readouterr().err
    assert all(says in told for says in ("--by and --reason", "on a terminal", "no such case", "not an empty folder"))


def rest(records: SqlRecords) -> None:
    """Close every exception and end every letter there is."""
    for row in records.exception_rows():
        records.close_exception(row["id"], "orla", "done", RECEIVED)
    for letter in records.due_letters(RECEIVED, 10):
        records.letter_sent(letter.id, "250 taken", RECEIVED)


def given(config: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, typed: str) -> set[str]:
    """Ask for a child on the terminal; return the names of what was written."""
    monkeypatch.setattr("sys.stdin", Terminal(typed))
    assert export(config, folder, *ACT) == 0
    return {path.name for path in folder.iterdir()}


def test_a_form_in_an_email_that_waits_is_found_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A form typed into a held mail is no case: its child is found all the same, until the message is erased."""
    config = lived_in(tmp_path / "house", [mail(TYPED, sender=SENDER)])
    message = "m-1"
    child = f"{CHILD['child.name']}\n{CHILD['child.dob']}\n"
    names = given(config, tmp_path / "given", monkeypatch, child)
    assert names == {"README.txt", *(f"{message}{part}.json" for part in ("", "-letters", "-acts", "-log"))}
    assert CHILD["child.name"] in (tmp_path / "given" / f"{message}.json").read_text()
    with opened(load(config, {}), lambda: RECEIVED) as house:
        rest(house.records)
        house.records.move_by_person(MessageId(message), Stage.SET_ASIDE, "orla", "no referral", RECEIVED)
    assert f"{message}.json" in given(config, tmp_path / "again", monkeypatch, child)
    with opened(load(config, {}), lambda: RECEIVED) as house:
        house.records.erase_message(MessageId(message), "orla", "due", RECEIVED)
        house.vault().erase(MessageId(message))
    monkeypatch.setattr("sys.stdin", Terminal(child))
    assert export(config, tmp_path / "gone", *ACT) == 1
    assert export(config, tmp_path / "gone", message, *ACT) == 2
    assert "is erased" in capsys.readouterr().err
    assert main(["verify", "--config", str(config)]) == 0


def test_a_child_without_a_date_of_birth_is_found_by_name_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is said that it was by name alone; with another day, what the name alone finds is named and not given."""
    config = lived_in(tmp_path / "house", [referral()])
    (only,) = references(config, capsys)
    assert f"{only}.json" in given(config, tmp_path / "given", monkeypatch, f"{CHILD['child.name']}\n\n")
    assert "by name alone" in capsys.readouterr().out
    monkeypatch.setattr("sys.stdin", Terminal(f"{CHILD['child.name']}\n1 May 1999\n"))
    assert export(config, tmp_path / "other", *ACT) == 1
    assert f"By the name alone there is also {only}" in capsys.readouterr().out


def test_letters_reasons_and_looks_are_given_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """To which organisation a letter went, why an exception was closed, and who saw the case or the whole register."""
    config = lived_in(tmp_path / "house", [referral()])
    (only,) = references(config, capsys)
    with opened(load(config, {}), lambda: RECEIVED) as house:
        records = house.records
        with records.store.writing() as connection:
            open_all(connection, "m-1", [ExceptionItem("invented", Severity.TODAY)], RECEIVED)
            records.store.log(connection, RECEIVED, "invented", "invented", message="m-1", there="registered")
        (one,) = [row for row in records.exception_rows() if row["code"] == "invented"]
        records.close_exception(one["id"], "orla", "rang the sender", RECEIVED)
        records.note_act("looked", "case", "dot", RECEIVED, case=only)
        records.note_reveal("register", "rae", RECEIVED)
    assert export(config, tmp_path / "given", only, *ACT) == 0
    letters = json.loads((tmp_path / "given" / f"{only}-letters.json").read_text())
    assert [(letter["kind"], letter["to"]) for letter in letters] == [("acknowledgement", ["gmp.example"])]
    said = json.loads((tmp_path / "given" / f"{only}-acts.json").read_text())
    assert ("invented", "orla") in {(one["code"], one["closed_by"]) for one in said["exceptions"]}
    acts = {(act["event"], act["by"], act["reason"]) for act in said["acts"]}
    assert acts == {
        ("exception-closed", "orla", "rang the sender"), ("looked", "dot", None), ("revealed", "rae", None),
        ("case-disclosed", "Orla Example", "asked by the family"),
    }  # fmt: skip


def test_a_search_is_on_record_whatever_it_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who searched, how, and how much was found; not for whom."""
    config = lived_in(tmp_path / "house", [referral()])
    monkeypatch.setattr("sys.stdin", Terminal("Nobody Atall\n1 May 2011\n"))
    assert export(config, tmp_path / "given", *ACT) == 1
    with opened(load(config, {})) as house:
        (line, *_), _ = house.records.trail(1)
    assert (line["event"], line["why"]) == ("subject-searched", "by-name-and-birth")
    assert line["details"] == {"by": "Orla Example", "found": "0"}


def test_what_an_older_program_wrote_is_indexed_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store without the index is found by name after the first opening."""
    config = lived_in(tmp_path / "house", [referral()])
    (only,) = references(config, capsys)
    with opened(load(config, {})) as house, house.records.store.writing() as connection:
        connection.execute(delete(subject_index))
        connection.execute(delete(health))
        house.records.store.log(connection, RECEIVED, "invented", "invented")
    assert f"{only}.json" in given(config, tmp_path / "given", monkeypatch, f"{CHILD['child.name']}\n\n")
    assert main(["verify", "--config", str(config)]) == 0

"""``intake export-subject``: all of a child's case in a folder only its owner reads; the giving is on record."""

import io
import json
from pathlib import Path

import pytest

from intake.__main__ import main
from intake.domain.case import Reference
from intake.domain.case_file import LinkVerdict
from intake.domain.case_way import Step
from intake.domain.private import Private
from intake.programs.opening import opened
from intake.settings.loading import load
from tests.builders.forms import CHILD
from tests.builders.lived_in import RECEIVED, late_referral, lived_in, referral

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
    assert names == {"README.txt", f"{first}.json", f"{first}-way.json", f"{first}-log.json", "m-1.eml"}
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
        ("Nobody Atall\n1 May 2011\n", 1, "No case is found"),
        ("Nobody Atall\nsome time in May\n", 2, "a whole date of birth"),
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

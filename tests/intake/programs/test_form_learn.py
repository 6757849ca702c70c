"""``intake form learn``: the draft on standard output, the list on standard error, and the exit codes."""

import tomllib
from pathlib import Path

import pytest

from intake.__main__ import main
from intake.programs.form_learn import NOT_READ, told
from parsers.contract import Draft, Kind, Refusal
from tests.builders.forms import blank_docx, library


def test_a_blank_is_drafted_behind_the_wall(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command's output is the sheet and nothing else; how much was placed, and what is left, is told beside it."""
    form = tmp_path / "blank.docx"
    form.write_bytes(blank_docx())
    assert main(["form", "learn", str(form)]) == 0
    out, err = capsys.readouterr()
    sheet = tomllib.loads(out)
    assert sheet["title"] == "Referral for a Child Safeguarding Practice Review"
    assert sum(len(section.get("questions", ())) for section in sheet["sections"]) == 41
    assert "41 of 41 questions placed; 2 sections not read" in err


def test_out_writes_the_draft_and_names_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --out the file holds the draft, its key is the file's name, and standard output stays empty."""
    form, out = tmp_path / "blank.docx", tmp_path / "panel-2026.toml"
    form.write_bytes(blank_docx())
    assert main(["form", "learn", str(form), "--out", str(out)]) == 0
    assert tomllib.loads(out.read_text(encoding="utf-8"))["key"] == "panel-2026"
    assert capsys.readouterr().out == ""


def test_a_file_that_is_there_is_never_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A sheet that somebody may have placed by hand stays as it is: misuse, exit code 2."""
    form, out = tmp_path / "blank.docx", tmp_path / "mine.toml"
    form.write_bytes(blank_docx())
    out.write_text("mine", encoding="utf-8")
    assert main(["form", "learn", str(form), "--out", str(out)]) == 2
    assert out.read_text(encoding="utf-8") == "mine"
    assert "is there already" in capsys.readouterr().err


@pytest.mark.parametrize("answer", [Refusal(code="time"), Draft(kind=Kind.PDF, unreadable="time")])
def test_what_cannot_be_read_says_why_by_a_code(answer: Draft | Refusal, capsys: pytest.CaptureFixture[str]) -> None:
    """No draft, the code on standard error, exit code 1."""
    assert told(answer, library(), out=None) == NOT_READ == 1
    assert capsys.readouterr() == ("", "Could not be read: time\n")


def test_a_missing_file_is_misuse(tmp_path: Path) -> None:
    """A file that is not there is exit code 2."""
    assert main(["form", "learn", str(tmp_path / "none.docx")]) == 2

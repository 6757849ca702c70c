"""``intake unlock``: a password typed on the terminal opens a locked form, and is kept nowhere."""

import sys
from pathlib import Path

import pytest

from intake.__main__ import main
from intake.programs import unlock
from intake.programs.advance import advance_once
from intake.programs.opening import opened
from intake.settings.loading import load
from tests.builders.forms import FilledForm, to_docx
from tests.builders.lived_in import RECEIVED, SENDER, lived_in, referral
from tests.builders.locked import PASSWORD, locked_word, locked_zip
from tests.builders.mails import docx_attachment, mail

LOCKS = {
    "word": lambda form: docx_attachment(locked_word(form)),
    "zip": lambda form: docx_attachment(locked_zip(("form.docx", form))),
}


def held(folder: Path, lock: str = "word") -> Path:
    """Give records with one mail whose form is locked."""
    return lived_in(folder, [mail("A referral.", LOCKS[lock](to_docx(FilledForm())), sender=SENDER)])


def types(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    """Have a person at a terminal type this."""
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    monkeypatch.setattr(unlock, "getpass", lambda _prompt: words)


def stage_and_cases(config: Path) -> tuple[str, int]:
    """Walk as far as the machine may; return where the message stands and how many cases there are."""
    with opened(load(config, {}), lambda: RECEIVED) as house:
        advance_once(house.world(), house.settings, lambda: RECEIVED)
        (row,) = house.records.log_rows()
        return row["stage"], len(house.records.register_rows(reveal=False, by="test", now=RECEIVED))


@pytest.mark.parametrize("lock", sorted(LOCKS))
def test_the_right_password_sends_the_form_on_its_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lock: str
) -> None:
    """It is registered once, in a person's name; the password is in no file, line or output of ours."""
    config = held(tmp_path, lock)
    assert stage_and_cases(config) == ("held", 0)
    types(monkeypatch, PASSWORD)
    assert main(["unlock", "m-1", "--by", "orla", "--config", str(config)]) == 0
    assert stage_and_cases(config) == ("registered", 1)
    shown = "".join(capsys.readouterr())
    assert PASSWORD not in shown
    assert not [file for file in tmp_path.rglob("*") if file.is_file() and PASSWORD.encode() in file.read_bytes()]
    assert main(["unlock", "m-1", "--by", "orla", "--config", str(config)]) == 2


def test_a_wrong_password_changes_nothing_but_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says so, ends with 1, and the message stays held."""
    config = held(tmp_path)
    types(monkeypatch, "another invented one")
    assert main(["unlock", "m-1", "--by", "orla", "--config", str(config)]) == 1
    assert "opens nothing" in capsys.readouterr().out
    assert stage_and_cases(config) == ("held", 0)


@pytest.mark.parametrize("typed", ["", "x" * 256])
def test_a_password_that_cannot_be_one_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str) -> None:
    """Empty or longer than crosses the wall: refused before anything is read."""
    config = held(tmp_path)
    types(monkeypatch, typed)
    assert main(["unlock", "m-1", "--by", "orla", "--config", str(config)]) == 2


def test_without_a_terminal_or_a_name_nothing_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No password comes through a pipe, and nobody unlocks without a name."""
    config = held(tmp_path)
    types(monkeypatch, PASSWORD)
    assert main(["unlock", "m-1", "--config", str(config)]) == 2
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False)
    assert main(["unlock", "m-1", "--by", "orla", "--config", str(config)]) == 2


@pytest.mark.parametrize("wrong", ["m-1", "m-9"])
def test_what_is_not_locked_or_not_there_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    """A registered message, or none at all, asks for no password."""
    config = lived_in(tmp_path, [referral()])
    types(monkeypatch, PASSWORD)
    assert main(["unlock", wrong, "--by", "orla", "--config", str(config)]) == 2

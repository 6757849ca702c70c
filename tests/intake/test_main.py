"""The command line tells what went wrong in a line, by the right exit code, and never by a traceback."""

import os
import subprocess
import sys
from argparse import Namespace
from pathlib import Path
from typing import NoReturn

import pytest

from intake import __main__ as command_line
from intake.errors import BrokenPromise, ConfigFault, Misconfigured, Unavailable
from intake.programs.commands import COMMANDS, Command, chosen

CANARY = "Quillfeather Examplechild"
BARE = next(command for command in COMMANDS if command.bare and command.words == "form blank")


def ends(monkeypatch: pytest.MonkeyPatch, fault: BaseException) -> int:
    """Run a command that ends in ``fault``; return the exit code."""

    def command(options: Namespace) -> NoReturn:
        raise fault

    monkeypatch.setattr(Command, "load", lambda _: command)
    return command_line.main(["form", "blank", "a-sheet", "-o", "blank.docx"])


def test_every_fault_of_the_configuration_is_told_on_its_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A broken configuration exits 2 with ``file: place: what`` for each fault, on stderr."""
    faults = [ConfigFault("intake.toml", "mailbox[0].port", "too big"), ConfigFault("agencies.toml", "", "not TOML")]
    assert ends(monkeypatch, Misconfigured(faults)) == 2
    assert capsys.readouterr() == ("", "intake.toml: mailbox[0].port: too big\nagencies.toml: not TOML\n")


def test_what_is_away_is_named_and_may_be_tried_again(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A server that is away exits 75 with one clear line."""
    assert ends(monkeypatch, Unavailable("imap", "timed-out")) == 75
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "intake: imap unavailable: timed-out; nothing is lost, try again\n"


@pytest.mark.parametrize("fault", [ValueError(CANARY), RuntimeError(CANARY), KeyError(CANARY), AssertionError(CANARY)])
def test_a_fault_of_ours_is_an_apology_without_its_words(
    fault: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever goes wrong inside, the user sees one line with a code, and not a word of what was being worked on."""
    assert ends(monkeypatch, fault) == 70
    logged, told = capsys.readouterr().err.splitlines()
    code = told.partition("code ")[2].partition(";")[0]
    assert len(code) == 8
    assert code in logged
    assert "Quillfeather" not in logged + told
    assert "Traceback" not in logged + told


def test_a_broken_promise_is_named_by_its_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Which promise of the program did not hold is a code, and may be shown."""
    assert ends(monkeypatch, BrokenPromise("original-missing")) == 70
    assert "(original-missing)" in capsys.readouterr().err


def test_ctrl_c_ends_quietly(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """An interrupted command says nothing and exits 130."""
    assert ends(monkeypatch, KeyboardInterrupt()) == 130
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["no-such-command"],
        ["form"],
        ["form", "try"],
        ["log", "--no-such-option"],
        ["demo", "--port", "many"],
        ["log", "--js"],
    ],
)
def test_misuse_is_told_with_the_usage(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong call exits 2 and shows how it is called; a shortened option is a wrong call too."""
    assert command_line.main(words) == 2
    assert "usage: intake" in capsys.readouterr().err


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.words)
def test_config_may_stand_before_or_after_the_command(command: Command) -> None:
    """``--config`` is understood on every command, on either side of it."""
    words = command.words.split() + [
        word
        for option in command.options
        if not option.flags[0].startswith("--") or option.how.get("required")
        for word in _filled(option.flags)
    ]
    for arguments in (["--config", "a.toml", *words], [*words, "--config", "a.toml"]):
        options = command_line.parser().parse_args(arguments)
        assert options.config == Path("a.toml")
        assert chosen(options) is command
    assert command_line.parser().parse_args(words).config is None


def _filled(flags: tuple[str, ...]) -> list[str]:
    return [flags[0], "x"] if flags[0].startswith("-") else ["x"]


def test_help_is_told_without_the_heavy_libraries() -> None:
    """Asking for help, or mistyping, loads no database, mail, form or settings library."""
    heavy = (
        "sqlalchemy",
        "pydantic",
        "imapclient",
        "structlog",
        "rich",
        "lxml",
        "docx",
        "reportlab",
        "msgspec",
        "jinja2",
    )
    code = (
        "import sys; from intake.__main__ import main; main(['--help']);"
        f"print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_without_a_configuration_the_places_looked_at_are_named(tmp_path: Path) -> None:
    """The real program in an empty folder says where it looked, exits 2, and shows no traceback."""
    done = subprocess.run(
        [sys.executable, "-m", "intake", "--config", str(tmp_path / "none.toml"), "log"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "none.toml" in done.stderr


def test_a_reader_that_leaves_is_no_fault() -> None:
    """``intake ... | head`` ends as programs do whose reader has gone: silently."""
    code = (
        "import sys; from intake.__main__ import main; from intake.programs.commands import Command;"
        "Command.load = lambda _: lambda options: print('x' * 100_000) or 0;"
        "sys.exit(main(['form', 'blank', 'x', '-o', 'x']))"
    )
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([sys.executable, "-c", code], stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (141, "")

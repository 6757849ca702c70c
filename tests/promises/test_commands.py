"""Every command of the table can be called: its function is there, takes what it is given and says how it ended."""

import inspect
from argparse import Namespace

import pytest

from intake.programs.commands import COMMANDS, LOOKING, MAILBOX, POST, Command

PROMISED = {
    "demo": {"--once", "--port"},
    "run": {"--once"},
    "watch": {"--once"},
    "advance": {"--once"},
    "post": {"--once"},
    "report": {"--once", "--print"},
    "log": {"--json"},
    "register": {"--json", "--reveal", "--csv", "--xlsx"},
    "exceptions": {"--json", "--close", "--by", "--reason"},
    "outbox": {"--json", "--release", "--by", "--reason"},
    "why": set(),
    "form try": {"--json"},
    "form blank": {"-o"},
    "check-config": {"--connect"},
    "verify": {"--json", "--head"},
}
"""Commands and options of the interface that belong to this version; more are welcome, fewer are not."""


def test_every_promised_command_is_there_with_its_options() -> None:
    """Programs of others drive us by these names, so none goes missing."""
    there = {command.words: {flag for option in command.options for flag in option.flags} for command in COMMANDS}
    missing = [words for words, options in PROMISED.items() if words not in there or options - there[words]]
    assert missing == []


def test_no_command_is_there_twice() -> None:
    """One name, one command."""
    assert len({command.words for command in COMMANDS}) == len(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.words)
def test_each_commands_function_takes_what_it_is_given(command: Command) -> None:
    """Its module imports, and its function takes the options, and the settings where it is configured; gives a code."""
    signature = inspect.signature(command.load(), eval_str=True)
    wanted = ["options"] if command.bare else ["options", "settings"]
    assert list(signature.parameters) == wanted
    assert signature.parameters["options"].annotation is Namespace
    assert signature.return_annotation is int


def test_each_program_holds_its_own_servers_secret_alone() -> None:
    """What reads forms or records needs no server's secret at hand to start."""
    needed = {command.words: command.secrets for command in COMMANDS if command.secrets}
    assert needed == {"run": MAILBOX | POST, "watch": MAILBOX, "post": POST | LOOKING, "report": POST}

"""The command line: ``intake ...`` or ``python -m intake ...`` (see :mod:`intake.programs.commands` for what there is).

Exit codes: 0 done; 1 something was found; 2 misuse or misconfiguration; 70 a fault of ours; 75 something outside is
away, try again; 130 interrupted; 141 nobody reads on.
"""

import os
import sys
from argparse import SUPPRESS, ArgumentParser, Namespace
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path

from intake.errors import BrokenPromise, Misconfigured, Unavailable
from intake.programs.commands import COMMANDS, Command, chosen

MISUSED = 2
OUR_FAULT = 70
TRY_AGAIN = 75
INTERRUPTED = 130
NOBODY_READS = 141

GROUPS = {
    "form": "read a filled form, draft a sheet from a blank one, or make a blank",
    "retention": "review, hold and erase what is on record",
    "user": "who may sign in to the staff pages",
    "keys": "make the key ring, add a key to it, or list its keys",
}
"""First words of commands of two words, with their line of help."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do one command and return its exit code; what goes wrong is told on stderr, a line each, never as a traceback."""
    try:
        code = _told(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # the reader has gone (`intake log | head`); give Python's own flush at exit somewhere harmless to go
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOBODY_READS
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


def _told(arguments: Sequence[str] | None) -> int:
    try:
        _speak_utf8()
        options = parser().parse_args(arguments)
        return _do(chosen(options), options)
    except SystemExit as done:  # argparse has said what there is to say
        return done.code if isinstance(done.code, int) else MISUSED
    except Misconfigured as wrong:
        for fault in wrong.faults:
            _complain(str(fault))
        return MISUSED
    except Unavailable as away:
        _complain(f"intake: {away}; nothing is lost, try again")
        return TRY_AGAIN
    except (BrokenPipeError, KeyboardInterrupt):
        raise
    except Exception as fault:  # noqa: BLE001 - the last place; its text could carry a stranger's words, so it is not shown
        return _apologise(fault)


def _do(command: Command, options: Namespace) -> int:
    from intake.edges import operations_log
    from intake.settings.program import Log

    if command.bare:
        operations_log.configure(Log())
        return command.load()(options)
    from intake.settings.loading import load

    settings = load(options.config, os.environ, secrets=command.secrets)
    operations_log.configure(settings.program.log)
    return command.load()(options, settings)


def _apologise(fault: Exception) -> int:
    """Say sorry in one line; where it went wrong goes to the operations log under the same code."""
    from intake.edges import operations_log

    code = operations_log.tell_fault("command-failed", fault)
    what = f" ({fault.promise})" if isinstance(fault, BrokenPromise) else ""
    _complain(f"intake: sorry, this is a fault of the program{what}: code {code}; the operations log says where")
    return OUR_FAULT


def parser() -> ArgumentParser:
    """Return the parser of every command; ``--config`` may stand before or after the command."""
    top = ArgumentParser(
        prog="intake", allow_abbrev=False, description="Secure email intake for safeguarding referrals."
    )
    usual = "the configuration (else INTAKE_CONFIG, else config/intake.toml, else /etc/sscp-intake/intake.toml)"
    top.add_argument("--config", type=Path, metavar="FILE", default=None, help=usual)
    words = top.add_subparsers(title="commands", metavar="COMMAND", required=True)
    groups = {}
    for command in COMMANDS:
        first, _, second = command.words.partition(" ")
        if not second:
            _complete(words.add_parser(first, allow_abbrev=False, help=command.says, description=command.says), command)
            continue
        if first not in groups:
            group = words.add_parser(first, help=GROUPS[first], description=GROUPS[first])
            groups[first] = group.add_subparsers(title="commands", metavar="COMMAND", required=True)
        one = groups[first].add_parser(second, allow_abbrev=False, help=command.says, description=command.says)
        _complete(one, command)
    return top


def _complete(one: ArgumentParser, command: Command) -> None:
    one.add_argument("--config", type=Path, metavar="FILE", default=SUPPRESS, help="the configuration")
    for option in command.options:
        one.add_argument(*option.flags, help=option.says, **option.how)
    one.set_defaults(command=command)


def _speak_utf8() -> None:
    """Programs that read us get UTF-8 whatever the locale; a terminal gets what it can show."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _complain(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def program() -> int:
    """Do the command of this process, which from then on keeps what it knows to itself."""
    from intake.edges.own_process import keep_to_itself

    keep_to_itself()
    return main()


if __name__ == "__main__":
    sys.exit(program())

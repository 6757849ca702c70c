"""The commands there are, as data: words, a line of help, options, and the function that does it, imported when asked.

Each function takes the parsed options and, where the command needs a configuration, the settings; it returns the exit
code. The order here is the order of ``intake --help``.
"""

from argparse import Namespace
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from intake.domain.stages import PEOPLES_WAYS

NO_SECRETS: frozenset[str] = frozenset()
WAYS = tuple(sorted({way.value for ways in PEOPLES_WAYS.values() for way in ways}))
"""Where people may send a message: on with what was read, to be tried again, or set aside."""
MAILBOX = frozenset({"mailbox"})
POST = frozenset({"post"})
LOOKING = frozenset({"sent"})
"""The mailbox's secret for the one program that looks a letter in doubt up, and only where a folder is named for it."""


@dataclass(frozen=True, slots=True)
class Option:
    """One argument of a command as argparse takes it; ``how`` are its keywords."""

    flags: tuple[str, ...]
    says: str
    how: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Command:
    """One command. ``secrets`` are the tables of ``intake.toml`` whose secrets must be at hand for it."""

    words: str
    says: str
    function: str
    """``module:name`` under :mod:`intake.programs`."""
    options: tuple[Option, ...] = ()
    bare: bool = False
    """True for what works without a configuration: its function takes the options alone."""
    secrets: frozenset[str] = NO_SECRETS

    def load(self) -> Callable[..., int]:
        """Import the function: ``(options, settings) -> exit code``, or ``(options)`` where ``bare``."""
        module, _, name = self.function.partition(":")
        function: Callable[..., int] = getattr(import_module(f"intake.programs.{module}"), name)
        return function


def flag(name: str, says: str) -> Option:
    """Return an option that is there or not."""
    return Option((name,), says, {"action": "store_true"})


def file(name: str, says: str) -> Option:
    """Return an option that names a file to write."""
    return Option((name,), says, {"type": Path, "metavar": "FILE", "default": None})


ONCE = flag("--once", "do all there is to do now, then end")
JSON = flag("--json", "for programs: JSON instead of a table")
PORT = Option(("--port",), "where the demo's mailbox listens (default: a free port)", {"type": int, "metavar": "N"})
ID = Option(("id",), "a message's id (m-...) or a case's reference", {"metavar": "ID"})
FORM = Option(("file",), "a referral form: .docx, .pdf ...", {"type": Path, "metavar": "FILE"})
SHEET = Option(("sheet",), "a form sheet's key, as in config/forms/", {"metavar": "SHEET"})
BLANK = Option(("file",), "a blank form: .docx, .pdf ...", {"type": Path, "metavar": "BLANK"})
DRAFT = file("--out", "write the draft to this file instead")
OUT = Option(("-o", "--output"), "the .docx or .pdf to write", {"type": Path, "metavar": "FILE", "required": True})
CSV = file("--csv", "write the register as CSV")
XLSX = file("--xlsx", "write the register as an Excel workbook")
REVEAL = flag("--reveal", "show what the forms say; that you did is written down")
PRINT = flag("--print", "print the report instead of sending it")
CLOSE = Option(("--close",), "close this exception, with --by and --reason", {"type": int, "metavar": "NUMBER"})
RELEASE = Option(
    ("--release",), "let this waiting letter go, with --by and --reason", {"type": int, "metavar": "LETTER"}
)
WITHDRAW = Option(
    ("--withdraw",), "never send this waiting letter, with --by and --reason", {"type": int, "metavar": "LETTER"}
)
BY = Option(("--by",), "who decides", {"metavar": "NAME"})
REASON = Option(("--reason",), "why; kept sealed", {"metavar": "TEXT"})
MESSAGE = Option(("id",), "a message's id (m-...)", {"metavar": "ID"})
TO = Option(("--to",), "where it goes; on with what was read: parsed", {"choices": WAYS, "default": "parsed"})
DRY_RUN = flag("--dry-run", "show what would change; write no reading")
DRY_RUN_ERASE = flag("--dry-run", "show what would be erased; erase nothing")
APPLY = flag("--apply", "write what changed as the newest reading; the old one is kept")
SINCE = Option(("--since",), "only what was received from this day on", {"metavar": "YYYY-MM-DD", "default": None})
OF_SHEET = Option(
    ("--sheet",), "only forms that were read by this sheet ('none': by no sheet)", {"metavar": "SHEET", "default": None}
)
SUBJECT = Option(
    ("reference",),
    "a case's reference or a message's id; without it the child is asked for",
    {"metavar": "ID", "nargs": "?"},
)
INTO = Option(("--out",), "an empty folder to write into", {"type": Path, "metavar": "DIR", "required": True})
ORIGINALS = flag("--originals", "with the mails themselves, other people's data and all")
ALL = flag("--all", "also what is not due yet")
HEAD = Option(
    ("--head",), "a head that a nightly report printed: '22 af4991ce9eee'", {"metavar": "HEAD", "default": None}
)
NAME = Option(("name",), "what somebody signs in with", {"metavar": "NAME"})
ROLE = Option(("--role",), "reviewer, manager, auditor, administrator; several with commas", {"metavar": "ROLES"})
FOLDER = Option(("folder",), "a folder", {"type": Path, "metavar": "DIR"})
CONNECT = flag("--connect", "also try to log in to the mail servers")

COMMANDS: tuple[Command, ...] = (
    Command("demo", "the whole main job on invented mails", "demo.command:command", (ONCE, PORT), bare=True),
    Command(
        "run", "watch, advance, post, serve and report in one process", "run:command", (ONCE,), secrets=MAILBOX | POST
    ),
    Command("watch", "take new mail into the records", "services:watch", (ONCE,), secrets=MAILBOX),
    Command("advance", "screen, read, check and register what was taken in", "services:advance", (ONCE,)),
    Command("post", "send the letters that wait", "services:post", (ONCE,), secrets=POST | LOOKING),
    Command("report", "send the nightly exception report", "services:report", (ONCE, PRINT), secrets=POST),
    Command("serve", "the staff pages, on this machine", "serve:command"),
    Command("log", "every message and where it stands", "show_log:command", (JSON,)),
    Command("register", "the case register", "show_register:command", (JSON, REVEAL, CSV, XLSX)),
    Command("exceptions", "what waits for a person", "show_exceptions:command", (JSON, CLOSE, BY, REASON)),
    Command(
        "outbox", "the letters and whether they went", "show_outbox:command", (JSON, RELEASE, WITHDRAW, BY, REASON)
    ),
    Command("why", "one message's story, leg by leg, without a name in it", "why:command", (ID,)),
    Command("release", "let a waiting message go on, by name", "release:command", (MESSAGE, TO, BY, REASON)),
    Command("unlock", "open a locked form with its password", "unlock:command", (MESSAGE, BY)),
    Command(
        "reread",
        "read stored forms again with today's sheets",
        "reread:command",
        (DRY_RUN, APPLY, SINCE, OF_SHEET, JSON, REVEAL),
    ),
    Command("form try", "what would be read from a form", "form_try:command", (FORM, JSON), bare=True),
    Command("form learn", "draft a sheet from a blank form", "form_learn:command", (BLANK, DRAFT), bare=True),
    Command("form blank", "make the blank form from its sheet", "form_blank:command", (SHEET, OUT), bare=True),
    Command("check-config", "every fault of the configuration", "check_config:command", (CONNECT,), bare=True),
    Command("keys new", "make the key ring of an empty store", "keys:new"),
    Command("keys rotate", "a new key; every original wrapped with it", "keys:rotate"),
    Command("keys list", "the keys and what they wrap", "keys:show", (JSON,)),
    Command("user add", "let somebody into the staff pages", "user:add", (NAME, ROLE)),
    Command("user list", "who may sign in", "user:show", (JSON,)),
    Command("user disable", "close an account", "user:disable", (NAME,)),
    Command("backup", "a consistent copy, verified; without the keys", "backup:command", (FOLDER,)),
    Command("restore", "put a copy where nothing is yet, verified", "restore:command", (FOLDER,)),
    Command("retention review", "what is due to be looked at", "retention:review", (ALL, JSON)),
    Command("retention apply", "erase what was no referral and is due", "retention:apply", (DRY_RUN_ERASE, BY, REASON)),
    Command("retention erase", "erase a case or a message for good", "retention:erase", (ID, BY, REASON)),
    Command("retention hold", "forbid erasing a case or a message", "retention:hold", (ID, BY, REASON)),
    Command("retention lift", "lift the hold on a case or a message", "retention:lift", (ID, BY, REASON)),
    Command(
        "export-subject",
        "all that is on record about a child, for an access request",
        "export_subject:command",
        (SUBJECT, INTO, ORIGINALS, BY, REASON),
    ),
    Command("verify", "the log, its anchors, every row, seal and original", "verify:command", (JSON, HEAD)),
)


def chosen(options: Namespace) -> Command:
    """Return the command the parsed options ask for."""
    command: Command = options.command
    return command

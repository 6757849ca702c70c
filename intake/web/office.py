"""What the pages work with, handed in by the program that serves them."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from flask import current_app

from intake.domain.message import Message, MessageId
from intake.domain.private import Private
from intake.edges.single_sign_on import Provider
from intake.records import SqlRecords
from intake.report.nightly import Night
from intake.settings import Settings
from intake.web.rates import Rate

EXTENSION = "intake-office"


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong with the configuration's files as they are now, what is unwise, and whether they are in force."""

    faults: tuple[str, ...]
    warnings: tuple[str, ...]
    is_in_force: bool


@dataclass(frozen=True, slots=True)
class Office:
    """The records, the originals and what only the reader can do. ``secret`` signs the tokens of forms."""

    settings: Settings
    records: SqlRecords
    clock: Callable[[], datetime]
    original: Callable[[MessageId], bytes]
    unlock: Callable[[Message, Private, str], str | None]
    """Read a held message again with a password, in somebody's name; the code of why it stays shut, or None."""
    night: Callable[[datetime], Night]
    """Gather what the nightly report would say now."""
    checked: Callable[[], Checked]
    """Check the configuration's files as they are now."""
    secret: str
    sign_on: Provider | None = None
    tries: Rate = field(default_factory=lambda: Rate(most=20, seconds=300.0, clock=time.monotonic))
    """Sign-ins by one address; an account's own lock stands beside it."""
    unlocks: Rate = field(default_factory=lambda: Rate(most=30, seconds=600.0, clock=time.monotonic))
    """Passwords of locked files typed by one person: enough for slips, too few for guessing."""
    searches: Rate = field(default_factory=lambda: Rate(most=60, seconds=600.0, clock=time.monotonic))
    """Children searched for by one person: enough for a morning's letters, too few for a list of names."""
    refusals: Rate = field(default_factory=lambda: Rate(most=1, seconds=60.0, clock=time.monotonic))
    """Refusals of one page to one person that are written down."""


def office() -> Office:
    """Return the office of the request at hand."""
    return cast("Office", current_app.extensions[EXTENSION])

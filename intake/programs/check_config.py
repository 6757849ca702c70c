"""``intake check-config``: every fault of the configuration at once, and what is unwise; ``--connect`` logs in."""

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from functools import partial

from intake.edges.clock import SystemClock
from intake.errors import ConfigFault, Misconfigured, Unavailable
from intake.programs.tables import LONDON
from intake.settings import Settings, places
from intake.settings.ageing import warnings
from intake.settings.loading import load

FOUND = 1
TRY_AGAIN = 75
REFUSED = (
    "login-refused",
    "token-refused",
    "certificate-refused",
    "no-starttls",
    "starttls-not-offered",
    "socket-not-for-us",
    "not-admitted",
    "not-confined",
    "other-release",
)
"""Answers that time alone will not change: a fault of the configuration, here or there."""

ASKED = ("scanner", "reader")
"""Who is asked without a login."""


def command(options: Namespace) -> int:
    """Tell faults on stderr and warnings on stdout, a line each; 1 for faults, 75 for a server that is away."""
    file = places.find(options.config, os.environ)
    try:
        settings = load(file, os.environ)
    except Misconfigured as wrong:
        for fault in wrong.faults:
            sys.stderr.write(f"{fault}\n")
        return FOUND
    for warning in warnings(settings, SystemClock().now().astimezone(LONDON).date()):
        sys.stdout.write(f"{warning} (a warning)\n")
    sys.stdout.write(f"{file}: no faults\n")
    return _tried(settings) if options.connect else 0


def _tried(settings: Settings) -> int:
    """Log in to each server, ask the scanner and the reader in turn; tell of each how it went."""
    codes = [_tell(place, log_in) for place, log_in in _servers(settings)]
    return FOUND if FOUND in codes else max(codes)


def _tell(place: str, log_in: Callable[[], None]) -> int:
    try:
        log_in()
    except Unavailable as away:
        sys.stderr.write(f"{ConfigFault('intake.toml', place, str(away))}\n")
        return FOUND if away.what == "secret" or away.detail.startswith(REFUSED) else TRY_AGAIN
    sys.stdout.write(f"intake.toml: {place}: {'answers' if place in ASKED else 'logged in'}\n")
    return 0


def _servers(settings: Settings) -> Iterator[tuple[str, Callable[[], None]]]:
    from intake.programs.servers import try_mailbox, try_post, try_reader, try_scanner, try_sent_folder

    for index, mailbox in enumerate(settings.program.mailbox):
        yield f"mailbox[{index}]", partial(try_mailbox, mailbox)
    yield "post", partial(try_post, settings.program.post)
    if settings.program.post.sent_folder:
        yield "post.sent_folder", partial(try_sent_folder, settings)
    if settings.program.scanner.clamd:
        yield "scanner", partial(try_scanner, settings)
    if settings.program.reader.socket:
        yield "reader", partial(try_reader, settings)

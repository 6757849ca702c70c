"""The walled program: a small fork server that gives every task a fresh child of its own, and the child to its limits.

``python -m parsers`` with an empty environment and a Unix stream socket as standard input holds one conversation
(parsers.session) and ends with it. ``python -m parsers --listen [PATH]`` holds the same with everyone who may connect
(parsers.listening): at PATH, which it makes for its own user alone, or at the socket that systemd hands to it
(sd_listen_fds(3)). Exit code 2, with a word on stderr, where it cannot listen.
"""

import gc
import importlib
import os
import pkgutil
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final

from parsers import listening, session
from parsers.confine import confine, harden
from parsers.contract import HOLDS
from parsers.terms import shape

MISUSED: Final = 2
IDLE_SECONDS: Final = 60.0
"""After so long without a task a client's place is given free; it comes again with its next."""
_TRIED_SECONDS: Final = 10
_MAX_DESCRIPTOR: Final = 256
_LATE: Final = ("encodings", "email", "msoffcrypto", "asn1crypto", "cryptography.hazmat", "Cryptodome.Cipher", "pypdf")
"""Packages that import parts of themselves only when a file asks for them."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until the trusted side closes its end, or for ever at a socket; return the exit code."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    harden()
    if words[:1] == ["--listen"] and len(words) <= 2:
        return _listen(Path(words[1]) if words[1:] else None)
    if words:
        sys.stderr.write("usage: python -m parsers [--listen [PATH]]\n")
        return MISUSED
    control = socket.socket(fileno=os.dup(0))
    _close_all_but(control)
    session.hold(control, _ready())
    return 0


def _listen(path: Path | None) -> int:
    try:
        listener = listening.handed_over() if path is None else listening.made(path)
    except OSError as fault:
        sys.stderr.write(f"parsers: cannot listen ({type(fault).__name__})\n")
        return MISUSED
    os.environ.clear()
    _close_all_but(listener)
    listening.serve(listener, partial(session.hold, held=_ready(), idle=IDLE_SECONDS))
    return 0


def _close_all_but(ours: socket.socket) -> None:
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.closerange(ours.fileno() + 1, _MAX_DESCRIPTOR)


def _ready() -> int:
    """Import what reading needs, and return what of contract.HOLDS holds a child, a bit for each."""
    _preload()
    return _tried()


def _preload() -> None:
    """Import what libraries would import late, and freeze all of it; a child may open no file."""
    for name in _LATE:
        package = importlib.import_module(name)
        for module in pkgutil.walk_packages(package.__path__, f"{name}.", onerror=lambda _: None):
            with suppress(ImportError, LookupError):  # mbcs and oem are Windows' own; extras that are not installed
                importlib.import_module(module.name)
    shape()
    gc.collect()
    gc.freeze()


def _tried() -> int:
    """Find out what holds by a child that does nothing else."""
    server, child = os.getpid(), os.fork()
    if child == 0:
        held: tuple[str, ...] = ()
        try:
            held = confine(_TRIED_SECONDS, server)
        finally:
            os._exit(sum(1 << HOLDS.index(name) for name in held))
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) & 0xFF


if __name__ == "__main__":
    sys.exit(main())

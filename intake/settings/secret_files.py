"""Where secrets are kept: exactly one place each, there and readable by us, and by nobody else (security.md)."""

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from intake.settings.absolute import CREDENTIALS
from intake.settings.program import MailServer

ANYBODY_ELSE = stat.S_IRWXG | stat.S_IRWXO


def faults(server: MailServer, environ: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield key and fault of each secret of a server; the secret itself is neither read nor quoted."""
    named = [key for key in ("password_file", "password_env", "oauth") if getattr(server, key) is not None]
    if len(named) > 1:
        yield named[1], f"one source is enough: there is {named[0]} already"
    if server.password_file is not None:
        yield from (("password_file", says) for says in _file(server.password_file, environ))
    if server.password_env is not None and not environ.get(server.password_env):
        yield "password_env", "names a variable that is not set"
    if server.oauth is not None:
        yield from ((f"oauth.{key}", says) for key, says in _oauth(server, environ))


def too_open(path: Path, environ: Mapping[str, str]) -> Iterator[str]:
    """Tell of a secret others may read; systemd guards its credentials by a folder of its own instead."""
    handed = environ.get(CREDENTIALS)
    if handed and path.is_relative_to(Path(handed).absolute()):
        return
    mode = path.stat().st_mode
    if mode & ANYBODY_ELSE:
        yield f"others may read or write it (mode {stat.S_IMODE(mode):04o}): chmod 600"


def _file(path: Path, environ: Mapping[str, str]) -> Iterator[str]:
    if not path.is_file():
        yield "is not a file"
    elif not os.access(path, os.R_OK):
        yield "cannot be read by this user"
    else:
        yield from too_open(path, environ)


def _oauth(server: MailServer, environ: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    if server.oauth is None:
        return
    files = {key: getattr(server.oauth, key) for key in ("certificate_file", "client_secret_file")}
    given = {key: path for key, path in files.items() if path is not None}
    if len(given) != 1:
        yield "certificate_file", "give either this or client_secret_file"
    for key, path in given.items():
        yield from ((key, says) for says in _file(path, environ))

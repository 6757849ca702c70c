"""Secrets are read at each use and kept nowhere: a rotated one counts from the next connection on."""

from collections.abc import Mapping
from pathlib import Path

from intake.errors import Unavailable
from intake.settings.program import MailServer

MAX_BYTES = 65_536
"""More than any password, client secret or certificate chain; less than a file named by mistake."""


def read_password(server: MailServer, environ: Mapping[str, str]) -> str | None:
    """Return the password of an IMAP or SMTP server, or None where the configuration names no source of one.

    Raises Unavailable("secret", code) when it was there at the start and is no more.
    """
    if server.password_file is not None:
        return read_secret(server.password_file)
    if server.password_env is None:
        return None
    password = environ.get(server.password_env)
    if not password:
        raise Unavailable("secret", "variable-not-set")
    return password


def read_secret(path: Path) -> str:
    """Return the text of a secret's file without its last line end; raises Unavailable("secret", code)."""
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise Unavailable("secret", "file-missing") from None
    except OSError:
        raise Unavailable("secret", "file-unreadable") from None
    if len(raw) > MAX_BYTES:
        raise Unavailable("secret", "file-too-large")
    try:
        text = raw.decode("utf-8").removesuffix("\n").removesuffix("\r")
    except UnicodeDecodeError:
        raise Unavailable("secret", "not-text") from None
    if not text:
        raise Unavailable("secret", "file-empty")
    return text

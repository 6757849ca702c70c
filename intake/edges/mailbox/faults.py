"""What went wrong at the mail server, as codes: none of its words and none of a library's exceptions pass the edge."""

import imaplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from imapclient.exceptions import ProtocolError

from intake.edges.mailbox.line import TooMuch
from intake.errors import Unavailable

WHAT = "imap"

GARBLED = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)
"""What imaplib and imapclient raise, beside their own, over answers no server should give."""

CODES: tuple[tuple[type[BaseException], str], ...] = (
    (imaplib.IMAP4.readonly, "read-only"),
    (ssl.SSLCertVerificationError, "certificate-refused"),
    (ssl.SSLError, "tls"),
    (TimeoutError, "timeout"),
    (socket.gaierror, "name-not-found"),
    (ConnectionRefusedError, "connection-refused"),
    (OSError, "connection-lost"),
    (TooMuch, "too-much"),
)
"""The first that fits; everything else is ``protocol``."""


class Refused(Exception):
    """The server said no to this one command; the conversation goes on."""


@contextmanager
def mapped(has_left: Callable[[], bool] = lambda: False) -> Iterator[None]:
    """Turn the libraries' and the system's exceptions into Unavailable("imap", code) or :class:`Refused`.

    ``has_left`` tells whether the server has said BYE.
    """
    try:
        yield
    except (OSError, TooMuch, imaplib.IMAP4.abort, ProtocolError, *GARBLED) as fault:
        raise Unavailable(WHAT, "bye" if has_left() else _code(fault)) from None
    except imaplib.IMAP4.error as fault:
        raise _refusal(fault) from None


def _code(fault: BaseException) -> str:
    """Return the code of what lies beneath: imaplib wraps the system's faults in its own."""
    while isinstance(fault, imaplib.IMAP4.abort) and fault.__context__ is not None:
        fault = fault.__context__
    return next((code for kind, code in CODES if isinstance(fault, kind)), "protocol")


def _refusal(fault: imaplib.IMAP4.error) -> Exception:
    """Tell a greeting that is none, which comes as the error's own bytes, from a NO or BAD to a command of ours."""
    if fault.args and isinstance(fault.args[0], bytes) and fault.args[0].startswith(b"*"):
        return Unavailable(WHAT, "bye" if fault.args[0].startswith(b"* BYE") else "protocol")
    return Refused()

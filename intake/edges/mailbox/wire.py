"""imaplib and imapclient over a :class:`Line`, without what they do badly: endless reads, IDLE, STARTTLS, telling logs.

imaplib trusts the size a server announces; imapclient's IDLE overlooks notices that came early, spins on a closed line
and gives up on half a line; both log whole mails at DEBUG. What is overridden here are imaplib's own "overridable
methods" and its STARTTLS.
"""

import imaplib
import logging
import socket
import ssl
import time
from collections.abc import Callable
from typing import Any

from imapclient import IMAPClient

from intake.edges.mailbox.line import Line, dial

logging.getLogger("imapclient").setLevel(logging.CRITICAL + 1)  # its DEBUG lines hold whole mails
STOP_SECONDS = 0.2
"""How soon a wait notices that it should end."""


class Wire(imaplib.IMAP4):
    """imaplib's protocol machine over a limited line."""

    def __init__(self, host: str, port: int, timeout: float, tls: ssl.SSLContext | None) -> None:
        """Connect and hear the greeting; ``tls`` means TLS from the first byte."""
        self._implicit_tls = tls
        self._seconds = timeout
        super().__init__(host, port, timeout)

    def open(self, host: str = "", port: int = 143, timeout: float | None = None) -> None:  # noqa: ARG002 - imaplib's shape
        """Connect."""
        self.host, self.port = host, port
        self._take(dial(host, port, self._seconds, self._implicit_tls))

    def _take(self, sock: socket.socket) -> None:
        self.sock = sock
        self._line = Line(sock, self._seconds)

    def read(self, size: int) -> bytes:
        """Return so many bytes; refuses a size no answer may have before anything is read."""
        return self._line.read(size)

    def readline(self) -> bytes:
        """Return one line."""
        return self._line.readline()

    def send(self, data: Any) -> None:  # noqa: ANN401 - imaplib's shape
        """Send; what is heard from here on is the answer."""
        self._line.send(data)

    def shutdown(self) -> None:
        """Close."""
        self._line.close()

    def starttls(self, ssl_context: Any = None) -> Any:  # noqa: ANN401 - imaplib's shape
        """Speak TLS from here on; refuses where it is not offered, and forgets all that was said in the clear.

        Words that came after the server's consent and before TLS were put there by somebody else: refused.
        """
        if "STARTTLS" not in self.capabilities:
            raise self.abort("no STARTTLS")
        answer = self._simple_command("STARTTLS")
        if answer[0] != "OK":
            raise self.error("STARTTLS refused")
        if self._line.is_ahead:
            raise self.abort("STARTTLS tampered with")
        self.untagged_responses.clear()
        self._take(ssl_context.wrap_socket(self.sock, server_hostname=self.host))
        self._tls_established = True
        self._get_capabilities()
        return answer

    def wait_idle(self, seconds: float, is_over: Callable[[], bool]) -> None:
        """IDLE (RFC 2177) until the server has something to say, at most so many seconds, or until ``is_over``.

        Notices before the server's ``+`` count; a server that says no to IDLE is waited for without it.
        """
        until = time.monotonic() + seconds
        tag = self._command("IDLE")
        heard = self._heard_before_plus(tag)
        while not heard and time.monotonic() < until and not is_over():
            heard = self._hears_news(min(STOP_SECONDS, max(0.0, until - time.monotonic())))
        if self.tagged_commands[tag] is None:
            self.send(b"DONE\r\n")
        self._command_complete("IDLE", tag)

    def _heard_before_plus(self, tag: bytes) -> bool:
        heard = False
        while self._get_response() is not None:
            if self.tagged_commands[tag] is not None:
                raise self.error("IDLE refused")
            heard = True
        return heard

    def _hears_news(self, seconds: float) -> bool:
        """Tell whether a notice came; the server's "still here" is none."""
        if not self._line.is_heard_within(seconds):
            return False
        self._line.expect_answer()
        line = self._get_response()
        self._check_bye()
        return line is not None and not line.startswith(b"* OK")

    def _log(self, line: object) -> None:
        """Keep no log: imaplib would remember the last lines, the password among them."""


class Client(IMAPClient):  # type: ignore[misc]  # imapclient ships no types
    """imapclient's commands and answers over a :class:`Wire`."""

    def __init__(self, host: str, port: int, timeout: float, tls: ssl.SSLContext | None) -> None:
        """Connect; ``tls`` means TLS from the first byte, None that it may follow by STARTTLS."""
        self._implicit_tls = tls
        self._seconds = timeout
        super().__init__(host, port, ssl=tls is not None, ssl_context=tls, timeout=timeout)
        self.wire.debug = 0  # imapclient turns it up: every chunk of a mail would be formatted for a log nobody keeps
        self.normalise_times = False

    @property
    def wire(self) -> Wire:
        """The protocol machine below."""
        wire: Wire = self._imap
        return wire

    def _create_IMAP4(self) -> Wire:  # noqa: N802 - imapclient's name
        return Wire(self.host, self.port, self._seconds, self._implicit_tls)

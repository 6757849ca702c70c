"""smtplib with limits: no reply may be too long or too slow, whatever a server sends.

smtplib reads a reply of many lines for as long as more are announced, and its time-out begins anew with each byte: a
server that talks on, or one byte at a time, would keep the post for ever.
"""

import smtplib
import socket
import time
from typing import cast

MAX_LINES = 100
"""Of one reply; EHLO's, the longest there is, has about twenty."""
PATIENCE = 4
"""A whole reply may take so many time-outs, as at the mailbox."""
AT_A_TIME = 4096


class TooMuch(OSError):
    """The server says more than any reply may hold."""


class Replies:
    """What smtplib reads lines from: a connected socket whose time-out (seconds) holds for each read."""

    def __init__(self, sock: socket.socket) -> None:
        """Read from the socket; it stays its owner's to close."""
        self._sock, self._timeout = sock, float(sock.gettimeout() or 0) or None
        self._buffer = bytearray()
        self.expect_reply()

    def expect_reply(self) -> None:
        """Begin to count lines and time of a reply anew."""
        self._lines = 0
        self._until = time.monotonic() + PATIENCE * self._timeout if self._timeout else None

    def readline(self, most: int) -> bytes:
        """Return a line with its end, or as much as ``most`` bytes or the end of the connection leave of it."""
        self._lines += 1
        if self._lines > MAX_LINES:
            raise TooMuch
        try:
            while b"\n" not in self._buffer and len(self._buffer) < most and self._has_more():
                pass
        finally:
            self._sock.settimeout(self._timeout)
        end = self._buffer.find(b"\n") + 1 or len(self._buffer)
        line = bytes(self._buffer[: min(end, most)])
        del self._buffer[: len(line)]
        return line

    def close(self) -> None:
        """Forget what nobody has read."""
        self._buffer.clear()

    def _has_more(self) -> bool:
        if self._until is not None and self._timeout is not None:
            left = self._until - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self._sock.settimeout(min(left, self._timeout))
        data = self._sock.recv(AT_A_TIME)
        self._buffer += data
        return bool(data)


class Limited(smtplib.SMTP):
    """smtplib over limited replies; after STARTTLS it begins with none, so nothing said in the clear is left."""

    def getreply(self) -> tuple[int, bytes]:
        """Return code and words of one whole reply."""
        if self.sock is not None:
            if self.file is None:
                self.file = Replies(self.sock)
            cast("Replies", self.file).expect_reply()
        return super().getreply()


class LimitedTls(Limited, smtplib.SMTP_SSL):
    """The same over TLS from the first byte."""

"""One TCP or TLS line to a mail server, read with limits: no answer may be too large or too slow."""

import select
import socket
import ssl
import time

MAX_ANSWER = 4 * 1024 * 1024
"""Bytes a server may send to one command: a chunk of a mail is 1 MiB, a listing at most 1 MB; nothing else is large."""
MAX_LINE = 1_000_000
"""As imaplib: the longest line, a listing of UIDs."""
PATIENCE = 4
"""A whole answer may take so many time-outs: it stops a server that sends one byte just before each."""
AT_A_TIME = 65_536


class TooMuch(Exception):
    """The server sends more than any answer may hold."""


class Gone(ConnectionError):
    """The server has closed the line."""


class Line:
    """A connected socket with its own buffer; ``timeout`` (seconds) holds for each read and write."""

    def __init__(self, sock: socket.socket, timeout: float) -> None:
        """Take the socket over: it is ours to close."""
        self.sock = sock
        self._timeout = timeout
        self._buffer = bytearray()
        self.expect_answer()

    def expect_answer(self) -> None:
        """Begin to count size and time of an answer anew."""
        self._heard = len(self._buffer)
        self._until = time.monotonic() + PATIENCE * self._timeout

    def send(self, data: bytes) -> None:
        """Send all of it."""
        self.expect_answer()
        self.sock.settimeout(self._timeout)
        self.sock.sendall(data)

    def read(self, size: int) -> bytes:
        """Return exactly ``size`` bytes."""
        if size > MAX_ANSWER:
            raise TooMuch
        while len(self._buffer) < size:
            self._fill()
        return self._taken(size)

    def readline(self) -> bytes:
        """Return a line with its end."""
        at = self._buffer.find(b"\n")
        while at < 0:
            if len(self._buffer) > MAX_LINE:
                raise TooMuch
            known = len(self._buffer)
            self._fill()
            at = self._buffer.find(b"\n", known)
        return self._taken(at + 1)

    def is_heard_within(self, seconds: float) -> bool:
        """Wait until something is there to read; a line that has been closed raises :class:`Gone`.

        A TLS record that carries nothing to read, which makes the socket look readable, does not count.
        """
        until = time.monotonic() + seconds
        while not self._buffer:
            if not self._is_readable(max(0.0, until - time.monotonic())):
                return False
            self._peek()
        return True

    @property
    def is_ahead(self) -> bool:
        """Tell whether bytes were received that nobody has read."""
        return bool(self._buffer)

    def close(self) -> None:
        """Close the socket, said goodbye or not."""
        self.sock.close()

    def _taken(self, size: int) -> bytes:
        data = bytes(self._buffer[:size])
        del self._buffer[:size]
        return data

    def _fill(self) -> None:
        """Receive more, within what is left of the answer's size and time."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise TimeoutError
        if self._heard >= MAX_ANSWER:
            raise TooMuch
        self.sock.settimeout(min(left, self._timeout))
        self._add(self.sock.recv(AT_A_TIME))

    def _is_readable(self, seconds: float) -> bool:
        if isinstance(self.sock, ssl.SSLSocket) and self.sock.pending():
            return True
        poller = select.poll()
        poller.register(self.sock, select.POLLIN)
        return bool(poller.poll(seconds * 1000))

    def _peek(self) -> None:
        self.sock.settimeout(0)
        try:
            self._add(self.sock.recv(AT_A_TIME))
        except (ssl.SSLWantReadError, BlockingIOError):
            return
        finally:
            self.sock.settimeout(self._timeout)

    def _add(self, data: bytes) -> None:
        if not data:
            raise Gone
        self._buffer += data
        self._heard += len(data)


def dial(host: str, port: int, timeout: float, tls: ssl.SSLContext | None) -> socket.socket:
    """Connect, with the system's keep-alive on; ``tls`` speaks TLS from the first byte and checks the host's name."""
    sock = socket.create_connection((host, port), timeout)
    try:
        keep_alive(sock)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # imapclient sends a command's end by itself
        return sock if tls is None else tls.wrap_socket(sock, server_hostname=host)
    except BaseException:
        sock.close()
        raise


def keep_alive(sock: socket.socket) -> None:
    """Have the system ask a silent peer, after a minute, whether it is still there: a NAT may have forgotten us."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for option, value in (("TCP_KEEPIDLE", 60), ("TCP_KEEPINTVL", 15), ("TCP_KEEPCNT", 4)):
        if hasattr(socket, option):
            sock.setsockopt(socket.IPPROTO_TCP, getattr(socket, option), value)

"""One end of a conversation over a socket, read by lines and by counted bytes."""

import socket
from contextlib import suppress


class Cut(Exception):
    """The conversation ends here, without a word."""


class Peer:
    """One end of a conversation, read by lines and by counted bytes."""

    def __init__(self, sock: socket.socket) -> None:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.sock = sock
        self._file = sock.makefile("rb", buffering=0)
        self._kept = bytearray()

    def send(self, data: bytes) -> None:
        """Send all of it."""
        self.sock.sendall(data)

    def line(self) -> bytes:
        """Return one line with its end."""
        while b"\n" not in self._kept:
            self._more()
        return self._taken(self._kept.index(b"\n") + 1)

    def exactly(self, size: int) -> bytes:
        """Return so many bytes."""
        while len(self._kept) < size:
            self._more()
        return self._taken(size)

    def until(self, end: bytes) -> bytes:
        """Return everything up to ``end``, which is part of it."""
        while end not in self._kept:
            self._more()
        return self._taken(self._kept.index(end) + len(end))

    @property
    def is_ahead(self) -> bool:
        """Tell whether bytes were received that nobody has read."""
        return bool(self._kept)

    def wait_for_the_end(self) -> None:
        """Read and forget until the other side hangs up."""
        with suppress(OSError):
            while self.sock.recv(65_536):
                pass

    def close(self) -> None:
        """Hang up."""
        with suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)
        self._file.close()
        self.sock.close()

    def _more(self) -> None:
        data = self._file.read(65_536)
        if not data:
            raise Cut
        self._kept += data

    def _taken(self, size: int) -> bytes:
        data = bytes(self._kept[:size])
        del self._kept[:size]
        return data

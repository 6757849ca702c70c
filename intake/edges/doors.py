"""The two doors in the wall: a child of ours, or the socket of a unit of its own. What is said through them is alike.

A door that does not open is no message's fault: Unavailable("reader", code), and the message waits.
"""

import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, Protocol

import parsers
from intake.errors import Unavailable

PROGRAM: Final = (sys.executable, "-s", "-X", "utf8", "-m", "parsers")
"""Run in the folder that holds the package, so that both sides of the wall are always of one release."""
CONNECT_SECONDS: Final = 10.0


class Door(Protocol):
    """How a conversation with the walled program is begun and ended."""

    def open(self) -> socket.socket:
        """Return a fresh connection, nothing said on it yet; raises Unavailable("reader", code)."""

    def close(self) -> None:
        """End what the last opening began; never waits for its good will. The connection itself is its owner's."""


class ChildDoor:
    """A walled program inside our process tree: in a session of its own, with nothing of ours but one socket."""

    def __init__(self, program: Sequence[str] = PROGRAM) -> None:
        self._program = program
        self.server: subprocess.Popen[bytes] | None = None

    def open(self) -> socket.socket:
        """Start it; Unavailable("reader", "cannot-start")."""
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                self.server = self._started(theirs)
            except (OSError, subprocess.SubprocessError):
                ours.close()
                raise Unavailable("reader", "cannot-start") from None
        return ours

    def close(self) -> None:
        """Kill it and, by their death signal, its children."""
        server, self.server = self.server, None
        if server is not None:
            server.kill()
            server.wait()

    def _started(self, control: socket.socket) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self._program,
            stdin=control.fileno(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            close_fds=True,
            cwd=Path(parsers.__file__).parent.parent,
            env={},
            start_new_session=True,
        )


class SocketDoor:
    """A walled program that is a unit of its own, under a user of its own (systemd/sscp-parser.socket)."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def open(self) -> socket.socket:
        """Connect; Unavailable("reader", "socket-away" or "socket-not-for-us")."""
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(CONNECT_SECONDS)
        try:
            connection.connect(str(self._path))
        except PermissionError:
            connection.close()
            raise Unavailable("reader", "socket-not-for-us") from None
        except OSError:
            connection.close()
            raise Unavailable("reader", "socket-away") from None
        return connection

    def close(self) -> None:
        """Do nothing: the other side ends a conversation, and whoever works in it, when its connection closes."""

"""The demo's own mail servers on loopback: pymap holds the mailbox, aiosmtpd takes the letters that go out."""

import importlib.util
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message as Mail
from imaplib import IMAP4

from intake.errors import ConfigFault, Misconfigured, Unavailable

USER = "sscp@salford.gov.uk"
LOOPBACK = "127.0.0.1"
START_SECONDS = 20.0


@dataclass
class Letters:
    """What the demo's SMTP server was given, in order."""

    port: int
    taken: list[Mail] = field(default_factory=list)

    async def handle_DATA(self, server: object, session: object, envelope: "Envelope") -> str:  # noqa: N802, ARG002 - aiosmtpd's name and shape
        """Keep one letter."""
        self.taken.append(message_from_bytes(envelope.content))
        return "250 2.0.0 taken"


class Envelope:
    """The part of aiosmtpd's envelope the demo reads."""

    content: bytes


@contextmanager
def mailbox(password: str, port: int | None = None) -> Iterator[int]:
    """Run an in-memory IMAP server as a process of its own, at ``port`` or a free one; yield it once it answers."""
    port = port or free_port()
    options = [
        "--host",
        LOOPBACK,
        "--port",
        str(port),
        "--no-tls",
        "--no-service",
        "admin",
        "--no-service",
        "managesieve",
    ]
    program = [sys.executable, "-c", "from pymap.main import main; main()", *options]
    program += ["dict", "--demo-user", USER, "--demo-password", password]
    process = subprocess.Popen(program, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, process)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=START_SECONDS)


@contextmanager
def post_office() -> Iterator[Letters]:
    """Run an SMTP server in a thread of this process; yield what it takes."""
    from aiosmtpd.controller import Controller

    letters = Letters(free_port())
    controller = Controller(letters, hostname=LOOPBACK, port=letters.port)
    controller.start()
    try:
        yield letters
    finally:
        controller.stop()


def put(port: int, password: str, mails: Iterator[tuple[bytes, float]]) -> None:
    """Put mails into the inbox over IMAP, each with its INTERNALDATE (seconds since the epoch)."""
    with IMAP4(LOOPBACK, port) as server:
        server.login(USER, password)
        for raw, received in mails:
            server.append("INBOX", "", time.localtime(received), raw)


def required() -> None:
    """Refuse, clearly, when the demo's servers are not installed."""
    missing = [name for name in ("pymap", "aiosmtpd") if importlib.util.find_spec(name) is None]
    if missing:
        says = f"the demo needs {' and '.join(missing)}: pip install 'sscp-intake[demo]'"
        raise Misconfigured([ConfigFault("demo", "", says)])


def free_port() -> int:
    """Return a port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError), socket.create_connection((LOOPBACK, port), timeout=1) as probe:
            if probe.recv(4) == b"* OK":
                return
        time.sleep(0.05)
    raise Unavailable("imap", "demo-server-did-not-start")

"""A proxy that understands IMAP or SMTP and spoils one exchange: before, within or after a command, or its answer.

``with standing(IMAP, server.port) as proxy: proxy.fault = Fault("UID FETCH", "cut-after")``. Commands are passed one by
one, each with its whole answer (these clients do not pipeline), so that what was done and what was said is known.
"""

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

LOOPBACK = "127.0.0.1"
GARBAGE = b"\x00\xff(*&{99999999999999999999}\r\n* %@!\r\n"
LITERAL = re.compile(rb"\{(\d+)\}\r\n$")
SMTP_END = re.compile(rb"\d{3}(?: |\r\n)")
PHASES = ("EHLO", "HELO", "AUTH", "MAIL", "RCPT", "DATA", "RSET", "NOOP", "QUIT")
SHORT, LONG = -3, 7
"""By how much a literal is announced wrongly."""


class Cut(Exception):
    """The conversation ends here, without a word."""


@dataclass(frozen=True)
class Fault:
    """What goes wrong: at the ``nth`` command of this name, in this way (see :data:`WAYS`)."""

    command: str
    way: str
    nth: int = 1


class Line:
    """One side of a conversation, read by lines and by bytes."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.file = sock.makefile("rb")

    def hear(self) -> bytes:
        """Return the next line with its end; Cut where there is none."""
        line = self.file.readline()
        if not line:
            raise Cut
        return line

    def say(self, data: bytes) -> None:
        """Send bytes."""
        self.sock.sendall(data)

    def close(self) -> None:
        """Hang up."""
        with suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)
        self.file.close()
        self.sock.close()


class Imap:
    """IMAP4rev1 (RFC 3501): a tagged line, then whatever comes up to the tagged answer or a continuation."""

    refusals = ("NO", "BAD", "BYE")
    tag = b"*"

    def greeting(self, server: Line) -> bytes:
        """Return the server's first words."""
        return server.hear()

    def heard(self, client: Line, before: str) -> tuple[str, bytes]:
        """Return the client's next command's name and its bytes; a line without a tag is "(more)"."""
        line = client.hear()
        words = line.split()
        if len(words) < 2 or not re.fullmatch(rb"[A-Za-z0-9]+", words[0]):
            return "(more)", line
        name = b" ".join(words[1:3]) if words[1].upper() == b"UID" else words[1]
        self.tag = words[0]
        return name.decode().upper(), line

    def answer(self, server: Line) -> bytes:
        """Return all the server says until it is the client's turn."""
        said = b""
        while True:
            line = server.hear()
            said += line
            literal = LITERAL.search(line)
            if literal:
                said += server.file.read(int(literal[1]))
            elif line.startswith((self.tag + b" ", b"+ ", b"+\r\n")):
                return said

    def refusal(self, way: str) -> bytes:
        """Return an answer that refuses."""
        return b"* BYE closing\r\n" if way == "BYE" else self.tag + b" " + way.encode() + b" not now\r\n"


class Smtp:
    """SMTP (RFC 5321): a command, a reply; after 354 the letter up to its final dot, and one more reply."""

    refusals = ("451", "554", "421")
    wanted = False
    """The server has asked for the letter."""

    def greeting(self, server: Line) -> bytes:
        """Return the server's first words."""
        return self.answer(server)

    def heard(self, client: Line, before: str) -> tuple[str, bytes]:
        """Return the client's next command's name and its bytes; the letter itself is "END"."""
        line = client.hear()
        if before == "DATA" and self.wanted:
            while not line.endswith(b"\r\n.\r\n"):
                line += client.hear()
            return "END", line
        name = line.split()[0].decode().upper() if line.split() else ""
        return (name if name in PHASES else "(more)"), line

    def answer(self, server: Line) -> bytes:
        """Return the server's whole reply."""
        said = b""
        while True:
            line = server.hear()
            said += line
            if SMTP_END.match(line):
                self.wanted = line.startswith(b"354")
                return said

    def refusal(self, way: str) -> bytes:
        """Return an answer that refuses."""
        self.wanted = False
        return way.encode() + b" not now\r\n"


Protocol = Imap | Smtp


def _before(*_: object) -> bytes:
    raise Cut


def _within(proxy: "FaultProxy", server: Line, said: bytes) -> bytes:
    server.say(said[: len(said) // 2])
    raise Cut


def _after(proxy: "FaultProxy", server: Line, said: bytes) -> bytes:
    proxy.passed(server, said)
    raise Cut


def _garbage(proxy: "FaultProxy", server: Line, said: bytes) -> bytes:
    return GARBAGE + proxy.passed(server, said)


def _literal(by: int) -> Callable[["FaultProxy", Line, bytes], bytes]:
    def spoilt(proxy: "FaultProxy", server: Line, said: bytes) -> bytes:
        answer = proxy.passed(server, said)
        return re.sub(rb"\{(\d+)\}", lambda found: b"{%d}" % max(0, int(found[1]) + by), answer, count=1)

    return spoilt


def _half_answer(proxy: "FaultProxy", server: Line, said: bytes) -> bytes:
    answer = proxy.passed(server, said)
    proxy.last_words = answer[: len(answer) // 2]
    raise Cut


def _silence(proxy: "FaultProxy", server: Line, said: bytes) -> bytes:
    proxy.passed(server, said)
    proxy.healed.wait(30)
    raise Cut


def _delay(proxy: "FaultProxy", server: Line, said: bytes) -> bytes:
    proxy.healed.wait(0.2)
    return proxy.passed(server, said)


WAYS: dict[str, Callable[["FaultProxy", Line, bytes], bytes]] = {
    "cut-before": _before, "cut-within": _within, "cut-after": _after, "cut-in-answer": _half_answer,
    "garbage": _garbage, "literal-short": _literal(SHORT), "literal-long": _literal(LONG), "silence": _silence,
    "delay": _delay,
}  # fmt: skip
"""What can go wrong besides a refusal by the protocol's own words."""


@dataclass
class FaultProxy:
    """Stands before a server; ``seen`` are the commands passed, ``struck`` tells whether the fault has come about."""

    protocol: type[Imap] | type[Smtp]
    target: int
    port: int = 0
    fault: Fault | None = None
    struck: bool = False
    seen: list[str] = field(default_factory=list)
    healed: threading.Event = field(default_factory=threading.Event)
    lines: list[Line] = field(default_factory=list)
    threads: list[threading.Thread] = field(default_factory=list)
    last_words: bytes = b""
    _now: threading.local = field(default_factory=threading.local)

    def set(self, fault: Fault | None) -> None:
        """Begin anew, with this fault or none."""
        self.healed.set()
        self.fault, self.struck, self.seen, self.healed = fault, False, [], threading.Event()

    def passed(self, server: Line, said: bytes) -> bytes:
        """Pass a command on and return its answer."""
        server.say(said)
        speech: Protocol = self._now.speech
        return speech.answer(server)

    def hold(self, client: Line, server: Line) -> None:
        """Hold one conversation to its end."""
        speech = self._now.speech = self.protocol()
        name = "GREETING"
        client.say(self._struck("GREETING", server, lambda: speech.greeting(server)))
        while True:
            name, said = speech.heard(client, name)
            here, command = said, name
            client.say(self._struck(command, server, lambda here=here: self.passed(server, here), said))  # type: ignore[misc]
            if name == "(more)":
                continue

    def _struck(self, command: str, server: Line, honest: Callable[[], bytes], said: bytes = b"") -> bytes:
        """Return the honest answer, or the wrong one where this is the exchange to spoil."""
        self.seen.append(command)
        fault = self.fault
        if fault is None or self.struck or (fault.command, fault.nth) != (command, self.seen.count(command)):
            return honest()
        self.struck = True
        speech: Protocol = self._now.speech
        if fault.way in speech.refusals:
            if fault.way in {"BYE", "421"}:
                self.last_words = speech.refusal(fault.way)
                raise Cut
            return speech.refusal(fault.way)
        if command == "GREETING":
            if fault.way in {"garbage", "delay"}:
                return (GARBAGE if fault.way == "garbage" else b"") + honest()
            raise Cut
        return WAYS[fault.way](self, server, said)


@contextmanager
def standing(protocol: type[Imap] | type[Smtp], target: int) -> Iterator[FaultProxy]:
    """Run a proxy before the loopback port ``target``."""
    proxy = FaultProxy(protocol, target)
    listener = socket.create_server((LOOPBACK, 0))
    proxy.port = listener.getsockname()[1]
    thread = threading.Thread(target=_accept, args=(listener, proxy), name="fault-proxy", daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.healed.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(10)
        for line in list(proxy.lines):
            with suppress(OSError):
                line.sock.shutdown(socket.SHUT_RDWR)
        for each in proxy.threads:
            each.join(10)


def _accept(listener: socket.socket, proxy: FaultProxy) -> None:
    with suppress(OSError):
        while True:
            client = listener.accept()[0]
            each = threading.Thread(target=_hold, args=(client, proxy), name="fault-proxy-line", daemon=True)
            proxy.threads.append(each)
            each.start()


def _hold(sock: socket.socket, proxy: FaultProxy) -> None:
    client, server = Line(sock), None
    proxy.lines.append(client)
    with suppress(Cut, OSError, ValueError):
        server = Line(socket.create_connection((LOOPBACK, proxy.target), timeout=10))
        proxy.lines.append(server)
        proxy.hold(client, server)
    with suppress(OSError):
        client.say(proxy.last_words)
    proxy.last_words = b""
    client.close()
    if server is not None:
        server.close()

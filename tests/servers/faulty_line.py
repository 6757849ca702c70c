"""A proxy on loopback that understands what passes and does one thing wrong, at the n-th command of a kind.

``with before(port, ImapTalk) as proxy: proxy.fault = Fault("UID MOVE", "lost-answer")``. It stands before a real server
(:mod:`tests.servers.fault_imap`, :mod:`tests.servers.fault_smtp` know the two protocols); without a fault it lets
everything through and only keeps the kinds of commands it saw, in order.
"""

import select
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from tests.servers.peer import Cut, Peer

LOOPBACK = "127.0.0.1"
DELAY_SECONDS = 0.3
"""Shorter than any time-out of the tests: a slow server is none that is away."""
LONG_LINE = 1_200_000
"""More than any line that a client takes."""
GARBAGE = bytes(range(128, 256)) + b')(}{\x00"\\ 42 \r\n\x16\x03\x01\xff\r\n'


HANDSHAKE_ANSWERS = {
    "garbage": GARBAGE,
    "alert": b"\x15\x03\x03\x00\x02\x02\x28",
    "plain": b"* OK 220 no secrets are kept here\r\n",
}
"""What is said instead of a TLS server's first word."""
HANDSHAKE = ("cut-before", "cut-within", "lost-answer", "silence", "delay", *HANDSHAKE_ANSWERS)
"""What can go wrong at ``HANDSHAKE``."""


@dataclass(frozen=True)
class Fault:
    """What goes wrong (``what``, a word the protocol's talk knows), at the ``nth`` command of the kind ``at``."""

    at: str
    what: str
    nth: int = 1


@dataclass
class FaultProxy:
    """Stands before ``target``; ``said`` are the kinds of commands in order, ``done`` how often the fault was done."""

    target: int
    talk: "Callable[[FaultProxy, Peer, Peer], Talk]"
    fault: Fault | None = None
    hidden: frozenset[bytes] = frozenset()
    """Capabilities the client is not to hear of."""
    port: int = 0
    said: list[str] = field(default_factory=list)
    done: int = 0
    peers: list[Peer] = field(default_factory=list)
    threads: list[threading.Thread] = field(default_factory=list)
    _seen: Counter[str] = field(default_factory=Counter)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, fault: Fault | None) -> None:
        """Count anew from here, with another fault or none."""
        with self._lock:
            self.fault, self.done = fault, 0
            self.said.clear()
            self._seen.clear()

    def due(self, kind: str) -> str:
        """Note a command; return what is to go wrong with it, empty for nothing."""
        with self._lock:
            self.said.append(kind)
            self._seen[kind] += 1
            fault = self.fault
            if fault is None or (fault.at, fault.nth) != (kind, self._seen[kind]):
                return ""
            self.done += 1
            return fault.what

    def accept(self, listener: socket.socket) -> None:
        """Hold each conversation in a thread of its own until the listener is closed."""
        with suppress(OSError):
            while True:
                client = Peer(listener.accept()[0])
                self.peers.append(client)
                thread = threading.Thread(target=self._hold, args=(client,), name="faulty-line-talk", daemon=True)
                self.threads.append(thread)
                thread.start()

    def _hold(self, client: Peer) -> None:
        with suppress(OSError):
            server = Peer(socket.create_connection((LOOPBACK, self.target), timeout=30))
            self.peers.append(server)
            with suppress(OSError, Cut, ValueError):
                self.talk(self, client, server).hold()
            server.close()
        client.close()


class Talk:
    """One conversation; the protocols fill in :meth:`hold`."""

    def __init__(self, proxy: FaultProxy, client: Peer, server: Peer) -> None:
        self.proxy, self.client, self.server = proxy, client, server

    def hold(self) -> None:
        """Hold the conversation to its end; Cut ends it on both sides."""
        raise NotImplementedError

    def broken(self, what: str, answer: bytes) -> None:
        """Give ``answer`` wrong in a way any protocol can be wrong; an empty ``what`` gives it right."""
        if what == "lost-answer":
            raise Cut
        if what == "cut-within":
            self.client.send(answer[: len(answer) // 2])
            raise Cut
        if what == "silence":
            self.client.wait_for_the_end()
            raise Cut
        if what == "garbage":
            answer = GARBAGE
        if what == "delay":
            time.sleep(DELAY_SECONDS)
        if what == "drip":
            self._drip(answer)
        else:
            self.client.send(answer)
        if what == "cut-after":
            raise Cut

    def pass_all(self) -> None:
        """Pass everything on from here, understood no more (TLS)."""
        while True:
            ready, _, _ = select.select([self.client.sock, self.server.sock], [], [])
            for source, sink in ((self.client, self.server), (self.server, self.client)):
                if source.sock in ready:
                    data = source.sock.recv(65_536)
                    if not data:
                        raise Cut
                    sink.send(data)

    def secured(self) -> None:
        """Pass the TLS handshake and all after it, or let it go wrong; nothing in it is understood."""
        what = self.proxy.due("HANDSHAKE")
        if what == "cut-before":
            raise Cut
        if what == "delay":
            time.sleep(DELAY_SECONDS)
        if what in HANDSHAKE_ANSWERS:
            self.client.sock.recv(65_536)
            self.broken("cut-after", HANDSHAKE_ANSWERS[what])
        if what in {"cut-within", "silence", "lost-answer"}:
            self.server.send(self.client.sock.recv(65_536))
            self.broken(what, self.server.sock.recv(65_536))
        self.pass_all()

    def heard(self) -> list[Peer]:
        """Wait until one side says something; return who did."""
        both = [self.client, self.server]
        ahead = [peer for peer in both if peer.is_ahead]
        if ahead:
            return ahead
        ready, _, _ = select.select([peer.sock for peer in both], [], [])
        return [peer for peer in both if peer.sock in ready]

    def _drip(self, answer: bytes) -> None:
        """Send byte after byte, each within a time-out, the whole never."""
        for at in range(len(answer)):
            self.client.send(answer[at : at + 1])
            time.sleep(DELAY_SECONDS)


class TlsTalk(Talk):
    """A conversation that is TLS from its first byte."""

    def hold(self) -> None:
        """Pass the handshake and all after it."""
        self.secured()


@contextmanager
def before(target: int, talk: Callable[[FaultProxy, Peer, Peer], Talk]) -> Iterator[FaultProxy]:
    """Run a proxy before the loopback port ``target``."""
    proxy = FaultProxy(target, talk)
    listener = socket.create_server((LOOPBACK, 0))
    proxy.port = listener.getsockname()[1]
    door = threading.Thread(target=proxy.accept, args=(listener,), name="faulty-line", daemon=True)
    door.start()
    try:
        yield proxy
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        door.join(10)
        for peer in list(proxy.peers):
            with suppress(OSError):
                peer.sock.shutdown(socket.SHUT_RDWR)
        for thread in proxy.threads:
            thread.join(10)

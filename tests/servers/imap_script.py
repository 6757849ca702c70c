"""A small IMAP server on loopback that can be told to misbehave: what Dovecot will not do, tests make this one do.

``with running({1: raw}) as script: script.answers["UID FETCH"] = lambda talk, tag, words: ...``. An answer that returns
True has said all; else the honest answer follows.
"""

import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

LOOPBACK = "127.0.0.1"
DATE = b'"17-Jul-2026 02:44:25 +0100"'


class Talk:
    """One conversation."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.file = sock.makefile("rb")

    def say(self, *lines: bytes) -> None:
        """Send lines."""
        if lines:
            self.raw(b"".join(line + b"\r\n" for line in lines))

    def raw(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.sock.sendall(data)

    def hear(self) -> bytes:
        """Return the next line; empty at the end."""
        return self.file.readline()

    def secure(self, context: ssl.SSLContext) -> None:
        """Speak TLS from here on."""
        self.sock = context.wrap_socket(self.sock, server_side=True)
        self.file = self.sock.makefile("rb")

    def close(self) -> None:
        """Hang up."""
        with suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)
        self.file.close()
        self.sock.close()


Answer = Callable[[Talk, bytes, bytes], bool | None]


def saying(*lines: bytes, end: bytes | None = b"OK done") -> Answer:
    """Say these lines instead of the honest ones, and ``end`` it; with None hang up instead."""

    def answer(talk: Talk, tag: bytes, words: bytes) -> bool:
        talk.say(*lines)
        if end is None:
            talk.close()
        else:
            talk.say(tag + b" " + end)
        return True

    return answer


@dataclass
class Script:
    """The mailbox, and the answers to give instead of the honest ones."""

    mails: dict[int, bytes]
    port: int = 0
    uidvalidity: int = 7
    greeting: bytes = b"* OK here"
    capabilities: bytes = b"IMAP4rev1 IDLE MOVE UIDPLUS AUTH=PLAIN"
    sizes: dict[int, int] = field(default_factory=dict)
    """RFC822.SIZE where it is not to be the truth."""
    answers: dict[str, Answer] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None
    """Speak TLS from the first byte."""
    heard: list[bytes] = field(default_factory=list)
    connections: int = 0
    talks: list[Talk] = field(default_factory=list)

    def honestly(self, talk: Talk, tag: bytes, command: str, words: bytes) -> None:
        """Answer as a mail server does."""
        if command == "CAPABILITY":
            talk.say(b"* CAPABILITY " + self.capabilities)
        if command == "AUTHENTICATE":
            talk.say(b"+ ")
            self.heard.append(talk.hear().strip())
        if command in {"SELECT", "EXAMINE"}:
            talk.say(
                b"* %d EXISTS" % len(self.mails),
                b"* OK [UIDVALIDITY %d] -" % self.uidvalidity,
                b"* OK [UIDNEXT %d] -" % (max(self.mails, default=0) + 1),
            )
        if command == "UID SEARCH":
            talk.say(b"* SEARCH " + b" ".join(b"%d" % uid for uid in self.mails))
        if command == "UID FETCH":
            self.fetch(talk, words)
        if command == "IDLE":
            talk.say(b"+ idling")
            talk.hear()
        if command == "LOGOUT":
            talk.say(b"* BYE")
        talk.say(tag + b" OK done")

    def fetch(self, talk: Talk, words: bytes) -> None:
        """Answer a FETCH of one message: its facts or a part of it."""
        number, _, items = words.partition(b" ")
        uid = int(number)
        raw = self.mails.get(uid)
        if raw is None:
            return
        if b"RFC822.SIZE" in items:
            size = self.sizes.get(uid, len(raw))
            talk.say(b"* 1 FETCH (UID %d RFC822.SIZE %d INTERNALDATE %s)" % (uid, size, DATE))
            return
        part = re.search(rb"BODY\.PEEK\[(HEADER)?\]<(\d+)\.(\d+)>", items)
        assert part is not None
        whole = raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if part[1] else raw
        data = whole[int(part[2]) :][: int(part[3])]
        self.literal(talk, uid, data, name=b"BODY[%s]<%s>" % (part[1] or b"", part[2]))

    def literal(self, talk: Talk, uid: int, data: bytes, name: bytes = b"BODY[]<0>", says: int | None = None) -> None:
        """Give a literal, announced with its own length or another."""
        talk.raw(b"* 1 FETCH (UID %d %s {%d}\r\n" % (uid, name, len(data) if says is None else says))
        talk.raw(data)
        talk.say(b")")

    def serve(self, talk: Talk) -> None:
        """Hold one conversation to its end."""
        if self.tls is not None:
            talk.secure(self.tls)
        talk.say(self.greeting)
        while line := talk.hear():
            self.heard.append(line.strip())
            tag, _, rest = line.strip().partition(b" ")
            name, _, words = rest.partition(b" ")
            command = name.decode().upper()
            if command == "UID":
                name, _, words = words.partition(b" ")
                command = f"UID {name.decode().upper()}"
            answer = self.answers.get(command)
            if answer is None or not answer(talk, tag, words):
                self.honestly(talk, tag, command, words)


@contextmanager
def running(mails: dict[int, bytes] | None = None) -> Iterator[Script]:
    """Run a script's server, a thread for each conversation."""
    script = Script(dict(mails or {}))
    listener = socket.create_server((LOOPBACK, 0))
    script.port = listener.getsockname()[1]
    threads: list[threading.Thread] = []

    def hold(talk: Talk) -> None:
        with suppress(OSError, ValueError):
            script.serve(talk)
        talk.close()

    def accept() -> None:
        with suppress(OSError):
            while True:
                talk = Talk(listener.accept()[0])
                script.connections += 1
                script.talks.append(talk)
                threads.append(threading.Thread(target=hold, args=(talk,), name="imap-script", daemon=True))
                threads[-1].start()

    thread = threading.Thread(target=accept, name="imap-script-door", daemon=True)
    thread.start()
    try:
        yield script
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for talk in script.talks:
            with suppress(OSError):
                talk.sock.shutdown(socket.SHUT_RDWR)
        thread.join(10)
        for each in threads:
            each.join(10)

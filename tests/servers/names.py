"""A name server on a loopback port for tests: answers TXT questions from a table, and can be silent."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import dns.flags
import dns.message
import dns.rcode
import dns.rrset

LOOPBACK = "127.0.0.1"


@dataclass
class Names:
    """What is known: names with their final dot, each with its text; ``asked`` are the names asked for."""

    texts: dict[str, str] = field(default_factory=dict)
    port: int = 0
    silent: bool = False
    asked: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where it listens, as the configuration says it."""
        return f"{LOOPBACK}:{self.port}"

    def answer(self, question: bytes) -> bytes:
        """Return the answer to one question."""
        asked = dns.message.from_wire(question)
        name = asked.question[0].name.to_text().lower()
        self.asked.append(name)
        answer = dns.message.make_response(asked)
        answer.flags |= dns.flags.RA
        if name in self.texts:
            text = self.texts[name]
            pieces = " ".join(f'"{text[at : at + 200]}"' for at in range(0, len(text), 200))
            answer.answer.append(dns.rrset.from_text(name, 60, "IN", "TXT", pieces))
        else:
            answer.set_rcode(dns.rcode.NXDOMAIN)
        return answer.to_wire()


@contextmanager
def running() -> Iterator[Names]:
    """Run a name server that knows nothing yet."""
    names = Names()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((LOOPBACK, 0))
        names.port = sock.getsockname()[1]
        thread = threading.Thread(target=_serve, args=(sock, names), name="names", daemon=True)
        thread.start()
        try:
            yield names
        finally:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as bell:
                bell.sendto(b"", (LOOPBACK, names.port))
            thread.join(10)


def _serve(sock: socket.socket, names: Names) -> None:
    while True:
        question, client = sock.recvfrom(4_096)
        if not question:
            return
        if not names.silent:
            with suppress(OSError):
                sock.sendto(names.answer(question), client)

"""SMTP as the fault proxy understands it: its phases, replies of several lines, the letter and the dot that ends it.

Kinds are ``GREETING``, the commands' names, ``BODY`` (the letter's bytes) and ``DOT`` (the server's word on them).
After STARTTLS nothing is understood any more.
"""

import time
from contextlib import suppress

from tests.servers.faulty_line import LONG_LINE, Talk
from tests.servers.peer import Cut, Peer

EVERYWHERE = (
    "cut-before", "cut-within", "cut-after", "lost-answer", "delay", "silence", "garbage", "4xx", "5xx", "421",
    "endless", "long-line", "drip", "no-code",
)  # fmt: skip
BODY = ("cut-before", "cut-within", "cut-after")
"""What can go wrong while the letter is on its way, and nobody says anything."""
TAKEN_UNHEARD = frozenset({"lost-answer", "silence", "garbage", "endless", "long-line", "drip", "no-code"})
"""What leaves nobody able to know, where it goes wrong with the word on the letter, that the server took it."""
REFUSALS = {"4xx": b"451 4.3.0 not this time\r\n", "5xx": b"554 5.7.1 never\r\n", "421": b"421 4.3.2 going down\r\n"}
END = b"\r\n.\r\n"


class SmtpTalk(Talk):
    """One SMTP conversation."""

    def hold(self) -> None:
        """Pass greeting, commands and letters."""
        self._gives(self.proxy.due("GREETING"), reply(self.server))
        while True:
            command = self.client.line()
            kind = command[:4].upper().strip().decode("ascii", "replace")
            kind = "STARTTLS" if kind == "STAR" else kind
            what = self.proxy.due(kind)
            if self._is_refused(what):
                continue
            self.server.send(command)
            answer = self._after_the_login(reply(self.server))
            self._gives(what, answer)
            if kind == "STARTTLS":
                self.secured()
            if kind == "DATA" and answer.startswith(b"354"):
                self._letter()

    def _after_the_login(self, answer: bytes) -> bytes:
        """Let question and answer of a login pass; return the word on it."""
        while answer.startswith(b"334"):
            self.client.send(answer)
            self.server.send(self.client.line())
            answer = reply(self.server)
        return answer

    def _letter(self) -> None:
        """Pass the letter's bytes, then what the server says to them."""
        what = self.proxy.due("BODY")
        if what == "cut-before":
            raise Cut
        letter = self.client.until(END)
        if what == "cut-within":
            self.server.send(letter[: len(letter) // 2])
            raise Cut
        self.server.send(letter[: -len(END)])
        if what == "cut-after":
            raise Cut
        what = self.proxy.due("DOT")
        if self._is_refused(what):
            raise Cut  # only so the server can be kept from taking it
        self.server.send(END)
        self._gives(what, reply(self.server))

    def _is_refused(self, what: str) -> bool:
        """Do what is done before the server hears of the command; tell whether that was all."""
        if what == "cut-before":
            raise Cut
        if what in REFUSALS:
            self.client.send(REFUSALS[what])
        if what == "421":
            raise Cut
        return what in REFUSALS

    def _gives(self, what: str, answer: bytes) -> None:
        if what in REFUSALS:  # a greeting that is none
            answer = REFUSALS[what]
        if what == "cut-before":
            raise Cut
        if what == "endless":
            self._without_end(answer[:3])
        if what == "long-line":
            answer = answer[:4] + b"x" * LONG_LINE + b"\r\n"
        if what == "smuggled":
            answer += b"250 said before anybody was sure who speaks\r\n"
        if what == "no-code":
            answer = b"9" + answer
        self.broken(what, answer)

    def _without_end(self, code: bytes) -> None:
        """Say that more follows, for ever and in good time."""
        with suppress(OSError):
            while True:
                self.client.send((code + b"-and another thing\r\n") * 100)
                time.sleep(0.01)
        raise Cut


def reply(peer: Peer) -> bytes:
    """Return a reply with all its lines."""
    whole = last = peer.line()
    while last[3:4] == b"-":
        last = peer.line()
        whole += last
    return whole

"""IMAP as the fault proxy understands it: commands by tag and name, answers with their literals as counted bytes.

Kinds are the commands' names, with FETCH told apart by what is asked for: ``UID FETCH facts | header | body``. The
greeting is ``GREETING``. What may go wrong: :data:`EVERYWHERE` at each command, :data:`SPECIAL` where it can be said.
"""

import re

from tests.servers.faulty_line import LONG_LINE, Talk
from tests.servers.imap_untruths import CHANGES, miscounted
from tests.servers.peer import Cut, Peer

EVERYWHERE = (
    "cut-before", "cut-within", "cut-after", "lost-answer", "delay", "silence", "garbage", "no", "bad", "bye",
    "no-but-done", "literal-long", "literal-short", "literal-huge", "long-line",
)  # fmt: skip
SPECIAL = {
    "EXAMINE": ("other-uidvalidity", "no-uidvalidity", "drip"),
    "SELECT": ("other-uidvalidity", "read-only"),
    "UID SEARCH": ("ghost-uid", "missing-uid", "huge-uid"),
    "UID FETCH facts": ("other-uid", "size-less", "size-more", "size-huge", "no-size", "bad-date", "empty"),
    "UID FETCH body": ("other-uid", "other-bytes", "shorter", "longer", "empty", "drip"),
    "IDLE": ("mute", "bye-later", "flood"),
}
"""Faults of an answer that is right in form and wrong in what it says."""

LITERAL_AT_END = re.compile(rb"\{(\d+)\+?\}\r\n\Z")


class ImapTalk(Talk):
    """One IMAP conversation."""

    def hold(self) -> None:
        """Pass greeting and commands; secrets pass unkept."""
        what = self.proxy.due("GREETING")
        self._gives(what, b"*", [unit(self.server)])
        while True:
            command = self._command()
            tag, _, words = command.partition(b" ")
            kind = kind_of(words)
            what = self.proxy.due(kind)
            self._instead(what, tag)
            if what in {"no", "bad"}:
                continue
            self.server.send(command)
            self._gives(what, tag, self._answer(tag, kind, what))
            if kind == "STARTTLS":
                self.secured()

    def _command(self) -> bytes:
        """Return one command with its literals; the client is told to go on, the server needs no asking (LITERAL+)."""
        command = self.client.line()
        while found := LITERAL_AT_END.search(command):
            self.client.send(b"+ go on\r\n")
            literal = self.client.exactly(int(found[1]))
            command = command[: found.start()] + b"{%d+}\r\n" % len(literal) + literal + self.client.line()
        return command

    def _instead(self, what: str, tag: bytes) -> None:
        """Do what is done before the server hears of the command."""
        if what == "cut-before":
            raise Cut
        if what in {"no", "bad"}:
            self.client.send(b"%s %s [SERVERBUG] not this time\r\n" % (tag, what.upper().encode()))
        if what == "bye":
            self.client.send(b"* BYE going down\r\n")
            raise Cut

    def _answer(self, tag: bytes, kind: str, what: str) -> list[bytes]:
        """Return the server's answer to its tagged end; where the server wants more, the client is asked for it."""
        units: list[bytes] = []
        while not units or not units[-1].startswith(tag + b" "):
            units.append(unit(self.server))
            if units[-1].startswith(b"+"):
                self._gives("" if kind != "IDLE" else what, tag, units)
                units = self._idled(tag, what) if kind == "IDLE" else []
                if not units:
                    self.server.send(self.client.line())
        return units

    def _idled(self, tag: bytes, what: str) -> list[bytes]:
        """Let notices pass until the client has heard enough; return the end of the answer."""
        if what == "mute":
            self.client.wait_for_the_end()
            raise Cut
        if what == "bye-later":
            self.client.send(b"* BYE going down\r\n")
            raise Cut
        while what == "flood":
            self.client.send(b"* OK still here\r\n" * 1000)
        while True:
            speaks = self.heard()
            if self.client in speaks:
                self.server.send(self.client.line())
                break
            self.client.send(unit(self.server))
        while not (last := unit(self.server)).startswith(tag + b" "):
            self.client.send(last)
        return [last]

    def _gives(self, what: str, tag: bytes, units: list[bytes]) -> None:
        """Give the answer, wrong as wanted."""
        answer = b"".join(self._without_the_hidden(each) for each in units)
        if what == "no-but-done":
            answer = tag + b" NO [SERVERBUG] it was done all the same\r\n"
        elif what.startswith("literal-"):
            answer = miscounted(answer, what)
        elif what == "smuggled":
            answer += b"* BYE [ALERT] said before anybody was sure who speaks\r\n"
        elif what == "long-line":
            answer = b"* OK " + b"x" * LONG_LINE + b"\r\n" + answer
        elif what in CHANGES:
            answer = CHANGES[what](answer)
        self.broken(what, answer)

    def _without_the_hidden(self, line: bytes) -> bytes:
        if self.proxy.hidden and b"CAPABILITY" in line:
            for word in self.proxy.hidden:
                line = line.replace(b" " + word, b"")
        return line


def unit(peer: Peer) -> bytes:
    """Return one line with all its literals, up to the line's own end."""
    whole = peer.line()
    while found := LITERAL_AT_END.search(whole):
        whole += peer.exactly(int(found[1])) + peer.line()
    return whole


def kind_of(words: bytes) -> str:
    """Return the kind of a command, which names nothing it is about."""
    name, _, rest = words.strip().partition(b" ")
    kind = name.decode("ascii", "replace").upper()
    if kind == "UID":
        name, _, rest = rest.partition(b" ")
        kind = f"UID {name.decode('ascii', 'replace').upper()}"
    if kind != "UID FETCH":
        return kind
    part = "facts" if b"RFC822.SIZE" in rest else "header" if b"[HEADER]" in rest else "body"
    return f"{kind} {part}"

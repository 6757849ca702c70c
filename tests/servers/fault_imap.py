"""IMAP as the fault proxy understands it: commands by tag and name, answers with their literals as counted bytes.

Kinds are the commands' names, with FETCH told apart by what is asked for: ``UID FETCH facts | header | body``. The
greeting is ``GREETING``. What may go wrong: :data:`EVERYWHERE` at each command, :data:`SPECIAL` where it can be said.
"""

import re
from collections.abc import Callable

from tests.servers.faulty_line import LITERAL_AT_END, LONG_LINE, Cut, Peer, Talk

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

LITERAL = re.compile(rb"\{(\d+)\}\r\n")
HUGE = 999_999_999_999


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
                self.pass_all()

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


def miscounted(answer: bytes, how: str) -> bytes:
    """Return an answer whose first literal is announced with a wrong length; one without gets a line that has one."""
    if not LITERAL.search(answer):
        answer = b'* LIST () "/" {12}\r\nno such name\r\n' + answer
    wrong = {"literal-long": lambda n: n + 9, "literal-short": lambda n: n // 2, "literal-huge": lambda _: HUGE}[how]
    return LITERAL.sub(lambda found: b"{%d}\r\n" % wrong(int(found[1])), answer, count=1)


def _added(name: bytes, more: int) -> Callable[[bytes], bytes]:
    """Return what adds to the first number that follows a name."""
    number = re.compile(re.escape(name) + rb" (\d+)")
    return lambda answer: number.sub(lambda found: name + b" %d" % max(0, int(found[1]) + more), answer, count=1)


def _instead_of(pattern: bytes, words: bytes) -> Callable[[bytes], bytes]:
    """Return what replaces the first words that fit a pattern."""
    fitting = re.compile(pattern)
    return lambda answer: fitting.sub(words, answer, count=1)


def _resized(size: Callable[[int], int]) -> Callable[[bytes], bytes]:
    """Return what gives a literal of another size, rightly announced: its beginning, or itself and then dots."""

    def changed(answer: bytes) -> bytes:
        found = LITERAL.search(answer)
        if found is None:
            return answer
        long = int(found[1])
        data = answer[found.end() :][:long]
        given = data[: size(long)].ljust(size(long), b".")
        return answer[: found.start()] + b"{%d}\r\n" % len(given) + given + answer[found.end() + long :]

    return changed


def _other_bytes(answer: bytes) -> bytes:
    """Give as many bytes as there were, with some turned to others."""
    found = LITERAL.search(answer)
    if found is None:
        return answer
    half = found.end() + int(found[1]) // 2
    return answer[:half] + bytes(255 - byte for byte in answer[half : half + 16]) + answer[half + 16 :]


CHANGES: dict[str, Callable[[bytes], bytes]] = {
    "other-uidvalidity": _added(b"[UIDVALIDITY", 1),
    "no-uidvalidity": _instead_of(rb"\* OK \[UIDVALIDITY [^\r]*\r\n", b""),
    "read-only": _instead_of(rb"\[READ-WRITE\]", b"[READ-ONLY]"),
    "ghost-uid": _instead_of(rb"\* SEARCH", b"* SEARCH 4711"),
    "missing-uid": _instead_of(rb"\* SEARCH \d+", b"* SEARCH"),
    "huge-uid": _instead_of(rb"\* SEARCH", b"* SEARCH 99999999999999999999"),
    "other-uid": _added(b"(UID", 1000),
    "size-less": _added(b"RFC822.SIZE", -100),
    "size-more": _added(b"RFC822.SIZE", 100),
    "size-huge": _added(b"RFC822.SIZE", 10**12),
    "no-size": _instead_of(rb"RFC822.SIZE \d+ ", b""),
    "bad-date": _instead_of(rb'INTERNALDATE "[^"]*"', b'INTERNALDATE "99-Foo-0000 99:99:99 +9999"'),
    "empty": _instead_of(rb"(?s)\A\* .*\r\n(?=\S+ OK )", b""),
    "other-bytes": _other_bytes,
    "shorter": _resized(lambda long: long - 100),
    "longer": _resized(lambda long: long + 100),
}

"""What turns a true IMAP answer into a wrong one: other lengths, other numbers, other bytes."""

import re
from collections.abc import Callable

LITERAL = re.compile(rb"\{(\d+)\}\r\n")
HUGE = 999_999_999_999


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

"""What a server may answer to a FETCH, and what becomes of every answer it may not."""

from collections.abc import Callable
from typing import Any

import pytest

from intake.edges.mailbox.session import CHUNK, Unfetchable
from intake.errors import Unavailable
from tests.builders.mailbox import RAW, opened
from tests.servers import imap_script
from tests.servers.imap_script import Answer, Script, Talk, saying


def literal(data: bytes, **how: Any) -> Callable[[Script], Answer]:
    """Answer every FETCH of a body with this literal."""

    def made(script: Script) -> Answer:
        def answer(talk: Talk, tag: bytes, words: bytes) -> bool:
            if b"RFC822.SIZE" in words:
                return False
            script.literal(talk, 1, data, **how)
            talk.say(tag + b" OK done")
            return True

        return answer

    return made


UNFETCHABLE = {
    "no-answer": lambda _: saying(),
    "nil": lambda _: saying(b"* 1 FETCH (UID 1 BODY[]<0> NIL)"),
    "no-literal": lambda _: saying(b"* 1 FETCH (UID 1 FLAGS (\\Seen))"),
    "another-message": lambda _: saying(b'* 2 FETCH (UID 2 BODY[]<0> "x")'),
    "another-part": lambda _: saying(b'* 1 FETCH (UID 1 BODY[]<7> "x")'),
    "a-number": lambda _: saying(b"* 1 FETCH (UID 1 BODY[]<0> 17)"),
    "a-list": lambda _: saying(b"* 1 FETCH (UID 1 BODY[]<0> (1 2))"),
    "too-long": literal(b"x" * (CHUNK + 1)),
    "refused": lambda _: saying(end=b"NO [EXPUNGEISSUED] gone"),
    "bad": lambda _: saying(end=b"BAD what"),
}


@pytest.mark.parametrize("answer", UNFETCHABLE.values(), ids=UNFETCHABLE.keys())
def test_an_answer_without_the_message_is_that_messages_fault_alone(answer: Callable[[Script], Answer]) -> None:
    """It is never taken for an empty mail, and the conversation goes on."""
    with imap_script.running({1: RAW}) as script, opened(script.port) as session:
        session.look()
        script.answers["UID FETCH"] = answer(script)
        with pytest.raises(Unfetchable):
            list(session.chunks(1, len(RAW)))
        del script.answers["UID FETCH"]
        assert b"".join(session.chunks(1, len(RAW))) == RAW


def half_a_line(talk: Talk, tag: bytes, words: bytes) -> bool:
    """Hang up in the middle of a line."""
    talk.raw(b"* 1 FET")
    talk.close()
    return True


def silence(talk: Talk, tag: bytes, words: bytes) -> bool:
    """Say nothing until the client leaves."""
    while talk.hear():
        pass
    return True


BROKEN = {
    "a-gigabyte-announced": (literal(b"x", says=1_000_000_000), "too-much"),
    "digits-without-end": (lambda _: saying(b"* 1 FETCH (UID 1 BODY[]<0> {" + b"9" * 5000 + b"}"), "protocol"),
    "longer-than-announced": (literal(b"x" * 100, says=50), "protocol"),
    "shorter-than-announced": (literal(b"x" * 100, says=200), "timeout"),
    "garbage": (lambda _: saying(b"\x00\xff{}[]((("), "protocol"),
    "a-line-without-end": (lambda _: saying(b"* " + b"x" * 1_100_000), "too-much"),
    "lines-without-end": (lambda _: saying(*[b"* 1 FETCH (FLAGS ())" + b" " * 60_000] * 80), "too-much"),
    "nested-without-end": (lambda _: saying(b"* 1 FETCH (UID 1 BODY[]<0> " + b"(" * 50_000), "protocol"),
    "half-a-line": (lambda _: half_a_line, "connection-lost"),
    "bye": (lambda _: saying(b"* BYE going down", end=None), "bye"),
    "cut": (lambda _: saying(end=None), "connection-lost"),
    "silence": (lambda _: silence, "timeout"),
}


@pytest.mark.parametrize(("answer", "code"), BROKEN.values(), ids=BROKEN.keys())
def test_an_answer_that_breaks_the_conversation_is_a_code(answer: Callable[[Script], Answer], code: str) -> None:
    """No exception of a library's passes, nothing is waited for longer than it may be, nothing endless is read."""
    with imap_script.running({1: RAW}) as script, opened(script.port, timeout_seconds=0.3) as session:
        session.look()
        script.answers["UID FETCH"] = answer(script)
        with pytest.raises(Unavailable) as told:
            list(session.chunks(1, len(RAW)))
    assert (told.value.what, told.value.detail) == ("imap", code)


def test_a_server_that_gives_less_than_was_asked_is_asked_on() -> None:
    """A short piece is not the end before the size that was announced."""
    with imap_script.running({1: RAW}) as script, opened(script.port) as session:
        session.look()

        def piecemeal(talk: Talk, tag: bytes, words: bytes) -> bool:
            offset = int(words.rpartition(b"<")[2].partition(b".")[0])
            script.literal(talk, 1, RAW[offset : offset + 7], name=b"BODY[]<%d>" % offset)
            talk.say(tag + b" OK done")
            return True

        script.answers["UID FETCH"] = piecemeal
        assert b"".join(session.chunks(1, len(RAW))) == RAW

"""How it travels: JSON behind its length, and the few bytes the server says before and after."""

from typing import Final

import msgspec

from parsers.contract.answers import Answer
from parsers.contract.task import Task

MAX_ANSWER_BYTES = 4 * 1024 * 1024
MAX_EXTRACT_BYTES = 84 * 1024 * 1024
"""Of an answer that hands out a part: 60 MB in base64."""
HEAD_BYTES = 4
"""Of the length before every message."""
READY, ENDED, OUT_OF_TIME = b"R", b"E", b"T"
"""The server's own words: the library is read; a child has ended (a signal's number follows, or 0); was stopped."""
OTHER_RELEASE, NOT_ADMITTED = b"O", b"N"
"""Why it will not serve, in place of READY: the two sides would not understand each other; the client is not ours."""
FAST, SLOW = b"f", b"s"
"""Who asks says no more of a task to the server than this; what it is, a password among it, its child alone reads."""
HOLDS: Final = ("landlock", "seccomp")
"""What of the kernel's own a child may be kept by, beside limits; a kernel may lack either."""


def framed(message: bytes) -> bytes:
    """Return a message behind its length."""
    return len(message).to_bytes(HEAD_BYTES, "big") + message


encode = msgspec.json.Encoder().encode
decode_answer = msgspec.json.Decoder(Answer).decode
decode_task = msgspec.json.Decoder(Task).decode

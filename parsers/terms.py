"""How a conversation through the wall begins: what may cross is alike on both sides, and how long reading may take."""

import hashlib
from functools import cache
from typing import Annotated

import msgspec
from msgspec import Meta

from parsers.contract import FAST, HEAD_BYTES, HOLDS, SLOW, Answer, Sha256, Struct, Task, framed
from parsers.template import Library, encode_library


class Terms(Struct, frozen=True):
    """What the trusted side asks for: seconds of one task, and of one in the workshop; wall clock and processor."""

    shape: Sha256
    seconds: Annotated[float, Meta(gt=0, le=120)]
    slow_seconds: Annotated[float, Meta(gt=0, le=900)]


@cache
def shape() -> str:
    """Return a digest of all that may cross the wall: alike on both sides where they understand one another."""
    _, parts = msgspec.json.schema_components((Task, Library, Terms, *Answer.__args__))
    told = msgspec.json.encode([parts, HOLDS, HEAD_BYTES, FAST, SLOW], order="deterministic")
    return hashlib.sha256(told).hexdigest()


def greeting(library: Library, seconds: float, slow_seconds: float) -> bytes:
    """Return what the trusted side says first: the terms and the form library, each behind its length."""
    terms = Terms(shape=shape(), seconds=seconds, slow_seconds=slow_seconds)
    return framed(msgspec.json.encode(terms)) + framed(encode_library(library))


decode_terms = msgspec.json.Decoder(Terms).decode

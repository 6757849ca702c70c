"""What the trusted side asks."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from parsers.contract.bounds import Count, Struct
from parsers.contract.signing import MAX_SIGNATURES, SigningKey


class TaskKind(StrEnum):
    """``survey`` takes a mail apart without reading forms; ``read`` reads its forms; ``read-file`` reads one file.

    ``front`` hands out the headers alone, of a mail that could not be taken apart. ``extract`` hands out the bytes of
    one part as they are, never looked at on the other side. ``draft`` takes a blank form apart. ``signatures`` verifies
    a mail's DKIM signatures with keys that were looked up for it.
    """

    SURVEY = "survey"
    FRONT = "front"
    READ = "read"
    READ_FILE = "read-file"
    EXTRACT = "extract"
    DRAFT = "draft"
    SIGNATURES = "signatures"


class Task(Struct, frozen=True):
    """What the trusted side asks: the kind of work and the length in bytes of what follows."""

    kind: TaskKind
    length: Count
    slow: bool = False
    """Convert old formats and read pictures too: in the workshop, with more time, memory and a folder of its own."""
    part: Count = 0
    """The part to extract, by its number in the survey."""
    password: Annotated[str, Meta(max_length=255)] = ""
    """What an operator typed to open locked parts; lives in this one task and its child alone."""
    signing_keys: Annotated[tuple[SigningKey, ...], Meta(max_length=MAX_SIGNATURES)] = ()
    """For ``signatures``: the keys to verify with."""
    entity: Count = 0
    """Of the bytes that follow, how many at their end our key opened ``part`` to: a MIME entity, read in its place."""

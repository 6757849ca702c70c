"""A message as our records know it: numbers, digests and codes, no word of its content."""

from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from intake.domain.stages import Stage
from intake.domain.verdict import SenderTrust

MessageId = NewType("MessageId", str)
"""Our own opaque id (``m-`` and 12 base32 digits): says nothing, guesses to nothing."""

_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"


def new_message_id(randomness: int) -> MessageId:
    """Return the id made of a random number of at least 60 bits."""
    digits = "".join(_BASE32[(randomness >> shift) & 31] for shift in range(55, -1, -5))
    return MessageId(f"m-{digits}")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a server keeps a message: RFC 3501 2.3.1.1, unique while UIDVALIDITY holds."""

    mailbox: str
    """The configured name of the mailbox account."""
    folder: str
    uidvalidity: int
    uid: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """What watching knew of a message: its place, the server's INTERNALDATE (aware), size, SHA-256 of all bytes."""

    place: Place
    received_at: datetime
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """A message like the one at hand, as the records know it: where it stands, why, and how its sender was judged."""

    id: MessageId
    stage: Stage
    why: str
    trust: SenderTrust | None


@dataclass(frozen=True, slots=True)
class Message:
    """A row of the records: the arrival, the stage it stands at, why, and how often a leg was begun at this stage."""

    id: MessageId
    arrival: Arrival
    stage: Stage
    why: str
    attempts: int
    filed_to: str | None = None
    oversize: bool = False
    """Over the mailbox's ``max_bytes``: only its headers are in the vault."""

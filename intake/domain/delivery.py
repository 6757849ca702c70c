"""What the mail server said to a letter, and letters whose time has come."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from intake.domain.case import Letter, Reference
from intake.domain.message import MessageId


@dataclass(frozen=True, slots=True)
class Sent:
    """The server said 250 to the whole letter: it is theirs. ``queue_code`` is its own name for it, cleaned."""

    queue_code: str
    refused: int = 0
    """How many of several recipients it would not take (the letter reached the others)."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The server said no: for good (5xx) or for now (4xx). ``code`` is its numbers (``550-5.1.1``), never its words."""

    permanent: bool
    code: str


Delivery = Sent | Refused


SENDING, IN_DOUBT = "sending", "in-doubt"
"""Why a letter waits whose attempt was begun and not ended (the program died), or ended without an answer."""
WITHDRAWN = "withdrawn"
"""Why a letter is abandoned that a person decided not to send."""


@dataclass(frozen=True, slots=True)
class DueLetter:
    """A letter of the outbox to try now: its row, how often it was tried, since when it waits (aware)."""

    id: int
    letter: Letter
    attempts: int
    ordered_at: datetime

    @property
    def in_doubt(self) -> bool:
        """Tell whether nobody knows what became of the last attempt: the server may have the letter."""
        return self.letter.why in {SENDING, IN_DOUBT}


@dataclass(frozen=True, slots=True)
class LettersOrdered:
    """How many letters were ordered of late: to one address, waiting ones too; by agency and in all, without these."""

    to_sender: int = 0
    by_agency: Mapping[str, int] = field(default_factory=dict)
    in_all: int = 0


@dataclass(frozen=True, slots=True)
class UnactedAlert:
    """An alert nobody has acted on: the message and case it is about, its codes, when the mail was received (aware)."""

    message: MessageId
    reference: Reference | None
    codes: tuple[str, ...]
    received: datetime
    times_told: int

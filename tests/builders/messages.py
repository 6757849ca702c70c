"""Messages as the records know them, made directly."""

from datetime import UTC, datetime

from intake.domain.case import LetterKind
from intake.domain.delivery import LettersOrdered
from intake.domain.message import Arrival, Message, MessageId, Place
from intake.domain.stages import Stage
from intake.steps.correspondence import Correspondence

RECEIVED = datetime(2026, 11, 16, 9, 30, tzinfo=UTC)
NOW = datetime(2026, 11, 16, 9, 31, tzinfo=UTC)
QUIET = Correspondence(LettersOrdered(), tokens=dict.fromkeys(LetterKind, "a" * 20))


def message(stage: Stage = Stage.RECEIVED, *, attempts: int = 1, oversize: bool = False, number: int = 1) -> Message:
    """Return a message received on Monday 16 November 2026, 09:30 London time."""
    arrival = Arrival(Place("sscp", "INBOX", 1, number), RECEIVED, 40_000, f"{number:064x}")
    return Message(MessageId(f"m-{number:012d}"), arrival, stage, "received", attempts, oversize=oversize)

"""What the records tell of what is open: for the nightly report, by codes and numbers only."""

from dataclasses import dataclass
from datetime import datetime

from intake.domain.case import LetterKind, LetterState
from intake.domain.findings import Severity


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An open exception: its code, how loud, the case's reference or the message's id, since when (aware)."""

    code: str
    severity: Severity
    where: str
    since: datetime


@dataclass(frozen=True, slots=True)
class OutboxLine:
    """A letter not (yet) delivered, or returned."""

    kind: LetterKind
    state: LetterState
    where: str
    since: datetime
    attempts: int
    why: str | None = None
    bounced: bool = False

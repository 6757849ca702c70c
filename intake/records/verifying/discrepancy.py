"""What verifying finds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """One thing that is not as it was written: its code, and which line of the log, which message or which row."""

    code: str
    where: str

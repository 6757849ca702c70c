"""What came of a fault on the line."""

from dataclasses import dataclass

BROKEN = "BROKEN"


@dataclass(frozen=True)
class Came:
    """The exit code of the disturbed run, and a word; where it is BROKEN, ``why``."""

    code: str
    word: str
    why: str = ""

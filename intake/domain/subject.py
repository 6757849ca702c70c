"""Whom somebody asks about: a child by name, by date of birth, or by both; normal forms, never to show."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from intake.domain.case import Reference
from intake.domain.dates import read_date
from intake.domain.identity import child_key
from intake.domain.incident_date import Precision
from intake.domain.message import MessageId
from intake.domain.names import normal_name
from intake.domain.referral import Referral

NAMES = ("child.name", "child.aka")
BORN = "child.dob"


@dataclass(frozen=True, slots=True)
class Subject:
    """A name, a whole day of birth, and both together; what was not given is empty, or None of the two together."""

    name: str
    child: str | None
    born: str = ""

    def __repr__(self) -> str:
        """Show nothing of what it holds."""
        return "<subject>"


@dataclass(frozen=True, slots=True)
class Found:
    """Cases and messages that speak of a subject; ``by_name_alone`` are more, where a day of birth was given."""

    cases: tuple[Reference, ...] = ()
    messages: tuple[MessageId, ...] = ()
    by_name_alone: tuple[str, ...] = ()


def subject(name: str, born: str) -> Subject | None:
    """Return whom somebody asks about; None where neither a name nor one whole day was given."""
    normal, day = normal_name(name), read_date(born)
    whole = day.earliest.isoformat() if day.precision is Precision.EXACT and day.earliest else ""
    return Subject(normal, child_key(name, born) if normal else None, whole) if normal or whole else None


def subjects(referral: Referral) -> Iterator[Subject]:
    """Give every child of a form by every name and day of birth it has for it, those in conflict too."""
    for child in referral.children():
        born = [reading.text.reveal() for reading in referral.answers(BORN, child)] or [""]
        names = [reading.text.reveal() for field in NAMES for reading in referral.answers(field, child)] or [""]
        found = (subject(name, day) for name, day in product(names, born))
        yield from (one for one in found if one is not None)

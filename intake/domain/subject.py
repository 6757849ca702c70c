"""Whom somebody asks about: a child by name and, where it is known, date of birth; normal forms, never to show."""

from collections.abc import Iterator
from dataclasses import dataclass

from intake.domain.case import Reference
from intake.domain.identity import child_key
from intake.domain.message import MessageId
from intake.domain.names import normal_name
from intake.domain.referral import Referral

NAMES = ("child.name", "child.aka")
BORN = "child.dob"


@dataclass(frozen=True, slots=True)
class Subject:
    """A name, and the name with one whole day of birth; ``child`` is None where no such day was given."""

    name: str
    child: str | None

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
    """Return whom somebody asks about; None where no name was given."""
    normal = normal_name(name)
    return Subject(normal, child_key(name, born)) if normal else None


def subjects(referral: Referral) -> Iterator[Subject]:
    """Give every child of a form by every name and day of birth it has for it, those in conflict too."""
    for child in referral.children():
        born = [reading.text.reveal() for reading in referral.answers(BORN, child)] or [""]
        for field in NAMES:
            for reading in referral.answers(field, child):
                found = (subject(reading.text.reveal(), day) for day in born)
                yield from (one for one in found if one is not None)

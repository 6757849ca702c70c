"""What people put beside the forms of a case: notes, its owner, and whether a link that was suggested is one."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from intake.domain.case import Reference, Relation
from intake.domain.message import MessageId
from intake.domain.private import Private

SAME_INCIDENT = "same-incident"
TO_JUDGE = frozenset({Relation.RESUBMISSION.value, SAME_INCIDENT})
"""Kinds of link the machine only suggests; replies and bounces are ours by their token."""


class LinkVerdict(StrEnum):
    """What a person says of a suggested link."""

    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody noted about a case; ``text`` is None once the case is erased."""

    id: int
    text: Private | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Owner:
    """Who looks after a case, and who said so when; ``owner`` None where it was given back."""

    owner: str | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a person said of a link; ``reason`` is None once the case it belongs to is erased."""

    verdict: LinkVerdict
    by: str
    at: datetime
    reason: Private | None


@dataclass(frozen=True, slots=True)
class CaseLink:
    """A mail's link to a case, or a case's to another, with all that was ever said of it, oldest first."""

    id: int
    reference: Reference
    kind: str
    """``resubmission | same-incident | reply | bounce``."""
    message: MessageId
    document: int | None
    other: Reference | None
    """The other case, with ``same-incident``."""
    judgements: tuple[Judgement, ...] = ()

    @property
    def verdict(self) -> LinkVerdict | None:
        """Return what holds: what was said last; None where nobody has said anything."""
        return self.judgements[-1].verdict if self.judgements else None

    @property
    def waits(self) -> bool:
        """Tell whether a person has still to accept or refuse it."""
        return self.kind in TO_JUDGE and not self.judgements

"""What a leg decided: everything to be written, nothing of it true until committed (architecture.md, "The story")."""

from dataclasses import dataclass

from intake.domain.case import Assessment, CaseEntry, Letter, Reference
from intake.domain.findings import ExceptionItem, Finding
from intake.domain.message import MessageId
from intake.domain.referral import Referral
from intake.domain.stages import Stage
from intake.domain.verdict import Screening


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """One part of a mail as the records keep it: our own number and digest, never the sender's name for it."""

    index: int
    kind: str
    bytes: int
    sha256: str
    state: str
    why: str | None = None
    recognised: str = "none"
    sheet: str | None = None
    edition: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The whole result of one leg; ``why`` is a stable code (``form-found``, ``exact-copy``, ``locked`` ...)."""

    stage: Stage
    why: str
    screening: Screening | None = None
    content_sha256: str | None = None
    documents: tuple[DocumentRecord, ...] = ()
    referrals: tuple[Referral, ...] = ()
    assessments: tuple[Assessment, ...] = ()
    findings: tuple[Finding, ...] = ()
    """Findings on the mail as a whole; those on a form are in its assessment."""
    exceptions: tuple[ExceptionItem, ...] = ()
    entries: tuple[CaseEntry, ...] = ()
    letters: tuple[Letter, ...] = ()
    linked: Reference | None = None
    """The case a reply or a bounce of our letter belongs to."""
    copy_of: MessageId | None = None
    """The message that has the same content."""
    takes_over: bool = False
    """True where the earlier of the two went no further, and this one goes on in its place."""
    bounced: str | None = None
    """The Message-ID of our letter that came back."""

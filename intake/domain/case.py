"""The case register's entry, its reference, and the facts an acknowledgement may state."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

from intake.domain.findings import ExceptionItem, Finding
from intake.domain.private import Private
from intake.domain.referral import Referral
from intake.domain.sign_off import QASignOff
from intake.domain.timeliness import SubmissionTimeliness

Reference = NewType("Reference", str)
"""``SSCP-2026-7K4M2Q``: the year of receipt and six random base32 digits; says nothing about the case."""

_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O or U to misread or to spell with


def reference(year: int, randomness: int) -> Reference:
    """Return the reference for a year and a random number of at least 30 bits."""
    digits = "".join(_DIGITS[(randomness >> shift) & 31] for shift in range(25, -1, -5))
    return Reference(f"SSCP-{year}-{digits}")


class ReferralType(StrEnum):
    """Why a referral is made: it must be, it may be, or to share what went seriously well (domain.md 1)."""

    MUST = "must"
    MAY = "may"
    SERIOUSLY_GOOD_OUTCOME = "seriously-good-outcome"
    NOT_STATED = "not-stated"


class Relation(StrEnum):
    """What a form is to what the register already holds."""

    NEW = "new"
    NEW_VERSION = "new-version"
    RESUBMISSION = "resubmission"
    """The very same file again: linked to its case, no second case and no new version."""


@dataclass(frozen=True, slots=True)
class KnownCase:
    """A registered version that shares a key with the form at hand, as the register answers it."""

    reference: Reference
    agency: str | None
    same_file: bool
    same_children: bool
    same_incident: bool
    first_received_at: datetime | None = None
    """When the case's first form reached the server (aware): its clock is that one's, whatever comes later."""


@dataclass(frozen=True, slots=True)
class DuplicateVerdict:
    """How the form stands to the register: its relation, whose version it is, and cases to look at side by side."""

    relation: Relation
    case: Reference | None = None
    suggested: tuple[Reference, ...] = ()
    of_document: int | None = None
    """Index of an earlier form in the same mail that this one repeats (a Word file and its PDF): same case."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """All that checking found out about one form; durable at CHECKED."""

    document: int
    agency: str | None
    """The referring agency's code where form and configuration agree on one."""
    referral_type: ReferralType
    children: int
    timeliness: SubmissionTimeliness
    qa: QASignOff
    missing: tuple[str, ...]
    """Keys of sections that lack a needed answer."""
    alerts: tuple[str, ...]
    """Codes of what suggests a child may be at risk now."""
    duplicate: DuplicateVerdict
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class CaseEntry:
    """One line to write into the register: a new case, a new version of one, or the note of a resubmission."""

    reference: Reference
    referral: Referral
    assessment: Assessment
    exceptions: tuple[ExceptionItem, ...] = ()


class LetterKind(StrEnum):
    """The letters there are; one of a kind per message, by constraint."""

    ACKNOWLEDGEMENT = "acknowledgement"
    RECEIPT = "receipt"
    SAFETY_ALERT = "safety-alert"
    REPORT = "report"
    """The nightly report: made anew each night and handed straight to the post office, so never in the outbox."""


class LetterState(StrEnum):
    """Where a letter stands. ``waiting`` is for a person's release; ``sent`` only after the server's 250."""

    WAITING = "waiting"
    QUEUED = "queued"
    SENT = "sent"
    ABANDONED = "abandoned"


@dataclass(frozen=True, slots=True)
class AcknowledgementFacts:
    """All an acknowledgement can state: no field holds free text, so a content-free letter is a matter of types.

    ``references`` are opaque; ``sections`` are keys of the form's sections (empty unless the sender is authenticated);
    ``note`` is a code from the letters' closed list ("blank-form", "locked" ...), worded in config/letters.
    """

    references: tuple[Reference, ...]
    received: datetime
    documents: int
    sections: tuple[str, ...] = ()
    note: str | None = None
    limit_megabytes: int | None = None
    """The size a mail may have, where the note is that this one was larger."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter composed whole, ready for the outbox: bytes are final, so a second try is the same letter."""

    kind: LetterKind
    recipients: tuple[Private, ...]
    header_message_id: str
    """The fixed RFC 5322 msg-id, without angle brackets; carries our keyed token."""
    content: bytes = field(repr=False)
    state: LetterState = LetterState.QUEUED
    why: str | None = None
    """Why it waits (a code), where it does."""


Details = Mapping[str, str | int]

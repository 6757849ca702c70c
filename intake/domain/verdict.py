"""Verdicts of screening: values from closed lists, in the standards' own words, with evidence."""

from dataclasses import dataclass
from enum import StrEnum

from intake.domain.private import Private


class AuthResult(StrEnum):
    """Results of SPF, DKIM and DMARC (RFC 8601 2.7), the ones that matter here."""

    PASS = "pass"  # noqa: S105 - a result of RFC 8601, not a password
    FAIL = "fail"
    SOFTFAIL = "softfail"
    NEUTRAL = "neutral"
    NONE = "none"
    TEMPERROR = "temperror"
    PERMERROR = "permerror"


class SenderTrust(StrEnum):
    """Who a mail is from, as far as that can be known."""

    AUTHENTICATED = "authenticated"
    """A known agency's address, and our own border says DMARC pass, aligned."""
    UNVERIFIED = "unverified"
    """A known agency's address; our border said nothing plain."""
    FAILED = "failed"
    """A known agency's address that fails, or whose results were forged: a spoof until shown otherwise."""
    UNKNOWN = "unknown"
    """A well-formed address of no known agency (webmail among them)."""
    UNUSABLE = "unusable"
    """Not exactly one From with one strict address, or its readers disagree."""
    OURSELVES = "ourselves"
    """One of the monitored or sending addresses."""


@dataclass(frozen=True, slots=True)
class SenderVerdict:
    """The judged sender: address only where one strict address was found; the agency's code where one owns it."""

    trust: SenderTrust
    address: Private | None
    agency: str | None
    spf: AuthResult
    dkim: AuthResult
    dmarc: AuthResult
    notes: tuple[str, ...] = ()
    """Codes: several-from, from-readers-disagree, reply-to-elsewhere, lookalike-domain, forged-results ..."""


class Automation(StrEnum):
    """Whether a person wrote the mail (RFC 3834)."""

    PERSON = "person"
    AUTO_REPLY = "auto-reply"
    BULK = "bulk"
    BOUNCE = "bounce"
    CALENDAR = "calendar"


class ScanResult(StrEnum):
    """What the malware scanner said."""

    CLEAN = "clean"
    INFECTED = "infected"
    NOT_SCANNED = "not-scanned"


@dataclass(frozen=True, slots=True)
class Screening:
    """All verdicts on one mail; durable at SCREENED, and with QUARANTINED, HELD or SET_ASIDE from there."""

    sender: SenderVerdict
    automation: Automation
    answerable: bool
    """False where RFC 3834 forbids an answer, whoever wrote it (List-*, Precedence, null return path ...)."""
    scan: ScanResult
    wrapper: str | None
    links: tuple[str, ...]
    notes: tuple[str, ...]
    sent_date: Private | None
    """The Date header as typed: kept and shown, never used."""
    in_reply_to: str | None
    """Its own Message-ID where that is a clean RFC 5322 msg-id: goes into our In-Reply-To."""
    linked: tuple[str, ...] = ()
    """References of the cases a letter of ours spoke of, where this mail answers that letter (keyed token)."""

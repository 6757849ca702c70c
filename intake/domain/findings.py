"""Findings, exceptions and alerts: what was noticed, in codes; findings never hold a referral."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How loudly a kind is shown; configuration (``checks.toml``) says which."""

    NOTE = "note"
    ATTENTION = "attention"
    TODAY = "today"
    ALERT = "alert"


@dataclass(frozen=True, slots=True)
class FindingKind:
    """A kind of finding a check can make: its code, its meaning to staff, its severity unless configured."""

    code: str
    meaning: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found on one form, or on a whole mail (``document`` None); codes and counts only."""

    code: str
    document: int | None = None
    detail: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExceptionItem:
    """An exception to open, for a person to close; ``code`` is a finding's or a holding reason's."""

    code: str
    severity: Severity
    reference: str | None = None
    document: int | None = None

"""A whole referral as read, made directly from readings: for checks, which need no document."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from intake.checks.context import CheckContext
from intake.domain.case import KnownCase
from intake.domain.private import Private
from intake.domain.referral import Reading, Referral, Remainder
from intake.domain.verdict import AuthResult, SenderTrust, SenderVerdict
from intake.settings import Settings
from parsers.contract import Certainty

RECEIVED = datetime(2026, 11, 13, 10, 30, tzinfo=UTC)
SHEET, EDITION = "sscp-2023", "July 2023 (reconstruction)"

ANSWERS: Mapping[str, str] = {
    "referrer.name": "Rae Ferrer",
    "referrer.role": "Detective Sergeant",
    "referrer.agency": "Greater Manchester Police",
    "referrer.email": "rae.ferrer@gmp.example",
    "referral.date": "13/11/2026",
    "incident.date": "10/11/2026",
    "incident.summary": "A neighbour called an ambulance.",
    "referral.reason": "Serious harm after several contacts.",
    "referral.criteria": "A child has been seriously harmed and abuse or neglect is known or suspected",
    "safety.current_risk": "No",
    "qa.name": "Orla Example",
    "qa.agency": "GMP",
    "qa.date": "13/11/2026",
    "qa.statement": "Read and agreed.",
}
CHILD: Mapping[str, str] = {"child.name": "Tam Madeup", "child.dob": "04/03/2021"}

Answer = str | None | Sequence[str]


def referral(
    answers: Mapping[str, Answer] | None = None,
    *,
    children: Iterable[Mapping[str, str]] = (CHILD,),
    sheet: str | None = SHEET,
    edition: str | None = EDITION,
    sha256: str = "ab" * 32,
    doubtful: Iterable[str] = (),
    conflicts: tuple[str, ...] = (),
    unplaced: tuple[Remainder, ...] = (),
    document: int = 1,
    codes: tuple[str, ...] = (),
) -> Referral:
    """Return a complete, timely, signed referral changed by ``answers``: None leaves one out, several are several."""
    texts: list[tuple[str, int | None, str]] = [
        (field, None, text) for field, given in {**ANSWERS, **(answers or {})}.items() for text in _each(given)
    ]
    texts += [(field, number, text) for number, child in enumerate(children, 1) for field, text in child.items()]
    doubts = frozenset(doubtful)
    return Referral(
        document=document,
        sha256=sha256,
        sheet=sheet,
        edition=edition if sheet else None,
        readings=tuple(
            Reading(field, child, Private(text), Private("table 1"), _certainty(field, doubts))
            for field, child, text in texts
        ),
        unplaced=unplaced,
        conflicts=conflicts,
        codes=codes,
    )


def sender(
    agency: str | None = "gmp", trust: SenderTrust = SenderTrust.AUTHENTICATED, address: str = "rae.ferrer@gmp.example"
) -> SenderVerdict:
    """Return a judged sender, the police's own by default."""
    none = AuthResult.NONE
    return SenderVerdict(trust=trust, address=Private(address), agency=agency, spf=none, dkim=none, dmarc=none)


def context(
    settings: Settings,
    *,
    received_at: datetime = RECEIVED,
    now: datetime | None = None,
    by: SenderVerdict | None = None,
    known: Sequence[KnownCase] = (),
) -> CheckContext:
    """Return what checks may know beside the form."""
    return CheckContext(received_at, now or received_at, by or sender(), tuple(known), settings)


def _each(given: Answer) -> Sequence[str]:
    return () if given is None else (given,) if isinstance(given, str) else given


def _certainty(field: str, doubts: frozenset[str]) -> Certainty:
    return Certainty.DOUBTFUL if field in doubts else Certainty.CERTAIN

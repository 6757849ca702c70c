"""A second opinion on DKIM: our own word about the signatures of the From domain. It can only lower trust."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from intake.domain.verdict import AuthResult, SenderTrust, SenderVerdict
from parsers.contract import Signature


@dataclass(frozen=True, slots=True)
class Verification:
    """Which signatures were verified with a key of their sender's, and which of them hold."""

    tried: Collection[Signature] = ()
    holding: Collection[Signature] = ()


NOTHING_TRIED = Verification()


def aligned(signatures: Iterable[Signature], domain: str) -> tuple[Signature, ...]:
    """Return those that speak for a From domain: its own, or that of a domain above it (RFC 7489 3.1.1, relaxed)."""
    return tuple(each for each in signatures if domain == each.domain or domain.endswith(f".{each.domain}"))


def notes(verification: Verification) -> tuple[str, ...]:
    """Return a code for what our own verification found; nothing where nothing could be tried."""
    if not verification.tried:
        return ()
    return ("own-dkim-pass",) if verification.holding else ("own-dkim-fail",)


def disputed(verdict: SenderVerdict, verification: Verification) -> SenderVerdict:
    """Return a verdict with our second opinion: a border's DKIM pass that fails here vouches for nobody."""
    found = (*verdict.notes, *notes(verification))
    denied = verdict.dkim is AuthResult.PASS and verification.tried and not verification.holding
    trust = verdict.trust
    if denied and trust is SenderTrust.AUTHENTICATED:
        trust = SenderTrust.UNVERIFIED
    return SenderVerdict(
        trust, verdict.address, verdict.agency, verdict.spf, verdict.dkim, verdict.dmarc, tuple(dict.fromkeys(found))
    )

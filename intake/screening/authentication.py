"""Who vouches for a mail: our own border's word in Authentication-Results (RFC 8601), and nobody else's.

Used is the topmost field whose authserv-id is one of ours: each server writes above what it was given, so what a sender
forged lies below. The border must write the field on every mail, and should take away what claims to be its own.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from intake.domain.verdict import AuthResult
from intake.screening.results_grammar import Instance, Statement, read_instance

EXCHANGE_ONLINE = "exchange-online"
"""In ``trusted_authserv``: believe a field without authserv-id, as Exchange Online writes it, if it stands topmost."""
MOST_LOOKED_AT = 20

_WORDS = {
    **{result.value: result for result in AuthResult},
    "hardfail": AuthResult.FAIL,  # RFC 5451, still written
    "policy": AuthResult.NEUTRAL,  # RFC 8601 2.7.1: signed, but not in a way the server accepts
}
"""Any other word (``bestguesspass``) claims nothing (RFC 8601 2.7.7: unknown results are not acted upon)."""


@dataclass(frozen=True, slots=True)
class Authentication:
    """Our border's results for one From domain; ``notes`` are codes."""

    spf: AuthResult = AuthResult.NONE
    dkim: AuthResult = AuthResult.NONE
    dmarc: AuthResult = AuthResult.NONE
    notes: tuple[str, ...] = ()


def authentication(fields: Sequence[str], trusted: Collection[str], domain: str | None) -> Authentication:
    """Judge by the fields in their order, top first; DMARC passes only for ``domain``, the From's. Never raises."""
    instances = [read_instance(field) for field in fields[:MOST_LOOKED_AT]]
    names = frozenset(name.strip().lower() for name in trusted)
    ours = [place for place, instance in enumerate(instances) if _is_ours(instance, place, names)]
    if not ours:
        return Authentication()
    chosen = instances[ours[0]]
    forged = ("forged-results",) if _forged(instances, ours, domain) else ()
    if chosen.statements is None:
        odd = AuthResult.PERMERROR
        return Authentication(odd, odd, odd, (*forged, "odd-results"))
    dmarc, notes = _dmarc(chosen.statements, domain)
    return Authentication(_evidence(chosen, "spf"), _evidence(chosen, "dkim"), dmarc, (*forged, *notes))


def _is_ours(instance: Instance, place: int, names: frozenset[str]) -> bool:
    if instance.names_none:
        return place == 0 and EXCHANGE_ONLINE in names
    return instance.authserv_id in names - {EXCHANGE_ONLINE, ""}


def _forged(instances: Sequence[Instance], ours: Sequence[int], domain: str | None) -> bool:
    """Tell whether a lower field in our name lies below a stranger's, or claims a pass that ours does not give."""
    first, *others = ours
    unbroken = range(first, first + len(ours))
    if list(ours) != list(unbroken):
        return True
    passes = [_dmarc(instances[place].statements or (), domain)[0] is AuthResult.PASS for place in (first, *others)]
    return any(passes[1:]) and not passes[0]


def _dmarc(statements: Sequence[Statement], domain: str | None) -> tuple[AuthResult, tuple[str, ...]]:
    found = [statement for statement in statements if statement.method == "dmarc"]
    if len(found) > 1:
        return AuthResult.PERMERROR, ("odd-results",)
    result = _WORDS.get(found[0].result, AuthResult.NONE) if found else AuthResult.NONE
    if result is not AuthResult.PASS:
        return result, ()
    domains = {value.lower() for value in found[0].values("header.from")}
    if domain is None:
        return AuthResult.PERMERROR, ()
    if domains != {domain.lower()}:
        return AuthResult.PERMERROR, ("results-for-another-domain",)
    return result, ()


def _evidence(instance: Instance, method: str) -> AuthResult:
    """Return what is kept beside the verdict: a pass if any signature or identity passed, else the first result."""
    results = [_WORDS.get(s.result, AuthResult.NONE) for s in instance.statements or () if s.method == method]
    return AuthResult.PASS if AuthResult.PASS in results else (results or [AuthResult.NONE])[0]

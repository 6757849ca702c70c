"""Who vouches for a mail: our own border's word in Authentication-Results (RFC 8601), and nobody else's.

Used is the topmost field whose authserv-id is one of ours, and only where it stands above what the border was given:
above all Received fields but those our own servers add behind the border. What a sender forged lies below the border's.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from intake.domain.verdict import AuthResult
from intake.screening.results_grammar import Instance, Statement, read_instance

EXCHANGE_ONLINE = "exchange-online"
"""In ``trusted_authserv``: believe a field without authserv-id, as Exchange Online writes it, if it stands topmost."""
EXCHANGE_HOPS = 4
"""Received fields that its own data centres write above it: three as a rule, four were seen."""
MOST_LOOKED_AT = 20
ANOTHER, RELATED = "results-for-another-domain", "results-for-related-domain"

_WORDS = {
    **{result.value: result for result in AuthResult},
    "hardfail": AuthResult.FAIL,  # RFC 5451, still written
    "quarantine": AuthResult.FAIL,  # what is done with a mail that failed, written in place of the result
    "reject": AuthResult.FAIL,
    "policy": AuthResult.NEUTRAL,  # RFC 8601 2.7.1: signed, but not in a way the server accepts
}
"""Any other word (``bestguesspass``) claims nothing (RFC 8601 2.7.7: unknown results are not acted upon)."""


@dataclass(frozen=True, slots=True)
class Border:
    """Whose results are believed, and how many Received fields our own servers write above them."""

    names: Collection[str] = ()
    hops: int | None = None

    @property
    def most_hops(self) -> int:
        """Return the Received fields allowed above the results, where none are configured those of the service."""
        return self.hops if self.hops is not None else EXCHANGE_HOPS if EXCHANGE_ONLINE in self.names else 0


@dataclass(frozen=True, slots=True)
class Authentication:
    """Our border's results for one From domain; ``notes`` are codes."""

    spf: AuthResult = AuthResult.NONE
    dkim: AuthResult = AuthResult.NONE
    dmarc: AuthResult = AuthResult.NONE
    notes: tuple[str, ...] = ()
    fails: bool = False
    """It says plainly that the mail is not from that domain, or somebody forged its word."""


def authentication(
    fields: Sequence[str], border: Border, domain: str | None, received_above: Sequence[int] = ()
) -> Authentication:
    """Judge by the fields in their order, top first, ``received_above`` counting the Received fields above each.

    DMARC passes only for ``domain``, the From's. Never raises.
    """
    instances = [read_instance(field) for field in fields[:MOST_LOOKED_AT]]
    names = frozenset(name.strip().lower() for name in border.names)
    ours = [place for place, instance in enumerate(instances) if _is_ours(instance, place, names)]
    if not ours:
        return Authentication()
    if max(received_above[: ours[0] + 1], default=0) > border.most_hops:
        return Authentication(notes=("forged-results",), fails=True)
    chosen = instances[ours[0]]
    forged = ("forged-results",) if _forged(instances, ours, domain) else ()
    if chosen.statements is None:
        odd = AuthResult.PERMERROR
        return Authentication(odd, odd, odd, (*forged, "odd-results"), fails=True)
    dmarc, notes = _dmarc(chosen.statements, domain)
    spf, dkim = _evidence(chosen, "spf"), _evidence(chosen, "dkim")
    contradicted = bool({*notes} - {RELATED}) or (bool(forged) and dmarc is not AuthResult.PASS)
    fails = contradicted or _fails(chosen.statements, dmarc)
    return Authentication(spf, dkim, dmarc, (*forged, *notes), fails)


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


def _fails(statements: Sequence[Statement], dmarc: AuthResult) -> bool:
    """Tell whether the results say no: by DMARC, by Exchange's own sum of all, or, without DMARC, by what is left.

    An error that may pass (temperror) or the sender's own (permerror), and a softfail, say nothing plain: no fail.
    """
    if dmarc is AuthResult.FAIL or any(each.method == "compauth" and each.result == "fail" for each in statements):
        return True
    rest = {_WORDS.get(each.result, AuthResult.NONE) for each in statements if each.method in {"spf", "dkim"}}
    undecided = rest & {AuthResult.PASS, AuthResult.TEMPERROR}
    return dmarc is AuthResult.NONE and AuthResult.FAIL in rest and not undecided


def _dmarc(statements: Sequence[Statement], domain: str | None) -> tuple[AuthResult, tuple[str, ...]]:
    """Return DMARC's result for ``domain``, and the code of why it is believed of nobody."""
    found = [statement for statement in statements if statement.method == "dmarc"]
    if len(found) > 1:
        return AuthResult.PERMERROR, ("odd-results",)
    result = _WORDS.get(found[0].result, AuthResult.NONE) if found else AuthResult.NONE
    if result is not AuthResult.PASS:
        return result, ()
    domains = {value.lower() for value in found[0].values("header.from")}
    if domain is None or not domains:
        return AuthResult.PERMERROR, ()
    if domains == {domain.lower()}:
        return result, ()
    return AuthResult.PERMERROR, (RELATED if all(_related(each, domain.lower()) for each in domains) else ANOTHER,)


def _related(domain: str, other: str) -> bool:
    """Tell whether one domain lies in the other: some borders name the organisation's, and that is no spoof."""
    return domain.endswith(f".{other}") or other.endswith(f".{domain}")


def _evidence(instance: Instance, method: str) -> AuthResult:
    """Return what is kept beside the verdict: a pass if any signature or identity passed, else the first result."""
    results = [_WORDS.get(s.result, AuthResult.NONE) for s in instance.statements or () if s.method == method]
    return AuthResult.PASS if AuthResult.PASS in results else (results or [AuthResult.NONE])[0]

"""Who a mail is from: the From address alone, where every reader sees the same one and our border vouches for it.

A display name, Reply-To, Return-Path, Sender or Resent-From never says who somebody is; noted is what could mislead.
"""

from collections.abc import Iterable, Sequence
from datetime import date

from intake.domain.private import Private
from intake.domain.verdict import AuthResult, SenderTrust, SenderVerdict
from intake.screening.authentication import Authentication, Border, authentication
from intake.screening.from_header import Sender, addresses_in, strict_sender
from intake.screening.lookalikes import looks_like
from intake.settings.neighbours import Agency
from parsers.contract import Address, Headers

FOREIGN_LABEL = "xn--"
"""A label in another script (RFC 5891): no agency's domain has one, so such a domain is never matched."""


def judge_sender(
    headers: Headers,
    agencies: Sequence[Agency],
    border: Border,
    ourselves: frozenset[str],
    received_on: date,
) -> SenderVerdict:
    """Judge the sender on the day of receipt (in London); ``ourselves`` are lower-case addresses. Never raises."""
    sender, form = _one_sender(headers)
    domain = sender.domain if sender else None
    results = authentication(headers.authentication_results, border, domain, headers.received_above)
    agency, why_not = _agency(sender, agencies, received_on) if sender else (None, ())
    notes = (*form, *why_not, *results.notes, *_misleading(headers, sender, agencies))
    return SenderVerdict(
        trust=_trust(sender, agency, results, ourselves),
        address=Private(sender.address) if sender else None,
        agency=agency.code if agency else None,
        spf=results.spf,
        dkim=results.dkim,
        dmarc=results.dmarc,
        notes=tuple(dict.fromkeys(notes)),
    )


def _one_sender(headers: Headers) -> tuple[Sender | None, tuple[str, ...]]:
    """Return the sender where there is one From that all read alike, else the code of why not."""
    if headers.from_header_count == 0 and not headers.untrusted_from_raw:
        return None, ("from-missing",)
    if headers.from_header_count != 1 or len(headers.untrusted_from_raw) != 1:
        return None, ("several-from",)
    (raw,) = headers.untrusted_from_raw
    sender = strict_sender(raw)
    if sender is None:
        return None, ("encoded-word-in-address" if _encoded_address(raw) else "from-not-strict",)
    readers = (headers.from_addresses, headers.from_second_opinion)
    if any([each.untrusted_address.lower() for each in reader] != [sender.address] for reader in readers):
        return None, ("from-readers-disagree",)
    return sender, ()


def _encoded_address(raw: str) -> bool:
    """Tell whether an encoded word (RFC 2047) stands where an address should: in the brackets, or without any."""
    return "=?" in (raw.rpartition("<")[2] if "<" in raw else raw)


def _agency(sender: Sender, agencies: Iterable[Agency], day: date) -> tuple[Agency | None, tuple[str, ...]]:
    """Return the agency that owns the mailbox or exactly this domain on that day, or a note of why none does."""
    if any(label.startswith(FOREIGN_LABEL) for label in sender.domain.split(".")):
        return None, ()
    owners = [a for a in agencies if sender.address in a.mailboxes or sender.domain in a.domains]
    current = [a for a in owners if (a.since is None or a.since <= day) and (a.to is None or day <= a.to)]
    if len(current) == 1:
        return current[0], ()
    if len(current) > 1:
        return None, ("several-agencies",)
    if owners:
        return None, ("agency-not-current",)
    parents = (f".{domain}" for agency in agencies for domain in agency.domains)
    return None, ("unlisted-sub-domain",) if sender.domain.endswith(tuple(parents)) else ()


def _trust(
    sender: Sender | None, agency: Agency | None, results: Authentication, ourselves: frozenset[str]
) -> SenderTrust:
    if sender is None:
        return SenderTrust.UNUSABLE
    if sender.address in ourselves:
        return SenderTrust.OURSELVES
    if agency is None:
        return SenderTrust.UNKNOWN
    if results.fails:
        return SenderTrust.FAILED
    return SenderTrust.AUTHENTICATED if results.dmarc is AuthResult.PASS else SenderTrust.UNVERIFIED


def _misleading(headers: Headers, sender: Sender | None, agencies: Iterable[Agency]) -> Iterable[str]:
    """Give codes of what could make a person take the sender for another."""
    shown = [each.untrusted_name for each in (*headers.from_addresses, *headers.from_second_opinion)]
    names = addresses_in(" ".join(shown))
    if names - ({sender.address} if sender else set()):
        yield "display-name-address"
    known = {domain for agency in agencies for domain in (*agency.domains, *_domains_of(agency.mailboxes))}
    if any(looks_like(domain, known) for domain in _domains_shown(headers, sender)):
        yield "lookalike-domain"
    if sender and any(each.untrusted_address.lower() != sender.address for each in headers.reply_to):
        yield "reply-to-elsewhere"


def _domains_shown(headers: Headers, sender: Sender | None) -> frozenset[str]:
    if sender:
        return frozenset({sender.domain})
    read: tuple[Address, ...] = (*headers.from_addresses, *headers.from_second_opinion)
    return frozenset(_domains_of(each.untrusted_address for each in read))


def _domains_of(addresses: Iterable[str]) -> Iterable[str]:
    return (address.rpartition("@")[2].lower() for address in addresses)

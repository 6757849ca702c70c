"""A mail's DKIM signatures: what they name, the keys looked up for them, which of them hold."""

from typing import Annotated

from msgspec import Meta

from parsers.contract.bounds import Struct

DomainName = Annotated[str, Meta(pattern=r"\A[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63}){0,9}\Z", max_length=253)]
MAX_SIGNATURES = 5
"""DKIM signatures of one mail that are looked at, from the top."""


class Signature(Struct, frozen=True):
    """Where a DKIM signature (RFC 6376) says its key lies: ``selector`` + "._domainkey." + ``domain``."""

    domain: DomainName
    selector: DomainName


class SigningKey(Struct, frozen=True):
    """A key record as the name service gave it, for one signature."""

    signature: Signature
    record: Annotated[str, Meta(max_length=2_000)]


class Verified(Struct, frozen=True, tag="verified"):
    """Which of the signatures asked about hold: the mail is as it was signed."""

    holding: Annotated[tuple[Signature, ...], Meta(max_length=MAX_SIGNATURES)]

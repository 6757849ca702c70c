"""DKIM signatures (RFC 6376): where each says its key lies, and, given the keys, which of them hold."""

import re
from collections.abc import Sequence
from typing import Any, Final

import dkim
import msgspec

from parsers.containers.headers import Block
from parsers.contract import MAX_SIGNATURES, Signature, SigningKey

LEAST_KEY_BITS: Final = 1024
"""RFC 8301 3.2: what verifies with less proves nothing."""
_TAG: Final = re.compile(r"(?:^|;)\s*([ds])\s*=\s*([A-Za-z0-9._-]{1,253})\s*(?=;|$)")


def named_keys(block: Block) -> tuple[Signature, ...]:
    """Return where the topmost signatures say their keys lie; one that does not say so plainly is left out."""
    found = (_named(value) for value in block.values("dkim-signature")[:MAX_SIGNATURES])
    return tuple(signature for signature in found if signature is not None)


def holding(raw: bytes, keys: Sequence[SigningKey]) -> tuple[Signature, ...]:
    """Return those of the keys' signatures that the mail bears and that hold; whatever cannot be read holds not."""
    records = {_place(key.signature): key.record.encode("ascii", "replace") for key in keys}
    signatures = dkim.DKIM(raw, minkey=LEAST_KEY_BITS)
    held = [_held(signatures, at, records) for at in range(MAX_SIGNATURES)]
    return tuple(key.signature for key in keys if _place(key.signature) in held)


def _held(signatures: "dkim.DKIM", at: int, records: dict[str, bytes]) -> str | None:
    """Verify one signature; return its key's place where it holds."""
    asked: list[str] = []

    def record(name: bytes, **_: Any) -> bytes | None:  # noqa: ANN401 - a time-out the library passes on
        place = name.decode("ascii", "replace").rstrip(".").lower()
        asked.append(place)
        return records.get(place)

    try:
        good = signatures.verify(at, dnsfunc=record)
    except (dkim.DKIMException, ValueError, KeyError, IndexError, TypeError, AttributeError):
        return None
    return asked[0] if good and asked else None


def _named(value: str) -> Signature | None:
    tags = dict(_TAG.findall(value))
    try:
        return msgspec.convert({"domain": tags["d"].lower(), "selector": tags["s"].lower()}, Signature)
    except (KeyError, msgspec.ValidationError):
        return None


def _place(signature: Signature) -> str:
    return f"{signature.selector}._domainkey.{signature.domain}"

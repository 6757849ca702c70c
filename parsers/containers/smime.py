"""S/MIME (RFC 8551): what a signed mail holds, and whether it is as it was signed.

Who signed it is not proved: the certificate comes with the mail, and no authority is asked for it.
"""

import hashlib
import re
from dataclasses import dataclass
from typing import Final

from asn1crypto import cms, pem
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

from parsers.containers.signers import Unverifiable, verified
from parsers.limits import MAX_SIGNATURE_BYTES

INTACT, BROKEN, UNVERIFIED = "smime-intact", "smime-broken", "smime-unverified"
MAX_SIGNERS: Final = 4
_DIGESTS: Final = frozenset({"sha1", "sha224", "sha256", "sha384", "sha512"})
_STUMBLES: Final = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, RecursionError)
"""What asn1crypto raises over bytes that are no CMS."""
_LONE_LF: Final = re.compile(rb"(?<!\r)\n")
_REST_OF_DELIMITER: Final = re.compile(rb"(--)?[ \t]*(?:\r?\n|\Z)")
_DELIMITERS: Final = 3
_MARKS_LOOKED_AT: Final = 1_000
"""Places where the boundary's letters stand, on a line of their own or not: a mail made of them is no signed one."""


@dataclass(frozen=True, slots=True)
class _Delimiter:
    """A line that parts a multipart: where it begins, where the next line does, whether it is the last."""

    start: int
    end: int
    closes: bool


class NothingInside(Exception):
    """A signature or certificates by themselves, or bytes that are no CMS."""


def der_of(data: bytes) -> bytes:
    """Return a CMS structure as DER, whether it came in BER or in base64 (PEM); as it came where it is neither."""
    try:
        raw = pem.unarmor(data)[2] if data.lstrip().startswith(b"-----BEGIN") else data
        return bytes(cms.ContentInfo.load(raw).dump(force=True))
    except _STUMBLES:
        return data


def unwrapped(data: bytes) -> tuple[bytes, str]:
    """Return what an opaque signed mail (``signed-data``) holds, and its signature's code; raises NothingInside."""
    try:
        signed = _signed_data(data)
        content = signed["encap_content_info"]["content"]
        inner = content.native if content else None
    except _STUMBLES:
        raise NothingInside from None
    if not isinstance(inner, bytes) or not inner:
        raise NothingInside
    return inner, _judged(signed, inner)


def judged(entity: bytes, signature: bytes) -> str:
    """Return the code of a detached signature over a MIME entity, as it was sent (its line ends made CRLF)."""
    if len(signature) > MAX_SIGNATURE_BYTES:
        return UNVERIFIED
    try:
        signed = _signed_data(signature)
    except _STUMBLES:
        return UNVERIFIED
    return _judged(signed, _LONE_LF.sub(b"\r\n", entity))


def signed_entity(raw: bytes, boundary: str) -> bytes | None:
    """Return the first of the two parts of multipart/signed, byte for byte; None unless the boundary is there just so.

    A mail that bears one boundary for two multiparts, or more parts than it may, has no entity to be sure of.
    """
    found = _delimiters(raw, b"--" + boundary.encode("utf-8", "replace"))
    if [each.closes for each in found] != [False, False, True]:
        return None
    start, end = found[0].end, found[1].start - 1
    if raw[end - 1 : end] == b"\r":
        end -= 1
    return raw[start:end] if start <= end else None


def _delimiters(raw: bytes, mark: bytes) -> list[_Delimiter]:
    """Return the lines that are a boundary, at most one more than there may be; none where too much resembles one."""
    found: list[_Delimiter] = []
    at = -1
    for _ in range(_MARKS_LOOKED_AT):
        at = raw.find(mark, at + 1)
        if at < 0 or len(found) > _DELIMITERS:
            return found
        rest = _REST_OF_DELIMITER.match(raw, at + len(mark))
        if rest and raw[at - 1 : at] in {b"", b"\n"}:
            found.append(_Delimiter(at, rest.end(), bool(rest[1])))
    return []


def _signed_data(data: bytes) -> cms.SignedData:
    info = cms.ContentInfo.load(der_of(data))
    if info["content_type"].native != "signed_data":
        raise ValueError
    return info["content"]


def _judged(signed: cms.SignedData, content: bytes) -> str:
    """Verify every signer: one that is broken breaks all, one that cannot be verified leaves all so."""
    try:
        signers = list(signed["signer_infos"])
        if not 0 < len(signers) <= MAX_SIGNERS:
            return UNVERIFIED
        good = [_is_good(signed, signer, content) for signer in signers]
    except (Unverifiable, UnsupportedAlgorithm, InvalidSignature, *_STUMBLES):
        return UNVERIFIED
    return INTACT if all(good) else BROKEN


def _is_good(signed: cms.SignedData, signer: cms.SignerInfo, content: bytes) -> bool:
    name = signer["digest_algorithm"]["algorithm"].native
    if name not in _DIGESTS:
        raise Unverifiable
    attributes = signer["signed_attrs"]
    if not attributes:
        return verified(signed, signer, content)
    said = {each["type"].native: each["values"] for each in attributes}
    if len(said) != len(attributes) or "message_digest" not in said:
        return False
    if said["message_digest"][0].native != hashlib.new(name, content, usedforsecurity=False).digest():
        return False
    return verified(signed, signer, attributes.untag().dump(force=True))

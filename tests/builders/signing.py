"""Mails with DKIM signatures of an invented agency, and the key record that its domain publishes."""

import base64
from functools import cache

import dkim
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

DOMAIN, SELECTOR = "gmp.example", "s2026"
NAME = f"{SELECTOR}._domainkey.{DOMAIN}."


@cache
def key() -> RSAPrivateKey:
    """Return this run's key."""
    return generate_private_key(65_537, 2_048)


@cache
def record() -> str:
    """Return what the domain publishes."""
    public = key().public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return f"v=DKIM1; k=rsa; p={base64.b64encode(public).decode('ascii')}"


def signed(raw: bytes, domain: str = DOMAIN, selector: str = SELECTOR) -> bytes:
    """Return a mail with a signature over From, Subject and body on top."""
    secret = key().private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
    headers = [b"from", b"subject"]
    signature: bytes = dkim.sign(raw, selector.encode(), domain.encode(), secret, include_headers=headers)
    return signature + raw

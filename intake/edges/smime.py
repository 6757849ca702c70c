"""S/MIME encrypted to us (RFC 8551): opened with our key on this side of the wall, and never looked at here.

What comes in is DER as the walled program wrote it, what goes out is a MIME entity for the walled program to read.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from cryptography.hazmat.primitives.serialization.pkcs7 import pkcs7_decrypt_der

from intake.edges.secrets import read_secret
from intake.errors import Unavailable
from intake.settings.program import Decryption


@dataclass(frozen=True, slots=True)
class MailKey:
    """A certificate of ours that mails are encrypted to, and its private key."""

    certificate: x509.Certificate
    key: RSAPrivateKey = field(repr=False)


def mail_keys(named: Iterable[Decryption]) -> Iterator[MailKey]:
    """Read our keys anew, one after another; raises Unavailable("secret", code) where one is gone or is none."""
    for each in named:
        certificate, key = read_secret(each.certificate_file), read_secret(each.key_file)
        try:
            private = load_pem_private_key(key.encode(), password=None)
            public = x509.load_pem_x509_certificate(certificate.encode())
        except (ValueError, TypeError, UnsupportedAlgorithm):
            raise Unavailable("secret", "not-a-key") from None
        if not isinstance(private, RSAPrivateKey):
            raise Unavailable("secret", "not-an-rsa-key")
        yield MailKey(public, private)


def decrypted(der: bytes, keys: Iterable[MailKey]) -> bytes | None:
    """Return the MIME entity that an encrypted mail holds, or None where none of our keys opens it.

    RSA (PKCS #1 v1.5) with AES in CBC mode is opened, which is what mail programs write; anything else is not.
    """
    for each in keys:
        try:
            return pkcs7_decrypt_der(der, each.certificate, each.key, [])
        except (ValueError, TypeError, UnsupportedAlgorithm):
            continue
    return None

"""S/MIME mails (RFC 8551) of an invented signer, and encrypted to an invented mailbox key."""

import base64
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs7
from cryptography.x509.oid import NameOID

from tests.builders import mails

Options = pkcs7.PKCS7Options


@dataclass(frozen=True)
class Identity:
    """A self-made certificate and its key."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey

    @property
    def certificate_pem(self) -> bytes:
        """The certificate as a file."""
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def key_pem(self) -> bytes:
        """The key as a file."""
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


@cache
def identity(name: str = "Orla Example", kind: str = "rsa") -> Identity:
    """Return somebody's certificate and key; RSA or elliptic."""
    key = rsa.generate_private_key(65537, 2048) if kind == "rsa" else ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(4711)
        .not_valid_before(datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2027, 1, 1, tzinfo=UTC))
        .sign(key, SHA256())
    )
    return Identity(certificate, key)


def entity(mail: bytes) -> bytes:
    """Return a mail's MIME entity: its own content headers and its content."""
    head, _, body = mail.partition(b"\r\n\r\n")
    lines = head.replace(b"\r\n ", b"\n ").replace(b"\r\n\t", b"\n\t").split(b"\r\n")
    kept = [line.replace(b"\n", b"\r\n") for line in lines if line.lower().startswith(b"content-")]
    return b"\r\n".join(kept) + b"\r\n\r\n" + body


def signature(content: bytes, who: Identity, *options: Options) -> bytes:
    """Return signed-data in DER, opaque unless detached."""
    builder = pkcs7.PKCS7SignatureBuilder().set_data(content).add_signer(who.certificate, who.key, SHA256())
    return builder.sign(Encoding.DER, [Options.Binary, *options])


def detached(content: bytes, who: Identity | None = None, *, signed: bytes | None = None) -> bytes:
    """Return a multipart/signed mail; ``signed`` is what was really signed."""
    der = signature(content if signed is None else signed, who or identity(), Options.DetachedSignature)
    body = (
        b"--=_signed\r\n" + content + b"\r\n--=_signed\r\n"
        b'Content-Type: application/pkcs7-signature; name="smime.p7s"\r\nContent-Transfer-Encoding: base64\r\n'
        b'Content-Disposition: attachment; filename="smime.p7s"\r\n\r\n' + _lines(der) + b"--=_signed--\r\n"
    )
    kind = 'multipart/signed; protocol="application/pkcs7-signature"; micalg=sha-256; boundary="=_signed"'
    return _mail(kind, body)


def opaque(content: bytes, who: Identity | None = None) -> bytes:
    """Return an application/pkcs7-mime mail of signed-data."""
    return pkcs7_mail(signature(content, who or identity()), "signed-data")


def encrypted(content: bytes, to: Identity | None = None) -> bytes:
    """Return an application/pkcs7-mime mail of enveloped-data, encrypted to the mailbox."""
    return pkcs7_mail(envelope(content, to), "enveloped-data")


def envelope(content: bytes, to: Identity | None = None) -> bytes:
    """Return enveloped-data in DER."""
    builder = pkcs7.PKCS7EnvelopeBuilder().set_data(content)
    return builder.add_recipient((to or identity("SSCP Mailbox")).certificate).encrypt(Encoding.DER, [Options.Binary])


def pkcs7_mail(der: bytes, kind: str) -> bytes:
    """Return a mail that is nothing but a CMS structure."""
    head = f'application/pkcs7-mime; smime-type={kind}; name="smime.p7m"'
    return _mail(head, _lines(der), "Content-Transfer-Encoding: base64", "Content-Disposition: attachment")


def content_only(kind_and_body: bytes) -> bytes:
    """Return a signed or encrypted mail's own entity, to be signed or encrypted again."""
    return entity(kind_and_body)


def _mail(kind: str, body: bytes, *more: str) -> bytes:
    head = (f"From: {mails.SENDER}", f"To: {mails.MAILBOX}", "Subject: Referral", f"Date: {mails.DATE}",
            "Message-ID: <one@agency.example>", "MIME-Version: 1.0", f"Content-Type: {kind}", *more)  # fmt: skip
    return mails.with_headers(mails.delivered(mails.SENDER, "pass"), mails.raw(*head, body=body))


def _lines(der: bytes) -> bytes:
    return base64.encodebytes(der).replace(b"\n", b"\r\n")

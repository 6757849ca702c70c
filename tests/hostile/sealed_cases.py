"""Mail that is signed or encrypted, or says so (incident 79)."""

from collections.abc import Iterator

from tests.hostile.case import Case, attached, whole
from tests.hostile.mime_cases import FROM


def sealed_cases() -> Iterator[Case]:
    """Give the cases of signed and encrypted mail (incident 79)."""
    signed = b'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary=b%d\r\n\r\n--b%d\r\n'
    yield whole(
        "signed-in-signed-15", "incident 79", lambda: FROM + b"".join(signed % (n, n) for n in range(15)) + b"\r\nwords"
    )
    yield whole(
        "signed-in-signed-60", "incident 79", lambda: FROM + b"".join(signed % (n, n) for n in range(60)) + b"\r\nwords"
    )
    junk = (
        b"\r\nwords\r\n--b1\r\nContent-Type: application/pkcs7-signature\r\n\r\n\x30\x84\xff\xff\xff\xff\r\n--b1--\r\n"
    )
    yield whole("signature-is-junk", "incident 79", lambda: FROM + signed % (1, 1) + junk)
    yield attached(
        "sealed-junk",
        "incident 79",
        lambda: b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02" + b"\xff" * 900,
        called="smime.p7m",
    )
    yield attached(
        "sealed-deep",
        "incident 79",
        lambda: b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x80" + b"\x30\x80" * 90_000,
        called="smime.p7m",
    )
    yield attached(
        "sealed-says-4-gb",
        "incident 79",
        lambda: b"\x30\x84\xff\xff\xff\xff\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02\xa0\x84\xff\xff\xff\xff",
        called="smime.p7m",
    )
    yield attached(
        "sealed-encrypted-junk",
        "incident 79",
        lambda: b"\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03" + b"\xff" * 90,
        called="smime.p7m",
    )
    yield attached("pgp-junk", "incident 79", lambda: b"-----BEGIN PGP MESSAGE-----\n\n" + b"!" * 9_000, called="a.asc")
    yield attached(
        "protected-junk",
        "incident 79",
        lambda: b"\x76\xe8\x04\x60\xc4\x11\xe3\x86" + b"\xff" * 99,
        called="message.rpmsg",
    )

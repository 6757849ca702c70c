"""One signer of a CMS structure (RFC 5652 5.6): the certificate that came with it, and what its key says."""

from asn1crypto import cms
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key

MAX_CERTIFICATES = 20
MAX_KEY_BITS = 8_192
"""A longer key costs more time than any honest one."""
_HASHES: dict[str, type[hashes.HashAlgorithm]] = {
    "sha1": hashes.SHA1,
    "sha224": hashes.SHA224,
    "sha256": hashes.SHA256,
    "sha384": hashes.SHA384,
    "sha512": hashes.SHA512,
}


class Unverifiable(Exception):
    """Nothing can be said of a signature: its certificate is not there, or its kind is not known here."""


def verified(signed: cms.SignedData, signer: cms.SignerInfo, content: bytes) -> bool:
    """Tell whether the signer's key signed this content; raises Unverifiable, and what asn1crypto stumbles over."""
    key = load_der_public_key(_certificate(signed, signer).public_key.dump())
    signature = signer["signature"].native
    try:
        if isinstance(key, rsa.RSAPublicKey) and key.key_size <= MAX_KEY_BITS:
            key.verify(signature, content, _padding(signer), _hash(signer))
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, content, ec.ECDSA(_hash(signer)))
        elif isinstance(key, ed25519.Ed25519PublicKey):
            key.verify(signature, content)
        else:
            raise Unverifiable
    except InvalidSignature:
        return False
    return True


def _certificate(signed: cms.SignedData, signer: cms.SignerInfo) -> cms.Certificate:
    """Return the certificate the signer names; raises Unverifiable where it did not come along."""
    named = signer["sid"].chosen
    for choice in list(signed["certificates"])[:MAX_CERTIFICATES]:
        each = choice.chosen
        if signer["sid"].name == "subject_key_identifier":
            if each.key_identifier == named.native:
                return each
        elif each.serial_number == named["serial_number"].native and each.issuer == named["issuer"]:
            return each
    raise Unverifiable


def _hash(signer: cms.SignerInfo) -> hashes.HashAlgorithm:
    return _HASHES[signer["digest_algorithm"]["algorithm"].native]()


def _padding(signer: cms.SignerInfo) -> padding.AsymmetricPadding:
    algorithm = signer["signature_algorithm"]
    if algorithm["algorithm"].native != "rsassa_pss":
        return padding.PKCS1v15()
    parameters = algorithm["parameters"]
    mask = parameters["mask_gen_algorithm"]["parameters"]["algorithm"].native
    return padding.PSS(mgf=padding.MGF1(_HASHES[mask]()), salt_length=int(parameters["salt_length"].native))

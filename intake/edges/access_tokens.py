"""Access tokens for mail servers: an app's own, by client credentials (RFC 6749 4.4), asked for at each login.

The app proves who it is by a secret, or by a certificate whose key never leaves this machine (RFC 7523 2.2). A token is
kept nowhere, so none runs out in our hands, and a secret that was changed counts from the next login on.
"""

import json
import re
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import requests
from authlib.oauth2.rfc7523 import private_key_jwt_sign
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.hashes import SHA256
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from intake.edges.secrets import read_secret
from intake.errors import Unavailable
from intake.settings.program import OAuth

WHAT: Final = "token"
SECONDS: Final = 10.0
MOST_BYTES: Final = 1 << 18
BY_ASSERTION: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
REFUSALS: Final = frozenset(
    {"invalid_client", "invalid_grant", "invalid_request", "invalid_scope", "unauthorized_client"}
)
"""What a provider may say (RFC 6749 5.2); whatever else it says goes no further than here."""
_TOKEN = re.compile(r"[\x21-\x7e]{1,16384}")


def access_token(oauth: OAuth) -> str:
    """Ask for a token and return it.

    Raises Unavailable("token", "token-away" | "token-refused[-...]" | "token-unusable"), and Unavailable("secret",
    code) where what the app proves itself by is not there, or is none.
    """
    where = f"{oauth.authority.rstrip('/')}/{oauth.tenant}/oauth2/v2.0/token"
    asked = {"grant_type": "client_credentials", "client_id": oauth.client_id, "scope": oauth.scope}
    status, told = _posted(where, asked | _proof(oauth, where))
    if status != requests.codes.ok:
        said = str(told.get("error"))
        raise Unavailable(WHAT, f"token-refused-{said.replace('_', '-')}" if said in REFUSALS else "token-refused")
    token = told.get("access_token")
    if not isinstance(token, str) or not _TOKEN.fullmatch(token):
        raise Unavailable(WHAT, "token-unusable")
    return token


def proof_ends(oauth: OAuth) -> date | None:
    """Return the last day (UTC) of the certificate the app proves itself by; None where none can be read."""
    if oauth.certificate_file is None:
        return None
    try:
        return x509.load_pem_x509_certificate(read_secret(oauth.certificate_file).encode()).not_valid_after_utc.date()
    except (Unavailable, ValueError):
        return None


def _proof(oauth: OAuth, where: str) -> dict[str, str]:
    if oauth.client_secret_file is not None:
        return {"client_secret": read_secret(oauth.client_secret_file)}
    if oauth.certificate_file is None:
        raise Unavailable("secret", "not-a-key")
    return {"client_assertion_type": BY_ASSERTION, "client_assertion": _assertion(oauth, oauth.certificate_file, where)}


def _assertion(oauth: OAuth, file: Path, where: str) -> str:
    """Sign that we are the app; the certificate is named by its thumbprint (RFC 7515 4.1.8)."""
    pem = read_secret(file)
    try:
        thumbprint = x509.load_pem_x509_certificate(pem.encode()).fingerprint(SHA256())
        header = {"typ": "JWT", "x5t#S256": urlsafe_b64encode(thumbprint).rstrip(b"=").decode()}
        key = RSAKey.import_key(pem[pem.index("-----BEGIN PRIVATE KEY") :])
        return str(private_key_jwt_sign(key, oauth.client_id, where, alg="PS256", header=header, expires_in=300))
    except (ValueError, TypeError, UnsupportedAlgorithm, JoseError):
        raise Unavailable("secret", "not-a-key") from None


def _posted(where: str, body: Mapping[str, str]) -> tuple[int, Mapping[str, Any]]:
    """Return the provider's status and the object it said; what is no object, or is of its own trouble, is "away"."""
    try:
        with requests.post(
            where, data=body, timeout=SECONDS, allow_redirects=False, stream=True, auth=lambda asked: asked,
            headers={"Accept": "application/json"},
        ) as answer:  # fmt: skip
            told = json.loads(answer.raw.read(MOST_BYTES, decode_content=True))
    except (requests.RequestException, ValueError, OSError):
        raise Unavailable(WHAT, "token-away") from None
    if not isinstance(told, dict) or answer.status_code >= requests.codes.server_error:
        raise Unavailable(WHAT, "token-away")
    return answer.status_code, told

"""A token endpoint on loopback: client credentials by secret or by a signed assertion, as Entra ID takes them.

``with running() as provider:`` gives one that knows :data:`CLIENT` and says whose a token is at ``/whose?token=`` (what
Dovecot asks). It checks what it is sent as strictly as the real one, and keeps what it was asked.
"""

import hashlib
import json
import threading
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import trustme
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

TENANT, CLIENT, SECRET = "salford.example", "0a1b2c3d-app", "an-invented-client-secret"
SCOPE = "https://outlook.example/.default"
BY_ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


@dataclass
class Provider:
    """One provider; ``answer`` in place of a token where it is set: status and body."""

    certificate: str
    user: str = "someone"
    port: int = 0
    answer: tuple[int, bytes] | None = None
    asked: list[dict[str, str]] = field(default_factory=list)
    given: list[str] = field(default_factory=list)

    @property
    def authority(self) -> str:
        """Where it is, as ``oauth.authority`` wants it."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def whose(self) -> str:
        """Where Dovecot asks whose a token is; the token follows."""
        return f"{self.authority}/whose?token="

    def told(self, form: dict[str, str]) -> tuple[int, bytes]:
        """Answer a request for a token."""
        self.asked.append(form)
        if self.answer is not None:
            return self.answer
        if form.get("grant_type") != "client_credentials" or form.get("scope") != SCOPE:
            return 400, json.dumps({"error": "invalid_request", "error_description": "zqxkanari"}).encode()
        if form.get("client_id") != CLIENT or not (self._by_secret(form) or self._by_assertion(form)):
            return 401, json.dumps({"error": "invalid_client", "error_description": "zqxkanari"}).encode()
        self.given.append(f"invented-token-{len(self.given)}")
        told = {"token_type": "Bearer", "expires_in": 3599, "access_token": self.given[-1]}
        return 200, json.dumps(told).encode()

    def owner(self, token: str) -> tuple[int, bytes]:
        """Tell whose a token is."""
        return (200, json.dumps({"user": self.user}).encode()) if token in self.given else (400, b"{}")

    def _by_secret(self, form: dict[str, str]) -> bool:
        return form.get("client_secret") == SECRET and "client_assertion" not in form

    def _by_assertion(self, form: dict[str, str]) -> bool:
        if form.get("client_assertion_type") != BY_ASSERTION:
            return False
        where = f"{self.authority}/{TENANT}/oauth2/v2.0/token"
        known = x509.load_pem_x509_certificate(self.certificate.encode())
        der = known.public_bytes(Encoding.DER)
        thumbprint = urlsafe_b64encode(hashlib.sha256(der).digest()).rstrip(b"=").decode()
        must: Any = {"essential": True}
        rules = jwt.JWTClaimsRegistry(
            iss={"essential": True, "value": CLIENT}, sub={"essential": True, "value": CLIENT},
            aud={"essential": True, "value": where}, exp=must, iat=must, jti=must,
        )  # fmt: skip
        try:
            key = RSAKey.import_key(self.certificate)
            token = jwt.decode(form.get("client_assertion", ""), key, algorithms=["PS256"])
            rules.validate(token.claims)
        except (JoseError, ValueError):
            return False
        return token.header.get("x5t#S256") == thumbprint


def proof(folder: Path) -> tuple[Path, str]:
    """Return the file of an app's certificate with its key, and the certificate as the provider knows it."""
    issued = trustme.CA(key_type=trustme.KeyType.RSA).issue_cert("app.example", key_type=trustme.KeyType.RSA)
    key = load_pem_private_key(issued.private_key_pem.bytes(), None)
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    certificate = issued.cert_chain_pems[0].bytes().decode()
    file = folder / "client.pem"
    file.write_text(certificate + pem)
    file.chmod(0o600)
    return file, certificate


@contextmanager
def running(certificate: str = "") -> Iterator[Provider]:
    """Give a provider that answers."""
    provider = Provider(certificate)

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            form = dict(parse_qsl(self.rfile.read(length).decode()))
            assert self.path == f"/{TENANT}/oauth2/v2.0/token"
            assert "Authorization" not in self.headers
            self._say(*provider.told(form))

        def do_GET(self) -> None:
            self._say(*provider.owner(dict(parse_qsl(urlsplit(self.path).query)).get("token", "")))

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def _say(self, status: int, body: bytes) -> None:
            self.send_response(status)
            if status == 302:
                self.send_header("Location", f"{provider.authority}/elsewhere")
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        provider.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield provider
        finally:
            server.shutdown()
            thread.join()

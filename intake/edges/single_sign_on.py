"""Signing in with the organisation's accounts: OpenID Connect's code flow with PKCE, state and nonce (RFC 7636).

The provider is asked over verified TLS (plain text on loopback alone); its token is believed only when it is signed by
a key it publishes, for us, from it, now, and for the very try at hand.
"""

import json
import secrets
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwk, jwt
from joserfc.errors import JoseError

from intake.domain.staff import Role
from intake.errors import Unavailable
from intake.settings.program import Oidc

ALGORITHMS: Final = ("RS256", "PS256", "ES256")
SECONDS: Final = 10.0
LEEWAY: Final = 60
MOST_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Pending:
    """One try to sign in, between the way there and the way back; kept by us, never by the browser."""

    state: str
    nonce: str
    verifier: str
    to: str = ""
    """Where they were going; the first page where it is empty."""
    anew: int | None = None
    """Since when, in seconds since the epoch, they must have proved who they are; None: an earlier proof will do."""


@dataclass(frozen=True, slots=True)
class Known:
    """Who the provider says it is, and as what; ``roles`` may be empty."""

    name: str
    roles: frozenset[Role]
    proved_ago: int | None = None
    """How many seconds ago they proved it to the provider; None where it does not say."""


class NotLetIn(Exception):
    """The provider's answer is none we believe; ``code`` is of a closed list and says why."""

    def __init__(self, code: str) -> None:
        """Keep the code."""
        super().__init__(code)
        self.code = code


class Provider:
    """One provider, its addresses and keys asked for when they are needed and kept until a key is not among them."""

    def __init__(self, settings: Oidc, secret: Callable[[], str], back: str, clock: Callable[[], int]) -> None:
        """``back`` is our address it sends people to; ``clock`` tells seconds since the epoch."""
        self._settings, self._secret, self._back, self._clock = settings, secret, back, clock
        self._lock = threading.Lock()
        self._told: Mapping[str, Any] | None = None
        self._keys: jwk.KeySet | None = None

    def begin(self, to: str = "", *, is_anew: bool = False) -> tuple[str, Pending]:
        """Return the address to send somebody to, and what to keep meanwhile; Unavailable where it is away.

        Whoever proves anew who they are is asked so, and the answer must say when that was (OpenID Connect Core,
        3.1.2.1: ``max_age`` makes ``auth_time`` required).
        """
        state, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(3))
        pending = Pending(state, nonce, verifier, to, self._clock() if is_anew else None)
        anew = {"prompt": "login", "max_age": "0"} if is_anew else {}
        with self._client() as client:
            address, _ = client.create_authorization_url(
                self._where("authorization_endpoint"), state=pending.state, code_verifier=pending.verifier,
                nonce=pending.nonce, **anew,
            )  # fmt: skip
        return str(address), pending

    def finish(self, answer: Mapping[str, str], pending: Pending) -> Known:
        """Return who came back; NotLetIn where any of it is not as it must be, Unavailable where nobody answers."""
        if not secrets.compare_digest(answer.get("state", "").encode(), pending.state.encode()):
            raise NotLetIn("other-try")
        if "code" not in answer:
            raise NotLetIn("refused")
        claims = self._claims(self._token(answer["code"], pending), pending)
        name = claims.get(self._settings.name_claim)
        if not isinstance(name, str) or not name.strip() or len(name) > 200 or not name.isprintable():
            raise NotLetIn("no-name")
        return Known(name.strip().lower(), self._roles(claims), self._proved_ago(claims, pending))

    def _proved_ago(self, claims: Mapping[str, Any], pending: Pending) -> int | None:
        """Return how long ago somebody proved who they are; NotLetIn where that had to be since the try began."""
        told = claims.get("auth_time")
        proved = told if isinstance(told, int) else None
        if pending.anew is not None and (proved is None or proved < pending.anew - LEEWAY):
            raise NotLetIn("not-anew")
        return None if proved is None else max(0, self._clock() - proved)

    def _token(self, code: str, pending: Pending) -> str:
        with self._client() as client:
            try:
                told = client.fetch_token(
                    self._where("token_endpoint"), code=code, code_verifier=pending.verifier, timeout=SECONDS
                )
            except (AuthlibBaseError, ValueError):
                raise NotLetIn("code-refused") from None
            except requests.RequestException:
                raise Unavailable("sign-on", "away") from None
        token = told.get("id_token")
        if not isinstance(token, str):
            raise NotLetIn("no-token")
        return token

    def _claims(self, token: str, pending: Pending) -> Mapping[str, Any]:
        us = self._settings.client_id
        wanted = jwt.JWTClaimsRegistry(
            now=self._clock, leeway=LEEWAY,
            iss={"essential": True, "value": self._where("issuer")}, aud={"essential": True, "value": us},
            nonce={"essential": True, "value": pending.nonce}, exp={"essential": True}, sub={"essential": True},
        )  # fmt: skip
        try:
            claims = self._decoded(token)
            wanted.validate(claims)
        except (JoseError, ValueError):
            raise NotLetIn("token-not-ours") from None
        if (
            isinstance(claims.get("aud"), list)
            and claims.get("azp", self._settings.client_id) != self._settings.client_id
        ):
            raise NotLetIn("token-not-ours")
        return claims

    def _decoded(self, token: str) -> dict[str, Any]:
        """Decode with the keys at hand, and once more with fresh ones: providers change theirs."""
        with self._lock:
            if self._keys is not None:
                try:
                    return jwt.decode(token, self._keys, algorithms=ALGORITHMS).claims
                except (JoseError, ValueError):
                    pass
            self._keys = jwk.KeySet.import_key_set(_asked(self._where("jwks_uri")))  # type: ignore[arg-type]  # any JSON
            return jwt.decode(token, self._keys, algorithms=ALGORITHMS).claims

    def _roles(self, claims: Mapping[str, Any]) -> frozenset[Role]:
        said = claims.get(self._settings.roles_claim, ())
        called = {str(ours): theirs for ours, theirs in self._settings.roles.items()}
        names: Sequence[object] = [said] if isinstance(said, str) else said if isinstance(said, list) else ()
        return frozenset(role for role in Role if called.get(role.value, role.value) in names)

    def _where(self, what: str) -> str:
        if self._told is None:
            told = _asked(f"{self._settings.issuer.rstrip('/')}/.well-known/openid-configuration")
            if told.get("issuer") != self._settings.issuer:
                raise Unavailable("sign-on", "other-issuer")
            self._told = told
        found = self._told.get(what)
        if not isinstance(found, str):
            raise Unavailable("sign-on", "incomplete")
        return found

    def _client(self) -> OAuth2Session:
        return OAuth2Session(
            self._settings.client_id, self._secret(), scope=self._settings.scope, redirect_uri=self._back,
            code_challenge_method="S256", default_timeout=SECONDS,
        )  # fmt: skip


def _asked(address: str) -> dict[str, Any]:
    """Return the JSON object at one of the provider's addresses; Unavailable for anything else."""
    try:
        with requests.get(address, timeout=SECONDS, allow_redirects=False, stream=True) as answer:
            answer.raise_for_status()
            told = answer.raw.read(MOST_BYTES, decode_content=True)
        found = json.loads(told)
    except (requests.RequestException, ValueError, OSError):
        raise Unavailable("sign-on", "away") from None
    if not isinstance(found, dict):
        raise Unavailable("sign-on", "no-object")
    return found

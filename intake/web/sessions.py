"""Flask's session on our server: the cookie holds a number nobody can guess, the records hold the rest."""

import secrets
from hashlib import sha256
from typing import Any

import msgspec
from flask import Flask, Request, Response
from flask.sessions import SessionInterface, SessionMixin
from werkzeug.datastructures import CallbackDict
from werkzeug.local import LocalProxy

from intake.settings.program import Web
from intake.web.office import office

TOKEN_BYTES = 32
ACCOUNT = "account"
"""Where a session keeps the local account it hangs on: closing that ends it. Others hang on none."""


class ServerSession(CallbackDict[str, Any], SessionMixin):
    """What one browser's session holds; ``token`` is its cookie's value, new where ``renew`` was called."""

    def __init__(self, content: dict[str, Any] | None = None, token: str = "") -> None:
        """Take up a session, or begin an empty one."""
        super().__init__(content or {}, lambda _: self._touch())
        self.token, self.modified, self.old = token, False, ""

    def _touch(self) -> None:
        self.modified = True

    def renew(self) -> None:
        """Begin anew under another number: whoever planted or read the old one has nothing."""
        self.clear()
        self.old, self.token, self.modified = self.token, "", True


class ServerSessions(SessionInterface):
    """Opens and keeps sessions."""

    def __init__(self, web: Web) -> None:
        """Name the cookie as strictly as the way to the browser allows."""
        self._is_secure = bool(web.public_name)
        self.name = "__Host-intake" if self._is_secure else "intake"

    def open_session(self, app: Flask, request: Request) -> ServerSession:  # noqa: ARG002 - Flask's shape
        """Return the session of the cookie, or an empty one."""
        token = request.cookies.get(self.name, "")
        if not token or request.endpoint == "static":
            return ServerSession()
        here = office()
        content = here.records.session(digest_of(token), here.clock())
        return ServerSession(msgspec.json.decode(content), token) if content else ServerSession()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:  # noqa: ARG002 - Flask's shape
        """Keep what has changed, and end what has been left."""
        if not isinstance(session, ServerSession):
            raise TypeError(type(session).__name__)
        here = office()
        if session.old:
            here.records.end_session(digest_of(session.old))
        if not session.modified:
            return
        if not session:
            if session.token:
                here.records.end_session(digest_of(session.token))
            response.delete_cookie(self.name, secure=self._is_secure, httponly=True, samesite="Strict")
            return
        session.token = session.token or secrets.token_urlsafe(TOKEN_BYTES)
        content = msgspec.json.encode(dict(session))
        here.records.keep_session(digest_of(session.token), session.get(ACCOUNT), content, here.clock())
        response.set_cookie(
            self.name, session.token, secure=self._is_secure, httponly=True, samesite="Strict", path="/"
        )


def renew(session: SessionMixin) -> None:
    """Begin the request's session anew under another number (after a sign-in)."""
    real = session._get_current_object() if isinstance(session, LocalProxy) else session  # noqa: SLF001 - how a proxy is looked behind
    if not isinstance(real, ServerSession):
        raise TypeError(type(real).__name__)
    real.renew()


def digest_of(token: str) -> str:
    """Return what the records know a session by: whoever reads them cannot become anybody."""
    return sha256(token.encode()).hexdigest()

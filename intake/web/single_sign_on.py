"""Signing in by the organisation: there, back, and a page of ours between (a strict cookie does not come back)."""

import re
import secrets
from typing import Any

import msgspec
import structlog
from flask import Blueprint, Response, abort, make_response, redirect, render_template, request

from intake.edges.single_sign_on import NotLetIn, Pending
from intake.web.access import OPEN, home, page, visitor
from intake.web.office import office
from intake.web.proving import let_in_from_there
from intake.web.rates import place_of
from intake.web.sessions import TOKEN_BYTES, digest_of

log = structlog.get_logger("web")

pages = Blueprint("single_sign_on", __name__)
COOKIE = "intake-sign-on"
MINUTES = 10
PLACES = re.compile(r"/message/[A-Za-z0-9-]{1,60}")
"""Where somebody may be led back to, having proved anew who they are; nowhere else."""
PATH = "/sign-in/organisation"


@page(pages, PATH, OPEN)
def there() -> Any:  # noqa: ANN401 - an answer
    """Send somebody to the provider, by a link: our policy lets no form lead elsewhere.

    What belongs to this try is kept here, and found again by a cookie of its own.
    """
    here = office()
    if here.sign_on is None:
        abort(404)
    if not here.tries.allows(place_of(request.remote_addr)):
        abort(429)
    to = request.args.get("to", "")
    address, pending = here.sign_on.begin(to if PLACES.fullmatch(to) else "")
    token = secrets.token_urlsafe(TOKEN_BYTES)
    here.records.keep_session(digest_of(token), None, msgspec.json.encode(pending), here.clock())
    answer: Response = make_response(redirect(address))
    is_secure = bool(here.settings.program.web.public_name)
    # Lax, not strict: the way back begins at the provider
    answer.set_cookie(COOKIE, token, MINUTES * 60, path=PATH, secure=is_secure, httponly=True, samesite="Lax")
    return answer


@page(pages, f"{PATH}/back", OPEN)
def back() -> Any:  # noqa: ANN401 - an answer
    """Take somebody in whom the provider knows, with the roles it says; a try is good once."""
    here = office()
    pending = _pending()
    if here.sign_on is None or pending is None:
        abort(400)
    try:
        known = here.sign_on.finish(request.args, pending)
    except NotLetIn as no:
        log.warning("sign-on-refused", why=no.code)
        return render_template("not_let_in.html"), 403
    if not known.roles:
        log.warning("sign-on-refused", why="no-role")
        return render_template("not_let_in.html"), 403
    let_in_from_there(known.name, known.roles)
    here.records.note_act("signed-in", "single-sign-on", visitor().name, here.clock(), account=visitor().name)
    answer: Response = make_response(render_template("let_in.html", to=pending.to or home()))
    answer.delete_cookie(COOKIE, path=PATH)
    return answer


def _pending() -> Pending | None:
    """Return what was kept for this try, and forget it."""
    here, token = office(), request.cookies.get(COOKIE, "")
    if not token:
        return None
    content = here.records.session(digest_of(token), here.clock())
    here.records.end_session(digest_of(token))
    try:
        return msgspec.json.decode(content, type=Pending) if content else None
    except msgspec.DecodeError:
        return None

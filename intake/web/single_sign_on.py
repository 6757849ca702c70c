"""Signing in by the organisation: there, back, and a page of ours between (a strict cookie does not come back)."""

import secrets
from typing import Any

import msgspec
import structlog
from flask import Blueprint, Response, abort, g, make_response, redirect, render_template, request

from intake.edges.single_sign_on import NotLetIn, Pending
from intake.web.access import OPEN, home, page, visitor
from intake.web.addresses import way_back
from intake.web.office import office
from intake.web.proving import let_in_from_there
from intake.web.rates import place_of
from intake.web.sessions import TOKEN_BYTES, digest_of

log = structlog.get_logger("web")

pages = Blueprint("single_sign_on", __name__)
COOKIE = "intake-sign-on"
MINUTES = 10
NO = "Your organisation's answer was not one these pages can let you in by."
SAYS = {
    "over": "This try to sign in is over, or was begun in another browser.",
    "no-role": "Your organisation knows you, but gives you no role on these pages.",
    "no-name": "Your organisation's answer does not say what you are called.",
    "refused": "Your organisation did not sign you in.",
    "not-anew": "Your organisation did not say that you have just proved to it who you are.",
}
PATH = "/sign-in/organisation"


@page(pages, PATH, OPEN)
def there() -> Any:  # noqa: ANN401 - an answer
    """Send somebody to the provider, by a link: our policy lets no form lead elsewhere.

    Whoever is in already has come to prove anew who they are. What belongs to this try is kept here, and found again
    by a cookie of its own.
    """
    here = office()
    if here.sign_on is None:
        abort(404)
    if not here.tries.allows(place_of(request.remote_addr)):
        abort(429)
    address, pending = here.sign_on.begin(way_back(request.args.get("to", "")), is_anew=g.visitor is not None)
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
    if here.sign_on is None:
        abort(404)
    pending = _pending()
    if pending is None:
        return _refused("over", 400)
    try:
        known = here.sign_on.finish(request.args.to_dict(), pending)
    except NotLetIn as no:
        return _refused(no.code, 403)
    if not known.roles:
        return _refused("no-role", 403)
    let_in_from_there(known.name, known.roles, known.proved_ago)
    here.records.note_act("signed-in", "single-sign-on", visitor().name, here.clock(), account=visitor().name)
    answer: Response = make_response(render_template("let_in.html", to=pending.to or home()))
    answer.delete_cookie(COOKIE, path=PATH)
    return answer


def _refused(why: str, status: int) -> Any:  # noqa: ANN401 - an answer
    log.warning("sign-on-refused", why=why)
    return render_template("not_let_in.html", says=SAYS.get(why, NO)), status


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

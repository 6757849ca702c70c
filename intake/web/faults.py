"""What is said when something is wrong: a status, a sentence that is true, a way on; never a word of what was sent."""

from collections.abc import Mapping

import structlog
from flask import Flask, Response, g, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from intake.errors import BrokenPromise, Overtaken, Unavailable
from intake.web.office import office

log = structlog.get_logger("web")

Words = tuple[str, str]
TOO_OLD: Words = (
    "This form is too old",
    "Go back, load the page again, and send it once more. Nothing was changed.",
)
OTHER: Words = (
    "That did not work",
    "These pages cannot answer what was sent. Go back and use the links and buttons on the page. Nothing was changed.",
)
SAYS: Mapping[int, Words] = {
    400: (
        "That cannot be taken",
        "The address or the form holds something these pages do not take. Go back and try again. Nothing was changed.",
    ),
    401: ("Sign in first", "Your session has ended, or you have not signed in yet."),
    403: ("You cannot see this page", "Your role does not include it. Ask whoever keeps the accounts."),
    404: ("Page not found", "There is no such page, message or case."),
    405: ("That cannot be done here", "Go back and use the buttons on the page."),
    409: (
        "Somebody was quicker",
        "This has just been changed by somebody else. Load the page again to see how it stands.",
    ),
    413: ("That is too much", "What was sent is larger than any form on these pages."),
    429: ("Too many tries", "Wait some minutes, then try again."),
    500: (
        "Sorry, there is a problem",
        "It is a fault of the program. The operations log says where; nothing was changed.",
    ),
    503: ("Something is away", "The records cannot be reached just now. Nothing is lost; try again in a minute."),
}
REFUSED, FAULT_OF_OURS = 403, 500


def answer_faults(app: Flask) -> None:
    """Answer every fault by a page of ours."""
    app.register_error_handler(CSRFError, lambda _: _page(400, TOO_OLD))
    app.register_error_handler(SecurityError, lambda _: Response("no such host\n", 400, mimetype="text/plain"))
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(Overtaken, lambda _: _page(409))
    app.register_error_handler(Unavailable, _away)
    app.register_error_handler(Exception, _ours)


def _of_http(fault: HTTPException) -> Response | HTTPException:
    status = fault.code or FAULT_OF_OURS
    if status == REFUSED:
        _note_refusal()
    return fault if 300 <= status < 400 else _page(status)


def _note_refusal() -> None:
    """Write down that somebody who is signed in was refused a page: for each page once a minute, however often."""
    here, who, what = office(), g.get("visitor"), request.endpoint or ""
    if who is not None and here.refusals.allows(f"{what} {who.name}"):
        here.records.note_act("refused", what, who.name, here.clock())


def _away(fault: Exception) -> Response:
    log.warning("waiting-for", what=getattr(fault, "what", ""))
    return _page(503)


def _ours(fault: Exception) -> Response:
    """Log where it was, never what it said: its text could hold a stranger's words."""
    at = fault.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    promise = fault.promise if isinstance(fault, BrokenPromise) else ""
    place = f"{at.tb_frame.f_code.co_filename.rpartition('/')[2]}:{at.tb_lineno}" if at is not None else ""
    log.error("page-failed", fault=type(fault).__name__, promise=promise, at=place, endpoint=request.endpoint or "")
    return _page(FAULT_OF_OURS)


def _page(status: int, words: Words | None = None) -> Response:
    """Return the page of a status; one nobody thought of is the asker's fault or ours, by its number."""
    usual = SAYS[FAULT_OF_OURS] if status >= FAULT_OF_OURS else OTHER
    title, says = words or SAYS.get(status, usual)
    g.setdefault("visitor", None)
    return Response(render_template("problem.html", title=title, says=says, status=status), status)

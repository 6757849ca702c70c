"""Put the pages together: routes, sessions, protection of forms, headers, and what is said when something is wrong."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import structlog
from flask import Flask, Response, g, render_template, request
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError
from jinja2 import ChainableUndefined, ChoiceLoader, PackageLoader, PrefixLoader, StrictUndefined
from werkzeug.exceptions import HTTPException, SecurityError

from intake.errors import BrokenPromise, Overtaken, Unavailable
from intake.web import (
    access,
    account,
    accounts,
    case,
    case_way,
    configuration,
    correcting,
    exceptions,
    figures,
    intake_log,
    keying,
    message,
    signing_in,
    single_sign_on,
    today,
    trail,
)
from intake.web.headers import add_headers, hosts_of
from intake.web.office import EXTENSION, Office
from intake.web.sessions import ServerSessions
from intake.web.words import FILTERS

log = structlog.get_logger("web")

MOST_BODY_BYTES = 64 * 1024
MOST_FORM_PARTS = 100
PAGES = (
    signing_in.pages, today.pages, intake_log.pages, message.pages, case.pages, exceptions.pages, trail.pages,
    configuration.pages, single_sign_on.pages, figures.pages, case_way.pages,
    accounts.pages, account.pages, keying.pages, correcting.pages,
)  # fmt: skip
COMPONENTS = {
    "govukInput": "input", "govukTextarea": "textarea", "govukRadios": "radios", "govukButton": "button",
    "govukErrorSummary": "error-summary", "govukCheckboxes": "checkboxes",
}  # fmt: skip
SAYS = {
    400: ("This form is too old", "Go back, load the page again, and send it once more. Nothing was changed."),
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
    503: ("Something is away", "The records cannot be reached just now. Nothing is lost; try again in a minute."),
    500: (
        "Sorry, there is a problem",
        "It is a fault of the program. The operations log says where; nothing was changed.",
    ),
}


def make_app(office: Office) -> Flask:
    """Return the application over an office; nothing is read before the first request."""
    app = Flask("intake.web")
    app.config.update(
        SECRET_KEY=office.secret,
        MAX_CONTENT_LENGTH=MOST_BODY_BYTES,
        MAX_FORM_PARTS=MOST_FORM_PARTS,
        TRUSTED_HOSTS=hosts_of(office.settings.program.web),
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session
        WTF_CSRF_SSL_STRICT=False,  # no page of ours sends a referrer; the token and SameSite stand for it
        PERMANENT_SESSION_LIFETIME=timedelta(hours=9),
    )
    app.extensions[EXTENSION] = office
    app.session_interface = ServerSessions(office.settings.program.web)
    _speak(app)
    CSRFProtect(app)
    app.before_request(access.admit)
    app.after_request(add_headers)
    for pages in PAGES:
        app.register_blueprint(pages)
    _answer_faults(app)
    return app


def _speak(app: Flask) -> None:
    """Let templates use GOV.UK's components, and fail where they name what is not there."""
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_loader = ChoiceLoader(
        [
            PackageLoader("intake.web"),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    )
    app.jinja_env.filters.update(FILTERS)
    lenient = app.jinja_env.overlay(undefined=ChainableUndefined)  # GOV.UK's own name what nobody gave
    for name, component in COMPONENTS.items():
        template = lenient.get_template(f"govuk_frontend_jinja/components/{component}/macro.html")
        app.jinja_env.globals[name] = getattr(template.module, name)
    app.context_processor(access.what_templates_know)


def _answer_faults(app: Flask) -> None:
    """Answer every fault by a page of ours: its status, a sentence, a way on; never a word of what was sent."""
    app.register_error_handler(CSRFError, lambda _: _problem(400))
    app.register_error_handler(SecurityError, lambda _: Response("no such host\n", 400, mimetype="text/plain"))
    app.register_error_handler(HTTPException, _of_http)
    app.register_error_handler(Overtaken, lambda _: _problem(409))
    app.register_error_handler(Unavailable, _away)
    app.register_error_handler(Exception, _ours)


def _of_http(fault: HTTPException) -> Any:  # noqa: ANN401 - Flask's own
    if fault.code is not None and 300 <= fault.code < 400:
        return fault
    return _problem(fault.code if fault.code in SAYS else 400)


def _away(fault: Exception) -> Response:
    log.warning("waiting-for", what=getattr(fault, "what", ""))
    return _problem(503)


def _ours(fault: Exception) -> Response:
    """Log where it was, never what it said: its text could hold a stranger's words."""
    at = fault.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    promise = fault.promise if isinstance(fault, BrokenPromise) else ""
    place = f"{at.tb_frame.f_code.co_filename.rpartition('/')[2]}:{at.tb_lineno}" if at is not None else ""
    log.error("page-failed", fault=type(fault).__name__, promise=promise, at=place, endpoint=request.endpoint or "")
    return _problem(500)


def _problem(status: int) -> Response:
    title, says = SAYS[status]
    g.setdefault("visitor", None)
    return Response(render_template("problem.html", title=title, says=says, status=status), status)


Handler = Callable[..., Any]

"""Put the pages together: routes, sessions, protection of forms, headers."""

from datetime import timedelta

from flask import Flask, g, request
from flask_wtf import CSRFProtect
from jinja2 import ChainableUndefined, ChoiceLoader, PackageLoader, PrefixLoader, StrictUndefined

from intake.web import (
    access,
    account,
    accounts,
    addresses,
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
from intake.web.faults import answer_faults
from intake.web.headers import add_headers, hosts_of
from intake.web.office import EXTENSION, Office
from intake.web.sessions import ServerSessions
from intake.web.words import FILTERS

MOST_BODY_BYTES = 64 * 1024
MOST_FORM_PARTS = 100
LARGE = "keying.key"
PAGES = (
    signing_in.pages, today.pages, intake_log.pages, message.pages, case.pages, exceptions.pages, trail.pages,
    configuration.pages, single_sign_on.pages, figures.pages, case_way.pages,
    accounts.pages, account.pages, keying.pages, correcting.pages,
)  # fmt: skip
COMPONENTS = {
    "govukTextarea": "textarea", "govukRadios": "radios", "govukButton": "button",
    "govukErrorSummary": "error-summary", "govukCheckboxes": "checkboxes",
}  # fmt: skip


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
    app.url_map.converters["int"] = addresses.Number
    app.before_request(access.recognise)
    app.before_request(_bound)
    app.before_request(addresses.refuse_nul)
    CSRFProtect(app)
    app.before_request(access.admit)
    app.before_request(addresses.straighten)
    app.after_request(add_headers)
    for pages in PAGES:
        app.register_blueprint(pages)
    answer_faults(app)
    return app


def _bound() -> None:
    """Take a keyed form whole: its page's own bound would come too late, for the token is looked for in it first."""
    if request.endpoint == LARGE and g.visitor is not None:
        request.max_content_length = keying.MOST_BYTES


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

"""Who may see a page: every route names the right it needs, and a route that names none is seen by nobody."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from flask import Blueprint, abort, current_app, g, redirect, request, session, url_for

from intake.domain.staff import Right, Role, Visitor
from intake.web.addresses import READS, way_back

NEEDS = "_needs"
OPEN = "open"
"""Marks the few routes that nobody has to be signed in for."""
SIGNED_IN = "signed-in"
"""Marks what everybody who is signed in may see: their own account."""
GIVEN = "given"
"""Where a session keeps that the password was chosen by somebody else: its owner chooses one before anything else."""
TO_CHOOSE = "account.password"
PAGES_THERE_ARE = (
    (Right.SEE_LOG, "today.today", "Today"),
    (Right.SEE_LOG, "intake_log.log", "Intake log"),
    (Right.SEE_LOG, "exceptions.exceptions", "Exceptions"),
    (Right.SEE_FIGURES, "figures.figures", "Figures"),
    (Right.SEE_TRAIL, "trail.trail", "Trail"),
    (Right.SEE_CONFIGURATION, "configuration.configuration", "Configuration"),
    (Right.KEEP_ACCOUNTS, "accounts.accounts", "Accounts"),
)
STATIC = Path(__file__).parent / "static"
GOVUK, PLAIN = "govuk.css", "plain.css"
"""GOV.UK Frontend's styles, put there when the program was built on a machine with Node; else our own plain ones."""
F = TypeVar("F", bound=Callable[..., Any])


def page(pages: Blueprint, rule: str, needs: Right | str, **how: Any) -> Callable[[F], F]:  # noqa: ANN401 - Flask's own
    """Register a page with the right it needs (or ``OPEN``, ``SIGNED_IN``)."""

    def register(view: F) -> F:
        setattr(view, NEEDS, needs)
        pages.route(rule, **how)(view)
        return view

    return register


def recognise() -> None:
    """Find out who asks."""
    g.visitor = visitor_of(dict(session))


def admit() -> Any:  # noqa: ANN401 - an answer, or nothing
    """Send strangers to sign in, and refuse who lacks the right."""
    if request.endpoint in {None, "static"}:
        return None
    needs = getattr(current_app.view_functions[request.endpoint or ""], NEEDS, None)
    if needs == OPEN:
        return None
    if g.visitor is None:
        if request.method in READS:
            return redirect(url_for("signing_in.sign_in", to=way_back(request.path) or None))
        abort(401)
    if session.get(GIVEN) and request.endpoint != TO_CHOOSE:
        return redirect(url_for(TO_CHOOSE))
    if needs != SIGNED_IN and (needs is None or not g.visitor.may(needs)):
        abort(403)
    return None


def visitor_of(content: dict[str, Any]) -> Visitor | None:
    """Return who a session says is there; None where nobody is signed in."""
    name = content.get("name")
    if not isinstance(name, str):
        return None
    return Visitor(name, frozenset(Role(role) for role in content.get("roles", ())))


def visitor() -> Visitor:
    """Return whoever asks; only for pages that need a right."""
    found: Visitor = g.visitor
    return found


def home() -> str:
    """Return the address of the first page that whoever asks may see; where to sign in, for who may see none."""
    who: Visitor | None = g.get("visitor")
    mine = (endpoint for right, endpoint, _ in PAGES_THERE_ARE if who is not None and who.may(right))
    return url_for(next(mine, "signing_in.sign_in"))


def what_templates_know() -> dict[str, Any]:
    """Return what every page may show: who is in, and what they may."""
    return {
        "visitor": g.get("visitor"), "Right": Right, "is_here": _is_here, "home": home,
        "pages_there_are": PAGES_THERE_ARE,
        "styles": GOVUK if (STATIC / GOVUK).exists() else PLAIN,
    }  # fmt: skip


def _is_here(endpoint: str) -> bool:
    return (request.endpoint or "").partition(".")[0] == endpoint.partition(".")[0]

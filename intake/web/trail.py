"""The trail: who looked at what and who did what, from the chained log."""

from typing import Any

from flask import Blueprint, render_template, request

from intake.domain.staff import Right
from intake.web.access import page
from intake.web.addresses import number
from intake.web.office import office
from intake.web.words import why

pages = Blueprint("trail", __name__)
LINES = 100
WORDS = {
    "refused": "Was refused a page",
    "signed-out": "Signed out",
    "password": "by password",
    "single-sign-on": "by the organisation",
    "wrong-password": "a wrong password or code",
    "closed": "the account is closed",
    "locked": "too often: the account rests",
}
AREAS = {
    "today": "the first page", "intake_log": "the intake log", "message": "an email", "keying": "an email",
    "case": "a case", "case_way": "a case", "correcting": "a case", "exceptions": "exceptions", "figures": "figures",
    "trail": "the trail", "configuration": "the configuration", "accounts": "accounts",
}  # fmt: skip
"""What a refused page is about, by the first half of its name."""


@page(pages, "/trail", Right.SEE_TRAIL)
def trail() -> Any:  # noqa: ANN401 - an answer
    """Show lines that people left, newest first; nobody can alter them here or anywhere."""
    lines, below = office().records.trail(LINES, request.args.get("below", type=number))
    return render_template("trail.html", lines=lines, below=below, said=said)


def said(code: str) -> str:
    """Return what a line says of coming, going and being refused in plain words; of all else what every page says."""
    return WORDS.get(code) or AREAS.get(code.partition(".")[0]) or why(code)

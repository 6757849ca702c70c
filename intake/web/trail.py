"""The trail: who looked at what and who did what, from the chained log; of one person, or about one case or email."""

from typing import Any

from flask import Blueprint, render_template, request

from intake.domain.staff import Right
from intake.web.access import page
from intake.web.addresses import number
from intake.web.line_words import more
from intake.web.office import office

pages = Blueprint("trail", __name__)
LINES = 100


@page(pages, "/trail", Right.SEE_TRAIL)
def trail() -> Any:  # noqa: ANN401 - an answer
    """Show lines that people left, newest first; nobody can alter them here or anywhere."""
    by, about = (request.args.get(name, "").strip() for name in ("by", "about"))
    below = request.args.get("below", type=number)
    lines, further = office().records.trail(LINES, below, by=by, about=_known(about))
    kept = {name: value for name, value in (("by", by), ("about", about)) if value}
    told = [line | {"said": more(line)} for line in lines]
    return render_template("trail.html", lines=told, below=further, kept=kept)


def _known(about: str) -> str:
    """Return a reference or an email's number as the records write it."""
    here = office()
    return about.upper() if here.records.is_case(about.upper()) else about.lower()

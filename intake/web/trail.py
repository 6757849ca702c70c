"""The trail: who looked at what and who did what, from the chained log."""

from typing import Any

from flask import Blueprint, render_template, request

from intake.domain.staff import Right
from intake.web.access import page
from intake.web.addresses import number
from intake.web.office import office

pages = Blueprint("trail", __name__)
LINES = 100


@page(pages, "/trail", Right.SEE_TRAIL)
def trail() -> Any:  # noqa: ANN401 - an answer
    """Show lines that people left, newest first; nobody can alter them here or anywhere."""
    lines, below = office().records.trail(LINES, request.args.get("below", type=number))
    return render_template("trail.html", lines=lines, below=below)

"""What is open, the gravest first; a person closes it by name and reason, and nothing closes itself."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, url_for

from intake.domain.staff import Right
from intake.errors import BrokenPromise
from intake.web.access import page, visitor
from intake.web.advice import by_kind
from intake.web.decisions import Reason
from intake.web.office import office

pages = Blueprint("exceptions", __name__)


@page(pages, "/exceptions", Right.SEE_LOG)
def exceptions() -> Any:  # noqa: ANN401 - an answer
    """Show every open item, and letters that wait or did not arrive."""
    here = office()
    letters = [one for one in here.records.outbox_rows() if one["state"] != "sent" or one["bounced_at"]]
    kinds = list(by_kind(here.records.exception_rows()))
    return render_template("exceptions.html", kinds=kinds, letters=letters)


@page(pages, "/exceptions/<int:identity>/close", Right.DECIDE, methods=["GET", "POST"])
def close(identity: int) -> Any:  # noqa: ANN401 - an answer
    """Close an item, by name and reason."""
    here, form = office(), Reason()
    item = next((one for one in here.records.exception_rows() if one["id"] == identity), None)
    if item is None:
        abort(404)
    if not form.validate_on_submit():
        return render_template("close.html", form=form, item=item), 400 if form.is_submitted() else 200
    try:
        here.records.close_exception(identity, visitor().name, form.words, here.clock())
    except BrokenPromise:
        abort(409)
    return redirect(url_for("exceptions.exceptions"))


@page(pages, "/letters/<int:identity>/release", Right.DECIDE, methods=["GET", "POST"])
def release(identity: int) -> Any:  # noqa: ANN401 - an answer
    """Let a waiting letter go."""
    here, form = office(), Reason()
    letter = next((one for one in here.records.outbox_rows() if one["id"] == identity), None)
    if letter is None:
        abort(404)
    if not form.validate_on_submit():
        return render_template("release.html", form=form, letter=letter), 400 if form.is_submitted() else 200
    try:
        here.records.release_letter(identity, visitor().name, form.words, here.clock())
    except BrokenPromise:
        abort(409)
    return redirect(url_for("exceptions.exceptions"))

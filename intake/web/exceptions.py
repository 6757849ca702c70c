"""What is open, the gravest first; a person closes it by name and reason, and nothing closes itself."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from wtforms import RadioField
from wtforms.validators import InputRequired

from intake.domain.case import LetterState
from intake.domain.staff import Right
from intake.errors import BrokenPromise
from intake.records.open_things import Kind
from intake.report.nightly import LETTER_IS_LATE
from intake.web.access import page, visitor
from intake.web.addresses import number
from intake.web.decisions import Reason, done
from intake.web.office import office
from intake.web.stories import opened

pages = Blueprint("exceptions", __name__)
FEW, MOST, CLOSED = 20, 100, 25
"""Of one kind on the page of all, and on its own; closed ones on a page. The rest is counted and a click away."""
SEND, NEVER = "send", "never"
RELEASED = {SEND: "The letter goes out now.", NEVER: "The letter is withdrawn: it never goes out."}


class Released(Reason):
    """What becomes of a letter that waits."""

    way = RadioField(
        "What should happen?", [InputRequired("Choose what should happen")],
        choices={SEND: "Send it", NEVER: "Never send it: nobody waits for it, or it would help a stranger"},
    )  # fmt: skip


@page(pages, "/exceptions", Right.SEE_LOG)
def exceptions() -> Any:  # noqa: ANN401 - an answer
    """Show open items by kind, the first of each, and letters that wait or did not arrive."""
    here = office()
    kinds = [(kind, here.records.open_exceptions(kind.severity, kind.code, limit=FEW)) for kind in _kinds()]
    letters, letters_in_all = here.records.open_letters(MOST, here.clock() - LETTER_IS_LATE)
    return render_template("exceptions.html", kinds=kinds, letters=letters, letters_in_all=letters_in_all)


@page(pages, "/exceptions/kind/<severity>/<code>", Right.SEE_LOG)
def of_kind(severity: str, code: str) -> Any:  # noqa: ANN401 - an answer
    """Show the open items of one kind, a page at a time."""
    kind = next((one for one in _kinds() if (one.severity, one.code) == (severity, code)), None)
    if kind is None:
        abort(404)
    after = request.args.get("after", 0, type=number)
    items = office().records.open_exceptions(severity, code, after=after, limit=MOST)
    return render_template("exceptions_of_kind.html", kind=kind, items=items, is_full=len(items) == MOST)


@page(pages, "/exceptions/closed", Right.SEE_LOG)
def closed() -> Any:  # noqa: ANN401 - an answer
    """Show closed items, the newest first, a page at a time: who, when, and to those who may see children why."""
    items = office().records.closed_exceptions(CLOSED, request.args.get("before", type=int))
    whose = " ".join(dict.fromkeys(item["message"] for item in items))
    reasons = opened([item["line"] for item in items if item["line"] is not None], messages=whose)
    return render_template("exceptions_closed.html", items=items, reasons=reasons, is_full=len(items) == CLOSED)


def _kinds() -> Sequence[Kind]:
    return office().records.open_kinds()


@page(pages, "/exceptions/<int:identity>/close", Right.DECIDE, methods=["GET", "POST"])
def close(identity: int) -> Any:  # noqa: ANN401 - an answer
    """Close an item, by name and reason."""
    here, form = office(), Reason()
    item = here.records.open_exception(identity)
    if item is None:
        abort(409 if here.records.is_closed(identity) else 404)
    if not form.validate_on_submit():
        answer = render_template("close.html", form=form, item=item, safety=here.settings.safety)
        return answer, 400 if form.is_submitted() else 200
    try:
        here.records.close_exception(identity, visitor().name, form.words, here.clock())
    except BrokenPromise:
        abort(409)
    return done("The item is closed.", url_for("exceptions.exceptions"))


@page(pages, "/letters/<int:identity>/release", Right.DECIDE, methods=["GET", "POST"])
def release(identity: int) -> Any:  # noqa: ANN401 - an answer
    """Let a waiting letter go, or withdraw it for good; of any other it is said how it stands."""
    here, form = office(), Released()
    letter = here.records.letter(identity)
    if letter is None:
        abort(404)
    if letter["state"] != LetterState.WAITING:
        return render_template("release.html", form=None, letter=letter), 409
    if not form.validate_on_submit():
        return render_template("release.html", form=form, letter=letter), 400 if form.is_submitted() else 200
    act = here.records.release_letter if form.way.data == SEND else here.records.withdraw_letter
    try:
        act(identity, visitor().name, form.words, here.clock())
    except BrokenPromise:
        abort(409)
    return done(RELEASED[form.way.data], url_for("exceptions.exceptions"))

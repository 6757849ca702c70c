"""Correcting one answer of a case: who, when and why stand beside it, and what was read stays."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from wtforms import BooleanField, HiddenField, StringField

from intake.domain.case import Reference
from intake.domain.staff import Right
from intake.errors import BrokenPromise
from intake.web.access import page, visitor
from intake.web.asking import asked, values
from intake.web.decisions import Reason
from intake.web.office import office
from parsers.template import Field

pages = Blueprint("correcting", __name__)
Shown = dict[str, Any]
NOTHING = "Enter the answer, or tick that the form has none"


class Correct(Reason):
    """Another value for one answer; the value's own field is of the answer's kind."""

    field = HiddenField()
    child = HiddenField()
    blank = BooleanField("The form has no answer to this")
    version = StringField()


@page(pages, "/case/<reference>/correct", Right.DECIDE, methods=["GET", "POST"])
def correct(reference: str) -> Any:  # noqa: ANN401 - an answer
    """Ask for the answer as it should be, and keep it beside what was read."""
    here, field = office(), _field(request.values.get("field", ""))
    shape: type[Any] = type("CorrectOne", (Correct,), {"value": asked(field, "The answer as it should be")})
    form = shape(request.args) if request.method == "GET" else shape()
    version, child = _number(form.version.data) or 0, _number(form.child.data)
    shown = _readings(reference, version, field, child)
    if form.validate_on_submit() and _has_answer(form, field):
        said = () if form.blank.data else values(field, form.value.data)
        act = (Reference(reference), version, field.name, child, said, visitor().name, form.words, here.clock())
        try:
            here.records.key_value(*act)
        except BrokenPromise:
            abort(409)
        return redirect(url_for("case.case", reference=reference))
    if request.method == "GET":
        here.records.note_act("looked", "answer", visitor().name, here.clock(), case=reference)
    about = {"form": form, "reference": reference, "shown": shown, "version": version, "what": field}
    return render_template("correct.html", **about), 400 if request.method == "POST" else 200


def _field(name: str) -> Field:
    found = next((one for one in office().settings.library.fields if one.name == name), None)
    if found is None:
        abort(404)
    return found


def _readings(reference: str, version: int, field: Field, child: int | None) -> Sequence[Shown]:
    """Return what a version of the case shows for the answer now."""
    versions = office().records.case_rows(Reference(reference))
    if not 0 < version <= len(versions):
        abort(404)
    return [one for one in versions[version - 1]["readings"] if (one["field"], one["child"]) == (field.name, child)]


def _has_answer(form: Any, field: Field) -> bool:  # noqa: ANN401 - a form made for the field
    if not form.blank.data and not values(field, form.value.data):
        form.value.errors = [NOTHING]
    return not form.errors


def _number(written: str | None) -> int | None:
    return int(written) if written and written.isdecimal() and len(written) < 4 else None

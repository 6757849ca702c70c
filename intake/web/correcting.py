"""Correcting one answer of a case: by name and reason, beside what was read; the case is judged anew with it."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from wtforms import BooleanField, HiddenField, StringField

from intake.domain.case import Reference
from intake.domain.dates import read_date
from intake.domain.incident_date import Precision
from intake.domain.message import MessageId
from intake.domain.private import Private
from intake.domain.rereading import Correction
from intake.domain.staff import Right
from intake.errors import BrokenPromise
from intake.records.emptying import ERASED
from intake.steps import rejudge
from intake.web.access import page, visitor
from intake.web.asking import asked, filled, values
from intake.web.decisions import Reason, done
from intake.web.office import office
from parsers.template import Field, FieldKind

pages = Blueprint("correcting", __name__)
Shown = dict[str, Any]
NOTHING = "Enter the answer, or tick that the form has none"
NO_DAY = "Enter a date, for example 31/3/2019"


class Correct(Reason):
    """Another value for one answer; the value's own field is of the answer's kind."""

    field = HiddenField()
    child = HiddenField()
    blank = BooleanField("The form has no answer to this")
    version = StringField()


@page(pages, "/case/<reference>/correct", Right.DECIDE, methods=["GET", "POST"])
def correct(reference: str) -> Any:  # noqa: ANN401 - an answer
    """Ask for the answer as it should be, and keep it beside what was read; every look is written down."""
    here, field = office(), _field(request.values.get("field", ""))
    shape: type[Any] = type("CorrectOne", (Correct,), {"value": asked(field, "The answer as it should be")})
    form = shape(request.args) if request.method == "GET" else shape()
    version = _version(reference, form.version.data)
    child = _child(version, field, form.child.data)
    shown = [one for one in version["readings"] if (one["field"], one["child"]) == (field.name, child)]
    if form.validate_on_submit() and _has_answer(form, field):
        said = () if form.blank.data else values(field, form.value.data)
        _key(version, Correction(field.name, child, said, visitor().name), form.words)
        return done("The answer is corrected.", url_for("case.case", reference=reference))
    here.records.note_act("looked", "answer", visitor().name, here.clock(), case=reference)
    if request.method == "GET":
        form.value.data = filled(field, [one["value"] for one in shown])
    about = {"form": form, "reference": reference, "shown": shown, "version": version["version"], "what": field}
    return render_template("correct.html", **about), 400 if request.method == "POST" else 200


def _key(version: Shown, correction: Correction, reason: str) -> None:
    """Write what was said and what follows from it, together; 409 where somebody was quicker."""
    here, now = office(), office().clock()
    reference, number = Reference(version["reference"]), version["version"]
    seen = here.records.standing(MessageId(version["message"]))
    form = next(one for one in seen.forms if (one.reference, one.version) == (reference, number))
    one = rejudge.Corrected(seen.message, form, correction)
    judged = rejudge.decide(one, rejudge.collect(one, here.records), here.settings, now)
    act = (correction.field, correction.child, correction.values, correction.by, reason, now)
    try:
        here.records.key_value(reference, number, *act, seen=seen, judged=judged)
    except BrokenPromise:
        abort(409)


def _field(name: str) -> Field:
    found = next((one for one in office().settings.library.fields if one.name == name), None)
    if found is None:
        abort(404)
    return found


def _version(reference: str, written: str | None) -> Shown:
    """Return a version of a case as it stands; 404 where there is none, 409 where it was erased."""
    versions: Sequence[Shown] = office().records.case_rows(Reference(reference))
    number = _number(written) or 0
    if not 0 < number <= len(versions):
        abort(404)
    if versions[-1]["status"] == ERASED:
        abort(409)
    return versions[number - 1]


def _child(version: Shown, field: Field, written: str | None) -> int | None:
    """Return which child an answer is of: one of the form's, or the next; none for what is not asked of each."""
    child = _number(written)
    known = max((one["child"] or 0 for one in version["readings"]), default=0)
    if field.per_child != (child is not None) or (child is not None and not 0 < child <= known + 1):
        abort(404)
    return child


def _has_answer(form: Any, field: Field) -> bool:  # noqa: ANN401 - a form made for the field
    said: tuple[Private, ...] = () if form.blank.data else values(field, form.value.data)
    if not form.blank.data and not said:
        form.value.errors = [NOTHING]
    elif said and field.kind is FieldKind.DATE and read_date(said[0].reveal()).precision is Precision.UNKNOWN:
        form.value.errors = [NO_DAY]
    return not form.errors


def _number(written: str | None) -> int | None:
    return int(written) if written and written.isascii() and written.isdigit() and len(written) < 4 else None

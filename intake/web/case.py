"""A case: each answer beside its place on the form and how sure the reading is; corrections by name and reason."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from wtforms import BooleanField, HiddenField, StringField, TextAreaField
from wtforms.validators import Length

from intake.domain.case import Reference
from intake.domain.private import Private
from intake.domain.staff import Right
from intake.domain.way_deadlines import deadlines
from intake.domain.working_days import calendar, local_date
from intake.errors import BrokenPromise
from intake.web.access import page, visitor
from intake.web.answers import parts
from intake.web.decisions import Reason
from intake.web.office import office
from intake.web.versions import changes

pages = Blueprint("case", __name__)
Shown = dict[str, Any]


class Correct(Reason):
    """Another value for one answer; what was read stays beside it."""

    field = HiddenField()
    child = HiddenField()
    value = TextAreaField("The answer as it should be", [Length(max=20_000)])
    blank = BooleanField("The form has no answer to this")
    version = StringField()


@page(pages, "/case/<reference>", Right.SEE_CHILDREN)
def case(reference: str) -> Any:  # noqa: ANN401 - an answer
    """Show a case; the look is written down before anything is read."""
    return _shown(reference, "case.html")


@page(pages, "/case/<reference>/print", Right.SEE_CHILDREN)
def printed(reference: str) -> Any:  # noqa: ANN401 - an answer
    """Show a case on a page to print."""
    return _shown(reference, "case_print.html")


@page(pages, "/case/<reference>/correct", Right.DECIDE, methods=["GET", "POST"])
def correct(reference: str) -> Any:  # noqa: ANN401 - an answer
    """Correct one answer: who, when and why stand beside it, the old one stays."""
    here, form = office(), Correct(request.args) if request.method == "GET" else Correct()
    versions = _versions(reference)
    version, child = _number(form.version.data), _number(form.child.data)
    if version is None or version > len(versions) or form.field.data not in _fields():
        abort(404)
    now_shown = [one for one in versions[version - 1]["readings"] if _is(one, form.field.data or "", child)]
    if request.method == "GET" or not form.validate_on_submit():
        if request.method == "GET":
            here.records.note_act("looked", "answer", visitor().name, here.clock(), case=reference)
        status = 400 if request.method == "POST" else 200
        answer = render_template("correct.html", form=form, reference=reference, shown=now_shown, version=version)
        return answer, status
    value: Private | tuple[Private, ...] = () if form.blank.data else Private((form.value.data or "").strip())
    act = (Reference(reference), version, form.field.data or "", child, value, visitor().name, form.words, here.clock())
    try:
        here.records.key_value(*act)
    except BrokenPromise:
        abort(409)
    return redirect(url_for("case.case", reference=reference))


def _shown(reference: str, template: str) -> str:
    here = office()
    if not here.records.is_case(reference):
        abort(404)
    here.records.note_act("looked", "case", visitor().name, here.clock(), case=reference)
    versions, known = _versions(reference), Reference(reference)
    newest, way, days = versions[-1], here.records.way_of(known), here.settings.working_days
    began, today = (local_date(moment) for moment in (versions[0]["received_at"], here.clock()))
    return render_template(
        template,
        reference=reference,
        versions=versions,
        newest=newest,
        changes=changes(versions),
        parts_of_form=list(parts(newest, _fields())),
        items=here.records.exceptions_about(reference=reference),
        way=way,
        clocks=deadlines(way, began, today, calendar(days.bank_holidays), days.way),
        owner=here.records.owner_of(known),
        notes=here.records.notes_of(known),
        links=here.records.links_of(known),
        story=here.records.story(reference),
        now=here.clock(),
    )


def _versions(reference: str) -> Sequence[Shown]:
    found = office().records.case_rows(Reference(reference))
    if not found:
        abort(404)
    return found


def _fields() -> list[str]:
    return [one.name for one in office().settings.library.fields]


def _is(one: Shown, field: str, child: int | None) -> bool:
    return bool(one["field"] == field and one["child"] == child)


def _number(written: str | None) -> int | None:
    return int(written) if written and written.isdecimal() and len(written) < 4 else None

"""The intake log: every message, newest first, filtered, a page at a time; found by reference, agency or child."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import Length

from intake.checks.roll import KINDS
from intake.domain.case import Reference
from intake.domain.dates import read_date
from intake.domain.incident_date import Precision
from intake.domain.staff import Right
from intake.domain.stages import Stage
from intake.domain.subject import Subject, subject
from intake.letters.london import LONDON
from intake.records.pages import Page, Wanted
from intake.report.spreadsheets import csv_of, xlsx_of
from intake.web.access import page, visitor
from intake.web.addresses import number
from intake.web.office import office

pages = Blueprint("intake_log", __name__)
ROWS = 50
COLUMNS = ("Received", "Email", "Stands at", "Why", "Sender", "Agency", "Cases", "Findings")
DAYS = ("since", "until")
FILTERS = ("stage", "agency", "finding", *DAYS)
"""What the address may ask of the log; anything else in it is passed over, and led on nowhere."""
NOTHING = Page((), None)
NO_DAY = "Enter one whole day, for example 16/11/2026"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class FindChild(FlaskForm):
    """A child's name, date of birth, or both: sent in the body, so that neither stands in an address."""

    name = StringField("Child's full name", [Length(max=200)])
    born = StringField("Date of birth, for example 31 3 2019", [Length(max=30)])

    @property
    def wanted(self) -> Subject | None:
        """Whom it asks about; None where it says nothing that can be looked for, with the fault at its field."""
        name, born = ((field.data or "").strip() for field in (self.name, self.born))
        found = subject(name, born)
        if born and (found is None or not found.born):
            self.born.errors = ["Enter one whole day"]
        elif found is None or (name and not found.name):
            self.name.errors = ["Enter the child's name or date of birth"]
        return None if self.errors else found


@page(pages, "/log", Right.SEE_LOG)
def log() -> Any:  # noqa: ANN401 - an answer
    """Show a page of the log as asked for in the address: codes, days and numbers only."""
    here, asked = office(), request.args
    lost = asked.get("find", "").strip()
    place = _place(lost)
    if place is not None:
        return redirect(place)
    kept, faults = _kept()
    page_ = NOTHING if faults else here.records.log_page(_wanted(kept), ROWS, asked.get("below", type=number))
    shown = render_template(
        "log.html", page=page_, kept=kept, faults=faults, stages=list(Stage), kinds=KINDS,
        agencies=here.settings.agencies, lost=lost, form=FindChild(),
        errors=[{"text": says, "href": f"#{name}"} for name, says in faults.items()],
    )  # fmt: skip
    return shown, 400 if faults else 200


@page(pages, "/find-a-child", Right.SEE_CHILDREN, methods=["POST"])
def find_child() -> Any:  # noqa: ANN401 - an answer
    """Find cases and waiting emails by a child's name, date of birth or both; that it was asked is written down."""
    here, form = office(), FindChild()
    wanted = form.wanted if form.validate_on_submit() else None
    if wanted is None:
        return render_template("found.html", form=form, found=None, messages=(), others=(), others_of_no_case=()), 400
    if not here.searches.allows(visitor().name):
        abort(429)
    here.records.note_act("searched", "child", visitor().name, here.clock())
    found = here.records.found_of(wanted)
    seen = here.records.cases_seen(found.cases)
    others = here.records.cases_seen([Reference(each) for each in found.by_name_alone])
    of_no_case = sorted(set(found.by_name_alone) - {one["reference"] for one in others})
    return render_template(
        "found.html", form=form, found=seen, messages=found.messages, others=others, others_of_no_case=of_no_case
    )


@page(pages, "/log/sheet", Right.EXPORT, methods=["POST"])
def sheet() -> Response:
    """Give what the filter shows as a sheet: codes, numbers and references; that it was taken is written down."""
    here, kind = office(), request.form.get("kind", "csv")
    kept, faults = _kept()
    if faults:
        abort(400)
    rows = [_line(row) for row in here.records.log_rows_of(_wanted(kept))]
    here.records.note_act("exported", "intake-log", visitor().name, here.clock())
    content, mime = (
        (xlsx_of(COLUMNS, rows, "Intake log"), XLSX) if kind == "xlsx" else (csv_of(COLUMNS, rows), "text/csv")
    )
    answer = Response(content, mimetype=mime)
    answer.headers["Content-Disposition"] = f'attachment; filename="intake-log.{"xlsx" if kind == "xlsx" else "csv"}"'
    return answer


def _line(row: Mapping[str, Any]) -> tuple[str | None, ...]:
    received = row["received_at"].astimezone(LONDON)
    codes = (row[name] for name in ("id", "stage", "why", "sender_trust", "agency"))
    return f"{received:%Y-%m-%d %H:%M}", *codes, ", ".join(row["cases"]), ", ".join(row["findings"])


def _place(wanted: str) -> str | None:
    """Return the page of a reference or a message's id, typed as people type."""
    if not wanted:
        return None
    here = office()
    if here.records.is_case(wanted.upper()):
        return url_for("case.case", reference=Reference(wanted.upper()))
    found = here.records.message_row(wanted.lower())  # type: ignore[arg-type]  # any text may be asked for
    return url_for("message.message", identity=found["id"]) if found else None


def _kept() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return what the log is filtered by, days as ``2026-11-16``, and what is wrong with days nobody understands."""
    said = {name: request.values.get(name, "").strip() for name in FILTERS}
    days = {name: read_date(said[name]) for name in DAYS if said[name]}
    faults = {name: NO_DAY for name, day in days.items() if day.precision is not Precision.EXACT}
    read = {name: f"{day.earliest}" for name, day in days.items() if name not in faults}
    return {name: word for name, word in (said | read).items() if word and name not in faults}, faults


def _wanted(kept: Mapping[str, str]) -> Wanted:
    since, until = (date.fromisoformat(kept[name]) if name in kept else None for name in DAYS)
    return Wanted(
        stage=kept.get("stage", ""),
        agency=kept.get("agency", ""),
        finding=kept.get("finding", ""),
        since=_midnight(since) if since else None,
        until=_midnight(until + timedelta(days=1)) if until else None,
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)

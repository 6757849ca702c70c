"""The intake log: every message, newest first, filtered, a page at a time; found by reference, agency or child."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from intake.checks.roll import KINDS
from intake.domain.case import Reference
from intake.domain.identity import child_key
from intake.domain.staff import Right
from intake.domain.stages import Stage
from intake.letters.london import LONDON
from intake.records.pages import Wanted
from intake.report.spreadsheets import csv_of, xlsx_of
from intake.web.access import page, visitor
from intake.web.office import office

pages = Blueprint("intake_log", __name__)
ROWS = 50
COLUMNS = ("Received", "Email", "Stands at", "Why", "Agency", "Cases", "Findings")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class FindChild(FlaskForm):
    """A child's name and date of birth: sent in the body, so that neither stands in an address."""

    name = StringField("Child's full name", [InputRequired("Enter the child's name"), Length(max=200)])
    born = StringField(
        "Date of birth, for example 31 3 2019", [InputRequired("Enter the date of birth"), Length(max=30)]
    )


@page(pages, "/log", Right.SEE_LOG)
def log() -> Any:  # noqa: ANN401 - an answer
    """Show a page of the log as asked for in the address: codes, days and numbers only."""
    here, asked = office(), request.args
    place = _place(asked.get("find", "").strip())
    if place is not None:
        return redirect(place)
    page_ = here.records.log_page(_wanted(), ROWS, asked.get("below", type=int))
    kept = {name: value for name, value in asked.items() if name != "below" and value}
    return render_template(
        "log.html", page=page_, asked=asked, kept=kept, stages=list(Stage), kinds=KINDS,
        agencies=here.settings.agencies, lost=asked.get("find", "").strip(), form=FindChild(),
    )  # fmt: skip


@page(pages, "/find-a-child", Right.SEE_CHILDREN, methods=["POST"])
def find_child() -> Any:  # noqa: ANN401 - an answer
    """Find cases by a child's name and date of birth through the blind index; that it was asked is written down."""
    here, form = office(), FindChild()
    key = child_key(form.name.data or "", form.born.data or "") if form.validate_on_submit() else None
    if key is None:
        if not form.errors:
            form.born.errors = ["Enter one whole day"]
        return render_template("found.html", form=form, found=None), 400
    here.records.note_act("searched", "child", visitor().name, here.clock())
    return render_template("found.html", form=form, found=here.records.cases_seen(here.records.cases_of_child(key)))


@page(pages, "/log/sheet", Right.EXPORT, methods=["POST"])
def sheet() -> Response:
    """Give what the filter shows as a sheet: codes, numbers and references; that it was taken is written down."""
    here, kind = office(), request.form.get("kind", "csv")
    rows = [_line(row) for row in here.records.log_rows_of(_wanted())]
    here.records.note_act("exported", "intake-log", visitor().name, here.clock())
    content, mime = (
        (xlsx_of(COLUMNS, rows, "Intake log"), XLSX) if kind == "xlsx" else (csv_of(COLUMNS, rows), "text/csv")
    )
    answer = Response(content, mimetype=mime)
    answer.headers["Content-Disposition"] = f'attachment; filename="intake-log.{"xlsx" if kind == "xlsx" else "csv"}"'
    return answer


def _line(row: Mapping[str, Any]) -> tuple[str | None, ...]:
    received = row["received_at"].astimezone(LONDON)
    joined = (", ".join(row["cases"]), ", ".join(row["findings"]))
    return f"{received:%Y-%m-%d %H:%M}", row["id"], row["stage"], row["why"], row["agency"], *joined


def _place(wanted: str) -> str | None:
    """Return the page of a reference or a message's id, typed as people type."""
    if not wanted:
        return None
    here = office()
    if here.records.is_case(wanted.upper()):
        return url_for("case.case", reference=Reference(wanted.upper()))
    found = here.records.message_row(wanted.lower())  # type: ignore[arg-type]  # any text may be asked for
    return url_for("message.message", identity=found["id"]) if found else None


def _wanted() -> Wanted:
    asked = request.values
    since, until = _day(asked.get("since", "")), _day(asked.get("until", ""))
    return Wanted(
        stage=asked.get("stage", ""),
        agency=asked.get("agency", ""),
        finding=asked.get("finding", ""),
        since=_midnight(since) if since else None,
        until=_midnight(until + timedelta(days=1)) if until else None,
    )


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)

"""Figures: what came, how soon, in what order; charts beside their tables, and sheets without small numbers."""

from datetime import date
from typing import Any

from flask import Blueprint, Response, render_template, request

from intake.domain.figure_facts import Facts, Period
from intake.domain.figures import Dimension, Figure
from intake.domain.reported import figures as made
from intake.domain.small_numbers import fit_to_leave
from intake.domain.staff import Right
from intake.domain.waiting_times import Clocks
from intake.domain.working_days import calendar, local_date
from intake.report.spreadsheets import csv_of
from intake.web.access import page, visitor
from intake.web.charts import chart
from intake.web.figure_words import Names, table
from intake.web.office import office

pages = Blueprint("figures", __name__)
MONTHS = 12
MOST_YEARS = 10


@page(pages, "/figures", Right.SEE_FIGURES)
def figures() -> Any:  # noqa: ANN401 - an answer
    """Show the figures of some months, the last twelve unless others are asked for."""
    period, names = _period(), _names()
    shown = [(one, chart(one, names), table(one, names)) for one in _made(period)]
    return render_template("figures.html", shown=shown, period=period)


@page(pages, "/figures/sheet", Right.EXPORT, methods=["POST"])
def sheet() -> Response:
    """Give the tables as CSV to take away, small numbers hidden in all of them together; it is written down."""
    here, period, names = office(), _period(), _names()
    tables = [table(one, names) for one in fit_to_leave(_made(period))]
    rows = [row for one in tables for row in ([one.title], list(one.heads), *map(list, one.rows), [""])]
    here.records.note_act("exported", "figures", visitor().name, here.clock())
    answer = Response(csv_of(["Figures"], rows), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="figures.csv"'
    return answer


def _made(period: Period) -> tuple[Figure, ...]:
    here = office()
    days = here.settings.working_days
    clocks = Clocks(days.timeliness.limit_days, calendar(days.bank_holidays), local_date(here.clock()))
    records = here.records
    facts = Facts(
        records.referral_facts(period), records.message_facts(period, misdirected=True), records.alert_facts(period),
        records.form_mail_facts(period), records.letter_facts(period),
    )  # fmt: skip
    return made(facts, period, clocks)


def _period() -> Period:
    """Return the months that are asked for; what is no period, or longer than anybody looks at, is the last twelve."""
    today = local_date(office().clock())
    begin = today.year * 12 + today.month - MONTHS
    usual = Period(date(begin // 12, begin % 12 + 1, 1), today)
    try:
        asked = Period(*(date.fromisoformat(f"{request.values[name]}-01") for name in ("since", "until")))
    except (KeyError, ValueError):
        return usual
    return asked if len(asked.months) <= MOST_YEARS * 12 else usual


def _names() -> Names:
    """Return what agencies and sections of forms are called, by code."""
    settings = office().settings
    sections = {one.key: one.title for sheet in settings.library.sheets for one in sheet.sections}
    return {Dimension.AGENCY: {one.code: one.name for one in settings.agencies}, Dimension.SECTION: sections}

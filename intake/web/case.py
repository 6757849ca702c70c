"""A case: each answer beside its place on the form and how sure the reading is, and what people did about it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import Blueprint, abort, render_template

from intake.checks.submission_timeliness import clock_of
from intake.domain.case import Reference
from intake.domain.day_count import DayCount, day_count
from intake.domain.findings import Severity
from intake.domain.retention import Periods, review
from intake.domain.staff import Right
from intake.domain.way_deadlines import deadlines
from intake.domain.working_days import calendar, local_date
from intake.records.emptying import ERASED
from intake.web.access import page, visitor
from intake.web.answers import laid_out, people
from intake.web.office import office
from intake.web.stories import story_of
from intake.web.versions import changes

pages = Blueprint("case", __name__)
Shown = dict[str, Any]


@page(pages, "/case/<reference>", Right.SEE_CHILDREN)
def case(reference: str) -> Any:  # noqa: ANN401 - an answer
    """Show a case; the look is written down before anything is read."""
    return _shown(reference, "case.html")


@page(pages, "/case/<reference>/print", Right.SEE_CHILDREN)
def printed(reference: str) -> Any:  # noqa: ANN401 - an answer
    """Show a case on a page to print."""
    return _shown(reference, "case_print.html")


def _shown(reference: str, template: str) -> str:
    here, known = office(), Reference(reference)
    if not here.records.is_case(reference):
        abort(404)
    here.records.note_act("looked", "case", visitor().name, here.clock(), case=reference)
    versions = _versions(reference)
    newest = versions[-1]
    is_erased = newest["status"] == ERASED
    found = here.records.exceptions_about(reference=reference)
    alerts = [one for one in found if one["severity"] == Severity.ALERT and one["closed_at"] is None]
    return render_template(
        template,
        reference=reference,
        versions=versions,
        newest=newest,
        is_erased=is_erased,
        changes=changes(versions),
        corrections=() if is_erased else here.records.corrections_made(known),
        parts_of_form=laid_out(newest, here.settings.library),
        items=[one for one in found if one not in alerts],
        alerts=alerts,
        people=people(newest),
        story=story_of(reference),
        now=here.clock(),
        **_after_intake(known, versions, is_erased=is_erased),
    )


def _after_intake(reference: Reference, versions: Sequence[Shown], *, is_erased: bool) -> Shown:
    """Return what people did about it, its clocks, and how long it is kept; nothing runs on in an erased one."""
    here, days = office(), office().settings.working_days
    way = here.records.way_of(reference)
    began, today = (local_date(moment) for moment in (versions[0]["received_at"], here.clock()))
    return {
        "way": way,
        "count": _count(versions[-1], began),
        "clocks": () if is_erased else deadlines(way, began, today, calendar(days.bank_holidays), days.way),
        "retention": None if is_erased else review(here.records.kept_of(reference), _periods(), here.clock()),
        "owner": here.records.owner_of(reference),
        "notes": here.records.notes_of(reference),
        "links": here.records.links_of(reference),
    }


def _count(newest: Shown, received: date) -> DayCount | None:
    """Return the working behind the days; None where there is no single day to count from."""
    incident = newest["timeliness"]["earliest"]
    if newest["timeliness"]["calendar_days"] is None or incident is None or received < incident:
        return None
    return day_count(incident, received, clock_of(office().settings))


def _periods() -> Periods:
    rules = office().settings.program.retention
    return Periods(rules.case_years, rules.no_referral_days, rules.quarantined_days)


def _versions(reference: str) -> Sequence[Shown]:
    found = office().records.case_rows(Reference(reference))
    if not found:
        abort(404)
    return found

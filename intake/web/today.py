"""Today: what needs somebody now, why, and what to do next; the first page of the morning."""

from typing import Any

from flask import Blueprint, Response, render_template

from intake.domain.staff import Right
from intake.domain.stages import Stage
from intake.report.nightly import facts_of
from intake.report.render import WARNINGS
from intake.web.access import OPEN, page
from intake.web.office import office

pages = Blueprint("today", __name__)
MOST = 30
"""Of one kind on this page; the rest is counted and a click away."""


@page(pages, "/", Right.SEE_LOG)
def today() -> Any:  # noqa: ANN401 - an answer
    """Show alerts, what waits for a person, letters that did not go, and how the program is."""
    here = office()
    now = here.clock()
    facts = facts_of(here.night(now), here.settings.words.report)
    waiting = here.records.waiting(MOST)
    told = {(one["id"], one["why"]) for one in waiting}
    by_grade = {grade: here.records.open_exceptions(grade, limit=MOST) for grade in ("alert", "today", "attention")}
    by_grade["today"] = [one for one in by_grade["today"] if (one["message"], one["code"]) not in told]
    return render_template(
        "today.html",
        now=now,
        facts=facts,
        warnings=[WARNINGS.get(code, code) for code in facts.warnings],
        by_grade=by_grade,
        clocks=facts.night.clocks[:MOST],
        links=here.records.links_to_judge(),
        waiting=waiting,
        held=facts.night.by_stage.get(Stage.HELD, 0),
        most=MOST,
    )


@page(pages, "/health", OPEN)
def health() -> Response:
    """Tell whoever watches the program that it answers; nothing more."""
    return Response("ok\n", mimetype="text/plain")

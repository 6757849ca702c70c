"""The configuration: what is in force, who is a member on which day, and what is wrong; edited in files, not here."""

from datetime import date
from typing import Any

from flask import Blueprint, render_template, request

from intake.domain.prsg_list import serving
from intake.domain.staff import Right
from intake.domain.working_days import local_date
from intake.web.access import page
from intake.web.office import office

pages = Blueprint("configuration", __name__)


@page(pages, "/configuration", Right.SEE_CONFIGURATION)
def configuration() -> Any:  # noqa: ANN401 - an answer
    """Show what is in force, with the members of a day (today's unless another is asked for)."""
    here = office()
    today = local_date(here.clock())
    day = _asked(today)
    return render_template(
        "configuration.html",
        today=today,
        day=day,
        members=sorted(serving(here.settings.members, day), key=lambda one: (one.agency, one.deputy, one.name)),
        agencies=[one for one in here.settings.agencies if one.to is None or today <= one.to],
        settings=here.settings,
        checked=here.checked(),
    )


def _asked(today: date) -> date:
    try:
        return date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return today

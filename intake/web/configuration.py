"""The configuration: what is in force, who is a member on which day, and what is wrong; edited in files, not here."""

from datetime import date, timedelta
from itertools import islice
from typing import Any

from flask import Blueprint, render_template, request

from intake.domain.prsg_list import serving
from intake.domain.staff import Right
from intake.domain.working_days import calendar, local_date
from intake.web.access import page
from intake.web.office import office

pages = Blueprint("configuration", __name__)
A_YEAR, FEW = timedelta(days=366), 4


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
        holidays=_next_holidays(today),
    )


def _next_holidays(today: date) -> list[date]:
    """Return the next bank holidays that fall on a weekday, as far as the table is known."""
    known = calendar(office().settings.working_days.bank_holidays)
    until = min(known.known_until, today + A_YEAR)
    return list(islice(known.holidays(today, until), FEW)) if until > today else []


def _asked(today: date) -> date:
    try:
        return date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return today

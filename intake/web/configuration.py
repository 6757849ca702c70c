"""The configuration as it is in force today: members, agencies, forms; it is edited in files, not here."""

from typing import Any

from flask import Blueprint, render_template

from intake.domain.staff import Right
from intake.domain.working_days import local_date
from intake.web.access import page
from intake.web.office import office

pages = Blueprint("configuration", __name__)


@page(pages, "/configuration", Right.SEE_CONFIGURATION)
def configuration() -> Any:  # noqa: ANN401 - an answer
    """Show what is in force today: members, agencies, forms, severities; it is edited in files, not here."""
    here = office()
    today = local_date(here.clock())
    members = [
        one
        for one in here.settings.members
        if (not one.since or one.since <= today) and (not one.to or today <= one.to)
    ]
    return render_template("configuration.html", today=today, members=members, settings=here.settings)

"""Today: what needs somebody now, why, and what to do next; the first page of the morning."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, render_template, request

from intake.domain.staff import Right
from intake.report.nightly import LETTER_IS_LATE, Night, warnings
from intake.report.render import WARNINGS, certificates_in_words
from intake.web.access import OPEN, page
from intake.web.office import office

pages = Blueprint("today", __name__)
MOST = 30
"""Of one kind on this page; the rest is counted and a click away."""
A_DAY = timedelta(days=1)
ROWS = 100
"""Deadlines on a page of their own."""
Counted = tuple[int, str, str]


@page(pages, "/", Right.SEE_LOG)
def today() -> Any:  # noqa: ANN401 - an answer
    """Show alerts, what waits for a person, letters that did not go, and how the program is."""
    here = office()
    now, records = here.clock(), here.records
    night = _night()
    untold = records.untold(("today", "attention"), MOST)
    (urgent, for_today), (to_look_at, others) = untold["today"], untold["attention"]
    unseen, in_quarantine = records.unseen_in_quarantine(MOST)
    letters, unsent = records.open_letters(MOST, now - LETTER_IS_LATE)
    of_alerts = sum(kind.count for kind in records.open_kinds() if kind.severity == "alert")
    counts = _counts(night, of_alerts, in_quarantine, for_today, others, unsent)
    return render_template(
        "today.html",
        now=now,
        night=night,
        headline=", ".join(f"{count} {one if count == 1 else many}" for count, one, many in counts if count),
        warnings=[WARNINGS.get(code, code) for code in warnings(night)],
        certificates=certificates_in_words(night.health),
        count_of_alerts=of_alerts,
        alerts=records.open_exceptions("alert", limit=MOST),
        urgent=urgent,
        for_today=for_today,
        to_look_at=to_look_at,
        others=others,
        unseen=unseen,
        set_aside=records.count_set_aside(now - A_DAY),
        in_quarantine=in_quarantine,
        letters=letters,
        unsent=unsent,
        clocks=night.clocks[:MOST],
        links=records.links_to_judge(),
        waiting=records.waiting(MOST),
        most=MOST,
        safety=here.settings.safety,
    )


@page(pages, "/deadlines", Right.SEE_LOG)
def deadlines() -> Any:  # noqa: ANN401 - an answer
    """Show every deadline that is passed or near, a page at a time."""
    clocks, after = _night().clocks, max(request.args.get("after", 0, type=int), 0)
    shown = clocks[after : after + ROWS]
    further = after + ROWS if len(clocks) > after + ROWS else None
    return render_template("deadlines.html", clocks=shown, further=further, in_all=len(clocks))


@page(pages, "/health", OPEN)
def health() -> Response:
    """Tell whoever watches the program that it answers; nothing more."""
    return Response("ok\n", mimetype="text/plain")


def _night() -> Night:
    here = office()
    return here.night(here.clock())


def _counts(  # noqa: PLR0917 - one count each of what the page lists
    night: Night, of_alerts: int, in_quarantine: int, for_today: int, others: int, unsent: int
) -> Iterator[Counted]:
    """Give what waits, the gravest first: each thing once, as the page lists it."""
    yield of_alerts, "alert", "alerts"
    yield night.waiting, "email waiting", "emails waiting"
    yield (
        in_quarantine,
        "email in quarantine that nobody has looked at",
        "emails in quarantine that nobody has looked at",
    )
    yield len(night.clocks), "deadline passed or near", "deadlines passed or near"
    yield night.links, "duplicate to decide", "duplicates to decide"
    yield for_today, "other item for today", "other items for today"
    yield unsent, "letter that did not go", "letters that did not go"
    yield others, "item to look at", "items to look at"

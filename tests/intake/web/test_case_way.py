"""The way of a case after intake is recorded on its page: steps with their clocks, owner, notes, links."""

from intake.domain.case_way import standing
from intake.domain.staff import Role
from tests.builders.pages import Pages, Visit
from tests.promises.post_bag import sent, word


def step(pages: Pages, visit: Visit, **fields: str) -> int:
    """Record a step; return the answer's status."""
    at = f"/case/{pages.case}/step"
    return visit.post(at, at=at, **fields).status_code


def test_steps_are_recorded_and_their_clocks_shown(pages: Pages) -> None:
    """Sent, decided with its rationale: the clocks run on from there, the words stand on the page, by whom."""
    visit = pages.visit(Role.REVIEWER, name="sam.sample")
    assert step(pages, visit, step="sent-to-panel", day="2026-11-16") == 302
    assert step(pages, visit, step="decided", day="2026-11-16", decision="criteria-met", words="Serious harm.") == 302
    text = visit.get(f"/case/{pages.case}").text
    for said in (
        "Sent to the Virtual Panel",
        "The criteria are met",
        "Serious harm.",
        "by sam.sample",
        "Notification of the national",
    ):
        assert said in text
    assert "5 working days from Monday 16 November 2026" in text


def test_what_cannot_be_is_told_in_its_place(pages: Pages) -> None:
    """A decision before the panel has the case, without words, or of a day to come: nothing is written."""
    visit = pages.visit(Role.REVIEWER)
    assert step(pages, visit, step="decided", day="2026-11-16", decision="criteria-met", words="x") == 400
    assert step(pages, visit, step="sent-to-panel", day="2099-01-01") == 400
    assert step(pages, visit, step="closed", day="2026-11-16") == 400
    assert pages.home.records.way_of(pages.case) == ()  # type: ignore[arg-type]  # a reference is a text


def test_a_day_may_be_typed_as_people_write_it(pages: Pages) -> None:
    """Where the browser has no calendar: in figures with spaces or strokes, day before month."""
    visit = pages.visit(Role.REVIEWER)
    assert step(pages, visit, step="sent-to-panel", day="16 11 2026") == 302
    assert step(pages, visit, step="sent-to-panel", day="16/11/2026") == 302
    assert step(pages, visit, step="sent-to-panel", day="11/16/2026") == 400


def test_a_step_is_taken_back_by_saying_so(pages: Pages) -> None:
    """With a reason; the history keeps both. A day that was forgotten takes nothing back, and a day of 206 is none."""
    visit = pages.visit(Role.REVIEWER)
    step(pages, visit, step="sent-to-panel", day="2026-11-16")
    assert step(pages, visit, step="sent-to-panel", words="by mistake") == 400
    assert step(pages, visit, step="decided", decision="criteria-met", words="On reflection.") == 400
    assert step(pages, visit, step="notified", day="0206-11-16") == 400
    assert step(pages, visit, step="sent-to-panel", day="x", words="by mistake") == 400
    assert step(pages, visit, step="sent-to-panel", words="by mistake", mistake="y") == 302
    way = pages.home.records.way_of(pages.case)  # type: ignore[arg-type]  # a reference is a text
    assert len(way) == 2
    assert not standing(way)


def test_owner_and_notes_stand_on_the_case(pages: Pages) -> None:
    """Who looks after it, and what was noted, as text, whatever it is."""
    visit = pages.visit(Role.MANAGER)
    for path, fields in (("owner", {"owner": "Sam Sample"}), ("note", {"text": "<b>rang</b> the school"})):
        at = f"/case/{pages.case}/{path}"
        assert visit.post(at, at=at, **fields).status_code == 302
    text = visit.get(f"/case/{pages.case}").text
    assert "Sam Sample" in text
    assert "&lt;b&gt;rang&lt;/b&gt; the school" in text


def test_a_suggested_link_is_judged_once_and_leaves_today(pages: Pages) -> None:
    """It waits on today's page until somebody says yes or no; then its case says who."""
    pages.home.take(sent(1, word(1)).replace(b"<1@gmp.example>", b"<77@gmp.example>"))
    (link,) = [one for one in pages.home.records.links_to_judge() if one.reference == pages.case]
    visit, at = pages.visit(Role.REVIEWER, name="sam.sample"), f"/case/{pages.case}/links/{link.id}"
    assert at in visit.get("/").text
    assert visit.post(at, at=at, verdict="accepted", reason="the same form").status_code == 302
    assert at not in visit.get("/").text
    assert "Accepted by sam.sample" in visit.get(f"/case/{pages.case}").text

"""The exceptions' page: kinds with what to do; of many the first, and the rest a page at a time."""

import pytest
from sqlalchemy import update

from intake.domain.findings import ExceptionItem, Severity
from intake.domain.message import MessageId
from intake.domain.staff import Role
from intake.records.exceptions import open_all
from intake.records.schema import letters
from intake.web.advice import ADVICE
from intake.web.exceptions import FEW, MOST
from tests.builders.pages import TOKEN, Pages

COUNT = MOST + 5


def test_many_of_a_kind_stand_on_pages_of_their_own(pages: Pages) -> None:
    """The first page of all says how many there are; page after page shows each once."""
    with pages.home.records.store.writing() as connection:
        for number in range(COUNT):
            item = ExceptionItem("late-submission", Severity.ATTENTION, document=number)
            open_all(connection, MessageId(pages.held), [item], pages.home.now)
    visit = pages.visit(Role.AUDITOR)
    whole = visit.get("/exceptions").text
    assert ADVICE["late-*"] in whole
    assert f"All {COUNT}" in whole
    assert whole.count("late-submission") <= FEW + 3
    first = visit.get("/exceptions/kind/attention/late-submission")
    assert first.text.count("<tr") == MOST + 1
    younger = first.text.partition("?after=")[2].partition('"')[0]
    last = visit.get(f"/exceptions/kind/attention/late-submission?after={younger}")
    assert last.text.count("<tr") == COUNT - MOST + 1
    assert "?after=" not in last.text


def test_an_item_that_was_closed_is_no_unknown_page(pages: Pages) -> None:
    """Whoever comes second is told so, whether they had the form open or not; one there never was is not found."""
    one, other = pages.visit(Role.REVIEWER), pages.visit(Role.MANAGER)
    at = "/exceptions/1/close"
    token = TOKEN.search(other.get(at).text)
    assert token
    assert one.post(at, at=at, reason="done").status_code == 302
    late = other.client.post(at, data={"reason": "done", "csrf_token": token.group(1)})
    for answer in (late, other.get(at)):
        assert (answer.status_code, "Somebody was quicker" in answer.text) == (409, True)
    assert other.get("/exceptions/999/close").status_code == 404


@pytest.mark.parametrize(
    "new", [{"state": "queued"}, {"state": "sent", "queue_code": "250"}, {"state": "abandoned"}], ids=str
)
def test_a_letter_that_does_not_wait_is_not_offered(pages: Pages, new: dict[str, str]) -> None:
    """Its page says how it stands, and has no form that could only fail."""
    with pages.home.records.store.writing() as connection:
        connection.execute(update(letters).where(letters.c.id == 1).values(**new))
    answer = pages.visit(Role.REVIEWER).get("/letters/1/release")
    assert (answer.status_code, "This letter does not wait" in answer.text) == (409, True)
    assert "Send it" not in answer.text


@pytest.mark.parametrize(
    ("way", "state", "event"), [("send", "queued", "letter-released"), ("never", "abandoned", "letter-withdrawn")]
)
def test_a_letter_that_waits_goes_or_is_withdrawn(pages: Pages, way: str, state: str, event: str) -> None:
    """By name and reason; either way nobody is asked about it again."""
    with pages.home.records.store.writing() as connection:
        connection.execute(update(letters).where(letters.c.id == 1).values(state="waiting", why="unknown-sender"))
    visit, at = pages.visit(Role.REVIEWER, name="sam.sample"), "/letters/1/release"
    assert visit.post(at, at=at, reason="no way chosen").status_code == 400
    assert visit.post(at, at=at, way=way, reason="a stranger").status_code == 302
    assert pages.home.records.letter(1)["state"] == state
    lines, _ = pages.home.records.trail(5)
    assert [line["details"]["by"] for line in lines if line["event"] == event] == ["sam.sample"]
    assert at not in visit.get("/exceptions").text


def test_a_kind_there_is_none_of_is_not_found(looked_at: Pages) -> None:
    """Nor one of a severity there is not."""
    visit = looked_at.visit(Role.AUDITOR)
    for kind in ("attention/no-such", "whatever/locked"):
        assert visit.get(f"/exceptions/kind/{kind}").status_code == 404
    assert visit.get("/exceptions/kind/today/locked?after=x").status_code == 200

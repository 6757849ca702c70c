"""The exceptions' page: kinds with what to do; of many the first, and the rest a page at a time."""

from intake.domain.findings import ExceptionItem, Severity
from intake.domain.message import MessageId
from intake.domain.staff import Role
from intake.records.exceptions import open_all
from intake.web.advice import ADVICE
from intake.web.exceptions import FEW, MOST
from tests.builders.pages import Pages

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


def test_a_kind_there_is_none_of_is_not_found(looked_at: Pages) -> None:
    """Nor one of a severity there is not."""
    visit = looked_at.visit(Role.AUDITOR)
    for kind in ("attention/no-such", "whatever/locked"):
        assert visit.get(f"/exceptions/kind/{kind}").status_code == 404
    assert visit.get("/exceptions/kind/today/locked?after=x").status_code == 200

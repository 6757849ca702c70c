"""What may stand in an address: whatever is typed there, the pages find it, say that it is none, or pass it over."""

from collections.abc import Iterator

import pytest

from intake.domain.staff import Role
from intake.web.addresses import MOST
from tests.builders.pages import PASSWORD, Pages, Visit
from tests.builders.pages import pages as made
from tests.servers import postgres

HUGE = "9" * 30


@pytest.fixture(scope="module")
def auditor(looked_at: Pages) -> Visit:
    """Give somebody who sees log, exceptions, figures and trail."""
    return looked_at.visit(Role.AUDITOR)


@pytest.fixture(scope="module")
def manager(looked_at: Pages) -> Visit:
    """Give somebody who sees children, too."""
    return looked_at.visit(Role.MANAGER)


@pytest.mark.parametrize("number", [HUGE, "9" * 5_000, "-1", str(MOST), str(MOST + 1), "x"])
def test_a_number_no_record_has_is_passed_over_in_a_query(auditor: Visit, number: str) -> None:
    """A page is shown all the same: the first, or one with nothing on it."""
    for path in ("/log?below=", "/trail?below=", "/exceptions/kind/today/locked?after="):
        assert auditor.get(path + number).status_code == 200


@pytest.mark.parametrize("number", [HUGE, "9" * 5_000, str(MOST + 1), "-1", str(MOST)])
def test_a_number_no_record_has_is_no_page(manager: Visit, number: str) -> None:
    """Neither an item to close nor a letter to let go."""
    for path in ("/exceptions/{}/close", "/letters/{}/release"):
        assert manager.get(path.format(number)).status_code == 404


@pytest.mark.parametrize(
    "asked", ["since=9999-12&until=9999-12", "since=0001-01&until=0001-02", "since=2026-01&until=9999-12"]
)
def test_figures_of_years_nobody_means_are_the_usual_ones(auditor: Visit, asked: str) -> None:
    """The last twelve months are shown."""
    shown, usual = (auditor.get(path).text.partition("<main")[2] for path in (f"/figures?{asked}", "/figures"))
    assert shown == usual


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "31/2/2026", "soon", "2026-11", "1" * 500])
@pytest.mark.parametrize("end", ["since", "until"])
def test_a_day_that_is_not_understood_is_said_to_be_so(auditor: Visit, end: str, day: str) -> None:
    """At its field, and nothing is shown as if it had been."""
    answer = auditor.get(f"/log?{end}={day}")
    assert (answer.status_code, "There is a problem" in answer.text) == (400, True)
    assert f'href="#{end}"' in answer.text
    assert "<caption" not in answer.text


def test_days_are_typed_as_people_type_them(looked_at: Pages, auditor: Visit) -> None:
    """Day first, in figures or words; both ends count, and the next page keeps them."""
    for day in ("16/11/2026", "16 November 2026", "2026-11-16"):
        shown = auditor.get("/log", {"since": day, "until": day}).text
        assert looked_at.held in shown
        assert 'value="2026-11-16"' in shown
    assert looked_at.held not in auditor.get("/log?until=15/11/2026").text


@pytest.mark.parametrize("name", ["endpoint", "_method", "_external", "_scheme", "_anchor", "values", "nonsense"])
def test_what_the_log_does_not_ask_for_is_led_on_nowhere(
    auditor: Visit, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Names that mean something to the program mean nothing in an address, also where there is a next page."""
    monkeypatch.setattr("intake.web.intake_log.ROWS", 1)
    answer = auditor.get(f"/log?{name}=POST&stage=&agency=&since=2026-01-01")
    assert answer.status_code == 200
    assert "since=2026-01-01" in answer.text.partition("Older emails")[0].rpartition("href=")[2]
    assert f"{name}=" not in answer.text


@pytest.mark.parametrize(
    "path", ["/message/%00", "/case/%00", "/log?agency=%00", "/log?%00=1", "/log?find=a%00b", "/trail?below=%00"]
)
def test_a_nul_in_an_address_is_refused(manager: Visit, path: str) -> None:
    """No record can hold one: that it is asked for is no fault of the records."""
    answer = manager.get(path)
    assert (answer.status_code, "cannot be taken" in answer.text) == (400, True)


def test_a_nul_in_a_form_is_refused(looked_at: Pages, manager: Visit) -> None:
    """Whoever sends it, signed in or not, and wherever it stands."""
    at = f"/case/{looked_at.case}/owner"
    assert manager.post(at, at=at, owner="a\0b").status_code == 400
    assert looked_at.visit().post("/sign-in", at="/sign-in", name="a\0b", password=PASSWORD).status_code == 400


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    """Give pages over records in PostgreSQL, which takes less than SQLite."""
    with postgres.running() as server, made(tmp_path_factory.mktemp("elsewhere"), server.database()) as each:
        yield each


def test_what_a_database_cannot_hold_is_no_fault_of_it(elsewhere: Pages) -> None:
    """Neither numbers of any length nor a NUL make it look as if the records were away."""
    visit = elsewhere.visit(Role.MANAGER)
    numbers = [f"{path}{one}" for one in (MOST, HUGE) for path in ("/log?below=", "/trail?below=")]
    numbers += [f"/exceptions/{one}/close" for one in (MOST, HUGE)]
    assert [visit.get(path).status_code for path in numbers] == [200, 200, 200, 200, 404, 404]
    at = f"/case/{elsewhere.case}/owner"
    assert [visit.get("/message/%00").status_code, visit.post(at, at=at, owner="a\0b").status_code] == [400, 400]


def test_a_reference_in_small_letters_leads_to_the_case(looked_at: Pages, manager: Visit, auditor: Visit) -> None:
    """With all that was asked for beside it; who may not see it is refused as always."""
    small = looked_at.case.lower()
    assert manager.get(f"/case/{small}").headers["Location"] == f"/case/{looked_at.case}"
    answer = manager.get(f"/case/{small}/correct?field=incident.place&version=1")
    assert answer.headers["Location"] == f"/case/{looked_at.case}/correct?field=incident.place&version=1"
    assert auditor.get(f"/case/{small}").status_code == 403
    assert manager.get("/case/no-such").headers["Location"] == "/case/NO-SUCH"
    assert manager.get("/case/NO-SUCH").status_code == 404

"""Accounts are kept on a page by administrators: let in, changed, closed, opened again; nobody keeps their own."""

import pytest

from intake.domain.private import Private
from intake.domain.staff import Role
from tests.builders.pages import HASHED, PASSWORD, Pages, Visit

OTHER = "another invented sentence"
NEW = {"name": "Orla.Example", "roles": "reviewer", "password": PASSWORD}


@pytest.fixture
def keeper(pages: Pages) -> Visit:
    """Give an administrator at the page, with one account made."""
    visit = pages.visit(Role.ADMINISTRATOR, name="keeper")
    assert visit.post("/accounts", at="/accounts", **NEW).status_code == 302
    pages.home.records.set_password("orla.example", HASHED, "orla.example", pages.home.now)
    return visit


def may_in(pages: Pages, password: str = PASSWORD) -> bool:
    """Tell whether the account made lets in by a password."""
    answer = pages.visit().post("/sign-in", at="/sign-in", name="orla.example", password=password)
    return answer.status_code == 302


def test_somebody_is_let_in_as_what_was_chosen(pages: Pages, keeper: Visit) -> None:
    """Under the name in lower case, with the first password; the page shows it, and never the password."""
    account = pages.home.records.account("orla.example")
    assert account is not None
    assert account.roles == {Role.REVIEWER}
    assert may_in(pages)
    assert "orla.example" in (shown := keeper.get("/accounts").text)
    assert PASSWORD not in shown


@pytest.mark.parametrize(
    "change", [{"name": "two words"}, {"name": "a/b"}, {"password": "short"}, {"roles": ""}, {"roles": "king"}, {}]
)
def test_what_makes_no_account_is_said_at_its_field(pages: Pages, keeper: Visit, change: dict[str, str]) -> None:
    """A name that is none, a weak password, no role, a role there is not, a name that is taken (in any case)."""
    before = len(pages.home.records.accounts())
    answer = keeper.post("/accounts", at="/accounts", **{**NEW, "name": "orla.example", **change})
    assert answer.status_code == 400
    assert "There is a problem" in answer.text
    assert len(pages.home.records.accounts()) == before


def test_changed_roles_and_a_new_password_end_the_sessions(pages: Pages, keeper: Visit) -> None:
    """Whoever was in as a reviewer is out, and comes in as an auditor by the new password alone."""
    was_in = pages.visit(Role.REVIEWER, name="orla.example")
    at = "/accounts/orla.example"
    assert keeper.post(at, at=at, roles="auditor", password=OTHER).status_code == 302
    assert was_in.get("/").status_code == 302
    assert (may_in(pages), may_in(pages, OTHER)) == (False, True)
    account = pages.home.records.account("orla.example")
    assert account is not None
    assert account.roles == {Role.AUDITOR}


def test_an_account_is_closed_and_opened_again(pages: Pages, keeper: Visit) -> None:
    """Each is a line of the trail under the keeper's name; one that is so already stays as it is."""
    at = "/accounts/orla.example"
    for shown in (f"{at}/close", at):
        keeper.post(f"{at}/close", at=shown)
        assert not may_in(pages)
    for _ in range(2):
        keeper.post(f"{at}/open", at=at)
        assert may_in(pages)
    lines, _ = pages.home.records.trail(20)
    done = [line["event"] for line in lines if line["details"].get("by") == "keeper"]
    assert [done.count(event) for event in ("account-disabled", "account-opened")] == [1, 1]
    assert "account-added" in done


def test_who_closes_an_account_or_takes_a_factor_away_is_asked_once_more(pages: Pages, keeper: Visit) -> None:
    """The page that asks changes nothing."""
    pages.home.records.set_totp("orla.example", Private("JBSWY3DPEHPK3PXP"), "test", pages.home.now)
    head = pages.home.records.log_head()
    for act in ("close", "factor"):
        assert "orla.example?" in keeper.get(f"/accounts/orla.example/{act}").text
    assert pages.home.records.log_head() == head


def test_a_lost_second_factor_is_taken_away(pages: Pages, keeper: Visit) -> None:
    """Then the password alone lets in again."""
    pages.home.records.set_totp("orla.example", Private("JBSWY3DPEHPK3PXP"), "test", pages.home.now)
    assert not may_in(pages)
    keeper.post("/accounts/orla.example/factor", at="/accounts/orla.example")
    assert may_in(pages)


def test_what_was_not_changed_is_not_said_to_be(pages: Pages, keeper: Visit) -> None:
    """The same roles and no password; closing what is closed; a factor that is not there."""
    at, head = "/accounts/orla.example", pages.home.records.log_head()
    keeper.post(at, at=at, roles="reviewer")
    assert "Nothing was changed." in keeper.get("/accounts").text
    assert keeper.get(f"{at}/factor").headers["Location"] == "/accounts"
    assert "has no second factor" in keeper.get("/accounts").text
    assert pages.home.records.log_head() == head
    keeper.post(f"{at}/close", at=f"{at}/close")
    keeper.get("/accounts")
    assert keeper.get(f"{at}/close").headers["Location"] == "/accounts"
    assert "was closed already" in keeper.get("/accounts").text


def test_a_second_factor_that_is_not_there_is_not_taken_away(pages: Pages, keeper: Visit) -> None:
    """Nothing is written, and nobody is signed out by it."""
    visit = pages.visit(Role.REVIEWER, name="orla.example")
    head = pages.home.records.log_head()
    keeper.post("/accounts/orla.example/factor", at="/accounts/orla.example")
    assert pages.home.records.log_head() == head
    assert visit.get("/").status_code == 200


def test_the_trail_says_what_somebody_became(pages: Pages, keeper: Visit) -> None:
    """A line about changed roles holds the roles."""
    keeper.post("/accounts/orla.example", at="/accounts/orla.example", roles="auditor")
    (line,) = (one for one in pages.home.records.trail(5)[0] if one["event"] == "roles-changed")
    assert line["details"] == {"account": "orla.example", "roles": "auditor", "by": "keeper"}


def test_nobody_keeps_their_own_account(keeper: Visit) -> None:
    """Not its roles, not its closing; another's that there is not is not found."""
    assert keeper.get("/accounts/keeper").status_code == 403
    assert keeper.post("/accounts/keeper/close", at="/accounts").status_code == 403
    assert keeper.get("/accounts/nobody").status_code == 404

"""One's own account: another password, a second factor from an app; each needs the password of now."""

import re

import pyotp
import pytest

from intake.domain.staff import Role
from tests.builders.pages import HASHED, PASSWORD, Pages, Visit

WHO = "orla.example"
OTHER = "another invented sentence"
KEY = re.compile(r'Key: <span class="staff-value">([A-Z2-7]+)</span>')


@pytest.fixture
def mine(pages: Pages) -> Visit:
    """Give somebody signed in."""
    return pages.visit(Role.AUDITOR, name=WHO)


def tried(pages: Pages, password: str = PASSWORD, code: str = "") -> int:
    """Return the status of one try to sign in."""
    return pages.visit().post("/sign-in", at="/sign-in", name=WHO, password=password, code=code).status_code


def test_a_new_password_holds_and_ends_every_session(pages: Pages, mine: Visit) -> None:
    """The old one opens nothing, and one is signed out here too."""
    at = "/account/password"
    assert mine.post(at, at=at, password=PASSWORD, new=OTHER, again=OTHER).headers["Location"] == "/sign-in"
    assert (tried(pages), tried(pages, OTHER)) == (403, 302)
    assert mine.get("/account").status_code == 302


@pytest.mark.parametrize(
    "change", [{"password": "wrong"}, {"new": "short", "again": "short"}, {"again": "something else"}, {"new": ""}]
)
def test_a_new_password_is_refused_with_words(pages: Pages, mine: Visit, change: dict[str, str]) -> None:
    """Where the old one is wrong, the new one weak, or the two are not the same; the old one stays."""
    at = "/account/password"
    answer = mine.post(at, at=at, **{"password": PASSWORD, "new": OTHER, "again": OTHER, **change})
    assert (answer.status_code, "There is a problem" in answer.text) == (400, True)
    assert OTHER not in answer.text
    assert tried(pages) == 302


def test_a_password_that_was_given_is_changed_before_anything_else(pages: Pages, mine: Visit) -> None:
    """Every page leads to choosing another, for good only when that is done; whoever changes their own is not asked."""
    at, now = "/account/password", pages.home.now
    assert mine.get("/").status_code == 200
    pages.home.records.set_password(WHO, HASHED, "keeper", now)
    visit = pages.visit(Role.AUDITOR, name=WHO)
    assert {visit.get(path).headers["Location"] for path in ("/", "/log", "/account", f"/message/{pages.held}")} == {at}
    assert visit.post("/account/factor", at=at).headers["Location"] == at
    assert "given to you by somebody else" in visit.get(at).text
    same = visit.post(at, at=at, password=PASSWORD, new=PASSWORD, again=PASSWORD)
    assert (same.status_code, "Use another" in same.text) == (400, True)
    assert visit.post(at, at=at, password=PASSWORD, new=OTHER, again=OTHER).status_code == 302
    again = pages.visit()
    again.post("/sign-in", at="/sign-in", name=WHO, password=OTHER)
    assert again.get("/").status_code == 200


def test_a_second_factor_begins_with_the_apps_first_code(pages: Pages, mine: Visit) -> None:
    """From then on the password alone lets nobody in; the key is shown no more."""
    at = "/account/factor"
    page = mine.get(at).text
    found = KEY.search(page)
    assert found
    assert "<svg" in page
    assert KEY.search(mine.get(at).text) == found or found.group(1) in mine.get(at).text
    code = pyotp.TOTP(found.group(1)).at(pages.home.now)
    assert mine.post(at, at=at, password="wrong", code=code).status_code == 400
    assert mine.post(at, at=at, password=PASSWORD, code="000000").status_code == 400
    assert mine.post(at, at=at, password=PASSWORD, code=code).headers["Location"] == "/sign-in"
    assert (tried(pages), tried(pages, code=code)) == (403, 403)
    later = pyotp.TOTP(found.group(1)).at(int(pages.home.now.timestamp()) + 30)
    assert tried(pages, code=later) == 302


@pytest.mark.parametrize("code", ["\uff11\uff12\uff13\uff14\uff15\uff16", "\u00e9"])
def test_a_first_code_in_other_characters_is_a_wrong_one(mine: Visit, code: str) -> None:
    """It is refused with words."""
    answer = mine.post("/account/factor", at="/account/factor", password=PASSWORD, code=code)
    assert (answer.status_code, "There is a problem" in answer.text) == (400, True)


def test_a_second_factor_is_taken_away_by_password_and_code(pages: Pages, mine: Visit) -> None:
    """Neither alone is enough."""
    found = KEY.search(mine.get("/account/factor").text)
    assert found
    app = pyotp.TOTP(found.group(1))
    before = app.at(int(pages.home.now.timestamp()) - 30)
    mine.post("/account/factor", at="/account/factor", password=PASSWORD, code=before)
    visit = pages.visit()
    visit.post("/sign-in", at="/sign-in", name=WHO, password=PASSWORD, code=app.at(pages.home.now))
    at, later = "/account/factor/remove", app.at(int(pages.home.now.timestamp()) + 30)
    assert visit.post(at, at=at, password=PASSWORD).status_code == 400
    assert visit.post(at, at=at, password="wrong", code=later).status_code == 400
    assert visit.post(at, at=at, password=PASSWORD, code=later).headers["Location"] == "/sign-in"
    assert tried(pages) == 302


def test_whom_the_organisation_signs_in_has_nothing_to_change(pages: Pages, mine: Visit) -> None:
    """Their password is not ours, though a local account have the same name."""
    with mine.client.session_transaction() as session:
        session["by"] = "organisation"
    assert "your organisation" in mine.get("/account").text
    assert [mine.get(f"/account/{what}").status_code for what in ("password", "factor", "factor/remove")] == [302] * 3

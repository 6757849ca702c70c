"""Signing in by a real OpenID Connect provider on loopback: the right answer lets in, and no other does."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
import requests
from werkzeug.test import TestResponse

from intake.domain.staff import Role
from intake.edges.single_sign_on import Known, NotLetIn, Pending, Provider
from intake.errors import Unavailable
from intake.settings.program import Oidc
from intake.web.office import EXTENSION
from intake.web.proving import FRESH
from tests.builders.pages import Pages, Visit
from tests.servers import oidc

START, BACK = "/sign-in/organisation", "http://127.0.0.1/sign-in/organisation/back"
PEOPLE: list[dict[str, Any]] = [
    {
        "sub": "orla",
        "preferred_username": "Orla@agency.example",
        "roles": ["SSCP.Reviewer", "auditor"],
        "auth_time": int(time.time()) + 3_600,
    },
    {"sub": "stale", "preferred_username": "rae@agency.example", "roles": ["SSCP.Reviewer"], "auth_time": 1},
    {"sub": "silent", "preferred_username": "kim@agency.example", "roles": ["SSCP.Reviewer"], "auth_time": None},
    {"sub": "sam", "preferred_username": "sam@agency.example", "roles": ["Something.Else"]},
    {"sub": "nameless", "roles": ["auditor"]},
]


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """Run a provider with some people."""
    with oidc.running(*PEOPLE) as address:
        yield address


def settings(issuer: str, **changes: str) -> Oidc:
    """Return the settings of our client at a provider."""
    written = {
        "issuer": issuer, "client_id": "intake", "client_secret_file": Path("secret"), "scope": "openid profile roles",
        "roles": {"reviewer": "SSCP.Reviewer"},
    }  # fmt: skip
    return Oidc.model_validate({**written, **changes})


def provider(issuer: str, *, later: int = 0, **changes: str) -> Provider:
    """Return our side, its clock set forward."""
    return Provider(settings(issuer, **changes), lambda: "invented", BACK, lambda: int(time.time()) + later)


def consented(address: str, who: str) -> dict[str, str]:
    """Sign in at the provider as a person does; return what it sends back with."""
    answer = requests.post(address, data={"sub": who}, allow_redirects=False, timeout=10)
    told = parse_qs(urlsplit(answer.headers["Location"]).query)
    return {name: values[0] for name, values in told.items()}


def test_whom_the_provider_knows_comes_back_with_name_and_roles(issuer: str) -> None:
    """Our roles by the names it has for them; a role it does not give is not there."""
    ours = provider(issuer)
    address, pending = ours.begin()
    known = Known("orla@agency.example", frozenset({Role.REVIEWER, Role.AUDITOR}), 0)
    assert ours.finish(consented(address, "orla"), pending) == known


def test_an_answer_without_a_name_lets_nobody_in(issuer: str) -> None:
    """What stands in the log for all somebody does must be there."""
    ours = provider(issuer)
    address, pending = ours.begin()
    with pytest.raises(NotLetIn, match="no-name"):
        ours.finish(consented(address, "nameless"), pending)


def test_another_tries_answer_is_refused(issuer: str) -> None:
    """A state that is not this try's, a code used before, a nonce of another try: none lets in."""
    ours = provider(issuer)
    address, pending = ours.begin()
    answer = consented(address, "orla")
    with pytest.raises(NotLetIn, match="other-try"):
        ours.finish({**answer, "state": "forged"}, pending)
    with pytest.raises(NotLetIn, match="refused"):
        ours.finish({"state": pending.state, "error": "access_denied"}, pending)
    with pytest.raises(NotLetIn, match="token-not-ours"):
        ours.finish(answer, Pending(pending.state, "another nonce", pending.verifier))
    with pytest.raises(NotLetIn, match="code-refused"):
        ours.finish(answer, pending)


def test_a_token_for_somebody_else_or_of_another_time_is_refused(issuer: str) -> None:
    """Another audience, or one that has expired."""
    ours = provider(issuer)
    address, pending = ours.begin()
    answer = consented(address, "orla")
    with pytest.raises(NotLetIn, match="token-not-ours"):
        provider(issuer, later=100_000).finish(answer, pending)
    address, pending = ours.begin()
    token = ours._token(consented(address, "orla")["code"], pending)
    with pytest.raises(NotLetIn, match="token-not-ours"):
        provider(issuer, client_id="another")._claims(token, pending)


def test_a_provider_that_is_away_or_another_is_told() -> None:
    """Nobody is let in, and nothing is their fault."""
    with pytest.raises(Unavailable, match="sign-on"):
        provider("http://127.0.0.1:9").begin()


def test_an_issuer_that_calls_itself_otherwise_is_not_asked(issuer: str) -> None:
    """Its document must name the very issuer that is configured."""
    with pytest.raises(Unavailable, match="other-issuer"):
        provider(f"{issuer}/").begin()


@pytest.fixture
def staffed(pages: Pages, issuer: str) -> Pages:
    """Give pages that send people to the provider."""
    pages.app.extensions[EXTENSION] = replace(pages.app.extensions[EXTENSION], sign_on=provider(issuer))
    return pages


def came_back(visit: Visit, who: str, start: str = START) -> TestResponse:
    """Go there and back as a browser does."""
    there = visit.get(start)
    answer = consented(there.headers["Location"], who)
    return visit.client.get(f"{START}/back", query_string=answer)


def test_somebody_with_a_role_is_in_and_it_is_on_record(staffed: Pages) -> None:
    """By their name at the organisation, from the page between on: a strict cookie is not sent on the way back."""
    visit = staffed.visit()
    assert came_back(visit, "orla").status_code == 200
    assert "orla@agency.example" in visit.get("/").text
    lines, _ = staffed.home.records.trail(3)
    assert (lines[0]["event"], lines[0]["why"]) == ("signed-in", "single-sign-on")


def test_a_local_account_of_the_same_name_is_somebody_else(staffed: Pages) -> None:
    """Closing it ends no session of the organisation's, and the trail tells the two apart."""
    name = "orla@agency.example"
    visit, local = staffed.visit(), staffed.visit(Role.REVIEWER, name=name)
    came_back(visit, "orla")
    staffed.home.records.disable_account(name, "test", staffed.home.now)
    assert (visit.get("/").status_code, local.get("/").status_code) == (200, 302)
    lines, _ = staffed.home.records.trail(5)
    assert {one["details"]["account"] for one in lines if one["event"] == "signed-in"} == {
        name,
        f"{name} (organisation)",
    }


def test_somebody_without_a_role_is_not_in(staffed: Pages) -> None:
    """Known to the organisation is not enough."""
    visit = staffed.visit()
    answer = came_back(visit, "sam")
    assert (answer.status_code, "gives you no role" in answer.text) == (403, True)
    assert visit.get("/").status_code == 302


def test_a_way_back_is_good_once_and_for_one_browser(staffed: Pages) -> None:
    """Replayed, or brought by another browser, it lets nobody in."""
    visit, other = staffed.visit(), staffed.visit()
    answer = consented(visit.get(START).headers["Location"], "orla")
    over = other.client.get(f"{START}/back", query_string=answer)
    assert (over.status_code, "This try to sign in is over" in over.text) == (400, True)
    assert visit.client.get(f"{START}/back", query_string=answer).status_code == 200
    assert visit.client.get(f"{START}/back", query_string=answer).status_code == 400


def test_letting_out_what_was_judged_hostile_goes_by_the_provider_again(staffed: Pages) -> None:
    """Some minutes later one is sent to prove it anew, and led back to the very email."""
    visit, at = staffed.visit(), f"/message/{staffed.quarantined}"
    came_back(visit, "orla")
    staffed.home.now += FRESH
    act = {"way": "screened", "reason": "they rang: it is theirs"}
    answer = visit.post(f"{at}/move", at=at, **act)
    assert (answer.status_code, "Sign in again first" in answer.text) == (400, True)
    again = f"{START}?to={at}"
    assert again in answer.text
    assert {"prompt=login", "max_age=0"} <= set(visit.get(again).headers["Location"].partition("?")[2].split("&"))
    assert f"url={at}" in came_back(visit, "orla", again).text
    assert visit.post(f"{at}/move", at=at, **act).status_code == 302


@pytest.mark.parametrize("who", ["stale", "silent"])
def test_an_old_proof_lets_nothing_out(staffed: Pages, who: str) -> None:
    """Signing in by it is enough to look, not to release; nor is an answer that does not say when it was."""
    visit, at = staffed.visit(), f"/message/{staffed.quarantined}"
    assert "prompt=login" not in visit.get(START).headers["Location"]
    assert came_back(visit, who).status_code == 200
    answer = visit.post(f"{at}/move", at=at, way="screened", reason="they rang: it is theirs")
    assert (answer.status_code, "Sign in again first" in answer.text) == (400, True)
    answer = came_back(visit, who, f"{START}?to={at}")
    assert (answer.status_code, "have just proved" in answer.text) == (403, True)
    assert visit.post(f"{at}/move", at=at, way="screened", reason="they rang: it is theirs").status_code == 400


def test_whoever_opened_a_link_is_led_to_it_by_the_organisation_too(staffed: Pages) -> None:
    """Sent to sign in from a page, one comes back to it, and is not asked to prove anything anew."""
    visit, at = staffed.visit(), f"/message/{staffed.held}"
    asked = visit.get(visit.get(at).headers["Location"]).text
    start = f"{START}?to={at}"
    assert f'href="{start}"' in asked
    assert "prompt" not in visit.get(start).headers["Location"]
    assert f"url={at}" in came_back(visit, "orla", start).text


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example", "/sign-out", "/message/../log", "/message/a?b"]
)
def test_nobody_is_led_elsewhere(staffed: Pages, to: str) -> None:
    """A link made by somebody else leads to the first page."""
    visit = staffed.visit()
    assert "url=/" in (page := came_back(visit, "orla", f"{START}?to={quote(to)}").text)
    assert to not in page


def test_without_a_provider_there_is_no_such_way(looked_at: Pages) -> None:
    """The sign-in page does not offer it."""
    assert looked_at.visit().get(START).status_code == 404
    assert "organisation" not in looked_at.visit().get("/sign-in").text

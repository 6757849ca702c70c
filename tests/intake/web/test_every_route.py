"""Every route, by everybody, for what is there, what is not and what nobody means well: no fault, no door left open."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from flask import Flask
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from intake.domain.staff import RIGHTS, Right, Role
from intake.web.access import NEEDS, OPEN, SIGNED_IN
from intake.web.app import PAGES
from tests.builders import routes
from tests.builders.pages import TOKEN, Pages, Visit
from tests.builders.pages import pages as made

EVERYBODY = (*Role, None)
FAULTS = {500, 503}
NO_SUCH = {400, 404, 405}
"""What is answered before anybody asks who it is: there is no such page, or nothing that can be one."""


def endpoints() -> list[str]:
    """Return the names of all routes, without a house."""
    app = Flask("names")
    for one in PAGES:
        app.register_blueprint(one)
    return sorted(rule.endpoint for rule in app.url_map.iter_rules())


@dataclass
class Company:
    """Somebody of each role at one house, who is let in again where their session ended."""

    pages: Pages
    canary: str
    within: dict[Role | None, Visit] = field(default_factory=dict)
    number: Iterator[int] = field(default_factory=itertools.count)

    def rules(self, endpoint: str) -> list[Rule]:
        """Return the routes of that name."""
        return list(self.pages.app.url_map.iter_rules(endpoint))

    def needs(self, endpoint: str) -> Right | str:
        """Return what a route asks for."""
        return OPEN if endpoint == "static" else getattr(self.pages.app.view_functions[endpoint], NEEDS)

    def able(self, endpoint: str) -> Role:
        """Return a role that may come to a route."""
        needs = self.needs(endpoint)
        return next(role for role in Role if needs in {OPEN, SIGNED_IN} or may(role, Right(needs)))

    def visit(self, role: Role | None) -> tuple[Visit, str]:
        """Return somebody's session and the token of its forms; nobody comes anew each time.

        A form meant well may have let them in, with a password that the form of another page has set.
        """
        at = "/account" if role else "/sign-in"
        visit = (self.within.get(role) if role else None) or self.pages.visit()
        if not (found := TOKEN.search(visit.get(at).text)):
            visit = self.pages.visit(*([role] if role else []), name=f"{role}-{next(self.number)}")
            found = TOKEN.search(visit.get(at).text)
        assert found
        self.within[role] = visit
        return visit, found.group(1)

    def judge(self, endpoint: str, role: Role | None, answer: TestResponse, *, is_a_page: bool = True) -> None:
        """Say that an answer is one that somebody of this role may have from this route."""
        told = (endpoint, role, answer.request.method, answer.request.path[:80], answer.status_code)
        needs = self.needs(endpoint)
        assert answer.status_code not in FAULTS, told
        assert may(role, Right.SEE_CHILDREN) or self.canary not in answer.text, told
        answer.close()
        if needs == OPEN or (not is_a_page and answer.status_code in NO_SUCH):
            return
        if role is None:
            is_led = answer.status_code == 302 and answer.headers["Location"].startswith("/sign-in")
            assert is_led if answer.request.method in {"GET", "HEAD"} else answer.status_code == 401, told
        else:
            is_let_in = needs == SIGNED_IN or may(role, Right(needs))
            assert (answer.status_code not in {401, 403}) if is_let_in else (answer.status_code == 403), told


def may(role: Role | None, right: Right) -> bool:
    """Tell whether a role gives a right, by the list of the domain."""
    return role is not None and right in RIGHTS[role]


def company(pages: Pages) -> Company:
    """Return a house's company; the canary is the child's name on its form."""
    (canary,) = {one["value"] for one in pages.home.register()[0]["readings"] if one["field"] == "child.name"}
    return Company(pages, canary)


@pytest.fixture(scope="module")
def looking(looked_at: Pages) -> Company:
    """Give a house nobody changes anything in."""
    return company(looked_at)


@pytest.fixture(scope="module")
def acting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Company]:
    """Give a house where whatever is sent is done; many passwords are set in it, so each is hashed in no time."""
    folder: Path = tmp_path_factory.mktemp("acting")
    with pytest.MonkeyPatch.context() as patch, made(folder) as pages:
        patch.setattr("intake.web.passwords._hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield company(pages)


def test_every_route_is_tried(looking: Company) -> None:
    """The list these tests go by is the application's own."""
    assert sorted(rule.endpoint for rule in looking.pages.app.url_map.iter_rules()) == endpoints()


@pytest.mark.parametrize("endpoint", endpoints())
def test_a_route_is_for_those_with_its_right(looking: Company, endpoint: str) -> None:
    """Whatever is looked at is shown to them and refused to others, whether it is there or not."""
    for rule, role in itertools.product(looking.rules(endpoint), EVERYBODY):
        visit, _ = looking.visit(role)
        for path in (*routes.real(rule, looking.pages), *routes.missing(rule)):
            for method in ("GET", "HEAD", "OPTIONS", "PUT"):
                answer = visit.client.open(path, method=method)
                looking.judge(endpoint, role, answer, is_a_page=method in (rule.methods or ()))
                if method not in (rule.methods or ()):
                    assert answer.status_code == 405, path


@pytest.mark.parametrize("endpoint", endpoints())
def test_no_address_makes_a_fault(looking: Company, endpoint: str) -> None:
    """Whoever may see the page is answered whatever stands in the address; whoever is not signed in, as always."""
    for rule in (one for one in looking.rules(endpoint) if "GET" in (one.methods or ())):
        paths, there = [*routes.hostile(rule)], routes.real(rule, looking.pages)[0]
        for role in (looking.able(endpoint), None):
            visit, _ = looking.visit(role)
            for path in paths:
                looking.judge(endpoint, role, visit.get(path), is_a_page=False)
            for query in list(routes.queries())[: None if role else 3]:
                looking.judge(endpoint, role, visit.client.get(there, query_string=query), is_a_page=False)


@pytest.mark.parametrize("endpoint", endpoints())
def test_no_form_makes_a_fault(acting: Company, endpoint: str) -> None:
    """Empty, filled in or filled with what nobody means well, it is done or refused; to others, as always."""
    for rule in (one for one in acting.rules(endpoint) if "POST" in (one.methods or ())):
        sent = [(role, form) for role in EVERYBODY for form in routes.well_meant()]
        sent += [(acting.able(endpoint), form) for form in routes.forms()]
        for role, form in sent:
            for path in (routes.real(rule, acting.pages)[0], *routes.missing(rule)):
                visit, token = acting.visit(role)
                answer = visit.client.post(path, data={**form, "csrf_token": token})
                acting.judge(endpoint, role, answer, is_a_page=form in list(routes.well_meant()))

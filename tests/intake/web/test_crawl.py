"""Whoever is signed in and follows every link and sends every empty form meets no fault and no closed door."""

import re

import pytest

from intake.domain.staff import Role
from tests.builders.pages import Pages

LINK = re.compile(r'href="(/[^"]*)"')
MOST = 400


@pytest.mark.parametrize("role", Role)
def test_every_link_that_is_offered_can_be_followed(looked_at: Pages, role: Role) -> None:
    """No page offers what its reader may not see, and none fails; forms sent empty are refused with words."""
    visit = looked_at.visit(role)
    seen, waiting = set[str](), [visit.first]
    while waiting:
        path = waiting.pop().replace("&amp;", "&").partition("#")[0]
        if path in seen or path.startswith(("/static/", "/sign-out", "/sign-in")):
            continue
        seen.add(path)
        assert len(seen) < MOST
        answer = visit.get(path)
        assert answer.status_code in {200, 302}, (path, answer.status_code)
        if answer.status_code == 200:
            waiting += LINK.findall(answer.text)
    assert len(seen) > (1 if role is Role.ADMINISTRATOR else 5)


@pytest.mark.parametrize("role", Role)
def test_no_form_that_is_offered_fails(pages: Pages, role: Role) -> None:
    """Sent with its token and nothing else, each is done, refused with words, or said to be overtaken."""
    visit = pages.visit(role)
    paths = {
        "/",
        "/log",
        "/exceptions",
        "/configuration",
        f"/message/{pages.held}",
        f"/message/{pages.locked}",
        f"/case/{pages.case}",
    }
    for path in sorted(paths):
        answer = visit.get(path)
        if answer.status_code != 200:
            continue
        for action in re.findall(r'<form method="post" action="(/[^"]*)"', answer.text):
            if action != "/sign-out":
                assert visit.post(action, at=path).status_code in {200, 302, 400, 409}, action

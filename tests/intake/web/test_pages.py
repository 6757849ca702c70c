"""Every page can be had by those who may see it, and by nobody else."""

import pytest

from intake.domain.staff import Role
from tests.builders.pages import Pages

LOG = {Role.REVIEWER, Role.MANAGER, Role.AUDITOR}
CHILDREN = {Role.REVIEWER, Role.MANAGER}
PAGES = {
    "/": LOG,
    "/log": LOG,
    "/log?stage=held&agency=gmp&finding=late-submission&since=2026-01-01&until=2027-01-01": LOG,
    "/message/{held}": LOG,
    "/message/{registered}": LOG,
    "/message/{locked}": LOG,
    "/message/{quarantined}": LOG,
    "/exceptions": LOG,
    "/exceptions/closed": LOG,
    "/deadlines": LOG,
    "/case/{case}": CHILDREN,
    "/case/{case}/print": CHILDREN,
    "/case/{case}/correct?field=incident.place&version=1": CHILDREN,
    "/exceptions/1/close": CHILDREN,
    "/case/{case}/step": CHILDREN,
    "/case/{case}/note": CHILDREN,
    "/case/{case}/owner": CHILDREN,
    "/figures": LOG,
    "/figures?since=2026-01&until=2026-11": LOG,
    "/figures?since=x": LOG,
    "/trail": {Role.MANAGER, Role.AUDITOR},
    "/trail?by=somebody&about={case}": {Role.MANAGER, Role.AUDITOR},
    "/configuration": set(Role),
    "/message/{held}/key": CHILDREN,
    "/message/{held}/key?children=3": CHILDREN,
    "/accounts": {Role.ADMINISTRATOR},
    "/accounts/somebody": {Role.ADMINISTRATOR},
    "/account": set(Role),
    "/account/password": set(Role),
    "/account/factor": set(Role),
}


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("role", Role)
def test_a_page_is_for_those_who_may_see_it(looked_at: Pages, path: str, role: Role) -> None:
    """200 for those with the right, 403 for others: neither more nor less."""
    at = path.format_map(vars(looked_at))
    assert looked_at.visit(role).get(at).status_code == (200 if role in PAGES[path] else 403)


@pytest.mark.parametrize("path", PAGES)
def test_nobody_sees_a_page_unsigned(looked_at: Pages, path: str) -> None:
    """Whoever is not signed in is sent to sign in, and told nothing."""
    answer = looked_at.visit().get(path.format_map(vars(looked_at)))
    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, "/sign-in")


def test_every_route_names_its_right(looked_at: Pages) -> None:
    """A route nobody thought about is seen by nobody: none is without its mark, but the styles."""
    unmarked = [name for name, view in looked_at.app.view_functions.items() if not hasattr(view, "_needs")]
    assert unmarked == ["static"]

"""What one person may do has an end: passwords of locked files, searches for children, the length of a form."""

import time
from dataclasses import replace

import pytest

from intake.domain.staff import Role
from intake.web.office import EXTENSION
from intake.web.rates import Rate
from tests.builders.pages import Pages, Visit


def once() -> Rate:
    """Return a rate that allows one try."""
    return Rate(most=1, seconds=600.0, clock=time.monotonic)


@pytest.fixture(scope="module")
def strict(looked_at: Pages) -> Pages:
    """Give pages on which each may be done once by one person."""
    office = looked_at.app.extensions[EXTENSION]
    looked_at.app.extensions[EXTENSION] = replace(office, unlocks=once(), searches=once())
    return looked_at


def unlocked(pages: Pages, visit: Visit) -> int:
    """Return the status of one password typed for the locked mail."""
    at = f"/message/{pages.locked}"
    return visit.post(f"{at}/unlock", at=at, password="wrong").status_code


def searched(visit: Visit) -> int:
    """Return the status of one search."""
    return visit.post("/find-a-child", at="/log", name="Nobody Example", born="1/2/2019").status_code


def test_passwords_of_locked_files_are_not_guessed_at(strict: Pages) -> None:
    """One person waits after too many; another may try."""
    one, other = strict.visit(Role.REVIEWER), strict.visit(Role.MANAGER)
    assert [unlocked(strict, one), unlocked(strict, one), unlocked(strict, other)] == [400, 429, 400]
    assert len(strict.password_typed) == 2


def test_a_keyed_form_may_be_long(strict: Pages) -> None:
    """It is read and refused for what it lacks, where any other form of its size is too much."""
    visit, long = strict.visit(Role.REVIEWER), "a word " * 20_000
    key, owner = f"/message/{strict.held}/key", f"/case/{strict.case}/owner"
    assert visit.post(key, at=key, reason=long).status_code == 400
    assert visit.post(owner, at=owner, owner=long).status_code == 413


def test_children_are_not_searched_for_by_the_list(strict: Pages) -> None:
    """One person waits after too many; another may search; what was not a search is not counted."""
    one, other = strict.visit(Role.REVIEWER), strict.visit(Role.MANAGER)
    assert one.post("/find-a-child", at="/log", name="", born="").status_code == 400
    assert [searched(one), searched(one), searched(other)] == [200, 429, 200]

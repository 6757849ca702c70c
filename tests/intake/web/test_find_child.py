"""A child's cases are found by name, by date of birth, or both, for those who may; by a body, never by an address."""

import pytest

from intake.domain.staff import Role
from tests.builders.pages import Pages, Visit


def asked(pages: Pages, visit: Visit, *what: str, born: str = "") -> str:
    """Search for the child of the registered case by the fields named, or on another day; return what is answered."""
    said = {one["field"]: one["value"] for one in pages.home.register()[0]["readings"]}
    form = {field: said[f"child.{field}"] if field in what else "" for field in ("name", "dob")}
    answer = visit.post("/find-a-child", at="/log", name=form["name"], born=born or form["dob"])
    return answer.text.partition("<main")[2]


@pytest.mark.parametrize("what", [("name",), ("dob",), ("name", "dob")], ids=str)
def test_a_case_is_found_by_name_by_birth_or_by_both(looked_at: Pages, what: tuple[str, ...]) -> None:
    """Each leads to the case."""
    text = asked(looked_at, looked_at.visit(Role.REVIEWER), *what)
    assert f'href="/case/{looked_at.case}"' in text
    assert "Of that name" not in text


def test_another_day_of_birth_is_said_apart(looked_at: Pages) -> None:
    """It may be another child, or a slip of the pen: a person looks."""
    text = asked(looked_at, looked_at.visit(Role.REVIEWER), "name", born="1 5 1999")
    assert "No case and no waiting email has such a child" in text
    assert looked_at.case in text.partition("Of that name, with another date of birth or none")[2]


@pytest.mark.parametrize(
    ("name", "born", "says"),
    [
        ("", "", "Enter the child&#39;s name or date of birth"),
        ("", "May 2019", "Enter one whole day"),
        ("Kim Invented", "May 2019", "Enter one whole day"),
        ("---", "1 2 2019", "Enter the child&#39;s name or date of birth"),
        ("  ", "", "Enter the child&#39;s name or date of birth"),
    ],
)
def test_what_cannot_be_looked_for_is_said(looked_at: Pages, name: str, born: str, says: str) -> None:
    """Nothing at all, or no whole day: nobody is searched for, and no search is on record."""
    visit = looked_at.visit(Role.REVIEWER)
    before = looked_at.home.records.log_head()
    answer = visit.post("/find-a-child", at="/log", name=name, born=born)
    assert (answer.status_code, says in answer.text) == (400, True)
    assert looked_at.home.records.log_head() == before

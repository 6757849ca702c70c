"""A later version is shown beside the one before, answer by answer."""

from typing import Any

from intake.domain.staff import Role
from intake.web.versions import Changed, Difference, changes
from tests.builders import mails
from tests.builders.forms import to_docx
from tests.builders.pages import Pages
from tests.promises.post_bag import form, sent


def version(number: int, **answers: str) -> dict[str, Any]:
    """Return a version with these answers."""
    readings = [{"field": field, "child": None, "value": value} for field, value in answers.items()]
    return {"version": number, "readings": readings}


def test_only_what_differs_is_told_the_newest_first() -> None:
    """Changed, new and gone; the order of a version's other answers does not matter."""
    one, two, three = version(1, a="1", b="2"), version(2, b="2", a="1"), version(3, a="x", c="3")
    old, new = Difference("a", None, ("1",), ("x",)), Difference("c", None, (), ("3",))
    newest = Changed(3, (old, new, Difference("b", None, ("2",), ())))
    assert changes([one, two, three]) == (newest, Changed(2, ()))


def test_a_changed_form_shows_both_on_its_case(pages: Pages) -> None:
    """Sent again with another place: before and after stand side by side."""
    changed = form(1).but(incident__place="Somewhere Else Park")
    row = pages.home.take(sent(60, mails.docx_attachment(to_docx(changed))))
    assert row["cases"] == [pages.case]
    text = pages.visit(Role.REVIEWER).get(f"/case/{pages.case}").text
    section = text.split("What version 2 says otherwise")[1]
    assert "2 Made Up Street, Salford" in section
    assert "Somewhere Else Park" in section

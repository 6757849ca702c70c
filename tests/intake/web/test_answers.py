"""A case's answers: part by part and child by child, conflicts side by side, and what no question has is shown too."""

import io
from typing import Any

import docx
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.staff import Role
from intake.web.answers import parts
from tests.builders import mails
from tests.builders.forms import FilledForm, to_docx
from tests.builders.pages import Pages
from tests.promises.post_bag import sent

FIELDS = ["referrer.name", "child.name", "child.dob", "incident.date"]
readings = st.lists(
    st.fixed_dictionaries(
        {
            "field": st.sampled_from([*FIELDS, "incident.unheard_of"]),
            "child": st.sampled_from([None, 1, 2]),
            "value": st.sampled_from(["a", "b"]),
        }
    )
)


@given(readings, st.sets(st.sampled_from(FIELDS)))
def test_every_reading_stands_in_exactly_one_answer(read: list[dict[str, Any]], conflicts: set[str]) -> None:
    """Whatever its field and child; a conflict is one only where the answers differ."""
    found = list(parts({"readings": read, "beside": (), "conflicts": conflicts}, FIELDS))
    answers = [answer for part in found for answer in part.answers]
    assert sorted(map(str, read)) == sorted(str(one) for answer in answers for one in answer.readings)
    assert len({(answer.field, answer.child) for answer in answers}) == len(answers)
    for answer in answers:
        differ = len({one["value"] for one in answer.readings}) > 1
        assert answer.is_in_conflict == (differ and answer.field in conflicts)


def test_parts_come_in_the_forms_order() -> None:
    """Each child's part by itself."""
    read = [
        {"field": field, "child": child, "value": "x"}
        for child in (2, 1) for field in ("child.dob", "child.name")
    ] + [{"field": "incident.date", "child": None, "value": "x"}]  # fmt: skip
    found = list(parts({"readings": read, "beside": (), "conflicts": ()}, FIELDS))
    assert [(part.name, part.child) for part in found] == [("child", 1), ("child", 2), ("incident", None)]
    assert [answer.field for answer in found[0].answers] == ["child.name", "child.dob"]


def twice_answered() -> bytes:
    """Return a form that gives two dates of the incident, and an answer to a question nobody knows."""
    document = docx.Document(io.BytesIO(to_docx(FilledForm())))
    table = next(one for one in document.tables if "Date of incident" in one.cell(0, 0).text)
    for label, value in (("Date of incident", "01/11/2026"), ("Zqx favourite colour", "zqxturquoise")):
        row = table.add_row()
        row.cells[0].text, row.cells[1].text = label, value
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def test_two_answers_stand_side_by_side_until_one_is_keyed(pages: Pages) -> None:
    """Both with their places; once a person has said which, it alone, with both beside it; the rest is shown too."""
    row = pages.home.take(sent(70, mails.docx_attachment(twice_answered())))
    visit, at = pages.visit(Role.REVIEWER), f"/case/{row['cases'][0]}"
    text = visit.get(at).text
    assert "Two answers" in text
    assert "01/11/2026" in text
    assert "zqxturquoise" in text
    correct = f"{at}/correct"
    asked = f"{correct}?field=incident.date&version=1"
    fields = {"field": "incident.date", "version": "1", "value": "01/11/2026", "reason": "they rang"}
    assert visit.post(correct, at=asked, **fields).status_code == 302
    text = visit.get(at).text
    assert "Two answers" not in text
    assert text.count("Read: ") == 2

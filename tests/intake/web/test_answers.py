"""A case's answers: part by part and child by child, conflicts side by side, and what no question has is shown too."""

import io
from typing import Any

import docx
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.staff import Role
from intake.web.answers import People, parts, people, sections
from parsers.template import Field, FieldKind, Question, Section, Sheet
from tests.builders import mails
from tests.builders.forms import FilledForm, to_docx
from tests.builders.pages import Pages
from tests.promises.post_bag import sent

FIELDS = [
    Field("referrer.name", FieldKind.PERSON),
    Field("child.name", FieldKind.PERSON, per_child=True),
    Field("child.dob", FieldKind.DATE, per_child=True),
    Field("incident.date", FieldKind.APPROXIMATE_DATE),
]
NAMES = [one.name for one in FIELDS]
SHEET = Sheet(
    "a", "A form", "1", "must", False, "",
    sections=(
        Section("what", "1. What happened", questions=(Question("incident.date", "When"),)),
        Section("who", "2. The children", questions=(Question("child.dob", "Born"), Question("child.name", "Name"))),
    ),
)  # fmt: skip
readings = st.lists(
    st.fixed_dictionaries(
        {
            "field": st.sampled_from([*NAMES, "incident.unheard_of"]),
            "child": st.sampled_from([None, 1, 2]),
            "value": st.sampled_from(["a", "b"]),
        }
    )
)


def version(read: list[dict[str, Any]], conflicts: object = ()) -> dict[str, Any]:
    """Return a version of a case that says this."""
    return {"readings": read, "beside": (), "conflicts": conflicts}


@given(readings, st.sets(st.sampled_from(NAMES)), st.sampled_from([None, SHEET]))
def test_every_reading_stands_in_exactly_one_answer(
    read: list[dict[str, Any]], conflicts: set[str], sheet: Sheet | None
) -> None:
    """Whatever its field and child, on our forms and others; a conflict is one only where the answers differ."""
    found = list(parts(version(read, conflicts), sections(FIELDS, sheet)))
    answers = [answer for part in found for answer in part.answers]
    assert sorted(map(str, read)) == sorted(str(one) for answer in answers for one in answer.readings)
    assert len({(answer.field, answer.child) for answer in answers}) == len(answers)
    for answer in answers:
        differ = len({one["value"] for one in answer.readings}) > 1
        assert answer.is_in_conflict == (differ and answer.field in conflicts)
    blank = {(name, part.child) for part in found for name in part.blank}
    assert not blank & {(answer.field, answer.child) for answer in answers}


def test_sections_come_in_the_forms_order_and_words() -> None:
    """Each child by itself, the last marked; what is not asked there comes last, and only where it has an answer."""
    read = [
        {"field": field, "child": child, "value": "x"}
        for child in (2, 1) for field in ("child.dob", "child.name")
    ] + [{"field": "referrer.name", "child": None, "value": "x"}]  # fmt: skip
    found = list(parts(version(read), sections(FIELDS, SHEET)))
    assert [(part.name, part.child, part.is_last_child) for part in found] == [
        ("1. What happened", None, False), ("2. The children", 1, False), ("2. The children", 2, True),
        ("referrer", None, False),
    ]  # fmt: skip
    assert [answer.field for answer in found[1].answers] == ["child.dob", "child.name"]
    (blank,) = [part.blank for part in found if part.blank]
    assert blank == ("incident.date",)


def test_of_a_form_nobody_knows_all_that_is_not_answered_is_told() -> None:
    """Also of the first child, where none was read."""
    found = list(parts(version([]), sections(FIELDS, None)))
    assert [(part.name, part.child, part.blank) for part in found] == [
        ("referrer", None, ("referrer.name",)), ("child", 1, ("child.name", "child.dob")),
        ("incident", None, ("incident.date",)),
    ]  # fmt: skip


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


def test_the_head_says_whom_it_is_about() -> None:
    """Each child with its birth, answers that differ beside one another; what was not read is left out."""
    read = [
        {"field": "child.name", "child": 1, "value": "Tam Madeup"}, {"field": "child.dob", "child": 1, "value": "4/3"},
        {"field": "child.name", "child": 2, "value": "Pip"}, {"field": "child.name", "child": 2, "value": "Pippa"},
        {"field": "referrer.name", "child": None, "value": "Orla Example"},
    ]  # fmt: skip
    assert people(version(read)) == People(("Tam Madeup, born 4/3", "Pip / Pippa"), "Orla Example")
    assert people(version([])) == People((), "")

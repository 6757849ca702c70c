"""On a form we never saw: which words are an answer, to which question, and which are none."""

import pytest

from parsers.contract import Certainty, Kind
from parsers.document import Paragraph
from parsers.recognise import read_body
from tests.builders.foreign_forms import QA, REFERRER, plain, read
from tests.builders.forms import library
from tests.builders.word_xml import p, tbl, tc


@pytest.mark.parametrize(
    ("yes", "no", "said"), [("X", "", "Yes"), ("", "✓", "No"), ("", "", None), ("X", "X", None), ("Yes", "No", None)]
)
def test_a_mark_under_yes_or_no_is_the_answer(yes: str, no: str, said: str | None) -> None:
    """One marked column answers; none or both do not."""
    table = tbl(("", "Yes", "No"), ("Is any child at risk now?", yes, no))
    assert plain(table).get("safety.current_risk") == said


def test_yes_and_no_side_by_side_answer_nothing() -> None:
    """A form's own "Yes" and "No" with neither marked is no answer."""
    assert "safety.current_risk" not in plain(tbl(("Is any child at risk now?", "Yes", "No")))


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("Date of referral", "to be sent on"),
        (
            "Name of referrer",
            "Every referral must be made by the person who knows the child and the family best of all",
        ),
        ("Referrer's email", "on request"),
    ],
)
def test_what_cannot_be_the_answer_is_put_aside(label: str, text: str) -> None:
    """On a form we do not know, words that do not look like the answer are shown as they stand, not taken."""
    reading = read(REFERRER, tbl((label, text)))
    assert text in [each.untrusted_text for each in reading.unplaced]
    assert text not in [each.untrusted_text for each in reading.readings]


def test_a_mail_address_is_found_among_other_words() -> None:
    """Of telephone and address in one cell the address is the answer."""
    table = tbl(("Contact details", tc("0161 496 0000", "orla@agency.example")))
    assert plain(REFERRER, table) == {"referrer.email": "orla@agency.example"}


def test_an_answer_worded_like_a_label_is_an_answer() -> None:
    """A role of "PRSG member" is a role, in a cell or behind a colon."""
    rows = (("Name", "Pat Nobody", "Agency", ""), ("Role", "PRSG member", "Date", "4 May 2026"))
    expected = {"qa.name": "Pat Nobody", "qa.role": "PRSG member", "qa.date": "4 May 2026"}
    assert plain(QA, tbl(*rows)) == expected
    lines = p("Name: Pat Nobody") + p("Role: PRSG member") + p("Date: 4 May 2026")
    assert plain(QA, lines) == expected


def test_a_long_answer_keeps_its_lines() -> None:
    """Lines of one paragraph belong to the answer, be they worded like labels; a title in capitals ends it."""
    told = "<w:p><w:r><w:t>What happened: A neighbour called.</w:t><w:br/><w:t>Name: not known then.</w:t></w:r></w:p>"
    body = p("Incident", style="Heading1") + told + p("OTHER MATTERS") + p("Nothing more.")
    assert plain(body) == {"incident.summary": "A neighbour called.\nName: not known then."}


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("What good practice have you identified?", "practice.good"),
        ("Why should this case be reviewed?", "referral.reason"),
        ("Which agency do you work for?", "referrer.agency"),
        ("When did your agency become aware?", "incident.date_aware"),
    ],
)
def test_questions_of_plain_english_are_understood(question: str, field: str) -> None:
    """A question in whole words asks what its label would."""
    said = "5 May 2026" if field.endswith("aware") else "Fable Primary School"
    assert plain(tbl((question, said))) == {field: said}


def test_what_is_known_by_its_words_alone_is_never_certain() -> None:
    """A label found elsewhere than in its section, or by its words in another order, is likely at most."""
    reading = read(REFERRER, tbl(("Telephone number of referrer", "0161 496 0000")))
    phone = next(each for each in reading.readings if each.field == "referrer.phone")
    assert phone.certainty is Certainty.LIKELY


@pytest.mark.parametrize("end", ["Kind regards", "Many thanks,", "Sent from a telephone", "Please let me know."])
def test_the_end_of_a_letter_is_no_answer(end: str) -> None:
    """No answer goes on after the words that end a letter."""
    said = [
        "Name of child: Nia Nobody",
        "DOB: 1 May 2020",
        "Date of incident: 3 May 2026",
        "Referrer's name: Orla Example",
    ]
    said += ["Reason for referral: Nobody shared what they knew.", end, "Orla Example"]
    lines = tuple(Paragraph(text, at, f"email, line {at}") for at, text in enumerate(said, 1))
    reading = read_body(0, Kind.TEXT, b"", lines, library())
    assert reading is not None
    reason = [each.untrusted_text for each in reading.readings if each.field == "referral.reason"]
    assert reason == ["Nobody shared what they knew."]


@pytest.mark.parametrize("called", ["pupil", "patient", "student", "young person"])
def test_a_child_may_be_called_otherwise(called: str) -> None:
    """A school writes of pupils, a hospital of patients: their questions are the child's."""
    reading = read(
        p(f"About the {called}", style="Heading2") + tbl((f"{called.capitalize()}'s ethnicity", "White British"))
    )
    assert [each.untrusted_text for each in reading.readings if each.field == "child.ethnicity"] == ["White British"]


def test_a_name_is_never_made_of_labels_words() -> None:
    """What stands right of a label and is worded like labels is the form's own words."""
    assert "referrer.name" not in plain(REFERRER + tbl(("Name", "Agency and designation or title")))


def test_an_unknown_question_beside_a_blank_answer_is_no_answer() -> None:
    """In a row of two questions the second is never taken for the first one's missing answer."""
    found = plain(
        REFERRER + tbl(("Name", "Orla Example", "Post", "Nurse"), ("Agency", "", "Work telephone", "0161 496 0000"))
    )
    assert found == {
        "referrer.name": "Orla Example",
        "referrer.role": "Nurse",
        "referrer.phone": "0161 496 0000",
    }


def test_a_question_over_its_box_is_told_by_its_words() -> None:
    """A question alone in its row asks for the row below, be it worded as no label is."""
    found = plain(tbl(("What could agencies have done better together?",), ("They could have rung each other.",)))
    assert found == {"practice.concerns": "They could have rung each other."}


def test_a_date_is_nobodys_name() -> None:
    """A day where a name should stand is not read as one."""
    assert "referrer.name" not in plain(REFERRER + tbl(("Name", "12/05/2026"), ("Role", "Nurse")))


def test_a_bar_with_a_title_answers_no_label() -> None:
    """A table of one cell that names the next section is no box for the label left blank above it."""
    body = REFERRER + p("Name: Orla Example") + p("Date of referral:") + tbl(("Household members",))
    assert "referral.date" not in plain(body)

"""A form that asks in words of its own is read where the page tells what they mean, and never wrongly for them."""

import pytest

from parsers.contract import Certainty, DocumentReading, Kind
from parsers.document import Paragraph
from parsers.recognise import read_body
from tests.builders.foreign_forms import QA, REFERRER, answers, plain, read
from tests.builders.forms import library
from tests.builders.word_xml import p, tbl


def certainty(reading: DocumentReading, field: str) -> set[Certainty]:
    """Return how sure the answers of a field are."""
    return {each.certainty for each in reading.readings if each.field == field}


def test_an_address_ends_where_another_label_begins() -> None:
    """A line with a label no field knows ends the address above it, and says for itself what it asks."""
    body = p("Child 1", style="Heading1") + p("Child's full name: Mo Madeup")
    body += p("Current address: 1 Made Up Street\nSalford\nSchool or training: Home educated")
    found = answers(body)
    assert found["child.address", 1] == "1 Made Up Street\nSalford"
    assert found["child.school", 1] == "Home educated"


@pytest.mark.parametrize("bold", [True, False])
def test_a_bold_line_below_a_bold_label_is_the_next_label(bold: bool) -> None:
    """A label left unanswered is blank, whatever the next one is worded like; one not bold is the answer."""
    said = ["Child", "Name of child: Mo Madeup", "Date of birth: 1 May 2020", "Date of incident: 3 May 2026"]
    said += ["What happened: Nobody rang.", "Concerns about joint working", "What we admired"]
    heads = {6: True, 7: bold}
    blocks = tuple(
        Paragraph(text, at, f"page 1, line {at}", printed=True, bold=heads.get(at, False))
        for at, text in enumerate(said, 1)
    )
    reading = read_body(1, Kind.TEXT, b"", blocks, library())
    assert reading is not None
    found = [each.untrusted_text for each in reading.readings if each.field == "practice.concerns"]
    assert found == ([] if bold else ["What we admired"])


def test_a_relatives_date_of_birth_is_no_childs() -> None:
    """In a block about one of the family no label asks for the child."""
    lines = [p(line) for line in ("Name: Pat Example", "Relationship to child: Sibling", "Date of birth: 9 March 2008")]
    found = answers(p("Family member 1", style="Heading2") + "".join(lines))
    assert not [key for key in found if key[0].startswith("child.")]


def test_a_story_is_no_choice() -> None:
    """What names none of the options answers no question with options."""
    body = p("Threshold", style="Heading1") + p("Grounds for referral: Two agencies each thought the other visited.")
    assert "referral.criteria" not in plain(body)


def test_every_child_is_asked_in_the_same_words() -> None:
    """A question known by telling words alone asks of each child in turn."""
    rows = (("Child's first name and surname", "Mo Madeup"), ("School or nursery they go to", "Fable School"))
    others = (("Child's first name and surname", "Jo Madeup"), ("School or nursery they go to", "Nowhere Nursery"))
    found = answers(p("Child 1", style="Heading2") + tbl(*rows) + p("Child 2", style="Heading2") + tbl(*others))
    assert (found["child.school", 1], found["child.school", 2]) == ("Fable School", "Nowhere Nursery")


def test_the_one_column_left_over_is_the_one_still_wanted() -> None:
    """A table of people with one head of unknown words is read whole, and is not certain."""
    head = ("Name", "Who they are to them", "Date of birth", "Address")
    body = p("People in the family", style="Heading1") + tbl(head, ("Pat Example", "Aunt", "1/2/1990", "9 Fable Road"))
    assert plain(body)["family.members"] == "Pat Example | Aunt | 1/2/1990 | 9 Fable Road"
    assert certainty(read(body), "family.members") == {Certainty.LIKELY}


def test_columns_in_another_order_are_not_guessed() -> None:
    """Where the columns do not stand in the usual order, a head of unknown words is nothing's."""
    head = ("Address", "Who they are to them", "Name", "Date of birth")
    body = p("People in the family", style="Heading1") + tbl(head, ("9 Fable Road", "Aunt", "Pat Example", "1/2/1990"))
    assert "Aunt" not in plain(body).get("family.members", "")


@pytest.mark.parametrize("answer", ["Date checked", "07/11/2026", "2026-11-07"])
def test_a_date_is_no_agency(answer: str) -> None:
    """Neither a day nor a question for one is where somebody works."""
    assert "qa.agency" not in plain(QA + p(f"Organisation: {answer}"))


def test_a_mail_address_is_no_head() -> None:
    """An answer made of label's words, as a mail address may be, heads no column."""
    body = REFERRER + tbl(("Kit Example", "kit@school.example"), ("Nurse", "Fable Trust"))
    assert "referrer.agency" not in plain(body)


def test_a_box_may_begin_with_its_question() -> None:
    """A question of telling words and its answer below it in one box are told apart."""
    body = p("Practice", style="Heading1") + tbl(("Worries about how services worked together\nNobody rang back.",))
    assert plain(body)["practice.concerns"] == "Nobody rang back."

"""Forms of partnerships we never saw are read through titles and common labels alone, or not at all."""

import pytest

from parsers.contract import Kind
from parsers.document import Cell, Paragraph, Table
from parsers.recognise import read_body, read_document
from tests.builders.foreign_forms import REFERRER, REST, TITLE, answers, plain
from tests.builders.forms import library
from tests.builders.word_xml import docx, p, tbl, tc

ACROSS = '<w:gridSpan w:val="2"/>'
DOWN, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
PERSON = {"referrer.name": "Orla Example", "referrer.role": "Nurse"}
PAIRS = (("Print name", "Orla Example"), ("Position", "Nurse"))


@pytest.mark.parametrize(
    "body",
    [
        p("Details of the person completing this form", style="Heading2") + tbl(*PAIRS),
        p("About you, the referrer") + tbl(*PAIRS),
        p("REFERRER") + p("Print name: Orla Example") + p("Position: Nurse"),
        tbl((tc("Completed by", properties=ACROSS),), *PAIRS),
        tbl((tc("Referrer"), tc(tbl(*PAIRS)))),
        tbl((tc("Referrer", properties=DOWN), *PAIRS[0]), (tc("", properties=ON), *PAIRS[1])),
        tbl(("Referrer", "Print name", "Orla Example", "Position", "Nurse")),
        tbl(("", "Print name", "Position"), ("Referrer", "Orla Example", "Nurse")),
        tbl(("Name of person completing form", "Orla Example"), ("Position", "Nurse")),
    ],
)
def test_a_title_tells_whose_the_short_labels_are(body: str) -> None:
    """A title above, beside, before the pairs or in front of a row says whose "Name" and "Position" these are."""
    assert plain(body) == PERSON


@pytest.mark.parametrize(
    "table",
    [
        tbl(("Forename", "Surname", "Position"), ("Orla", "Example", "Nurse")),
        tbl(("First name", "Orla", "Last name", "Example"), ("Position", "Nurse", "", "")),
        tbl(("Given name", "Orla"), ("Family name", "Example"), ("Position", "Nurse")),
        tbl(("Forename and surname", "Orla Example"), ("Position", "Nurse")),
    ],
)
def test_a_name_asked_in_two_parts_is_one_name(table: str) -> None:
    """Forename and surname are read together wherever they stand in two cells."""
    assert plain(REFERRER, table) == PERSON


def test_half_a_name_is_the_half_that_is_there() -> None:
    """A surname left blank leaves the forename, without a blank behind it."""
    assert plain(REFERRER, tbl(("Forename", "Surname"), ("Orla", "")))["referrer.name"] == "Orla"


def test_guidance_beside_several_rows_answers_none() -> None:
    """What stands beside more rows than the question's own is no answer to it."""
    rows = (
        ("Name", "", tc("Say who knows the case best.", properties=DOWN)),
        ("Position", "Nurse", tc("", properties=ON)),
    )
    assert plain(REFERRER, tbl(*rows)) == {"referrer.role": "Nurse"}


def test_a_title_may_be_the_question_itself() -> None:
    """Where a heading asks, what stands below is its answer, whichever section it begins."""
    body = p("Reason for referral", style="Heading1") + p("Nobody shared what they knew.")
    assert plain(body) == {"referral.reason": "Nobody shared what they knew."}


def test_a_title_without_its_own_answer_asks_nothing() -> None:
    """A heading over a table of labels is no question, though "subject child" may be one elsewhere."""
    body = p("Subject child", style="Heading1") + tbl(("Name of child", "Nia Nobody"))
    assert answers(body)["child.name", 1] == "Nia Nobody"


@pytest.mark.parametrize(
    "header",
    [
        ("Full name", "Relationship to child", "DOB", "Address if different"),
        ("Name", "Relationship", "Date of birth", "Home address"),
    ],
)
@pytest.mark.parametrize("title", [p("Family", style="Heading1"), p("Other people", style="Heading1"), REFERRER])
def test_a_table_of_people_is_known_by_its_columns(title: str, header: tuple[str, ...]) -> None:
    """A family's table is one under any title, however its columns are worded."""
    table = tbl(header, ("Pat Nobody", "Mother", "2 May 1990", "Nowhere Lane"))
    assert plain(title, table) == {"family.members": "Pat Nobody | Mother | 2 May 1990 | Nowhere Lane"}


def test_as_many_blocks_are_as_many_children() -> None:
    """The same labels again and again begin another child each time."""
    blocks = [
        tbl(("Name of child", name), ("DOB", dob))
        for name, dob in (("Ann", "1.1.20"), ("Bo", "2.2.21"), ("Cy", "3.3.22"))
    ]
    found = read_document(
        0, Kind.DOCX, docx(TITLE + p("Children", style="Heading1") + "".join(blocks) + REST), library()
    )
    said = [(each.child, each.untrusted_text) for each in found.readings if each.field == "child.dob"]
    assert said[:3] == [(1, "1.1.20"), (2, "2.2.21"), (3, "3.3.22")]


def test_children_may_be_numbered_in_words() -> None:
    """Columns headed by ordinals are children's columns."""
    rows = tbl(("", "First child", "2nd child"), ("Ethnicity", "White British", "Black African"))
    found = answers(p("The children", style="Heading2") + rows)
    assert {child: text for (field, child), text in found.items() if field == "child.ethnicity"} == {
        1: "White British",
        2: "Black African",
    }


def test_a_head_worded_like_labels_is_one() -> None:
    """Columns headed by words that only labels use are a head, though we know none but the name's."""
    head = ("NAME", "AGENCY &amp; DESIGNATION/TITLE", "CONTACT DETAILS - telephone number and e-mail address")
    table = tbl(head, ("Orla Example", "Made Up Trust, nurse", "0161 496 0000 orla@trust.example"))
    assert plain(REFERRER + table)["referrer.name"] == "Orla Example"


def test_a_row_without_a_cell_of_its_own_is_passed_over() -> None:
    """Where every cell of a row belongs to the row above, nothing is asked there."""
    rows = (Cell(1, 1, 1, 2, "Notes", 1), Cell(1, 2, 1, 2, "None", 2)), ()
    assert read_body(1, Kind.HTML, b"", (Table(1, rows),), library()) is None


def test_a_fault_of_ours_in_a_body_is_one_document(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told by a code, as that of any document; the mail's other documents are read."""
    monkeypatch.setattr("parsers.recognise.reading.read_table", lambda *_: 1 / 0)
    reading = read_body(1, Kind.HTML, b"", (Table(1, ((Cell(1, 1, 1, 1, "Name", 1),),)),), library())
    assert reading is not None
    assert reading.why == "reader-fault"


def test_a_table_pasted_into_a_mail_is_parted_by_its_tabs() -> None:
    """Columns of a table pasted as plain words are told by tabs, a blank cell keeps its place, labels end in colons."""
    lines = (
        *("Referral for a practice review", "Section A: Referrer", "Name:\tOrla Example", "Role:\tNurse"),
        *("Section B: Child", "Name of child:\tDate of birth:\tSex:\tNHS number:"),
        *("Kit Invented\t1 May 2020\t\t999 308 0047", "Section C: Incident", "Date of incident:\t3 May 2026"),
        *("What happened?\tThe nurse rang twice.",),
    )
    blocks = tuple(Paragraph(line, at, f"email, line {at}") for at, line in enumerate(lines, 1))
    reading = read_body(1, Kind.TEXT, b"", blocks, library())
    assert reading is not None
    found = {each.field: each.untrusted_text for each in reading.readings if each.field.startswith("child.")}
    assert found == {"child.name": "Kit Invented", "child.dob": "1 May 2020", "child.nhs_number": "999 308 0047"}


def test_a_title_worded_like_a_childs_label_begins_no_child() -> None:
    """The words "Subject child(ren)" over numbered blocks are their title: the first block is the first child."""
    blocks = [
        p("Child 1"),
        tbl(("Name of child", "Kit Invented"), ("Gender", "F")),
        p("Child 2"),
        tbl(("Name of child", "Bo")),
    ]
    reading = read_document(
        0, Kind.DOCX, docx(TITLE + p("SUBJECT CHILD(REN)") + "".join(blocks) + REFERRER + tbl(*PAIRS) + REST), library()
    )
    names = {each.child: each.untrusted_text for each in reading.readings if each.field == "child.name"}
    assert (names[1], names[2]) == ("Kit Invented", "Bo")


def test_a_blank_column_behind_an_answer_is_no_other_child() -> None:
    """One answer and blank cells behind it are one child's."""
    rows = tbl(("Name of child", "Kit Invented", "", ""), ("GP", "Dr Invented", "", ""))
    reading = read_document(0, Kind.DOCX, docx(TITLE + p("Child", style="Heading1") + rows + REST), library())
    assert [each.child for each in reading.readings if each.field == "child.gp"] == [1]

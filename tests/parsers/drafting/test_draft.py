"""A draft places what leaves no doubt, leaves the rest to a person, and takes no one's label for another's."""

import pytest

from parsers.contract import Draft, Kind
from parsers.drafting import draft_of
from parsers.template import FieldKind, Sheet
from tests.builders import other_forms
from tests.builders.drafts import blank, drafted, headed, questions, section
from tests.builders.forms import blank_docx, blank_pdf, library, sheet_of
from tests.builders.word_xml import p, sdt, tbl, tc

SHEETS = tuple(sheet.key for sheet in library().sheets)


def asked(sheet: Sheet) -> list[tuple[str, str, str]]:
    """Return what a sheet asks: section, field and label; a table has no label on the form but its heading."""
    tables = {field.name for field in library().fields if field.kind is FieldKind.TABLE}
    return [
        (each.key, question.field, "" if question.field in tables else question.label)
        for each in sheet.sections
        for question in each.questions
    ]


@pytest.mark.parametrize("kind", [Kind.DOCX, Kind.PDF])
@pytest.mark.parametrize("key", SHEETS)
def test_our_own_blank_is_placed_whole(key: str, kind: Kind) -> None:
    """From our blank alone, in Word or PDF, every question of its sheet is found, in order, and surely placed."""
    draft = drafted(blank_docx(key) if kind is Kind.DOCX else blank_pdf(key), kind)
    found = [
        (each.key, question.field, "" if question.kind == FieldKind.TABLE else question.untrusted_label)
        for each in draft.sections
        for question in each.questions
    ]
    assert found == asked(sheet_of(key))
    assert {question.why for each in draft.sections for question in each.questions} == {None}
    assert not any(question.untrusted_options for each in draft.sections for question in each.questions)


@pytest.mark.parametrize("kind", [Kind.DOCX, Kind.PDF])
def test_title_edition_and_marking_are_found(kind: Kind) -> None:
    """The form's own words for its title, its edition and the marking on each page are taken over."""
    sheet = sheet_of()
    draft = drafted(blank_docx() if kind is Kind.DOCX else blank_pdf(), kind)
    assert draft.untrusted_title == sheet.title
    assert draft.untrusted_edition == sheet.edition
    assert draft.untrusted_header == sheet.header


@pytest.mark.parametrize("kind", [Kind.DOCX, Kind.PDF])
def test_office_use_and_appendix_are_marked_as_not_read(kind: Kind) -> None:
    """Office-use blocks and appendices keep their words and have no question, whatever stands in them."""
    draft = drafted(blank_docx() if kind is Kind.DOCX else blank_pdf(), kind)
    closed = [each for each in draft.sections if not each.answers]
    assert [each.untrusted_title for each in closed] == ["Office use only", "Appendix A: top tips"]
    assert [each.questions for each in closed] == [(), ()]
    assert [each.untrusted_text for each in closed] == [sheet_of().sections[0].text, sheet_of().sections[-1].text]


def test_an_unknown_office_block_is_not_read_either() -> None:
    """A block for others to fill in is known by what its heading says, in words no sheet has."""
    draft = drafted(blank(headed("For completion by the review team", "Name", "Date"), headed("Referrer", "Name")))
    assert section(draft, "For completion by the review team").questions == ()
    assert not section(draft, "For completion by the review team").answers
    assert [each.field for each in section(draft, "Referrer").questions] == ["referrer.name"]


def test_the_headings_inside_an_appendix_begin_nothing() -> None:
    """An appendix goes on under its own smaller headings, though they bear the names of sections."""
    inside = p("Appendix 1", style="Heading1") + p("Incident", style="Heading2") + p("Date: say which day.")
    draft = drafted(blank(headed("Referrer", "Name"), inside))
    assert [each.untrusted_title for each in draft.sections if each.answers] == ["Referrer"]


def test_the_same_labels_for_two_people_are_told_apart_by_their_heading() -> None:
    """A label such as "Name" is each section's own."""
    draft = drafted(blank(headed("Details of referrer", "Name", "Date"), headed("PRSG sign-off", "Name", "Date")))
    placed = [(each.key, q.field, q.why) for each in draft.sections for q in each.questions]
    assert placed == [
        ("referrer", "referrer.name", None),
        ("referrer", "referral.date", None),
        ("qa", "qa.name", None),
        ("qa", "qa.date", None),
    ]


@pytest.mark.parametrize("heading", ["Mother of the child", "Child's social worker", "Alleged perpetrator", "Pets"])
def test_under_a_heading_about_somebody_else_nothing_is_certain(heading: str) -> None:
    """A name or a date of birth below a heading that may mean another person waits for a person."""
    draft = drafted(blank(headed(heading, "Name", "Date of birth", "Home address")))
    assert all(question.why is not None for question in questions(draft).values())
    assert len(questions(draft)) == 3


def test_after_a_label_that_may_be_a_heading_nothing_is_certain() -> None:
    """Where a heading of another section stands among labels, what follows it may be that section's."""
    rows = ("Job title", "Sign-off of our panel member", "Date")
    found = questions(drafted(blank(headed("Referrer", *rows))))
    assert found["Job title"].why is None
    assert found["Date"].why is not None


def test_a_label_that_says_itself_whom_it_asks_about_needs_no_heading() -> None:
    """Outside any section a label is certain that names the one it is about, and no other is."""
    draft = drafted(blank(tbl(("Name of referrer", ""), ("Date of incident", ""), ("Ethnicity", ""), ("Ward", ""))))
    found = {label: (each.field, each.why) for label, each in questions(draft).items()}
    assert found == {
        "Name of referrer": ("referrer.name", None),
        "Date of incident": ("incident.date", None),
        "Ethnicity": ("child.ethnicity", "likely-label"),
        "Ward": (None, "unknown-label"),
    }


def test_a_second_question_on_one_field_waits_for_a_person() -> None:
    """Two labels for one field would contradict each other: the first is placed, the second told of."""
    found = questions(drafted(blank(headed("Referrer", "Name", "Your name"))))
    assert [(each.field, each.why) for each in found.values()] == [
        ("referrer.name", None),
        ("referrer.name", "asked-twice"),
    ]


def test_a_childs_question_among_others_waits_for_a_person() -> None:
    """A sheet cannot ask for a child outside a children's section, so such a question is not placed."""
    draft = drafted(blank(headed("Referrer", "Name", "Job title", "Name of child")))
    assert questions(draft)["Name of child"].why is not None
    assert section(draft, "Referrer").children == 0


def test_rows_for_children_are_counted() -> None:
    """A header row over numbered rows asks each question once, of as many children as it has rows."""
    rows = (("", "Full name", "Date of birth"), *((f"Child {n}", "", "") for n in (1, 2, 3)))
    draft = drafted(blank(p("Details of children", style="Heading2"), tbl(*rows)))
    part = section(draft, "Details of children")
    assert part.children == 3
    assert [(each.field, each.why) for each in part.questions] == [("child.name", None), ("child.dob", None)]


def test_blocks_for_children_are_one_section() -> None:
    """A block repeated for a second child is the same questions again, not other ones."""
    blocks = [headed(f"Details of child {n}", "Full name", "Date of birth") for n in (1, 2)]
    draft = drafted(blank(*blocks))
    assert [(each.untrusted_title, each.children) for each in draft.sections] == [("Details of child 1", 2)]
    assert len(draft.sections[0].questions) == 2


def test_options_are_taken_in_the_fields_own_words() -> None:
    """Boxes with other words for the field's options are those options; one that no field knows is told of."""
    boxes = tc(p("\u2610 Police"), p("\u2610 Coroner"), p("\u2610 School governors' panel"))
    found = questions(drafted(blank(p("Parallel processes", style="Heading2"), tbl(("Parallel processes", boxes)))))
    question = found["Parallel processes"]
    assert question.field == "parallel.processes"
    assert question.choices == ("Police investigation", "Coroner")
    assert question.untrusted_options == ("School governors' panel",)


def test_a_box_in_a_cell_of_its_own_has_its_words_beside_it() -> None:
    """Rows of box and words, in either order, are the options of the one question their section asks."""
    for pair in (("\u2610", "{}"), ("{}", "\u2610")):
        rows = [tuple(cell.format(words) for cell in pair) for words in ("Police", "Coroner", "Care proceedings")]
        (question,) = drafted(blank(p("Parallel processes", style="Heading2"), tbl(*rows))).sections[0].questions
        assert (question.field, question.why) == ("parallel.processes", None)
        assert question.choices == ("Police investigation", "Coroner", "Care proceedings")


def test_boxes_for_a_field_of_words_wait_for_a_person() -> None:
    """A label we know, with options where words are wanted, is not placed by itself."""
    question = questions(
        drafted(blank(headed("Referrer", "Name"), tbl(("Agency", tc(p("\u2610 Police"), p("\u2610 Other"))))))
    )
    assert question["Agency"].why == "other-options"


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Date of strategy meeting", FieldKind.DATE),
        ("Telephone of the foster carer", FieldKind.PHONE),
        ("Name of the health visitor", FieldKind.PERSON),
        ("Please describe the weather", FieldKind.LONG_TEXT),
        ("Has the ward been told?", FieldKind.YES_NO),
        ("Shoe size", FieldKind.TEXT),
    ],
)
def test_the_kind_of_an_unknown_question_is_guessed(label: str, kind: FieldKind) -> None:
    """What no field is known for is still told with the sort of answer it takes."""
    question = questions(drafted(blank(headed("Other matters", label))))[label]
    assert (question.field, question.kind) == (None, kind)


def test_the_forms_own_name_for_a_control_is_told_where_its_makers_gave_one() -> None:
    """A control's telling name is offered; one that a program gave by itself, on any form alike, is not."""
    told = tbl(("Name", tc(p(sdt("", tag="REF_NAME")))), ("Job title", tc(p(sdt("", tag="Text12")))))
    found = questions(drafted(blank(p("Referrer", style="Heading2"), told)))
    assert found["Name"].untrusted_tag == "REF_NAME"
    assert found["Job title"].untrusted_tag == ""


def test_a_neighbours_form_is_called_one() -> None:
    """Whoever drafts a sheet from another process's form is told, before that form is taken for ours."""
    assert drafted(other_forms.marf()).neighbour == "marf"


def test_lines_with_a_colon_are_questions_too() -> None:
    """A form without tables is read by its labels and their lines."""
    lines = [p("Referrer", style="Heading2"), p("Name: ________"), p("Job title:"), p("Tell us the truth.")]
    draft = drafted(blank(*lines, p("Incident", style="Heading2"), p("Date of incident: ......")))
    assert [each.field for each in questions(draft).values()] == ["referrer.name", "referrer.role", "incident.date"]


@pytest.mark.parametrize(
    ("kind", "data", "code"),
    [
        (Kind.ODT, b"PK", "kind-odt"),
        (Kind.LOCKED_OFFICE, b"", "office-password"),
        (Kind.DOCX, b"not a zip", "not-a-zip"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_code(kind: Kind, data: bytes, code: str) -> None:
    """A blank nobody can open gives a code and no draft."""
    assert draft_of(kind, data, library()) == Draft(kind=kind, unreadable=code)

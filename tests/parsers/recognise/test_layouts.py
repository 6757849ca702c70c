"""A value is found wherever people put it beside its label; where it could be somebody else's, it is left."""

import pytest

from parsers.contract import Certainty, DocumentReading, DocumentState, Kind, Recognised
from parsers.recognise import read_document
from tests.builders.forms import library
from tests.builders.word_xml import box, docx, p, r, sdt, tbl, tc

TITLE = p("Referral for a Child Safeguarding Practice Review", style="Title")
REST = p("5. Incident", style="Heading1") + tbl(
    ("Where did it happen?", "Salford"),
    ("Date agency became aware", ""),
    ("Date of incident", ""),
    ("What happened?", ""),
)
DIED, HARMED, *_ = library().field("referral.criteria").choices


def read(*body: str, title: str = TITLE) -> DocumentReading:
    """Return the reading of a form with this body between the title and an incident section."""
    return read_document(0, Kind.DOCX, docx(title + "".join(body) + REST), library())


def answers(*body: str) -> dict[tuple[str, int | None], str]:
    """Return the readings by field and child, those of the incident section left out."""
    reading = read(*body)
    assert reading.recognised is Recognised.OURS
    found = {(each.field, each.child): each.untrusted_text for each in reading.readings}
    return {key: text for key, text in found.items() if not key[0].startswith("incident")}


def referrer(*body: str) -> dict[tuple[str, int | None], str]:
    """Return the answers of a referrer's section with this body and one sure label."""
    return answers(p("1. Referrer", style="Heading1"), *body, tbl(("Telephone", "")))


NAME = ("referrer.name", None)


@pytest.mark.parametrize(
    "body",
    [
        tbl(("Name of referrer", "Orla Example")),
        tbl(("NAME OF REFERRER: *", "Orla Example")),
        tbl(("Name of referrer: Orla Example",)),
        tbl((tc("Name of referrer", "Orla Example"),)),
        tbl(("Name of referrer", "Job title"), ("Orla Example", "")),
        tbl(("Job title", "", "Name of referrer", "Orla Example")),
        tbl(("Name of referrer",), ("Orla Example",)),
        tbl(("Name of referrer", "", "Orla Example")),
        tbl(("Name of referrer ..........", "Orla Example ........")),
        tbl((tc("Name of referrer", "(print clearly)"), "Orla Example")),
        p("Name of referrer: Orla Example"),
        p("Name of referrer\tOrla Example"),
        p("Name of referrer ______Orla Example______"),
        p("Name of referrer") + tbl(("Orla Example",)),
        p("Name of referrer") + p("Orla Example"),
        tbl(("Name", "Orla Example")),
        tbl(("Name of refferrer", "Orla Example")),
        tbl((tc(tbl(("Name of referrer", "Orla Example"))), tc(tbl(("Agency", ""))))),
        "<w:tbl><w:tr>" + tc("Name of referrer") + sdt(tc("Orla Example")) + "</w:tr></w:tbl>",
    ],
)
def test_a_value_stands_right_below_in_the_cell_or_after_the_label(body: str) -> None:
    """Every place that people use for an answer is looked at."""
    assert referrer(body) == {NAME: "Orla Example"}


@pytest.mark.parametrize(
    "body",
    [
        tbl(("Name of referrer", "Click or tap here to enter text.")),
        tbl(("Name of referrer", ""), ("Agency", "")),
        tbl(("Name of referrer", "Agency"), ("", "")),
        tbl((tc("Name of referrer", "Please print clearly and in full"), "")),
        tbl(("Name of manager", "Orla Example")),
        p("Name of referrer:"),
        p("Orla Example"),
    ],
)
def test_an_empty_place_stays_empty(body: str) -> None:
    """Neither a prompt, nor guidance, nor the next label, nor another person's name becomes an answer."""
    assert NAME not in referrer(body)


def test_the_same_labels_for_two_people_are_told_apart_by_their_headings() -> None:
    """Name and date belong to the referrer, the lead or the PRSG member by the heading above them."""

    def section(title: str, name: str, day: str) -> str:
        return p(title, style="Heading1") + tbl(("Name", name), ("Date", day))

    found = answers(
        section("Details of referrer", "Orla Example", "1/11/2026"),
        section("Safeguarding lead", "Lee Leadwell", "2/11/2026"),
        section("10. Quality assurance by PRSG member", "Quinn Sample", "3/11/2026"),
    )
    assert found == {
        ("referrer.name", None): "Orla Example",
        ("referral.date", None): "1/11/2026",
        ("lead.name", None): "Lee Leadwell",
        ("lead.date", None): "2/11/2026",
        ("qa.name", None): "Quinn Sample",
        ("qa.date", None): "3/11/2026",
    }


def test_two_people_side_by_side_are_told_apart_by_their_columns() -> None:
    """A column for each person is read as that person's."""
    body = tbl(("", "Referrer details", "Safeguarding lead"), ("Name", "Orla Example", "Lee Leadwell"))
    assert referrer(body) == {NAME: "Orla Example", ("lead.name", None): "Lee Leadwell"}


def test_a_heading_nobody_knows_ends_the_section_before_it() -> None:
    """Names and dates under a heading of somebody's own are nobody's answers."""
    later = p("Decision of the panel chair", style="Heading1") + tbl(("Name", "Pat Chair"), ("Date", "9/12/2026"))
    assert referrer(tbl(("Name", "Orla Example")), later) == {NAME: "Orla Example"}


def test_office_use_and_top_tips_are_never_answers() -> None:
    """Dates in the office's block and words in the appendix are left alone."""
    office = p("Office use only") + tbl(("Date of referral", "1/1/2020"), ("Name of referrer", "Stamp"))
    tips = p("Appendix A: top tips") + p("Date of incident: the day it happened.") + tbl(("Name of referrer", "You"))
    assert answers(office, p("1. Referrer"), tbl(("Name", "Orla Example")), tips) == {NAME: "Orla Example"}


CHILDREN = p("2. Child or children", style="Heading1")
TWO = {
    ("child.name", 1): "Tam Madeup",
    ("child.dob", 1): "4/3/2021",
    ("child.name", 2): "Kit Madeup",
    ("child.dob", 2): "9/8/2023",
}


@pytest.mark.parametrize(
    "body",
    [
        tbl(("Child's full name", "Date of birth"), ("Tam Madeup", "4/3/2021"), ("Kit Madeup", "9/8/2023"), ("", "")),
        tbl(("", "Name", "DoB"), ("1", "Tam Madeup", "4/3/2021"), ("2", "Kit Madeup", "9/8/2023")),
        tbl(("", "Child 1", "Child 2"), ("Name", "Tam Madeup", "Kit Madeup"), ("D.O.B.", "4/3/2021", "9/8/2023")),
        tbl(("Name", "Tam Madeup", "Kit Madeup", ""), ("Date of birth", "4/3/2021", "9/8/2023", "")),
        tbl(("Name", "Tam Madeup"), ("Date of birth", "4/3/2021"))
        + p("Child 2")
        + tbl(("Name", "Kit Madeup"), ("Date of birth", "9/8/2023")),
        tbl(("Name", "Tam Madeup", "Date of birth", "4/3/2021"), ("Name", "Kit Madeup", "Date of birth", "9/8/2023")),
        p("Name of child: Tam Madeup") + p("DOB: 4/3/2021") + p("Name of child: Kit Madeup") + p("DOB: 9/8/2023"),
        tbl(("Name", "Date of birth"), ("Tam Madeup", "4/3/2021"))
        + tbl(("Name", "Date of birth"), ("Kit Madeup", "9/8/2023")),
    ],
)
def test_children_as_rows_columns_or_blocks(body: str) -> None:
    """Each child's answers are that child's, however the form lays the children out."""
    assert answers(CHILDREN, body) == TWO


@pytest.mark.parametrize(
    "body",
    [
        tbl((tc(p(box(False), f" {DIED}"), p(box(True), f" {HARMED}")),)),
        tbl((box_cell := tc(p(box(True))), HARMED), (tc(p(box(False))), DIED)),
        tbl((HARMED, "X"), (DIED, "")),
        tbl((HARMED, "Yes"), (DIED, "No")),
        p(f"[x] {HARMED}") + p(f"[ ] {DIED}"),
        p(f"{HARMED} ☒") + p(f"{DIED} ☐"),
        tbl(("Criteria", f"☐ {DIED}\u00a0☒ {HARMED}")),
        tbl(
            (
                tc("Which of these applies?"),
                tc(p(r("o", '<w:rFonts w:ascii="Wingdings"/>'), f" {DIED}"), p(f"✓ {HARMED}")),
            )
        ),
        tbl(("Which of these applies?", HARMED)),
    ],
)
def test_ticks_of_any_make_and_place(body: str) -> None:
    """A ticked option is read in its recorded words; one not ticked is not."""
    assert answers(p("4. Type of referral and criteria", style="Heading1"), body) == {
        ("referral.criteria", None): HARMED
    }


@pytest.mark.parametrize(
    "body",
    [
        tbl(("Is any child at risk now?", "☒ Yes ☐ No"), ("Action taken", "Police informed")),
        tbl(("Is any child at risk now?", "Yes"), ("If yes, what action has been taken", "Police informed")),
        tbl(
            (tc("Is any child at risk now?"), tc(p("Yes / ", r("No", "<w:strike/>")))),
            ("Action taken", "Police informed"),
        ),
        p("Is any child at risk now? Yes") + p("Action taken: Police informed"),
    ],
)
def test_yes_and_what_was_done_are_one_answer(body: str) -> None:
    """A yes or no, ticked, typed or left after striking out, comes first; what is written beside it follows."""
    found = answers(p("9. Current risk"), body, tbl(("Details", "")))
    assert found["safety.current_risk", None].startswith("Yes")
    assert "Police informed" in found["safety.current_risk", None]


def test_rows_of_family_keep_their_columns() -> None:
    """A table of people is one reading a row, columns in their order, in whatever order the form has them."""
    body = tbl(
        ("Relationship to child", "Full name", "DoB / Date of birth", "Address"), ("Mother", "Ann Madeup", "", "Here")
    )
    assert answers(p("Family composition"), body) == {("family.members", None): "Ann Madeup | Mother | | Here"}


def test_an_answer_under_an_unknown_label_is_kept_as_such() -> None:
    """What no field knows is shown under its own label."""
    reading = read(p("1. Referrer"), tbl(("Name", "Orla Example"), ("Payroll number", "12345")))
    assert [(each.untrusted_label, each.untrusted_text) for each in reading.unplaced] == [("Payroll number", "12345")]


def test_every_place_is_named_for_a_person() -> None:
    """A reading says in which table, row and beside which label it stands."""
    reading = read(p("1. Referrer"), tbl(("Agency", ""), ("Name of referrer", "Orla Example")))
    assert reading.readings[0].where == "table 1, row 2, right of 'Name of referrer'"
    assert reading.readings[0].certainty is Certainty.CERTAIN


def test_near_labels_and_values_below_are_likely_only() -> None:
    """A label that is nearly ours, or an answer on the line below, is no certainty."""
    reading = read(p("1. Referrer"), tbl(("Name of refferrer", "Orla Example")), p("Agency") + p("GMP"))
    assert {each.certainty for each in reading.readings if each.field.startswith("referrer")} == {Certainty.LIKELY}


def test_without_its_title_and_with_few_labels_it_is_no_form_of_ours() -> None:
    """A table of names and dates alone is not a referral."""
    reading = read(tbl(("Name of referrer", "Orla Example")), title=p("Training booking"))
    assert (reading.state, reading.recognised) == (DocumentState.NOT_A_FORM, Recognised.NONE)


def test_a_referral_that_names_other_processes_is_still_ours() -> None:
    """LADO and CDOP among the parallel processes do not make it theirs."""
    found = answers(p("8. Parallel processes"), tbl((tc(p("☒ LADO"), p("☐ CDOP"), p("☒ SAR")),)))
    assert set(found.values()) <= {"LADO", "SAR"}
    assert found

"""What somebody wrote on a form is read from any file of it, with its place; nothing is read that nobody wrote."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from parsers.body_forms import lines_of
from parsers.contract import Certainty, DocumentReading, DocumentState, Kind, Recognised, decode_answer, encode
from parsers.contract import Harvest as Answer
from parsers.recognise import read_body, read_document
from tests.builders import forms
from tests.builders.fill_pdf import locked
from tests.builders.fill_word import filled as filled_word
from tests.builders.fill_word import part_of, with_part
from tests.builders.forms import CHILD, SECOND_CHILD, FilledForm, expected, library, sheet_of
from tests.builders.word_xml import p

TWO_CHILDREN = FilledForm(
    children=(CHILD, SECOND_CHILD),
    legal_status=(("CP plan", "Child in need"), ("None",)),
    at_risk="Yes",
    action="Police informed, both children with their grandmother.",
)
EMPTY = FilledForm(values={}, choices={}, children=(), legal_status=(), tables={}, at_risk="")
MAKERS: dict[str, tuple[Kind, Callable[[FilledForm, str], bytes]]] = {
    "controls": (Kind.DOCX, forms.to_docx),
    "labels": (Kind.DOCX, partial(forms.to_docx, controls=False)),
    "fields": (Kind.PDF, forms.to_pdf),
    "printed": (Kind.PDF, forms.to_flat_pdf),
}


def read(kind: Kind, data: bytes) -> DocumentReading:
    """Return the reading of one file, having crossed the wall's encoding."""
    reading = read_document(3, kind, data, library())
    answer = decode_answer(
        encode(Answer(documents=(reading,), untrusted_body="", body_looks_like_form=False, codes=()))
    )
    assert isinstance(answer, Answer)
    assert answer.documents == (reading,)
    return reading


def made(maker: str, form: FilledForm, sheet: str = "sscp-2023") -> DocumentReading:
    """Return the reading of a form made in one of the ways."""
    kind, make = MAKERS[maker]
    return read(kind, make(form, sheet))


def said(reading: DocumentReading, *, sure: bool = False) -> dict[tuple[str, int | None], tuple[str, ...]]:
    """Return the texts by field and child; ``sure`` leaves out what is doubtful."""
    found: dict[tuple[str, int | None], tuple[str, ...]] = {}
    for each in reading.readings:
        if sure and each.certainty is Certainty.DOUBTFUL:
            continue
        found[each.field, each.child] = (*found.get((each.field, each.child), ()), each.untrusted_text)
    return found


@pytest.mark.parametrize("sheet", ["sscp-2023", "sscp-seriously-good-outcome"])
@pytest.mark.parametrize("form", [FilledForm(), TWO_CHILDREN], ids=["one-child", "two-children"])
@pytest.mark.parametrize("maker", MAKERS)
def test_every_answer_is_read_back(maker: str, form: FilledForm, sheet: str) -> None:
    """All that was written on either form is read from Word and PDF, with controls and without."""
    reading = made(maker, form, sheet)
    assert (reading.state, reading.recognised, reading.sheet) == (DocumentState.READ, Recognised.OURS, sheet)
    assert said(reading) == expected(form, sheet_of(sheet))
    assert reading.conflicts == ()
    assert reading.unplaced == ()
    assert all(each.where for each in reading.readings)
    doubtful = {each.field for each in reading.readings if each.certainty is Certainty.DOUBTFUL}
    assert doubtful <= ({"family.members"} if maker == "printed" else set())


WORDS = st.sampled_from(
    [
        "Orla Example",
        "14 Made Up Street",
        "not seen since May",
        "O'Fable-Smith",
        "GP: Dr Pretend",
        "Ünal Çelik",
        "12/11/2026",
        "early Nov",
        "none known",
        'she said: "no"',
        "07700 900123",
        "a",
        "See above (page 2)",
        "Mum & dad <both>",
        "100%",
        "Team Manager, Early Help",
    ]
)
PER_CHILD = sorted({**CHILD, "child.dod": ""})


@st.composite
def filled_forms(draw: st.DrawFn) -> FilledForm:
    """Draw a form with any of its fields filled with odd but honest words."""
    lines = st.lists(WORDS, min_size=1, max_size=3).map("\n".join)
    values = {name: draw(lines if "summary" in name else WORDS) for name in forms.VALUES if draw(st.booleans())}
    count = draw(st.integers(0, 4))
    fields = {field.name: field for field in library().fields}
    return FilledForm(
        values=values,
        choices={n: tuple(c for c in fields[n].choices if draw(st.booleans())) for n in forms.CHOICES},
        children=tuple({n: draw(WORDS) for n in PER_CHILD if draw(st.booleans())} for _ in range(count)),
        legal_status=tuple(
            tuple(c for c in fields["child.legal_status"].choices if draw(st.booleans())) for _ in range(count)
        ),
        tables={
            "family.members": tuple((draw(WORDS), draw(WORDS), "", draw(WORDS)) for _ in range(draw(st.integers(0, 3))))
        },
        at_risk=draw(st.sampled_from(["Yes", "No", ""])),
        action=draw(st.sampled_from(["", "Police informed."])),
    )


@pytest.mark.parametrize("maker", ["controls", "labels", "fields"])
@settings(max_examples=15)
@given(form=filled_forms())
def test_any_form_is_read_back_whole(maker: str, form: FilledForm) -> None:
    """Whatever is filled in and whatever left out, reading gives just that."""
    reading = made(maker, form)
    assert said(reading) == expected(form)
    assert (reading.state is DocumentState.BLANK_FORM) == (not expected(form))


@settings(max_examples=15)
@given(form=filled_forms())
def test_a_printed_form_gives_no_wrong_value(form: FilledForm) -> None:
    """From a page without fields an answer may be missed; none is given to another field or child without doubt."""
    wanted = expected(form)
    for key, texts in said(made("printed", form), sure=True).items():
        joined = " ".join(" ".join(wanted.get(key, ())).split())
        assert all(" ".join(text.split()) in joined for text in texts), key


@pytest.mark.parametrize("maker", MAKERS)
def test_an_empty_form_is_blank(maker: str) -> None:
    """Labels, prompts, office use and top tips are no answers."""
    reading = made(maker, EMPTY)
    assert (reading.state, reading.recognised, reading.readings) == (DocumentState.BLANK_FORM, Recognised.OURS, ())


def test_a_placeholder_in_the_sign_off_is_kept_and_elsewhere_is_empty() -> None:
    """As the member's name "TBC" is for the sign-off rule to judge; as a job title it is nothing."""
    reading = made("controls", FilledForm().but(qa__name="TBC", referrer__role="TBC"))
    assert said(reading)["qa.name", None] == ("TBC",)
    assert ("referrer.role", None) not in said(reading)


def test_two_answers_for_one_field_are_both_kept() -> None:
    """A control and a line that say different days are a conflict: both are doubtful, neither is chosen."""
    filled = forms.to_docx(FilledForm())
    extra = (p("5. Incident") + p("Date of incident: 9 November 2026")).encode()
    at = part_of(filled).rindex(b"<w:sectPr")
    reading = read(Kind.DOCX, with_part(filled, part_of(filled)[:at] + extra + part_of(filled)[at:]))
    days = [each for each in reading.readings if each.field == "incident.date"]
    assert [each.untrusted_text for each in days] == ["10/11/2026", "9 November 2026"]
    assert {each.certainty for each in days} == {Certainty.DOUBTFUL}
    assert reading.conflicts == ("incident.date",)


def test_yes_and_no_both_ticked_is_a_conflict() -> None:
    """A form that says both is not taken to say either."""
    held = {**forms.named_values(FilledForm()), "safety.current_risk=1": "x", "safety.current_risk=2": "x"}
    reading = read(Kind.DOCX, filled_word(forms.blank_docx(), held))
    assert "safety.current_risk" in reading.conflicts
    assert said(reading)["safety.current_risk", None] == ("Yes", "No")


def test_a_foreign_layout_is_read_by_the_common_labels() -> None:
    """Another partnership's referral is ours to read though no sheet knows it; headings tell two people apart."""
    reading = read(Kind.DOCX, forms.foreign_docx())
    assert (reading.recognised, reading.sheet, reading.edition) == (Recognised.OURS, None, None)
    answers = said(reading)
    assert answers["referrer.name", None] == ("Orla Example",)
    assert answers["referrer.agency", None] == ("Fable Community Trust",)
    assert answers["child.name", 1] == ("Tam Madeup",)
    assert answers["incident.date", None] == ("10 November 2026",)
    assert answers["incident.summary", None] == ("Tam was found injured at home.",)


@pytest.mark.parametrize(
    ("data", "key"), [(forms.marf_docx, "marf"), (forms.agency_summary_docx, "agency-summary")], ids=["marf", "summary"]
)
def test_a_neighbours_form_is_not_taken_for_ours(data: object, key: str) -> None:
    """A MARF has our labels and is none of ours; a paper for a review names it and is none either."""
    assert callable(data)
    reading = read(Kind.DOCX, data())
    assert (reading.state, reading.recognised, reading.sheet) == (DocumentState.READ, Recognised.NEIGHBOUR, key)
    assert reading.readings == ()


def test_a_letter_is_no_form() -> None:
    """Words about practice reviews with a date in them are not a referral."""
    reading = read(Kind.DOCX, forms.letter_docx())
    assert (reading.state, reading.recognised, reading.readings) == (DocumentState.NOT_A_FORM, Recognised.NONE, ())


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("data", [b"", b"\x00" * 40, b"%PDF-1.4", b"PK\x03\x04"])
def test_nothing_at_all_raises(kind: Kind, data: bytes) -> None:
    """Any bytes under any kind end in a state with a code."""
    reading = read(kind, data)
    assert reading.state in {DocumentState.UNREADABLE, DocumentState.UNSUPPORTED, DocumentState.LOCKED}
    assert reading.why


@pytest.mark.parametrize(
    ("fault", "state", "why"),
    [
        (MemoryError(), DocumentState.OVER_LIMIT, "memory"),
        (RecursionError(), DocumentState.OVER_LIMIT, "too-deep"),
        (KeyError("Tam Madeup"), DocumentState.UNREADABLE, "reader-fault"),
    ],
    ids=["memory", "recursion", "any"],
)
def test_a_fault_of_the_reader_is_a_code(
    fault: Exception, state: DocumentState, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a library or we ourselves raise becomes a state, and no word of the file comes with it."""
    from parsers.recognise import reading as module

    def broken(_: bytes) -> object:
        raise fault

    monkeypatch.setitem(module.READERS, Kind.DOCX, broken)
    reading = read(Kind.DOCX, b"x")
    assert (reading.state, reading.why) == (state, why)
    assert b"Madeup" not in encode(reading)


def test_a_locked_form_is_locked() -> None:
    """A form behind a password is told as such, in either format."""
    assert read(Kind.LOCKED_OFFICE, b"x").state is DocumentState.LOCKED
    assert read(Kind.PDF, locked(forms.to_pdf(), "invented")).state is DocumentState.LOCKED


def test_a_form_typed_into_a_mail_looks_like_one() -> None:
    """Known labels with answers, a child's among them; without answers, or in plain talk, they are none."""
    typed = (
        "Name of referrer: Orla Example\nAgency: GMP\nChild's full name: Tam Madeup\n"
        "Date of birth: 4/3/2021\nDate of incident: 10/11/26\n"
    )
    labels = "\n".join(line.split(":")[0] + ":" for line in typed.splitlines())
    talk = "Dear all,\nI attach the referral of Tam. The date of incident is on the form: please ring me.\nOrla"
    reading = read_body(2, Kind.TEXT, typed.encode(), lines_of(typed), library())
    assert reading is not None
    assert reading.codes == ("in-body",)
    assert {each.certainty for each in reading.readings} == {Certainty.LIKELY}
    assert said(reading)["child.dob", 1] == ("4/3/2021",)
    for no_form in (labels, talk):
        assert read_body(2, Kind.TEXT, no_form.encode(), lines_of(no_form), library()) is None


def test_a_foreign_fillable_pdf_is_not_taken_for_a_blank() -> None:
    """Fields that somebody else named are read by their titles; what is not understood is kept, not lost."""
    made_pdf = BytesIO()
    canvas = Canvas(made_pdf, invariant=1)
    lines = [
        "Child Safeguarding Practice Review Referral",
        "Name of child",
        "Date of birth",
        "Gender",
        "Name of referrer",
    ]
    for at, line in enumerate([*lines, "Date of incident", "What happened", "Where did it happen"]):
        canvas.drawString(50, 750 - 30 * at, line)
    canvas.acroForm.textfield(name="t1", tooltip="Name of child", value="Tam Madeup", x=300, y=715)
    canvas.acroForm.textfield(name="t2", tooltip="Colour of the door", value="Green", x=300, y=655)
    canvas.save()
    reading = read(Kind.PDF, made_pdf.getvalue())
    assert (reading.state, reading.recognised) == (DocumentState.READ, Recognised.OURS)
    assert said(reading) == {("child.name", 1): ("Tam Madeup",)}
    assert [each.untrusted_label for each in reading.unplaced] == ["Colour of the door"]


def test_more_than_the_answer_may_hold_is_cut() -> None:
    """A value longer than the wall lets through is cut, not refused."""
    reading = made("controls", FilledForm().but(incident__summary="word " * 20_000))
    (text,) = said(reading)["incident.summary", None]
    assert len(text) <= 65_536


def test_a_form_keeps_its_child_rows_numbers() -> None:
    """A child written in the third row is child 3, by name of control and by label alike."""
    form = replace(FilledForm(), children=({}, {}, CHILD), legal_status=((), (), ("CP plan",)))
    for maker in ("controls", "labels"):
        assert {each.child for each in made(maker, form).readings} == {None, 3}

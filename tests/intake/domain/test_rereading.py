"""Two readings of one form: what differs is told answer by answer, and what a person keyed always wins."""

from dataclasses import replace

from intake.domain.differences import ChangeKind, differences
from intake.domain.private import Private
from intake.domain.referral import Reading, Referral
from intake.domain.rereading import Correction, beside, corrected
from parsers.contract import Certainty


def reading(field: str, text: str, child: int | None = None, certainty: Certainty = Certainty.CERTAIN) -> Reading:
    """Return one reading."""
    return Reading(field, child, Private(text), Private("table 1"), certainty)


def form(*readings: Reading, conflicts: tuple[str, ...] = ()) -> Referral:
    """Return a form with these readings."""
    return Referral(1, "ab" * 32, "sscp-2023", None, readings, (), conflicts, ())


NAME = reading("child.name", "Tam Madeup", 1)
PHONE = reading("referrer.phone", "0161 999 000")
CONFIRMED = Correction("child.name", 1, (Private("Tim Madeup"),), "orla")


def test_a_form_read_alike_differs_in_nothing_wherever_it_was_found() -> None:
    """A place that is described otherwise is no difference: reading again must come to rest."""
    assert differences(form(NAME), form(replace(NAME, where=Private("a control")))) == ()


def test_each_kind_of_difference_is_told_where_it_is() -> None:
    """Added, removed, other words, other certainty, other conflicts and another sheet: one change each."""
    before = form(NAME, PHONE, reading("qa.name", "Orla Example"), conflicts=("qa.name",))
    after = replace(
        form(
            reading("child.name", "Tim Madeup", 1),
            reading("qa.name", "Orla Example", certainty=Certainty.LIKELY),
            reading("incident.date", "1 May 2026"),
            conflicts=("incident.date",),
        ),
        sheet=None,
    )
    assert {(one.field, one.kind) for one in differences(before, after)} == {
        ("child.name", ChangeKind.VALUE),
        ("referrer.phone", ChangeKind.REMOVED),
        ("qa.name", ChangeKind.CERTAINTY),
        ("incident.date", ChangeKind.ADDED),
        ("incident.date", ChangeKind.CONFLICT_NEW),
        ("qa.name", ChangeKind.CONFLICT_GONE),
        ("form.sheet", ChangeKind.REMOVED),
    }


def test_a_change_prints_nothing_of_what_was_read() -> None:
    """What differs is words about a person: it prints as private, before and after."""
    assert "Tam" not in repr(differences(form(), form(NAME)))


def test_what_a_person_keyed_stands_whatever_is_read() -> None:
    """The newest correction is shown in the place of every reading of that answer, and of no other's."""
    again = Correction("child.name", 1, (Private("Tom Madeup"),), "orla")
    shown = corrected(form(NAME, PHONE), [CONFIRMED, again])
    assert [(one.text.reveal(), one.certainty) for one in shown.readings] == [
        ("Tom Madeup", Certainty.KEYED),
        ("0161 999 000", Certainty.CERTAIN),
    ]


def test_what_is_keyed_where_nothing_was_read_is_shown_too() -> None:
    """A person may fill what the machine left blank, or blank what it filled."""
    blank = Correction("referrer.phone", None, (), "orla")
    shown = corrected(form(PHONE), [CONFIRMED, blank])
    assert {one.field: one.text.reveal() for one in shown.readings} == {
        "referrer.phone": "",
        "child.name": "Tim Madeup",
    }


def test_a_conflict_ends_only_when_every_disputed_answer_is_keyed() -> None:
    """Keying one child's name leaves the other child's in dispute."""
    both = [reading("child.name", f"{word} Madeup", child) for child in (1, 2) for word in ("Tam", "Tim")]
    disputed = form(*both, conflicts=("child.name",))
    assert corrected(disputed, [CONFIRMED]).conflicts == ("child.name",)
    assert corrected(disputed, [CONFIRMED, replace(CONFIRMED, child=2)]).conflicts == ()


def test_what_the_form_says_is_kept_beside_what_a_person_keyed() -> None:
    """The form's own words show beside a correction that differs, and not beside one that says the same."""
    assert beside(form(NAME, PHONE), [CONFIRMED]) == (NAME,)
    assert beside(form(NAME), [replace(CONFIRMED, values=(NAME.text,))]) == ()

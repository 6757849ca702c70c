"""Limits of what is taken from a form, met from both sides: what just fits is kept, one more is left out or cut."""

import pytest
from msgspec.structs import replace

from parsers.body_forms import lines_of
from parsers.contract import Certainty, DocumentState, Kind
from parsers.recognise import answers, asking, known, labels, page, read_body, reading, split_names, titles, whose
from parsers.recognise import wordings as words
from parsers.recognise.answers import Answers, Found
from parsers.recognise.known import Known, known_of
from parsers.recognise.labels import Labels
from parsers.recognise.titles import forget, partings
from parsers.template import FieldKind, Library
from parsers.values import choices, shapes, text
from tests.builders.forms import library
from tests.builders.limits import both_sides

NAME = library().field("referrer.name")
CHILD = library().field("child.name")


def fresh() -> Labels:
    """Return the labels of all sheets, nothing remembered."""
    return Known(library()).labels(None)


def found(words: str = "Orla Example", *, child: int | None = None, where: str = "line 1") -> Found:
    """Return one answer."""
    return Found(CHILD if child else NAME, child, words, where, Certainty.CERTAIN, 1)


def taken(*each: Found) -> Answers:
    """Return a form's answers."""
    taking = Answers(known_of(library()).blank)
    for one in each:
        taking.add(one)
    return taking


@both_sides
def test_readings_are_counted(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """One more than any form has is not taken."""
    monkeypatch.setattr(answers, "MAX_READINGS", 3)
    children = [found(f"Child {n}", child=n) for n in range(1, 4 + more)]
    assert len(taken(*children).readings()[0]) == 3


@both_sides
def test_children_are_counted(more: int) -> None:
    """A number beyond is no child's."""
    last = found(child=answers.MAX_CHILDREN + more)
    assert len(taken(last).readings()[0]) == 1 - more


@both_sides
def test_an_answer_is_kept_to_its_length(more: int) -> None:
    """A longer one is cut, so that it may cross the wall."""
    (told,) = taken(found("x" * (answers.MAX_VALUE + more))).readings()[0]
    assert len(told.untrusted_text) == answers.MAX_VALUE


@both_sides
def test_a_place_is_told_to_its_length(more: int) -> None:
    """And a label that no field knows."""
    long = "x" * (answers.MAX_LABEL + more)
    taking = taken(found(where=long))
    taking.put_aside(long, "words", long)
    ((told,), _), (aside,) = taking.readings(), taking.unplaced()
    assert {len(told.where), len(aside.where), len(aside.untrusted_label)} == {answers.MAX_LABEL}


@both_sides
def test_answers_under_unknown_labels_are_counted(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """One more is not kept."""
    monkeypatch.setattr(answers, "MAX_UNPLACED", 2)
    taking = taken()
    for number in range(2 + more):
        taking.put_aside(f"Shoe size {number}", "words", "line 1")
    assert len(taking.unplaced()) == 2


@both_sides
def test_lines_of_a_mail_are_looked_at_to_their_number(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """A form typed behind more of them is not found."""
    form = (
        "Name of referrer: Orla Example\nTelephone: 0161 496 0000\nName of child: Tam Madeup\nDate of incident: 1/2/26"
    )
    monkeypatch.setattr(reading, "MAX_BODY_LINES", 6)
    blocks = lines_of("x\n" * (2 + more) + form, "email")
    told = read_body(1, Kind.TEXT, b"", blocks, library())
    assert (told is None) is bool(more)
    assert told is None or told.state is DocumentState.READ


@both_sides
def test_a_label_is_as_long_as_any_label(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Longer words are no label, no title, and parted nowhere behind that."""
    label, title = "Name of referrer", "Referrer"
    monkeypatch.setattr(titles, "MAX_LABEL_LETTERS", len(title) - more)
    monkeypatch.setattr(labels, "MAX_LABEL_LETTERS", len(label) - more)
    known_labels = fresh()
    assert (known_labels.titles.section(title) is None) is bool(more)
    assert (known_labels.match(label, None) is None) is bool(more)
    assert known_labels.is_any_label(label) is not bool(more)
    assert len(partings("Referrer" + "x" * more + ": Orla")) == 1 - more


@both_sides
def test_a_line_is_parted_so_often(more: int) -> None:
    """Its first marks are looked at."""
    assert len(partings("a: " * (titles.MAX_PARTINGS + more) + "b")) == titles.MAX_PARTINGS


@both_sides
def test_a_heading_hints_to_its_length(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Longer words are a sentence."""
    heading = "Details of the person making this referral"
    assert fresh().titles.hinted(heading) is not None
    monkeypatch.setattr(titles, "MAX_HINTED_LETTERS", len(heading) - more)
    assert (fresh().titles.hinted(heading) is None) is bool(more)


@both_sides
def test_a_heading_is_about_so_many_sections(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """One that hints at more is about none."""
    heading = "Child and incident"
    meant = fresh().titles.hinted(heading)
    assert meant is not None
    count = sum(section.key in meant.key for section in fresh().titles.sections)
    monkeypatch.setattr(titles, "MAX_JOINED", max(count, 1) - more)
    assert (fresh().titles.hinted(heading) is None) is bool(more)


@both_sides
def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Whatever strangers' documents say, a memory is emptied when it is full."""
    monkeypatch.setattr(titles, "MAX_REMEMBERED", 2)
    met = dict.fromkeys(range(1 + more))
    forget(met)
    assert len(met) == 1 - more


@both_sides
def test_names_of_controls_remembered_are_bounded(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """The same of what controls are called."""
    monkeypatch.setattr(known, "MAX_REMEMBERED", 2)
    knowing = Known(library())
    for number in range(2 + more):
        knowing.tag(f"strange:{number}")
    assert len(knowing._tags) == (1 if more else 2)


@both_sides
def test_libraries_known_are_bounded(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """A test, or a program that reads with several, keeps the last few."""
    monkeypatch.setattr(known, "_KNOWN", {})
    monkeypatch.setattr(known, "MAX_LIBRARIES", 2)
    kept = [Library(fields=(), sheets=(), neighbours=()) for _ in range(2 + more)]
    for each in kept:
        known_of(each)
    assert len(known._KNOWN) == (1 if more else 2)


@both_sides
def test_fields_whose_choices_are_remembered_are_bounded(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """The same of the wordings of choices."""
    monkeypatch.setattr(choices, "_WORDINGS", {})
    monkeypatch.setattr(choices, "MAX_REMEMBERED", 2)
    kept = [replace(NAME, kind=FieldKind.CHOICES, choices=("Alpha", "Beta")) for _ in range(2 + more)]
    for each in kept:
        assert choices.option("alpha", each) == "Alpha"
    assert len(choices._WORDINGS) == (1 if more else 2)


@both_sides
def test_a_question_is_as_long_as_any_question(more: int) -> None:
    """Longer words tell nothing by their telling words."""
    question = "Direct dial".ljust(asking.MAX_LETTERS + more, ".")
    section = next(each for each in fresh().sections if each.key == "referrer")
    assert (fresh().asking.meaning(question, section) is None) is bool(more)


@both_sides
def test_a_label_that_is_split_is_as_long_as_any(more: int) -> None:
    """Longer words ask for no name in two halves."""
    label = "Forename".ljust(split_names.MAX_LETTERS - len("surname") + more) + "surname"
    assert (split_names.whole_name(label) is None) is bool(more)


@both_sides
def test_a_slip_of_the_pen_is_looked_for_in_short_words(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Of longer ones nothing is near."""
    label = "Name of refferrer"
    monkeypatch.setattr(words, "MAX_NEAR_LETTERS", len(label) - more)
    section = next(each for each in fresh().sections if each.key == "referrer")
    assert (fresh().match(label, section) is None) is bool(more)


@both_sides
def test_a_line_that_closes_a_letter_is_short(more: int) -> None:
    """A longer one that begins with its words is a sentence."""
    closing = next(each for each in library().closings if " " in each)
    line = f"{closing} ".ljust(labels.MAX_CLOSING_LETTERS - 1 + more, "x") + "x"
    assert fresh().is_closing(line) is not bool(more)


@both_sides
def test_a_title_is_short(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """A longer line at the top of a form does not say whose it is."""
    title = library().sheets[0].title
    monkeypatch.setattr(whose, "MAX_TITLE_LETTERS", len(title) - more)
    document = whose.Document(lines_of(title, "file"))
    assert (not list(whose._texts(document))) is bool(more)


@both_sides
def test_a_place_quotes_a_label_shortly(more: int) -> None:
    """Its first words are enough."""
    assert len(page.quoted("x" * (page.MAX_QUOTED + more))) == page.MAX_QUOTED + 2


@both_sides
def test_words_are_compared_to_their_length(more: int) -> None:
    """What two labels say behind that makes them no different."""
    same = "x" * text.MAX_LABEL
    assert text.plain(same + "y" * more) == text.plain(same) == text.plain_whole(same + "y" * more)


@both_sides
def test_a_telephone_number_has_so_many_digits(more: int) -> None:
    """More are something else."""
    assert shapes.looks_like(FieldKind.PHONE, "1" * (shapes.MOST_DIGITS + more)) is not bool(more)


@both_sides
def test_people_have_so_many_words(more: int) -> None:
    """Two with titles and posts; more are a sentence."""
    names = " ".join(["Orla"] * (shapes.MOST_WORDS_OF_PERSON + more))
    assert shapes.may_be(FieldKind.PERSON, names, lambda _: False) is not bool(more)

"""Limits of what is drafted from a blank form, met from both sides: what just fits is offered, one more is not."""

import pytest

from parsers.contract import Draft
from parsers.drafting import placing, sections
from tests.builders.drafts import blank, drafted, headed, questions, section
from tests.builders.limits import both_sides
from tests.builders.word_xml import p, tbl, tc


def asked(draft: Draft) -> list[str]:
    """Return the labels of all questions."""
    return [each.untrusted_label for part in draft.sections for each in part.questions]


@both_sides
def test_sections_are_counted(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Those behind are not drafted."""
    titles = ["Harbour", "Meadow", "Orchard"]
    monkeypatch.setattr(sections, "MAX_SECTIONS", 3 - more)
    draft = drafted(blank(*(headed(title, f"Colour of the {title}") for title in titles)))
    assert [each.untrusted_title for each in draft.sections] == titles[: 3 - more]


@both_sides
def test_questions_of_a_section_are_counted(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Those behind are left to the person who places the rest."""
    monkeypatch.setattr(sections, "MAX_QUESTIONS", 3 - more)
    draft = drafted(blank(headed("Harbour", "Colour of the boat", "Name of the quay", "Length of the mast")))
    assert len(section(draft, "Harbour").questions) == 3 - more


@both_sides
def test_explanations_of_a_section_are_counted(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Of an appendix as long as a book the first lines are kept."""
    lines = [f"Tip {word} is to write plainly about it." for word in ("one", "two", "three")]
    monkeypatch.setattr(sections, "MAX_TEXTS", 3 - more)
    draft = drafted(blank(headed("Harbour", "Colour"), p("Appendix A: top tips", style="Heading1"), *map(p, lines)))
    assert section(draft, "Appendix A: top tips").untrusted_text == tuple(lines[: 3 - more])


@both_sides
def test_titles_and_labels_are_kept_to_their_length(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Longer ones are cut."""
    title, label = "Harbour", "Colour of the boat"
    monkeypatch.setattr(sections, "MAX_TITLE", len(title) - more)
    monkeypatch.setattr(placing, "MAX_LABEL", len(label) - more)
    draft = drafted(blank(headed(title, label)))
    assert draft.sections[0].untrusted_title == title[: len(title) - more]
    assert asked(draft) == [label[: len(label) - more]]


@both_sides
def test_guidance_is_kept_to_its_length(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Longer words are cut."""
    words = "Please write what colour it was when it was last seen by anybody at all."
    made = blank(p("Harbour", style="Heading2"), tbl((tc("Colour of the boat", words), ""), ("Name of the quay", "")))
    guidance = questions(drafted(made))["Colour of the boat"].untrusted_guidance
    assert guidance
    monkeypatch.setattr(placing, "MAX_GUIDANCE", len(guidance) - more)
    again = questions(drafted(made))["Colour of the boat"].untrusted_guidance
    assert again == guidance[: len(guidance) - more]


@both_sides
def test_options_are_counted(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """Those behind are not offered."""
    boxes = "\u2610 Red  \u2610 Green  \u2610 Blue"
    monkeypatch.setattr(placing, "MAX_OPTIONS", 3 - more)
    made = blank(p("Harbour", style="Heading2"), tbl(("Colour of the boat", boxes), ("Name of the quay", "")))
    assert questions(drafted(made))["Colour of the boat"].untrusted_options == ("Red", "Green", "Blue")[: 3 - more]


@both_sides
def test_children_are_counted(monkeypatch: pytest.MonkeyPatch, more: int) -> None:
    """A form that repeats its questions for more is one for the most there may be."""
    monkeypatch.setattr(sections, "MAX_CHILDREN", 2)
    children = "".join(
        headed(f"Child {number}", "Name of child", "Date of birth", "Gender") for number in range(1, 3 + more)
    )
    assert max(each.children for each in drafted(blank(children)).sections) == 2

"""A tick belongs to the words it plainly stands by, or to none."""

import pytest

from parsers.values.ticks import Tick, mark, ticks, yes_or_no


@pytest.mark.parametrize("on", ["☒", "☑", "✓", "✔", "[x]", "[X]", "(x)", "[ x ]", "■"])
@pytest.mark.parametrize("off", ["☐", "□", "[ ]", "( )", "[]"])
def test_boxes_of_any_make_before_their_words(on: str, off: str) -> None:
    """A line that begins with a box has its words after each."""
    assert ticks(f"{on} Coroner {off} LADO") == (Tick(True, "Coroner"), Tick(False, "LADO"))


def test_boxes_after_their_words() -> None:
    """A line that ends with a box has its words before each."""
    assert ticks("Coroner ☐ LADO ☒") == (Tick(False, "Coroner"), Tick(True, "LADO"))


def test_a_label_before_the_boxes_is_not_an_option() -> None:
    """Words that end in a colon or a question mark ask; the options follow."""
    assert ticks("At risk? ☒ Yes ☐ No") == (Tick(True, "Yes"), Tick(False, "No"))


def test_a_line_with_words_on_both_sides_has_no_tick() -> None:
    """A box that could belong to either side belongs to none."""
    assert ticks("Coroner ☒ LADO") == ()


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("☒", True),
        ("☐", False),
        ("x", True),
        ("X", True),
        ("Yes", True),
        ("no", False),
        ("✓", True),
        ("", None),
        ("LADO", None),
    ],
)
def test_a_cell_of_its_own_is_a_mark_or_not(text: str, meaning: bool | None) -> None:
    """A mark alone in a cell says ticked or not; any other word is no mark."""
    assert mark(text) is meaning


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("Yes", "Yes"),
        ("no", "No"),
        ("No, the child is with grandparents", "No"),
        ("☒ Yes ☐ No", "Yes"),
        ("☐ Yes ☒ No", "No"),
        ("Yes / No", ""),
        ("☒ Yes ☒ No", ""),
        ("☐ Yes ☐ No", ""),
        ("", ""),
        ("Not known", ""),
        ("Yesterday", ""),
    ],
)
def test_yes_or_no_only_when_one_is_said(text: str, answer: str) -> None:
    """An answer that says both or neither says nothing."""
    assert yes_or_no(text) == answer

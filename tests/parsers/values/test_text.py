"""Values keep their words and lose what cannot be seen; labels that look alike are alike; prompts are empty."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.template import Field, FieldKind
from parsers.values.blanks import blank_by, keeps, without_rules
from parsers.values.choices import option, options_in
from parsers.values.text import clean, plain
from tests.builders.forms import library

OPTIONS = Field(
    name="child.legal_status",
    kind=FieldKind.CHOICES,
    choices=("CP plan", "Child in need", "Looked after", "None", "Not known"),
    wordings={"Child in need": ("CIN", "Section 17")},
)


@pytest.mark.parametrize(
    "drifted",
    [
        "Name of referrer",
        "NAME OF REFERRER",
        "Name of referrer:",
        "Name of referrer *",
        "1. Name of referrer",
        "1.2 Name of referrer",
        "a) Name of referrer",
        "Name\u00a0of referrer",
        "Name of\nreferrer",
        "Name of referrer (in full)",
        "Name of referrer1",
        "Section 1: Name of referrer",
        "• Name of referrer",
        "Name of referrer:M",
        "Name of referrer?",
    ],
)
def test_labels_that_look_alike_are_alike(drifted: str) -> None:
    """Capitals, numbering, brackets, markers and blanks make no difference to a label."""
    assert plain(drifted) == "name of referrer"


def test_dashes_and_quotes_of_any_make_are_one() -> None:
    """A typographer's dash or quote is the typewriter's."""
    assert plain("Child\u2019s name \u2013 full") == plain("Child's name - full")


@given(st.text(max_size=200))
def test_cleaning_is_settled_and_leaves_nothing_unseen(text: str) -> None:
    """A cleaned text is the same cleaned again, and holds no control or bidirectional character."""
    once = clean(text)
    assert clean(once) == once
    assert not set(once) & {"\u202e", "\u200b", "\x00", "\r", "\t", "\u2066"}


@pytest.mark.parametrize("prompt", library().empty_prompts)
def test_every_shipped_prompt_is_empty(prompt: str) -> None:
    """A prompt is no answer, in capitals and with a full stop too."""
    blank = blank_by(library().empty_prompts)
    assert blank(prompt)
    assert blank(prompt.upper() + ".")


@pytest.mark.parametrize(
    "text", ["", "  ", "______", ".......", "\u2026", "☐", "☐ ☐", "-", "/  /", "__/__/____", "\u00a0"]
)
def test_lines_to_write_on_are_empty(text: str) -> None:
    """Rules, dots and empty boxes are no answer."""
    assert blank_by(())(text)


@pytest.mark.parametrize("text", ["0", "None known", "No", "☒", "TBC by Friday", "Nil return sent"])
def test_short_answers_are_answers(text: str) -> None:
    """What somebody wrote is not empty because it is short."""
    assert not blank_by(library().empty_prompts)(text)


def test_a_field_may_keep_what_elsewhere_means_empty() -> None:
    """What elsewhere means empty ("TBC") is an answer of its own kind in the sign-off."""
    assert keeps("tbc.", library().field("qa.name").keeps)
    assert not keeps("TBC", library().field("referrer.name").keeps)


def test_an_answer_typed_on_a_dotted_line_is_freed_of_it() -> None:
    """The line stays, the answer goes with its own full stop."""
    assert without_rules("....Orla Example......") == "Orla Example"
    assert without_rules("__Orla Example__") == "Orla Example"
    assert without_rules("She was seen.") == "She was seen."


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("CP plan", "CP plan"),
        ("cp PLAN.", "CP plan"),
        ("Child in ned", "Child in need"),
        ("CIN", "Child in need"),
        ("section 17", "Child in need"),
        ("", None),
        ("plan", None),
        ("Not", None),
    ],
)
def test_an_option_is_known_or_it_is_none(said: str, meant: str | None) -> None:
    """Exact and nearly exact wordings are the option; a part of one is not."""
    assert option(said, OPTIONS) == meant


def test_a_typed_list_is_options_only_when_all_of_it_is() -> None:
    """One unknown word in a list makes it words, not options."""
    assert options_in("CP plan, looked after", OPTIONS) == ("CP plan", "Looked after")
    assert options_in("CP plan, since May", OPTIONS) == ()
    assert options_in("Not on a CP plan", OPTIONS) == ()

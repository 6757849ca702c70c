"""What nobody is meant to read is left out; boxes of any make are boxes."""

import pytest
from lxml import html

from parsers.containers.html_blocks import blocks_of_html
from parsers.containers.html_marks import span
from parsers.document import Paragraph


def words(markup: str) -> str:
    """Return a page's lines, joined."""
    return "|".join(block.text for block in blocks_of_html(markup) if isinstance(block, Paragraph))


@pytest.mark.parametrize(
    "gone",
    [
        "<s>x</s>",
        "<strike>x</strike>",
        "<del>x</del>",
        '<span style="text-decoration: underline line-through">x</span>',
        '<span style="text-decoration-line:line-through">x</span>',
        '<p style="display:none">x</p>',
        '<span style="mso-hide:all">x</span>',
        '<span style="font-size:0px">x</span>',
        '<span style="FONT-SIZE: 0; color: red">x</span>',
        "<span hidden>x</span>",
        "<script>x</script>",
        "<style>x</style>",
        "<svg><text>x</text></svg>",
    ],
)
def test_struck_and_hidden_words_are_no_answer(gone: str) -> None:
    """An answer that was crossed out, or that no reader of the mail could see, is none; what follows it stays."""
    assert "x" not in words(f"<p>Yes {gone} No</p>")
    assert words(f"<p>Yes {gone} No</p>").endswith("No")


@pytest.mark.parametrize("style", ["font-size:10.0pt", "text-decoration:underline", "display:block"])
def test_other_styles_hide_nothing(style: str) -> None:
    """Only what takes a word away does."""
    assert words(f'<span style="{style}">kept</span>') == "kept"


@pytest.mark.parametrize(
    ("markup", "seen"),
    [
        ("☑ Yes □ No", "☒ Yes ☐ No"),
        (
            '<span style="font-family:Wingdings">þ</span> Yes <span style="font-family:Wingdings">¨</span> No',
            "☒ Yes ☐ No",
        ),
        ('<font face="Wingdings 2">R</font> Yes <font face="Wingdings 2">£</font> No', "☒ Yes ☐ No"),
        ('<input type="checkbox" checked> Yes <input type="radio"> No', "☒ Yes ☐ No"),
        ('Name: <input value="Orla">', "Name: Orla"),
        ('Name: <input type="password" value="Orla">', "Name:"),
        ("<select><option>One<option selected>Two</select>", "Two"),
        ("thorn þ and a sharp ¨", "thorn þ and a sharp ¨"),
        ('<span style="font-family:Arial,Wingdings">x</span>', "x"),
        ("<span style=\"font-family: 'Wingdings'\">ü</span> Yes", "☒ Yes"),
        ('<span style="font-family:Wingdings">J</span> Yes', "Yes"),
        ('<span style="font-family:Wingdings 3">x</span> Yes', "x Yes"),
        ('<span style="font-family:Wingdings">\uf0fe</span> Yes', "☒ Yes"),
    ],
)
def test_a_control_shows_what_it_holds(markup: str, seen: str) -> None:
    """Boxes as characters, as symbol-font letters, as fields; letters of an ordinary font stay letters."""
    assert words(f"<p>{markup}</p>") == seen


@pytest.mark.parametrize(
    ("said", "covers"), [("3", 3), ("0", 1), ("-4", 1), ("99999999999", 60), ("x", 1), ("²", 1), ("", 1)]
)
def test_a_cell_covers_what_it_says_within_bounds(said: str, covers: int) -> None:
    """Nonsense is one column, a flood is the limit."""
    (cell,) = html.fromstring(f'<table><tr><td colspan="{said}">x</td></tr></table>').iter("td")
    assert span(cell, "colspan", 60) == covers

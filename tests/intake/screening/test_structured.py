"""Comments in header bodies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.screening.structured import comment_end, without_comments


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("no", "no"),
        ("no (a comment)", "no  "),
        ("(one) no (two)", "  no  "),
        ("no (nested (twice (over)) and) yes", "no   yes"),
        (r"no (a \) that is quoted) yes", "no   yes"),
        ("no (open for ever", "no  "),
        ("no ) yes", "no ) yes"),
    ],
)
def test_comments_are_taken_out_whole(text: str, plain: str) -> None:
    """Nested, quoted and open comments leave one blank and none of their words."""
    assert without_comments(text) == plain


@given(st.text(alphabet="ab()\\", max_size=60))
def test_what_is_left_holds_no_complete_comment(text: str) -> None:
    """Nothing in brackets survives, whatever the brackets."""
    left = without_comments(text)
    assert "(" not in left
    assert len(left) <= len(text) + 1


def test_a_deep_nest_costs_no_recursion() -> None:
    """Fifty thousand opening brackets are walked, not descended into."""
    assert comment_end("(" * 50_000 + ")" * 50_000, 0) == 100_000
    assert comment_end("(" * 50_000, 0) is None

"""Why a letter did not go, in words: of the program's own codes, and of what a server said."""

import pytest

from intake.report.letter_words import said


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("unknown-sender", "the sender belongs to no agency we know"),
        ("file-missing", "the mail server's password cannot be read: ask IT"),
        ("550-5.1.1", "the mail server refused it (550-5.1.1)"),
        ("login-refused-535", "the mail server does not let us sign in (535)"),
        ("gave-up-timed-out", "Given up after many tries: the mail server did not answer in time"),
        ("gave-up-something-new", "Given up after many tries: something-new"),
        ("something-new", None),
    ],
)
def test_a_code_is_said_in_words(code: str, words: str | None) -> None:
    """Also one that stands inside another; of one that nobody gave words there is none."""
    assert said(code) == words

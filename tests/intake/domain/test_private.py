"""Private words show themselves nowhere but where code asks for them."""

import copy
import dataclasses
import json
import logging
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.private import Private

SECRET = "Orla Example"


@dataclasses.dataclass(frozen=True)
class Holder:
    """Something that holds private words."""

    words: Private


@pytest.mark.parametrize(
    "show", [str, repr, "{}".format, "{!r:>20}".format, "%s".__mod__, lambda x: f"{x:>9}", lambda x: str([x])]
)
def test_no_way_of_showing_shows_it(show: object) -> None:
    """Print, format, f-string, a list's repr: all say <private>."""
    shown = show(Private(SECRET))  # type: ignore[operator] # each is a way of showing
    assert "Orla" not in shown
    assert "<private>" in shown


def test_a_dataclass_does_not_open_it() -> None:
    """asdict, repr and replace leave it closed."""
    opened = dataclasses.asdict(Holder(Private(SECRET)))
    assert isinstance(opened["words"], Private)
    assert "Orla" not in repr(Holder(Private(SECRET))) + repr(opened)


def test_a_log_line_does_not_show_it(caplog: pytest.LogCaptureFixture) -> None:
    """As an argument of a log call it stays closed at every level."""
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("test").debug("got %s and %r", Private(SECRET), {"k": Private(SECRET)})
    assert "Orla" not in caplog.text


def test_json_and_pickle_refuse_it() -> None:
    """It leaves the process by no side door."""
    with pytest.raises(TypeError):
        json.dumps(Private(SECRET))
    with pytest.raises(TypeError):
        pickle.dumps(Private(SECRET))
    with pytest.raises(TypeError):
        vars(Private(SECRET))


def test_it_cannot_be_changed() -> None:
    """Immutable, and a copy is itself."""
    words = Private(SECRET)
    with pytest.raises(AttributeError):
        words._text = "other"
    assert copy.deepcopy(words) is words


@given(st.text(), st.text())
def test_equal_by_its_words_alone(one: str, other: str) -> None:
    """Equality and hash follow the text, and never a plain string."""
    assert (Private(one) == Private(other)) == (one == other)
    assert hash(Private(one)) == hash(Private(one))
    assert Private(one) != one
    assert Private(one).reveal() == one
    assert bool(Private(one)) == bool(one)

"""The outbox in memory that tests of the post use keeps the promises of the real one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from intake.domain.outcome import Outcome
from intake.domain.stages import Stage
from intake.errors import Overtaken
from intake.ports import Outbox
from tests.builders.house import NOW, house
from tests.builders.mails import mail
from tests.intake.programs.test_post import Rows, letter

LATER = NOW + timedelta(hours=1)


@pytest.fixture(params=["in memory", "real"])
def outbox(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Outbox]:
    """Give an outbox with one letter that is due, once made up and once in the records."""
    if request.param == "in memory":
        yield Rows(letter())
        return
    with house(tmp_path) as home:
        row = home.records.message(home.arrive(mail()))
        home.records.commit(row, Outcome(Stage.HELD, "locked", letters=(letter(),)), now=NOW)
        yield home.records


def test_a_sent_letter_is_due_no_more(outbox: Outbox) -> None:
    """A letter is due until it is sent, and never again."""
    (due,) = outbox.due_letters(NOW, 10)
    assert due.letter.content == letter().content
    outbox.letter_attempt(due)
    outbox.letter_sent(due.id, "q1", NOW)
    assert list(outbox.due_letters(LATER, 10)) == []


def test_an_abandoned_letter_is_due_no_more(outbox: Outbox) -> None:
    """A letter that was given up is not tried again."""
    (due,) = outbox.due_letters(NOW, 10)
    outbox.letter_attempt(due)
    outbox.letter_abandoned(due.id, "550", NOW)
    assert list(outbox.due_letters(LATER, 10)) == []


def test_a_letter_put_off_is_not_due_now(outbox: Outbox) -> None:
    """A letter that was put off is not due before its time."""
    (due,) = outbox.due_letters(NOW, 10)
    outbox.letter_attempt(due)
    outbox.letter_failed(due.id, "451", LATER, NOW)
    assert list(outbox.due_letters(NOW, 10)) == []


def test_two_post_offices_cannot_begin_the_same_attempt(outbox: Outbox) -> None:
    """Of two that saw the letter at the same time, the second is told that it was overtaken."""
    (due,) = outbox.due_letters(NOW, 10)
    outbox.letter_attempt(due)
    with pytest.raises(Overtaken):
        outbox.letter_attempt(due)
    outbox.letter_attempt(replace(due, attempts=due.attempts + 1))


def test_a_begun_attempt_is_in_doubt_until_its_end_is_written(outbox: Outbox) -> None:
    """Who comes after a crash sees that the letter may have gone; once it is found among what was sent, it is sent."""
    (due,) = outbox.due_letters(NOW, 10)
    assert not due.in_doubt
    outbox.letter_attempt(due)
    (again,) = outbox.due_letters(NOW, 10)
    assert again.in_doubt
    outbox.letter_found(again.id, NOW)
    assert list(outbox.due_letters(LATER, 10)) == []

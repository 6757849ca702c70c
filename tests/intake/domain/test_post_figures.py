"""What came by post and what went: each counted once, by its month in London."""

from datetime import timedelta

from intake.domain import post_figures
from intake.domain.case import LetterState
from intake.domain.figure_facts import MessageFact
from tests.builders.figures import PERIOD, RECEIVED, alert, form_mail, letter, misdirected


def test_misdirected_are_counted_by_how_soon_a_person_dealt_with_them() -> None:
    """Only forms of other services count."""
    some = [misdirected(after=timedelta(minutes=20)), misdirected(), MessageFact(RECEIVED, "gmp", is_misdirected=False)]
    assert post_figures.misdirected(some, PERIOD).total.cells == (1, 0, 0, 1, 2, 20, 20)


def test_alerts_are_counted_by_how_soon_a_person_closed_them() -> None:
    """One nobody has closed is not yet; one of another period is not counted."""
    some = [alert(after=timedelta(minutes=5)), alert(10, timedelta(hours=3)), alert(), alert(8)]
    assert post_figures.alerts(some, PERIOD).total.cells == (1, 1, 0, 1, 3, 92.5, 180)


def test_what_was_not_read_whole_is_a_share_of_all_mails_with_forms() -> None:
    """By month, and in whole percent."""
    figure = post_figures.read_whole([form_mail(), form_mail(is_read_whole=False), form_mail(10)], PERIOD)
    assert [row.cells for row in figure.rows] == [(0, 0, 0, None), (1, 0, 1, 0), (1, 1, 2, 50)]
    assert figure.total.cells == (2, 1, 3, 33)


def test_a_letter_that_came_back_was_not_delivered() -> None:
    """Sent is delivered unless it came back; what waits, goes or was given up is not sent."""
    some = [letter(), letter(has_bounced=True)]
    some += [letter(state=state) for state in (LetterState.WAITING, LetterState.QUEUED, LetterState.ABANDONED)]
    assert post_figures.letters(some, PERIOD).total.cells == (1, 1, 3, 5, 20)

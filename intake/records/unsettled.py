"""Which of the letters that ended badly still need somebody: all but those whose items people have closed."""

from sqlalchemy import ColumnElement, and_, exists, or_

from intake.domain.case import LetterState
from intake.records.schema import exceptions, letters

ABANDONED, WITHDRAWN = "letter-abandoned", "withdrawn"
"""The item of a letter that was given up; why one is abandoned that a person decided not to send."""


def is_lost() -> ColumnElement[bool]:
    """Return the condition that a letter was given up or came back, and not every item about it was closed.

    What came back is known by its moment: the letter, and whatever item the mail that brought it back was given, are
    written in one transaction at one time. Where there is no item at all, nobody has been told yet.
    """
    given_up = and_(letters.c.state == LetterState.ABANDONED.value, letters.c.why.is_distinct_from(WITHDRAWN))
    of_giving_up = and_(exceptions.c.message == letters.c.message, exceptions.c.code == ABANDONED)
    of_coming_back = exceptions.c.opened_at == letters.c.bounced_at
    return or_(
        and_(given_up, _needs_somebody(of_giving_up)),
        and_(letters.c.bounced_at.is_not(None), _needs_somebody(of_coming_back)),
    )


def _needs_somebody(mine: ColumnElement[bool]) -> ColumnElement[bool]:
    about = exists().where(mine).correlate(letters)
    is_open = exists().where(mine, exceptions.c.closed_at.is_(None)).correlate(letters)
    return or_(is_open, ~about)

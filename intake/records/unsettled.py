"""Which of the letters that were given up or came back still need somebody: those about which an item is open.

Each such letter is given an item of its own when it happens; a person closes it. One that a person withdrew has none.
"""

from sqlalchemy import ColumnElement, exists

from intake.records.schema import exceptions, letters


def is_lost() -> ColumnElement[bool]:
    """Return the condition that an item about a letter is open."""
    return exists().where(exceptions.c.letter == letters.c.id, exceptions.c.closed_at.is_(None)).correlate(letters)

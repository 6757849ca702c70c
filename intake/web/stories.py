"""The story of a message or a case as its page tells it: looks counted apart, reasons for who may see children."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from intake.domain.private import Private
from intake.domain.staff import Right
from intake.web.access import visitor
from intake.web.line_words import LOOKS, more
from intake.web.office import office

Line = Mapping[str, Any]
SEALED = "reason_sha256"
"""What a line says that has a reason sealed beside it."""


@dataclass(frozen=True, slots=True)
class Story:
    """Lines oldest first, each with what it says beside its event (``said``); ``reasons`` by line.

    ``is_of_several``: of more than one email, so that each line tells of which it is.
    """

    lines: Sequence[Line]
    looks: Sequence[Line]
    reasons: Mapping[int, Private]
    is_of_several: bool

    def reason_of_closing(self, message: str, code: str, closed_at: datetime) -> Private | None:
        """Return what was said when an item was closed."""
        closings = (line for line in self.lines if line["event"] == "exception-closed" and line["at"] == closed_at)
        mine = (line["line"] for line in closings if (line["message"], line["why"]) == (message, code))
        return next((self.reasons[line] for line in mine if line in self.reasons), None)


def story_of(wanted: str, *, message: str | None = None) -> Story:
    """Return a story; where ``message`` is given, that its reasons were looked at is written down first.

    A page that has noted the look already gives none.
    """
    lines = office().records.story(wanted)
    sealed = [line["line"] for line in lines if SEALED in line["details"]]
    emails = {line["message"] for line in lines if line["message"]}
    return Story(
        lines=[line | {"said": more(line)} for line in lines if line["event"] not in LOOKS],
        looks=[line for line in lines if line["event"] in LOOKS],
        reasons=opened(sealed, is_noted=message is None, message=message),
        is_of_several=len(emails) > 1,
    )


def opened(
    lines: Sequence[int], *, is_noted: bool = False, message: str | None = None, **told: str
) -> Mapping[int, Private]:
    """Return the reasons beside lines for who may see children, the look written down; of none for others."""
    here = office()
    if not lines or not visitor().may(Right.SEE_CHILDREN):
        return {}
    if not is_noted:
        here.records.note_act("looked", "reasons", visitor().name, here.clock(), message=message, **told)
    return here.records.reasons_of(lines)

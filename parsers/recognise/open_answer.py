"""A label on a line whose answer is not ended: what was read of it, and where its words may go on."""

from dataclasses import dataclass

from parsers.recognise.printed_tables import Segment
from parsers.recognise.wordings import Match
from parsers.template import FieldKind

SLACK = 2
"""Columns by which a printed line may stand left of the one it continues."""


@dataclass
class OpenAnswer:
    """What was read of an answer, in which column its words began, and how its label looks."""

    match: Match
    child: int | None
    lines: list[str]
    column: int | None
    where: str
    spot: int
    printed: bool
    sure: bool
    beside: bool
    """Its label ends in a colon, where this form has its answers: none stands below it."""
    left: int
    """The column in which the label begins."""
    colon: bool
    """Its label ends in a colon."""

    @property
    def long(self) -> bool:
        """Tell whether it may go on over lines."""
        return self.match.field.kind is FieldKind.LONG_TEXT

    def aligned(self, pieces: list[Segment], *, freely: bool) -> bool:
        """Tell whether a printed line stands where the answer does; the first line below a label may stand anywhere.

        ``freely``: a long answer may go on below its label, as forms do that we do not know.
        """
        if self.lines and self.long and freely:
            return pieces[0].column >= self.left - SLACK
        if self.lines:
            return self.column is not None and pieces[0].column >= self.column - SLACK
        if len(pieces) > 1:
            return False
        self.column = pieces[0].column
        return True

"""A label on a line whose answer is not ended: what was read of it, and where its words may go on."""

from dataclasses import dataclass

from parsers.recognise.printed_tables import Segment
from parsers.recognise.wordings import Match
from parsers.template import FieldKind

LETTERS_OF_LINE, MOST_LINES = 40, 5
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
    bold: bool
    """Its label stands alone in bold: no bold line below it is its answer."""

    @property
    def long(self) -> bool:
        """Tell whether it may go on over many lines."""
        return self.match.field.kind is FieldKind.LONG_TEXT

    @property
    def goes_on(self) -> bool:
        """Tell whether it may go on over a few short lines, as an address does."""
        return self.match.field.kind in {FieldKind.ADDRESS, FieldKind.TEXT}

    @property
    def _is_short_address(self) -> bool:
        return self.match.field.kind is FieldKind.ADDRESS and len(self.lines) < MOST_LINES

    def takes(self, line: str, spot: int, *, anywhere: bool) -> bool:
        """Tell whether a line that is not printed goes on with it: in its own paragraph, or ``anywhere``."""
        if not self.goes_on or not self.lines:
            return True
        return len(line) <= LETTERS_OF_LINE and len(self.lines) < MOST_LINES and (anywhere or spot == self.spot)

    def aligned(self, pieces: list[Segment], *, freely: bool) -> bool:
        """Tell whether a printed line stands where the answer does; the first line below a label may stand anywhere.

        ``freely``: a long answer may go on below its label, as forms do that we do not know.
        """
        if self.lines and freely and (self.long or self._is_short_address):
            return pieces[0].column >= self.left - SLACK
        if self.lines:
            return self.column is not None and pieces[0].column >= self.column - SLACK
        if len(pieces) > 1:
            return False
        self.column = pieces[0].column
        return True

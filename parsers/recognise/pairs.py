"""Labels and answers on lines: after a colon, after a wide gap, on the lines below; labels broken over two lines."""

import re
from collections import Counter

from parsers.document import Paragraph
from parsers.recognise.labels import Split
from parsers.recognise.open_answer import SLACK, OpenAnswer
from parsers.recognise.page import Page, quoted
from parsers.recognise.printed_tables import Segment
from parsers.recognise.wordings import Match
from parsers.template import FieldKind

MAX_UNKNOWN_LABEL = 100
MAX_TITLE_WORDS = 8
_LABELLED = re.compile(r"[A-Z][A-Za-z'/&() -]{2,60}:(?:\s|$)")


class Pairs:
    """Takes lines that are no heading, table or option; holds one answer open at a time."""

    def __init__(self, page: Page) -> None:
        """Put what is found on ``page``."""
        self._page = page
        self._open: OpenAnswer | None = None
        self._columns: Counter[int] = Counter()
        """Where printed answers began."""
        self._beside = 0
        """Labels with a colon that had their answer behind it."""
        self._half: tuple[list[Segment], Paragraph] | None = None
        """A printed line that begins with no label: perhaps the first half of one."""

    @property
    def waiting(self) -> bool:
        """Tell whether a label waits for its answer."""
        return self._open is not None and not self._open.lines and not self._open.beside

    @property
    def telling(self) -> bool:
        """Tell whether a long answer is being read."""
        return self._open is not None and self._open.long and bool(self._open.lines)

    def end(self) -> None:
        """Take the answer that was being read."""
        half, self._half = self._half, None
        if half is not None:
            self._unknown(*half)
        done, self._open = self._open, None
        if done is not None:
            self._page.put(done.match, done.child, "\n".join(done.lines), done.where, done.spot, sure=done.sure)

    def box(self, text: str, spot: int) -> bool:
        """Take the text of a box as the answer to the label right before it."""
        if self._open is None or self._open.lines or self._page.labels.split(text, self._page.section) is not None:
            return False
        if len(text.split()) <= MAX_TITLE_WORDS and not self._page.labels.of_a_sheet and self._page.named(text):
            return False  # a bar with the title of what follows
        self._open.lines.append(text)
        self._open.spot = spot
        self.end()
        return True

    def pause(self) -> None:
        """Take a blank line: an answer of few lines ends there."""
        if self._open is not None and self._open.goes_on and self._open.lines and not self._open.printed:
            self.end()

    def go_on(self, line: str) -> None:
        """Take a further line of a paragraph whose first line was told in a long answer, whatever it is worded like."""
        if self._open is not None:
            self._open.lines.append(line.strip())

    def take(self, pieces: list[Segment], paragraph: Paragraph) -> None:
        """Take one line's pieces."""
        if self._completes_half(pieces, paragraph):
            return
        splits = self._splits(pieces, paragraph)
        if splits == [None] and paragraph.bold:
            splits = [self._asks_below(pieces[0].text)]
        if self._stands_below_answer(pieces, paragraph) and self._continues(pieces, paragraph):
            return
        if (
            splits[0] is None or self._is_told(splits[0], ends=len(pieces) == 1 and pieces[0].text.endswith("."))
        ) and self._continues(pieces, paragraph):
            return
        self.end()
        at = 0
        while at < len(pieces):
            split = splits[at]
            end = next((n for n in range(at + 1, len(pieces)) if splits[n] is not None), len(pieces))
            if split is not None:
                self.end()
                self._begin(pieces[at], split, pieces[at + 1 : end], paragraph)
            elif paragraph.printed and at == 0 and end == len(pieces):
                self._half = (pieces, paragraph)
            else:
                self._unknown(pieces[at:end], paragraph)
            at = end

    def _splits(self, pieces: list[Segment], paragraph: Paragraph) -> list[Split | None]:
        """Take pieces apart; one that stands where this page has its answers is one, be it worded like a label."""
        splits = [self._page.labels.split(piece.text, self._page.section) for piece in pieces]
        for n in range(1, len(pieces)):
            if paragraph.printed and splits[n - 1] is not None and self._columns[pieces[n].column] > 1:
                splits[n] = None
        return splits

    def _asks_below(self, words: str) -> Split | None:
        """Return what a bold line alone asks for by telling words, where a story below it is to answer."""
        match = self._page.told_by_words(words)
        return Split(match, "") if match is not None and match.field.kind is FieldKind.LONG_TEXT else None

    def _stands_below_answer(self, pieces: list[Segment], paragraph: Paragraph) -> bool:
        """Tell whether a printed line begins where the long answer above it does, behind all labels of the page."""
        now = self._open
        if now is None or not now.long or not paragraph.printed or not now.lines or len(pieces) > 1:
            return False
        return now.column is not None and abs(pieces[0].column - now.column) <= 1 and now.column > now.left + SLACK

    def _is_told(self, split: Split | None, *, ends: bool) -> bool:
        """Tell whether a line in a long answer is told there, though worded "Name: ...".

        No label of this form looks so, or the question was asked in another way and this one is answered already; or
        it is only the sentence's last word (``ends``: a full stop stands behind it).
        """
        now = self._open
        if now is None or split is None or not now.long or self._page.labels.of_a_sheet:
            return False
        if now.lines and not split.rest and ends:
            return True
        if split.by != ":" or not split.rest:
            return False
        asked = split.match.field
        again = self._page.answers.has(asked.name, 1 if asked.per_child else None)
        return (self._beside == 0 and bool(now.lines)) or (again and not now.colon)

    def _completes_half(self, pieces: list[Segment], paragraph: Paragraph) -> bool:
        """Join a label broken over two printed lines, when only both halves together are one."""
        if self._half is None:
            return False
        above, where = self._half
        label = Segment(above[0].column, f"{above[0].text} {pieces[0].text}")
        match = self._page.labels.match(label.text, self._page.section)
        if match is None or not match.exact or abs(pieces[0].column - above[0].column) > SLACK:
            return False
        self._half = None
        self._begin(label, Split(match, ""), above[1:], where)
        if len(pieces) > 1:
            self._continues(pieces[1:], paragraph)
        return True

    def _begin(self, label: Segment, split: Split, values: list[Segment], paragraph: Paragraph) -> None:
        words = " ".join(text for text in (split.rest, *(value.text for value in values)) if text)
        column = values[0].column if values else None
        if column is not None and paragraph.printed:
            self._columns[column] += 1
        own = label.text[: len(label.text) - len(split.rest)]
        self._page.ask(split.match)
        self._page.lean(split.match)
        if split.rest:
            column = label.column + len(own)
        self._open = OpenAnswer(
            match=split.match,
            child=self._page.child_of(split.match),
            lines=[words] if words else [],
            column=column,
            where=f"{paragraph.where}, {'after' if words else 'below'} {quoted(own)}",
            spot=paragraph.spot,
            printed=paragraph.printed,
            sure=bool(words),
            beside=self._is_beside(own, words, split.match),
            left=label.column,
            colon=own.rstrip().endswith(":"),
            bold=paragraph.bold and not words,
        )
        if words and not paragraph.printed and not (self._open.long or self._open.goes_on):
            self.end()

    def _is_beside(self, label: str, words: str, match: Match) -> bool:
        """Tell whether an answer, where there is one, stands behind its label's colon, as others of this form do."""
        if self._page.labels.of_a_sheet or not label.rstrip().endswith(":"):
            return False
        self._beside += bool(words)
        return self._beside > 1 and match.field.kind is not FieldKind.LONG_TEXT

    def _continues(self, pieces: list[Segment], paragraph: Paragraph) -> bool:
        """Take a line that goes on with the answer being read; the form's own explanations are passed over."""
        now = self._open
        if now is None or (now.bold and paragraph.bold and not self._page.labels.of_a_sheet):
            return False
        if self._page.labels.is_guidance(pieces[0].text):
            pieces = pieces[1:]
        if not pieces:
            return True
        if now.beside and not now.lines:
            return False
        if now.printed and not now.aligned(pieces, freely=not self._page.labels.of_a_sheet):
            return False
        line = " ".join(piece.text for piece in pieces)
        if self._asks_anew(line) or (not now.printed and not now.takes(line, paragraph.spot, anywhere=self._page.mail)):
            return False
        now.lines.append(line)
        if not paragraph.printed and not (now.long or now.goes_on):
            self.end()
        return True

    def _asks_anew(self, line: str) -> bool:
        """Tell whether a line, on a form we do not know, begins with a label of no known words and with a colon."""
        now = self._open
        if now is None or not (now.colon and now.lines and now.goes_on):
            return False
        return not self._page.labels.of_a_sheet and _LABELLED.match(line) is not None

    def _unknown(self, pieces: list[Segment], paragraph: Paragraph) -> None:
        """Keep a pair whose label no field knows: two pieces side by side, or words before and after a colon."""
        self._page.stand_upright()
        if self._page.section is None and self._page.labels.of_a_sheet:
            return  # the title's surroundings
        label, colon, text = pieces[0].text.partition(":")
        if len(pieces) == 2 and not (colon and text.strip()):
            label, text = pieces[0].text, pieces[1].text
        elif not colon or len(pieces) > 1:
            return
        if len(label) <= MAX_UNKNOWN_LABEL and not self._page.labels.is_guidance(label):
            self._page.put_unknown(label, text, f"{paragraph.where}, after {quoted(label)}", paragraph.spot)

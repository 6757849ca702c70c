"""Where a document's words go as they are met: onto one tape, of which paragraphs and controls are stretches."""

from parsers.contract import DocumentState
from parsers.document import Control, NotRead

MAX_TEXT = 1_000_000
MAX_HELD = 4 * MAX_TEXT
"""Of all controls together: those round others repeat what stands inside."""
MAX_CONTROLS = 5_000


Mark = tuple[int, int]
"""A place on the tape where a control or field began, and how many spots there were."""


class Ink:
    """Words in order, unless muted; bounded by :data:`MAX_TEXT`."""

    def __init__(self) -> None:
        """Begin with an empty tape."""
        self.words: list[str] = []
        self.controls: list[Control] = []
        self.muted = 0
        """How many that are open keep what is said inside them from the tape."""
        self.spot = self.spots = 0
        """Of the cell or paragraph being read; the last one given out."""
        self.cell = 0
        """The spot of the cell being read, 0 outside tables."""
        self._written = self._held = 0

    def say(self, text: str | None) -> None:
        """Write words."""
        if text and not self.muted:
            self._written += len(text)
            if self._written > MAX_TEXT:
                raise NotRead(DocumentState.OVER_LIMIT, "too-much-text")
            self.words.append(text)

    def paragraph(self, begun: int) -> str:
        """Return the words since a place on the tape and end the paragraph they make."""
        text = "".join(self.words[begun:])
        self.say("\n")  # parts the paragraphs of a control that holds several
        return text.strip("\n")

    def next_spot(self) -> int:
        """Return the number of the cell or paragraph that begins."""
        self.spots += 1
        return self.spots

    def mark(self) -> Mark:
        """Return the place where a control begins."""
        return len(self.words), self.spots

    def since(self, mark: Mark) -> str:
        """Return what was written since a mark."""
        return "".join(self.words[mark[0] :]).strip("\n")

    def instead(self, mark: Mark, text: str) -> None:
        """Write a text in place of what was written since a mark."""
        del self.words[mark[0] :]
        self.say(text)

    def hold(self, mark: Mark, tag: str, title: str, text: str, checked: bool | None) -> None:
        """Keep a control that has been read to its end; it stands at the first spot met inside, else round it."""
        self._held += len(text)
        if len(self.controls) >= MAX_CONTROLS:
            raise NotRead(DocumentState.OVER_LIMIT, "too-many-controls")
        if self._held > MAX_HELD:
            raise NotRead(DocumentState.OVER_LIMIT, "too-much-text")
        spot = mark[1] + 1 if self.spots > mark[1] else self.cell or self.spot
        self.controls.append(Control(tag[:200], title[:200], text, checked, spot))

"""Where a document's words go as they are met: to the paragraph being read and to every control open round them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from parsers.contract import DocumentState
from parsers.document import Control, NotRead

MAX_TEXT = 1_000_000
MAX_CONTROLS = 5_000


@dataclass(eq=False)
class Listener:
    """A control or paragraph that hears words; ``spot`` becomes known with the first cell or paragraph inside."""

    words: list[str] = field(default_factory=list)
    spot: int | None = None

    def text(self) -> str:
        """Return what was heard."""
        return "".join(self.words).strip("\n")


class Ink:
    """Words in order, heard by all who listen, unless muted; bounded by :data:`MAX_TEXT`."""

    def __init__(self) -> None:
        """Begin with an empty page."""
        self.controls: list[Control] = []
        self.muted = 0
        self.cell: int | None = None
        """The spot of the cell being read, None outside tables."""
        self._listeners: list[Listener] = []
        self._written = 0
        self._spots = 0

    def say(self, text: str) -> None:
        """Give words to every listener."""
        if self.muted or not text:
            return
        self._written += len(text)
        if self._written > MAX_TEXT:
            raise NotRead(DocumentState.OVER_LIMIT, "too-much-text")
        for listener in self._listeners:
            listener.words.append(text)

    def next_spot(self) -> int:
        """Return the number of the cell or paragraph that begins; controls opened round it stand there."""
        self._spots += 1
        for listener in self._listeners:
            if listener.spot is None:
                listener.spot = self._spots
        return self._spots

    def listen(self) -> Listener:
        """Begin to hear; end with :meth:`leave`."""
        listener = Listener()
        self._listeners.append(listener)
        return listener

    def leave(self, listener: Listener) -> None:
        """Hear no more."""
        if listener in self._listeners:
            self._listeners.remove(listener)

    @contextmanager
    def heard(self, spot: int | None = None) -> Iterator[Listener]:
        """Hear what is said meanwhile."""
        listener = self.listen()
        listener.spot = spot
        try:
            yield listener
        finally:
            self.leave(listener)

    @contextmanager
    def apart(self) -> Iterator[Listener]:
        """Hear what is said meanwhile, and nobody else does."""
        others, self._listeners = self._listeners, []
        try:
            with self.heard() as listener:
                yield listener
        finally:
            self._listeners = others

    @contextmanager
    def silence(self) -> Iterator[None]:
        """Let nobody hear what is said meanwhile."""
        self.muted += 1
        try:
            yield
        finally:
            self.muted -= 1

    def hold(self, tag: str, title: str, text: str, checked: bool | None, spot: int) -> None:
        """Keep a control that has been read to its end."""
        if len(self.controls) >= MAX_CONTROLS:
            raise NotRead(DocumentState.OVER_LIMIT, "too-many-controls")
        self.controls.append(Control(tag[:200], title[:200], text, checked, spot))

"""The desk of one task: its documents are read there in turn, each within its share of the time."""

from collections.abc import Mapping, Sequence
from math import inf
from time import monotonic

from parsers.body_forms import typed_file, typed_forms
from parsers.containers.accounts import as_sent, unread, why_closed
from parsers.containers.leaf import Leaf
from parsers.contract import DocumentReading, DocumentState, Kind
from parsers.limits import (
    DOCUMENT_SHARE,
    LEAST_PICTURE_BYTES,
    READING_SHARE,
    SLOW_DOCUMENT_SHARE,
    TURN_SHARE,
    OutOfTime,
    within,
)
from parsers.recognise import read_document
from parsers.recognise.reading import READERS, Readers
from parsers.template import Library

Documents = tuple[DocumentReading, ...]


def readers_for(leaf: Leaf, *, slow: bool) -> Readers:
    """Return who reads a leaf: where the time may be long, old formats and pictures of pages are read too."""
    if not slow or (leaf.told.kind is Kind.IMAGE and len(leaf.data) < LEAST_PICTURE_BYTES):
        return READERS
    from parsers.workshop import WORKSHOP  # costs what a fast child need not pay

    return WORKSHOP


class Desk:
    """Where the documents of one task are read, one after another, each within its share of the time."""

    def __init__(self, library: Library, seconds: float, *, slow: bool = False) -> None:
        """Begin the time; where it may be long, old formats and pictures are read too."""
        self._library = library
        self._slow = slow
        self._each = seconds * (SLOW_DOCUMENT_SHARE if slow else DOCUMENT_SHARE)
        self._end = monotonic() + seconds * READING_SHARE

    def read_all(self, leaves: Sequence[Leaf]) -> tuple[Documents, Documents, tuple[str, ...]]:
        """Return what all documents say, the forms in the mail's own words, and codes of what those met.

        At first each has its turn only, so that none hides the form beside it: those that lie openly in the mail before
        any from a container, the smallest first. What took longer is read again with the time that is left. A slow task
        has one round: what it has no time for was read at once before, or never will be.
        """
        documents = {index: leaf for index, leaf in enumerate(leaves, start=1) if not leaf.body}
        typed, late = self.typed(leaves, inf if self._slow else self._left() * TURN_SHARE)
        found = self._round(documents)
        if not self._slow:
            found |= self._round(
                {index: documents[index] for index in found if _ran_out(found[index], documents[index])}
            )
            typed, late = self.typed(leaves) if late else (typed, late)
        return tuple(found[index] for index in documents), typed, late

    def _round(self, documents: Mapping[int, Leaf]) -> dict[int, DocumentReading]:
        order = sorted(documents.items(), key=lambda each: (each[1].place.containers, len(each[1].data)))
        waiting = len(order)
        found = {}
        for index, leaf in order:
            turn = inf if self._slow else self._left() * max(1 / waiting, TURN_SHARE)
            found[index] = self.read(index, leaf, turn)
            waiting -= 1
        return found

    def typed(self, leaves: Sequence[Leaf], turn: float = inf) -> tuple[Documents, tuple[str, ...]]:
        """Return the forms typed into the mail's own words; a code where the time was over before they were read."""
        try:
            with within(min(self._each, self._left(), turn)):
                return typed_forms(tuple(leaves), self._library), ()
        except OutOfTime:
            return (), ("body-time",)

    def read(self, index: int, leaf: Leaf, turn: float = inf) -> DocumentReading:
        """Return what one part says, or why nobody read it; ``turn``: the seconds of its own that it may take."""
        closed, met = why_closed(leaf), tuple[str, ...]()
        left = min(self._each, self._left(), turn)
        if closed is None and left > 0:
            try:
                with within(left):
                    readers = readers_for(leaf, slow=self._slow)
                    typed = typed_file(index, leaf, self._library)
                    reading = typed or read_document(index, leaf.told.kind, leaf.data, self._library, readers)
                    return as_sent(reading, leaf)
            except OutOfTime as over:
                met = over.codes
        state, why = closed or (DocumentState.OVER_LIMIT, "time")
        return unread(index, leaf, state, why, met)

    def _left(self) -> float:
        return self._end - monotonic()


def _ran_out(reading: DocumentReading, leaf: Leaf) -> bool:
    return reading.why == "time" and why_closed(leaf) is None

"""From a blank form nobody described to a draft of its sheet: what it asks, and which fields that surely is."""

from parsers.contract import Draft, Kind
from parsers.document import NotRead
from parsers.drafting.front import edition_of, furniture_of, header_of, title_of
from parsers.drafting.sections import MAX_TITLE, Gathering
from parsers.drafting.walk import Walk
from parsers.drafting.words import Words
from parsers.recognise.known import known_of
from parsers.recognise.reading import LOCKED, READERS, Readers
from parsers.recognise.whose import whose
from parsers.template import Library

__all__ = ["draft_of"]


def draft_of(kind: Kind, data: bytes, library: Library, readers: Readers = READERS) -> Draft:
    """Return what a blank form asks, or by a code why it could not be read; raises only what no reader foresaw."""
    reader = readers.get(kind)
    if kind in LOCKED or reader is None:
        return Draft(kind=kind, unreadable="office-password" if kind in LOCKED else f"kind-{kind.value}")
    try:
        document = reader(data)
    except NotRead as fault:
        return Draft(kind=kind, unreadable=fault.code)
    words = Words(known_of(library), document)
    title = title_of(document, library, furniture_of(document))
    header = header_of(document)
    gathering = Gathering(words, title, header)
    gathering.take(Walk(document, words).pieces())
    neighbour = whose(document, library).neighbour
    return Draft(
        kind=kind,
        unreadable=None,
        untrusted_title=title[:MAX_TITLE],
        untrusted_edition=edition_of(document)[:MAX_TITLE],
        untrusted_header=header[:MAX_TITLE],
        neighbour=neighbour.key if neighbour is not None else None,
        sections=gathering.sections(),
    )

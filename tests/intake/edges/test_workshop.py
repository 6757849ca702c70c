"""Two readings of one mail: what was read at once stands, the rest is read slowly, and no failure costs anything."""

import pytest
from msgspec.structs import replace

from intake.edges.reader import WalledReader
from intake.edges.workshop import may_become_readable, with_workshop
from intake.steps.without_form import PICTURE_OF_A_PAGE_BYTES
from parsers.contract import DocumentReading, DocumentState, Harvest, Kind, Recognised, Refusal
from parsers.limits import LEAST_PICTURE_BYTES
from parsers.template import Library
from tests.builders.pictures import noisy, page, saved

LIBRARY = Library(fields=(), sheets=(), neighbours=())


def document(index: int, kind: Kind = Kind.DOC, why: str | None = "kind-doc", size: int = 90_000) -> DocumentReading:
    """Return a document that was not read at once."""
    return DocumentReading(
        index=index,
        kind=kind,
        bytes=size,
        sha256="0" * 64,
        state=DocumentState.UNSUPPORTED,
        why=why,
        recognised=Recognised.NONE,
        sheet=None,
        edition=None,
        readings=(),
        unplaced=(),
        conflicts=(),
    )


def read(index: int, *codes: str) -> DocumentReading:
    """Return the same document, read."""
    state = DocumentState.READ
    return replace(document(index), state=state, why=None, recognised=Recognised.OURS, codes=codes)


def harvest(*documents: DocumentReading, codes: tuple[str, ...] = ()) -> Harvest:
    """Return what was read from one mail."""
    return Harvest(documents=documents, untrusted_body="words", body_looks_like_form=False, codes=codes)


@pytest.mark.parametrize(
    ("waiting", "expected"),
    [
        (document(1), True),
        (document(1, Kind.ODT, "kind-odt"), True),
        (document(1, Kind.RTF, "kind-rtf"), True),
        (document(1, Kind.PDF, "no-text-layer"), True),
        (document(1, Kind.IMAGE, "kind-image"), True),
        (document(1, Kind.IMAGE, "kind-image", PICTURE_OF_A_PAGE_BYTES - 1), False),
        (document(1, Kind.SPREADSHEET, "kind-spreadsheet"), False),
        (replace(document(1), state=DocumentState.LOCKED), False),
        (replace(document(1), state=DocumentState.IGNORED, why="no-document"), False),
        (read(1), False),
    ],
)
def test_only_what_may_become_readable_is_read_slowly(waiting: DocumentReading, *, expected: bool) -> None:
    """Old formats, scanned pages and pictures large enough for one; nothing locked, small or of another kind."""
    assert may_become_readable(harvest(read(2), waiting)) is expected


def test_both_sides_of_the_wall_mean_the_same_pictures() -> None:
    """A picture that is asked for again is one that is looked at."""
    assert LEAST_PICTURE_BYTES == PICTURE_OF_A_PAGE_BYTES


def test_what_was_read_at_once_stands() -> None:
    """Only the documents that waited are taken from the slow reading; its codes come too."""
    fast = harvest(read(1), document(2), codes=("body-cut",))
    slow = harvest(read(1, "other"), read(2, "converted"), codes=("workshop-without-namespaces",))
    both = with_workshop(fast, slow)
    assert both.documents == (read(1), read(2, "converted"))
    assert both.codes == ("body-cut", "workshop-without-namespaces")


@pytest.mark.parametrize("code", ["time", "memory", "killed", "bad-answer"])
def test_a_failed_workshop_takes_nothing_away(code: str) -> None:
    """The fast harvest stands as it was, and says that the workshop failed."""
    fast = harvest(read(1), document(2))
    assert with_workshop(fast, Refusal(code=code)) == replace(fast, codes=("workshop-failed",))


def test_a_document_the_workshop_did_not_finish_keeps_its_reason() -> None:
    """Its own time or memory spent: it is still the kind nobody read."""
    unfinished = replace(document(2), state=DocumentState.OVER_LIMIT, why="time")
    both = with_workshop(harvest(read(1), document(2)), harvest(read(1), unfinished))
    assert both == harvest(read(1), document(2), codes=("workshop-failed",))


def test_another_part_under_the_same_number_takes_no_place() -> None:
    """With more time a mail may open to more parts than at once: a number alone does not say which one it is."""
    other = replace(read(2), sha256="b" * 64)
    assert with_workshop(harvest(document(2)), harvest(other)) == harvest(document(2), codes=("workshop-failed",))


def test_a_photograph_and_an_old_file_are_read_behind_the_wall() -> None:
    """The whole way, both programs inside the confinement; a closed workshop leaves them unread."""
    photograph = saved(noisy(page(), slant=0.6, noise=6.0))
    letter = rb"{\rtf1\ansi Name of referrer: Orla Example\par}"
    with WalledReader(LIBRARY) as walled:
        answers = [walled.read_file(data) for data in (photograph, letter)]
    with WalledReader(LIBRARY, workshop=False) as walled:
        unread = walled.read_file(letter)
    assert [(d.state, d.codes) for answer in answers if isinstance(answer, Harvest) for d in answer.documents] == [
        (DocumentState.NOT_A_FORM, ("by-ocr",)),
        (DocumentState.NOT_A_FORM, ("converted",)),
    ]
    assert isinstance(unread, Harvest)
    assert [(d.state, d.why) for d in unread.documents] == [(DocumentState.UNSUPPORTED, "kind-rtf")]

"""One document, from bytes to a reading: open it, tell whose it is, take its answers, and never raise."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import zip_longest

from parsers.contract import DocumentReading, DocumentState, Kind, Recognised, Unplaced, UntrustedReading
from parsers.document import Block, Document, NotRead, Paragraph
from parsers.formats.docx import read_docx
from parsers.formats.pdf import read_pdf
from parsers.recognise.accounted import is_accounted_for
from parsers.recognise.answers import Answers
from parsers.recognise.controls import read_controls, read_titled
from parsers.recognise.known import known_of
from parsers.recognise.lines import Lines
from parsers.recognise.page import Page
from parsers.recognise.sureness import as_sure_as_may_be
from parsers.recognise.tables import read_table
from parsers.recognise.whose import Whose, labels_say_ours, whose
from parsers.template import Library, Neighbour, Sheet

Readers = Mapping[Kind, Callable[[bytes], Document]]
READERS: Readers = {Kind.DOCX: read_docx, Kind.DOCM: read_docx, Kind.DOTX: read_docx, Kind.PDF: read_pdf}
"""What is read at once; the workshop (``parsers/workshop``) has slower ones for other kinds."""
LOCKED = frozenset({Kind.LOCKED_OFFICE})
LEAST_IN_BODY = 4
MAX_BODY_LINES = 5_000


@dataclass(frozen=True, slots=True)
class _Outcome:
    """A reading without the particulars of its file."""

    state: DocumentState
    why: str | None = None
    recognised: Recognised = Recognised.NONE
    sheet: str | None = None
    edition: str | None = None
    readings: tuple[UntrustedReading, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    conflicts: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


def read_document(index: int, kind: Kind, data: bytes, library: Library, readers: Readers = READERS) -> DocumentReading:
    """Return what one document says; whatever is wrong with it becomes a state and a code, nothing is raised."""
    outcome = _guarded(kind, data, library, readers)
    return _reading(index, kind, data, outcome)


def read_body(
    index: int, kind: Kind, data: bytes, blocks: tuple[Block, ...], library: Library
) -> DocumentReading | None:
    """Return what a mail's own words say where they are a form typed out, else None; ``blocks`` are those words.

    Several known labels with answers make them one, a child's among them; such a form is only ever offered.
    """
    document = Document(blocks[:MAX_BODY_LINES], codes=("in-body",))
    try:
        answers = _taken(document, library, None)
        readings, conflicts = answers.readings()
    except (NotRead, RecursionError):
        return None
    except Exception:  # noqa: BLE001 - a fault of ours in a body must not hide the documents beside it
        return _reading(index, kind, data, _Outcome(DocumentState.UNREADABLE, "reader-fault"))
    judged = whose(document, library)
    answered = {reading.field for reading in readings}
    if len(answered) < LEAST_IN_BODY or not any(name.startswith("child.") for name in answered):
        return None
    if judged.neighbour is not None:
        return _reading(index, kind, data, _neighbours(judged.neighbour, document))
    outcome = _Outcome(
        DocumentState.READ,
        recognised=Recognised.OURS,
        readings=readings,
        unplaced=answers.unplaced(),
        conflicts=conflicts,
        codes=document.codes,
    )
    return _reading(index, kind, data, outcome)


def _guarded(kind: Kind, data: bytes, library: Library, readers: Readers) -> _Outcome:
    try:
        return _read(kind, data, library, readers)
    except NotRead as fault:
        return _Outcome(fault.state, fault.code, codes=fault.codes)
    except MemoryError:
        return _Outcome(DocumentState.OVER_LIMIT, "memory")
    except RecursionError:
        return _Outcome(DocumentState.OVER_LIMIT, "too-deep")
    except Exception:  # noqa: BLE001 - the wall's last line: a fault of ours or a library's must not hide the other documents
        return _Outcome(DocumentState.UNREADABLE, "reader-fault")


def _read(kind: Kind, data: bytes, library: Library, readers: Readers) -> _Outcome:
    if kind in LOCKED:
        return _Outcome(DocumentState.LOCKED, "office-password")
    reader = readers.get(kind)
    if reader is None:
        return _Outcome(DocumentState.UNSUPPORTED, f"kind-{kind.value}")
    document = reader(data)
    judged = whose(document, library)
    if judged.neighbour is not None:
        return _neighbours(judged.neighbour, document)
    return _judged(document, judged, library)


def _neighbours(neighbour: Neighbour, document: Document) -> _Outcome:
    return _Outcome(DocumentState.READ, recognised=Recognised.NEIGHBOUR, sheet=neighbour.key, codes=document.codes)


def _judged(document: Document, judged: Whose, library: Library) -> _Outcome:
    answers = _taken(document, library, judged.sheet)
    if not labels_say_ours(frozenset(answers.seen), judged):
        return _Outcome(DocumentState.NOT_A_FORM, codes=document.codes)
    readings, conflicts = answers.readings()
    filled = document.printed and any(control.text.strip() or control.checked for control in document.controls)
    return _Outcome(
        DocumentState.READ if readings or filled else DocumentState.BLANK_FORM,
        recognised=Recognised.OURS,
        sheet=judged.sheet.key if judged.sheet else None,
        edition=judged.sheet.edition if judged.sheet else None,
        readings=readings,
        unplaced=answers.unplaced() if readings or filled else (),
        conflicts=conflicts,
        codes=document.codes,
    )


def _taken(document: Document, library: Library, sheet: Sheet | None) -> Answers:
    """Take the answers, each no surer than it deserves."""
    answers = _collected(document, library, sheet)
    answers.weigh(lambda found: as_sure_as_may_be(found, document))
    return answers


def _collected(document: Document, library: Library, sheet: Sheet | None) -> Answers:
    """Collect the answers in the order of trust: named controls, then labels within their sections."""
    answers = Answers(known_of(library).blank)
    read_controls(document, library, sheet, answers)
    if document.printed and document.controls and answers.seen:
        return answers  # a fillable PDF: its page shows labels without their answers
    if sheet is not None and is_accounted_for(document, answers.seen, known_of(library), sheet):
        return answers
    labels = known_of(library).labels(sheet)
    if document.printed:
        read_titled(document, labels, answers)
    page = Page(labels, answers, printed=document.printed, mail="in-body" in document.codes)
    lines = Lines(page, known_of(library).headers)
    for block, below in zip_longest(document.blocks, document.blocks[1:]):
        if isinstance(block, Paragraph):
            lines.read(block, below)
        elif not lines.box(block):
            lines.end()
            read_table(block, page)
    lines.end()
    return answers


def _reading(index: int, kind: Kind, data: bytes, outcome: _Outcome) -> DocumentReading:
    return DocumentReading(
        index=index,
        kind=kind,
        bytes=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        state=outcome.state,
        why=outcome.why,
        recognised=outcome.recognised,
        sheet=outcome.sheet,
        edition=outcome.edition,
        readings=outcome.readings,
        unplaced=outcome.unplaced,
        conflicts=outcome.conflicts,
        codes=outcome.codes,
    )

"""Word files (.docx, .docm, .dotx; transitional and strict): unpacked part by part, parsed bare, settled, walked.

python-docx is not used for reading: it misses content controls, legacy boxes and deletions, refuses 9 % of real files
and can be stopped by one attribute (libraries.md, "Word"; security.md 0.2 and 0.3).
"""

from parsers.contract import DocumentState
from parsers.document import Document, NotRead
from parsers.formats.word_names import BODY, DOCUMENT
from parsers.formats.word_package import Package
from parsers.formats.word_settle import settle
from parsers.formats.word_sides import gone_styles, notes_of, read_pages
from parsers.formats.word_walk import Walk
from parsers.formats.zip_gate import Gate


def read_docx(data: bytes) -> Document:
    """Return what stands in a Word file; NotRead with a state and a code where it cannot be read."""
    package = Package(Gate(data))
    root = package.document()
    body = root.find(BODY)
    if root.tag != DOCUMENT or body is None:
        raise NotRead(DocumentState.UNREADABLE, "not-a-word-document")
    met = settle(root, lambda used: gone_styles(package, used))
    walk = Walk(notes_of(package, met))
    blocks = walk.blocks(body)
    blocks += read_pages(package, met, walk)
    codes = sorted(package.codes | met.codes | walk.codes)
    return Document(blocks=tuple(blocks), controls=tuple(walk.ink.controls), codes=tuple(codes))

"""Word files (.docx, .docm, .dotx; transitional and strict): one part is unpacked, parsed bare, and walked.

python-docx is not used for reading: it misses content controls, legacy boxes and deletions, refuses 9 % of real files
and can be stopped by one attribute (libraries.md, "Word"; security.md 0.2 and 0.3).
"""

import posixpath

from lxml import etree

from parsers.contract import DocumentState
from parsers.document import Document, NotRead
from parsers.formats.word_walk import Walk
from parsers.formats.word_xml import child, name_of
from parsers.formats.zip_gate import Gate

USUAL_PART = "word/document.xml"
MAX_RELATIONSHIPS_BYTES = 256 * 1024
DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")


def read_docx(data: bytes) -> Document:
    """Return what stands in a Word file; NotRead with a state and a code where it cannot be read."""
    gate = Gate(data)
    root = _parsed(gate.part(_main_part(gate)))
    body = child(root, "body")
    if name_of(root) != "document" or body is None:
        raise NotRead(DocumentState.UNREADABLE, "not-a-word-document")
    walk = Walk()
    blocks = tuple(walk.blocks(body))
    codes = ("has-macros",) if any(name.endswith("vbaProject.bin") for name in gate.names()) else ()
    return Document(blocks=blocks, controls=tuple(walk.ink.controls), codes=codes)


def _main_part(gate: Gate) -> str:
    """Return the name of the document's part: the usual one, else what the package's relationships say."""
    if USUAL_PART in gate.names():
        return USUAL_PART
    for relationship in _parsed(gate.part("_rels/.rels", MAX_RELATIONSHIPS_BYTES)):
        if str(relationship.get("Type", "")).endswith("/officeDocument"):
            return posixpath.normpath(str(relationship.get("Target", ""))).lstrip("/")
    raise NotRead(DocumentState.UNREADABLE, "not-a-word-document")


def _parsed(xml: bytes) -> etree._Element:
    """Parse one part; no declaration, entity, file or address is ever followed (threats 23, 24)."""
    if any(declaration in xml.replace(b"\0", b"") for declaration in DECLARATIONS):
        raise NotRead(DocumentState.UNREADABLE, "has-doctype")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
    )
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise NotRead(DocumentState.UNREADABLE, "broken-xml") from None
    if root.getroottree().docinfo.doctype:
        raise NotRead(DocumentState.UNREADABLE, "has-doctype")
    return root

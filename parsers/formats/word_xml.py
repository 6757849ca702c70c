"""The few questions asked of WordprocessingML: names, attributes, and a part's bytes made a tree, always bare.

A strict document's names are turned into the transitional ones as it is parsed, so that everything else knows one set.
Source: ECMA-376 part 1 (17), part 4 for the transitional names; [MS-DOCX] 2.6 for ``w14``.
"""

import re

from lxml import etree

from parsers.contract import DocumentState
from parsers.document import NotRead

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
VML = "urn:schemas-microsoft-com:vml"
OFFICE = "urn:schemas-microsoft-com:office:office"
STRICT = b"http://purl.oclc.org/ooxml/"
OFF = frozenset({"0", "false", "off", "none"})
DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
_STRICT_NAME = re.compile(rb"http://purl\.oclc\.org/ooxml/([A-Za-z]{1,40})/")
_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
)


def w(name: str) -> str:
    """Return a name of WordprocessingML as a tree bears it."""
    return f"{{{WORD}}}{name}"


VAL = w("val")


def parsed(xml: bytes) -> etree._Element:
    """Parse one part; no declaration, entity, file or address is ever followed (threats 23, 24)."""
    bare = xml.replace(b"\0", b"") if b"\0" in xml else xml  # the same letters in UTF-16
    if any(declaration in bare for declaration in DECLARATIONS):
        raise NotRead(DocumentState.UNREADABLE, "has-doctype")
    root = _tree(xml)
    if STRICT in bare:
        root = _tree(_STRICT_NAME.sub(rb"http://schemas.openxmlformats.org/\1/2006/", etree.tostring(root)))
    return root


def _tree(xml: bytes) -> etree._Element:
    try:
        root = etree.fromstring(xml, _PARSER)
    except (etree.XMLSyntaxError, ValueError):
        raise NotRead(DocumentState.UNREADABLE, "broken-xml") from None
    if root.getroottree().docinfo.doctype:
        raise NotRead(DocumentState.UNREADABLE, "has-doctype")
    return root


def value(element: etree._Element | None, name: str = VAL) -> str:
    """Return an attribute, nothing where it or its element is absent."""
    return "" if element is None else element.get(name, "")


def is_on(element: etree._Element | None, name: str = VAL) -> bool:
    """Tell whether an on/off property is there and on (17.17.4: no value means on)."""
    return element is not None and value(element, name).casefold() not in OFF


def number(text: str | None, least: int, most: int) -> int:
    """Return an attribute's number held between ``least`` and ``most``; ``least`` where it is none."""
    if not text or len(text) > 11 or not (text.isascii() and text.isdigit()):
        return least
    return max(least, min(most, int(text)))

"""The few questions asked of WordprocessingML elements, for its transitional and its strict namespace alike.

Source: ECMA-376 part 1 (17), part 4 for the transitional names; [MS-DOCX] 2.6 for ``w14``.
"""

from collections.abc import Iterator

from lxml import etree

WORD = frozenset(
    {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    }
)
OFF = frozenset({"0", "false", "off", "none"})
_NAMES: dict[str, str] = {}


def name_of(element: etree._Element) -> str:
    """Return the local name; ``~name`` for another vocabulary's element; nothing for comments and the like."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    known = _NAMES.get(tag)
    if known is None:
        space, _, local = tag[1:].rpartition("}") if tag.startswith("{") else ("", "", tag)
        known = local if space in WORD else f"~{local}"
        if len(_NAMES) < 1_000:  # a stranger's document may invent names without end
            _NAMES[tag] = known
    return known


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Return the first child along a path of names, or None."""
    for name in path:
        if element is None:
            return None
        element = next((each for each in element if name_of(each) == name), None)
    return element


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Walk the children of that name."""
    return (each for each in element if name_of(each) == name)


def value(element: etree._Element | None, name: str = "val") -> str:
    """Return an attribute by its local name, nothing where it is absent."""
    if element is None:
        return ""
    return next((text for key, text in element.attrib.items() if key.rpartition("}")[2] == name), "")


def is_on(element: etree._Element | None) -> bool:
    """Tell whether an on/off property is there and on (17.17.4: no value means on)."""
    return element is not None and value(element).casefold() not in OFF


def number(element: etree._Element | None, least: int, most: int, name: str = "val") -> int:
    """Return an attribute as a number held between ``least`` and ``most``; ``least`` where it is none."""
    text = value(element, name)
    return max(least, min(most, int(text))) if text.isascii() and text.isdigit() and len(text) < 12 else least
